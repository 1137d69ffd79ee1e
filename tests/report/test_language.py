"""Languages: the same keys and braces everywhere, and files of one's own."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest

from p2p_dispatch.reading import InputError
from p2p_dispatch.report.certainty import certainty
from p2p_dispatch.report.language import english, languages, read_language
from tests.report.plans import two_coaches


def braces(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("name", languages())
def test_every_language_says_the_same(name: str) -> None:
    mine, wanted = read_language(name).words, english().words
    assert mine.keys() == wanted.keys()
    for key, text in wanted.items():
        assert braces(mine[key]) == braces(text), key
        assert mine[key].strip(), key


def test_a_file_of_words_is_a_language_and_english_fills_its_gaps(tmp_path: Path) -> None:
    (tmp_path / "de.yaml").write_text("code: de\npage:\n  map: Karte\n", encoding="utf-8")
    german = read_language(str(tmp_path / "de.yaml"))
    assert german.code == "de"
    assert german("page.map") == "Karte"
    assert german("page.board") == "Vehicles over days"


def test_all_that_is_wrong_with_a_file_of_words_comes_at_once(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(
        "page:\n  mapp: x\n  map: 7\n  of: '{persons}'\n  seats: '{filled'\n", encoding="utf-8"
    )
    with pytest.raises(InputError) as refused:
        read_language(str(path))
    fields = [fault.field for fault in refused.value.faults]
    assert fields == ["page.mapp", "page.map", "page.of", "page.seats"]
    assert {fault.code for fault in refused.value.faults} == {"P2P5001"}


def test_a_language_that_is_not_there_is_said_with_those_that_are() -> None:
    with pytest.raises(InputError, match="en, zh"):
        read_language("xx")


def test_certainty_is_said_in_the_language() -> None:
    assert certainty(two_coaches(), read_language("zh")) == "没有下界：first-come 不作任何证明"
