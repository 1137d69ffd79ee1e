"""
Sphinx extension: the reference, made of the code when the pages are built.

Pages of their own go into ``docs/reference``, which is not kept in version control; the page of
faults gets a heading for every code, so that each can be linked to.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reference_pages.commands import commands_page
from reference_pages.faults import faults_page
from reference_pages.glossary import glossary_page
from reference_pages.models import plan_page, scenario_page
from reference_pages.python import python_page

if TYPE_CHECKING:
    from sphinx.application import Sphinx

DOCS = Path(__file__).resolve().parents[2]

PAGES: dict[str, Callable[[], str]] = {
    "commands": commands_page,
    "glossary": lambda: glossary_page((DOCS / "design.md").read_text(encoding="utf-8")),
    "plan": plan_page,
    "python": python_page,
    "scenario": scenario_page,
}
"""File to what makes its text."""


def write_pages(folder: Path) -> None:
    """Write every page whose text has changed."""
    folder.mkdir(exist_ok=True)
    for name, make in PAGES.items():
        path, text = folder / f"{name}.md", make()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect to Sphinx."""
    app.connect("builder-inited", lambda app: write_pages(Path(app.srcdir, "docs", "reference")))
    app.connect("source-read", _read)
    return {"parallel_read_safe": True}


def _read(app: Sphinx, page: str, source: list[str]) -> None:
    if page == "docs/faults":
        source[0] = faults_page(source[0])
    source[0] = without_folders(source[0], Path(app.srcdir, page).parent)


def without_folders(text: str, home: Path) -> str:
    """A page whose links to folders of the clone, of which there is no page, are words alone."""

    def words(link: re.Match[str]) -> str:
        return link[1] if (home / link[2]).is_dir() else link[0]

    return re.sub(r"\[([^\[\]]+)\]\(([^()\s:]+)\)", words, text)
