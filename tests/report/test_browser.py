"""The page in a real browser, with no network: what a reader can do with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from p2p_dispatch.report.language import english
from p2p_dispatch.report.page import page
from tests.report.browser import BROWSER, browse, tour
from tests.report.plans import two_coaches
from tests.tiny import baoan, chancheng, gangbei, guigang, pingnan, tiny_scenario

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine")

FORMULA = "=1+1"
"""A name that a spreadsheet would take for a formula."""


@pytest.fixture
def shown(tmp_path: Path) -> Path:
    scenario = tiny_scenario(
        origins=[gangbei(), pingnan(name=f"{FORMULA}<b>pingnan</b>")],
    )
    path = tmp_path / "page.html"
    path.write_text(page(two_coaches(scenario), scenario, english()), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [1280, 500])
def test_a_tour_of_the_page(shown: Path, width: int) -> None:
    """500 is the narrowest window that the browser makes; 42 and 20 people are on two trips."""
    seen = tour(shown, width)
    assert seen["errors"] == []
    assert seen["requests"] == []
    assert seen["trips"] == seen["unfiltered"] == seen["day"] == 2
    assert (seen["ascending"], seen["descending"]) == ([20, 42], [42, 20])
    assert seen["sorted"] == "descending"
    assert seen["filtered"] == ["0222-pingnan-1"]
    assert seen["told"] == "1 of 2 rows"
    assert seen["csv"].startswith("\ufeff")
    heading, row = seen["csv"].removeprefix("\ufeff").splitlines()
    assert heading.startswith("trip,day,what runs,")
    assert f"'{FORMULA}<b>pingnan</b>" in row
    assert seen["shown"]
    for words in ("0222-gangbei-1", "gg/1", "CNY 8,000", "gg/1-a"):
        assert words in seen["panel"]
    assert seen["hash"] == "#trip-0222-gangbei-1"
    assert (seen["lines"], seen["marked"]) == (4, 3)
    assert seen["closed"]
    assert "0222-gangbei-1" in seen["place"]
    assert seen["below"] == seen["opened"] == "0222-pingnan-1"
    assert seen["zoomed"]
    assert seen["whole"]
    assert seen["hidden"] == 3
    assert set(seen["names"]) >= {"港北区", "宝安区", "禅城区"}
    assert seen["nearer"]
    assert seen["back"]
    assert (seen["clipped"], seen["overlaps"], seen["wide"]) == (0, 0, 0)


def test_a_map_from_north_to_south_fits_on_a_screen(tmp_path: Path) -> None:
    """Eleven degrees high and half a degree wide."""
    scenario = tiny_scenario(
        origins=[gangbei(lat=33.1, lon=109.5), pingnan(lat=32.5, lon=109.8)],
        sites=[baoan(lat=22.5, lon=109.7), chancheng(lat=22.6, lon=109.6)],
        depots=[guigang(lat=33.0, lon=109.6)],
    )
    path = tmp_path / "page.html"
    path.write_text(page(two_coaches(scenario), scenario, english()), encoding="utf-8")
    for width in (1280, 500):
        seen = tour(path, width)
        assert seen["high"] <= 0.8
        assert seen["errors"] == []


def test_it_prints(shown: Path) -> None:
    paper = shown.with_name("page.pdf")
    browse(shown, f"--print-to-pdf={paper}", "--no-pdf-header-footer")
    assert paper.read_bytes().startswith(b"%PDF")
    assert paper.stat().st_size > 20_000
