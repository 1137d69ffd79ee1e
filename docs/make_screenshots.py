"""
Makes the pictures of docs/sheets.md: page, terminal and workbook of a real run, in both languages.

Needs Debian's chromium, libreoffice-calc, poppler-utils and fonts with Chinese signs:
``.venv/bin/python docs/make_screenshots.py``.
"""

from __future__ import annotations

import io
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from make_picture import COLUMN, as_svg
from PIL import Image
from rich.console import Console
from rich.text import Text

from p2p_dispatch import Plan, Scenario, read_scenario, solve_scenario
from p2p_dispatch.report.language import read_language
from p2p_dispatch.report.page import Beside, page
from p2p_dispatch.report.sheets import all_sheets, desk_for, trip_documents
from p2p_dispatch.report.sheets.web import Web
from p2p_dispatch.report.sheets.workbook import write_workbook

HERE = Path(__file__).parent
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
OFFICE = shutil.which("soffice")
COLOURS = 256
"""Colours of a picture: half the bytes, and nobody sees it."""

COLUMNS = 112
"""Of the terminal."""

SHEETS = {"Cover", "Board", "Orders", "Manifests", "Call sheets", "Notices"}
"""Sheets of the workbook that are shown, by their English names."""

DPI = 58
"""Of the pages of the workbook."""


def main() -> None:
    """Solve, make everything that is looked at, and take pictures."""
    if BROWSER is None or OFFICE is None:
        sys.exit("no chromium or no libreoffice on this machine")
    scenario = read_scenario(HERE.parent / "scenarios" / "baise_2020.yaml")
    plan = solve_scenario(scenario, time_limit=20)
    other = solve_scenario(scenario, "first-come", travel=plan.travel)
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        pages(scenario, plan, other, there)
        for language in ("en", "zh"):
            end = "" if language == "en" else f"-{language}"
            terminal(language, there, f"terminal{end}.png")
            workbook(scenario, plan, language, there, f"workbook{end}.png")


def pages(scenario: Scenario, plan: Plan, other: Plan, there: Path) -> None:
    """The page on a desk and on a phone, and a dispatch order."""
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


def terminal(language: str, there: Path, name: str) -> None:
    """What commands say on a screen: run as they are, each with a terminal of its own."""
    shown = Text(no_wrap=True)
    home = there / language
    home.mkdir()
    for words in (
        ["solve", "zhanjiang_2020", "--iterations", "200", "--lang", language, "-o", "plan"],
        ["check", "zhanjiang_2020", "plan", "--lang", language],
        ["export", "zhanjiang_2020", "plan", "--lang", language],
    ):
        shown.append(f"$ p2p-dispatch {' '.join(words)}\n", style="dim")
        shown.append(Text.from_ansi(on_a_terminal(words, home)))
        shown.append("\n\n")
    console = Console(
        record=True,
        width=COLUMNS,
        file=io.StringIO(),
        force_terminal=True,
        legacy_windows=False,
    )
    console.print(shown)
    svg = as_svg(console, "terminal").replace("Fira Code", "'Noto Sans Mono CJK SC'")
    high = len(shown.plain.splitlines()) * 24.4 + 110
    (there / f"{language}.svg.html").write_text(
        f"<style>body{{margin:0}}svg{{width:1100px;height:auto}}</style>{svg}", encoding="utf-8"
    )
    wide = COLUMNS * COLUMN + 20
    shoot(there / f"{language}.svg.html", name, 1100, round(high * 1100 / wide))


def on_a_terminal(words: list[str], home: Path) -> str:
    """What a command leaves on a terminal of :data:`COLUMNS` columns: both its streams."""
    master, slave = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "LINES": "60", "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    child = subprocess.Popen(
        [sys.executable, "-m", "p2p_dispatch", *words],
        cwd=home,
        env=environment,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        close_fds=True,
    )
    os.close(slave)
    said = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        said += piece
    os.close(master)
    if child.wait():
        sys.exit(f"{' '.join(words)}: exit code {child.returncode}")
    lines = (_stays(line) for line in said.decode().replace("\r\n", "\n").split("\n"))
    return "\n".join(line for line in lines if not PROGRESS.match(line)).strip()


PROGRESS = re.compile(r"(\x1b\[[0-9;?]*[a-zA-Z])*[0-9]+ s  ")
"""A line that goes away when the command is done."""


def _stays(line: str) -> str:
    """What stays of a line that was written over."""
    return line.rsplit("\x1b[2K", maxsplit=1)[-1].rsplit("\r", maxsplit=1)[-1]


def workbook(scenario: Scenario, plan: Plan, language: str, there: Path, name: str) -> None:
    """The first pages of some sheets, as LibreOffice prints the workbook."""
    english = desk_for(plan, scenario, read_language("en"))
    wanted = {n for n, sheet in enumerate(all_sheets(english)) if sheet.name in SHEETS}
    desk = desk_for(plan, scenario, read_language(language))
    titles = [sheet.title for n, sheet in enumerate(all_sheets(desk)) if n in wanted]
    book = there / f"{language}.xlsx"
    write_workbook(book, desk, all_sheets(desk))
    run(str(OFFICE), "--headless", f"-env:UserInstallation={(there / 'office').as_uri()}",
        "--convert-to", "pdf", "--outdir", str(there), str(book))  # fmt: skip
    paper = str(book.with_suffix(".pdf"))
    heads = [text.strip().split("\n")[0] for text in run("pdftotext", paper, "-").split("\f")]
    pictures = []
    for title in titles:
        number = next(n for n, head in enumerate(heads, start=1) if head.startswith(title))
        run("pdftoppm", "-r", str(DPI), "-f", str(number), "-l", str(number), "-png",
            "-singlefile", paper, str(there / "paper"))  # fmt: skip
        with Image.open(there / "paper.png") as picture:
            pictures.append(picture.convert("RGB"))
    save(side_by_side(pictures), name)


def run(*words: str) -> str:
    """What a program says, which is given two minutes."""
    done = subprocess.run(words, check=True, capture_output=True, encoding="utf-8", timeout=120)
    return done.stdout


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    """Two in a row, with a grey line between."""
    wide, high = (max(getattr(p, side) for p in pictures) for side in ("width", "height"))
    rows = (len(pictures) + 1) // 2
    whole = Image.new("RGB", (2 * wide + 3, rows * (high + 3) - 3), "#888888")
    for n, picture in enumerate(pictures):
        whole.paste(picture, (n % 2 * (wide + 3), n // 2 * (high + 3)))
    return whole


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
        save(picture.convert("RGB"), name)


def save(picture: Image.Image, name: str) -> None:
    """Keep a picture beside the pages, small."""
    picture.quantize(COLOURS).save(HERE / name, optimize=True)


if __name__ == "__main__":
    main()
