"""
Makes the pictures of docs/sheets.md: the page of a real run, wide and narrow, and a dispatch order.

Needs Debian's chromium and fonts with Chinese signs: ``.venv/bin/python docs/make_screenshots.py``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from p2p_dispatch import read_scenario, solve_scenario
from p2p_dispatch.report.language import read_language
from p2p_dispatch.report.page import Beside, page
from p2p_dispatch.report.sheets import desk_for, trip_documents
from p2p_dispatch.report.sheets.web import Web

HERE = Path(__file__).parent
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
COLOURS = 256
"""Colours of a picture: half the bytes, and nobody sees it."""


def main() -> None:
    """Solve, make the pages, and take their pictures."""
    if BROWSER is None:
        sys.exit("no chromium on this machine")
    scenario = read_scenario(HERE.parent / "scenarios" / "baise_2020.yaml")
    plan = solve_scenario(scenario, time_limit=20)
    other = solve_scenario(scenario, "first-come", travel=plan.travel)
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        for name, language in (("page", "en"), ("page-zh", "zh")):
            words = read_language(language)
            text = page(plan, scenario, words, beside=Beside(plan=other))
            (there / f"{name}.html").write_text(text, encoding="utf-8")
        desk = desk_for(plan, scenario, read_language("zh"))
        documents = trip_documents(desk, plan.trips[0])[:1]
        text = Web(desk).page(plan.trips[0].id, documents)
        (there / "order.html").write_text(text, encoding="utf-8")
        shoot(there / "page.html", "page.png", 1280, 1720)
        shoot(there / "page-zh.html", "page-phone.png", 500, 1700)
        shoot(there / "order.html", "order.png", 1060, 850)


def shoot(page: Path, name: str, width: int, height: int) -> None:
    """Take the picture of a page, as large as the window."""
    profile = page.with_suffix(".profile")
    subprocess.run(
        [
            str(BROWSER),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--user-data-dir={profile}",
            f"--window-size={width},{height}",
            f"--screenshot={page.with_suffix('.png')}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    with Image.open(page.with_suffix(".png")) as picture:
        picture.convert("RGB").quantize(COLOURS).save(HERE / name, optimize=True)


if __name__ == "__main__":
    main()
