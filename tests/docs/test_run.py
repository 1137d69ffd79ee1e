"""Every command and every snippet of the pages does what the page says."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.docs.blocks import PAGES, ROOT, blocks_of
from tests.docs.run_page import Reader

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the pages speak to bash")

DONE = {"console", "python"}
"""Kinds of block that are run as they are."""

VERBS = {"not run", "is", "file", "shows", "merge", "replace"}
"""What a comment may say of a block of another kind."""

SHOWN = {"text", "{toctree}"}
"""Kinds that show something."""

ELSEWHERE = {"docs/travel.md": "test_travel_page.py"}
"""Whose YAML has a test of its own."""


@pytest.mark.parametrize("page", [page for page in PAGES if any(blocks_of(page))])
def test_a_page_does_what_it_says(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "pip install ./" in (ROOT / page).read_text(encoding="utf-8"):
        pytest.importorskip("hatchling")
    monkeypatch.setattr("sys.path", list(sys.path))
    monkeypatch.setenv("PYTHONPATH", "")
    reader = Reader(tmp_path)
    for block in blocks_of(page):
        reader.do(block)


@pytest.mark.parametrize("page", PAGES)
def test_no_block_of_a_page_is_forgotten(page: str) -> None:
    """Each is run, or a comment says what it is."""
    for block in blocks_of(page):
        if block.kind == "comment":
            continue
        known = block.verb in VERBS or block.kind in DONE | SHOWN or page in ELSEWHERE
        assert known, f"{block.name} is neither run nor marked"
        assert not (block.verb == "not run" and not block.rest), f"{block.name}: say why"


@pytest.mark.parametrize("page", PAGES)
def test_every_command_stands_in_a_block(page: str) -> None:
    """A command that is set in by four blanks would not be run."""
    text = (ROOT / page).read_text(encoding="utf-8")
    outside = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    assert not re.search(r"^ {4}(p2p-dispatch|python|pip|make)\b", outside, re.MULTILINE)
