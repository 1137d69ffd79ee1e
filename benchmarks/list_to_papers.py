"""
From a list of people to the papers, as a bureau goes: import, solve, check, seat, workbook, page.

Every step is a command of its own, with its seconds and its most memory. What must be true is
asserted: each bad row is named once and for what it is; everybody of the clean rows is on one
manifest or left behind, in the seating and in the workbook; no identity number and no telephone is
in any file but the roster and its rejects.

    python benchmarks/list_to_papers.py guangxi_2021 --time-limit 60 -o papers
"""

from __future__ import annotations

import argparse
import base64
import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from p2p_dispatch.cli.find import find_scenario
from p2p_dispatch.scenario.read import read_scenario

sys.path.insert(0, str(Path(__file__).parent))
from rosters import Drawn, draw_roster, write_xlsx

PROGRAM = (sys.executable, "-m", "p2p_dispatch")

NUMBERS = re.compile(rb"(?<![0-9])(?:[0-9]{17}[0-9X]|1[0-9]{10})(?![0-9])")
"""Identity numbers and telephones, as they stand in a file."""

PAINT = """"use strict";
const told = (what) => console.log(`${what} ${performance.now().toFixed()} ms`);
new PerformanceObserver((list) => list.getEntriesByName("first-contentful-paint")
  .forEach((entry) => console.log(`painted ${entry.startTime.toFixed()} ms`)))
  .observe({ type: "paint", buffered: true });
addEventListener("load", () => told("loaded"));
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One command."""

    name: str
    code: int
    seconds: float
    busy: float
    """Seconds of processor, which are the same on a machine that others use as well."""
    mb: float
    """Most memory."""
    out: str
    words: str


def take(name: str, *words: str | Path, codes: tuple[int, ...] = (0,)) -> Step:
    """Run a command of the program and measure it."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        started = time.perf_counter()
        child = subprocess.Popen([*PROGRAM, *map(str, words)], stdout=out, stderr=err)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - started
        child.returncode = code = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        done = Step(
            name=name,
            code=code,
            seconds=seconds,
            busy=usage.ru_utime + usage.ru_stime,
            mb=usage.ru_maxrss / 1024,
            out=out.read(),
            words=err.read(),
        )
    if code not in codes:
        sys.exit(f"{name}: exit code {code}\n{done.out[-2000:]}\n{done.words[-2000:]}")
    return done


def tour(
    scenario: str, folder: Path, *, people: int | None, seed: int, dirt: float, solve: list[str]
) -> tuple[Drawn, list[Step]]:
    """All steps, each asserted; what was drawn and what was measured."""
    drawn = draw_roster(read_scenario(find_scenario(scenario)), seed=seed, dirt=dirt, most=people)
    listed, season = folder / "list.xlsx", folder / "season"
    plan, roster = season / "plan", season / "roster.csv"
    write_xlsx(drawn, listed)
    steps = [
        take("import roster", "import", "roster", listed, "--scenario", scenario, "-o", season,
             "--json", codes=(5,) if drawn.bad else (0,)),
    ]  # fmt: skip
    each_bad_row_is_named_once(drawn, json.loads(steps[0].out), season / "rejects.csv")
    steps += [
        take("solve", "solve", season, "-o", plan, *solve, "-q", "--json"),
        take("check", "check", season, plan, "-q"),
        take("seat", "seat", season, plan, roster, "-q"),
        take("sheets", "sheets", season, plan, "--roster", roster, "--lang", "zh", "-q"),
        take("sheets --html", "sheets", season, plan, "--roster", roster, "--lang", "zh",
             "--html", folder / "trips", "-o", folder / "again.xlsx", "-q"),
        take("report", "report", season, plan, "--roster", roster, "--alone", "-q"),
        take("export", "export", season, plan, "-q"),
    ]  # fmt: skip
    everybody_is_somewhere_once(drawn, plan / "seating.csv", roster)
    everybody_is_in_the_workbook_once(drawn, plan / "sheets.xlsx")
    no_number_is_anywhere(roster, folder, kept=(listed, roster, season / "rejects.csv"))
    return drawn, steps


def each_bad_row_is_named_once(drawn: Drawn, told: dict[str, Any], rejects: Path) -> None:
    """Every row that was made bad is rejected, once, for that and nothing else; no other is."""
    named = Counter(
        fault["line"] for fault in told["faults"] if fault["code"] in set(drawn.bad.values())
    )
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rejected = {int(row["where"].rsplit("row ")[-1]): row["codes"] for row in rows}
    assert len(rejected) == len(rows), "a row is rejected twice"
    last = len(drawn.rows)
    assert rejected.pop(last, "") == "P2P4118", "the sum below the list is no person"
    assert rejected == drawn.bad, "rows are rejected that are not bad, or the other way round"
    assert {row: named[row] for row in drawn.bad} == dict.fromkeys(drawn.bad, 1)
    assert told["people"] == drawn.good
    assert told["rejected"] == len(drawn.bad)


def everybody_is_somewhere_once(drawn: Drawn, seating: Path, roster: Path) -> None:
    """Manifests and the unserved are the clean rows."""
    with seating.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with roster.open(encoding="utf-8-sig", newline="") as file:
        people = {row["id"] for row in csv.DictReader(file)}
    last = Counter(row["person"] for row in rows if row["what"] == "seated" and row["last"])
    left = Counter(row["person"] for row in rows if row["what"] in ("left", "standby"))
    assert len(people) == drawn.good
    assert last + left == Counter(people), "somebody is nowhere, or twice"


def everybody_is_in_the_workbook_once(drawn: Drawn, path: Path) -> None:
    """As many names on the manifests and on the list of those left as there are clean rows."""
    with CalamineWorkbook.from_path(str(path)) as book:
        manifests = [
            row
            for name in book.sheet_names
            if name.startswith("乘车名单")
            for row in book.get_sheet_by_name(name).to_python()
            if row[-1] == "☐" and row[1]
        ]
        left = 0
        if "未安排" in book.sheet_names:
            rows = book.get_sheet_by_name("未安排").to_python()
            start = next(i for i, row in enumerate(rows) if row[0] == "名单")
            left = sum(bool(row[4]) for row in rows[start + 2 :])
    assert len(manifests) + left == drawn.good, (len(manifests), left, drawn.good)


def no_number_is_anywhere(roster: Path, folder: Path, *, kept: tuple[Path, ...]) -> None:
    """No identity number and no telephone of the roster is in any other file."""
    with roster.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    secret = {row["identity"].lstrip("'").encode() for row in rows}
    secret |= {row["phone"].encode() for row in rows}
    secret.discard(b"")
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path not in kept:
            for content in contents(path):
                shown = secret & set(NUMBERS.findall(content))
                assert not shown, f"{len(shown)} numbers of the roster are in {path}"


def contents(path: Path) -> Iterator[bytes]:
    """What is in a file, and in the parts of one that is an archive."""
    yield path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            yield from map(packed.read, packed.namelist())


def paints(page: Path) -> dict[str, int] | None:
    """
    Milliseconds to the first paint and to the end of loading, in Chromium without a network.

    None where there is no Chromium.
    """
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        return None
    digest = base64.b64encode(hashlib.sha256(PAINT.encode()).digest()).decode()
    text = page.read_text(encoding="utf-8")
    text = text.replace("script-src '", f"script-src 'sha256-{digest}' '", 1)
    copy = page.with_name("timed.html")
    copy.write_text(text.replace("</body>", f"<script>{PAINT}</script></body>"), encoding="utf-8")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        words = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1280,900",
                 "--enable-logging=stderr", "--host-resolver-rules=MAP * ~NOTFOUND",
                 f"--user-data-dir={profile}", f"--screenshot={profile}/page.png",
                 copy.resolve().as_uri()]  # fmt: skip
        said = subprocess.run(words, capture_output=True, encoding="utf-8", timeout=120).stderr
    copy.unlink()
    return {what: int(ms) for what, ms in re.findall(r"(painted|loaded) ([0-9]+) ms", said)}


def main() -> None:
    """Go the whole way and say what it took, as a table for a page."""
    parser = argparse.ArgumentParser(description="From a list of people to the papers, measured.")
    parser.add_argument("scenario")
    parser.add_argument("-o", "--output", type=Path, default=Path("papers"))
    parser.add_argument("--people", type=int, help="most people")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dirt", type=float, default=0.05, help="share of bad rows")
    parser.add_argument("--solver", default="standard")
    parser.add_argument("--time-limit", default="60", help="seconds of the search")
    given = parser.parse_args()
    given.output.mkdir(parents=True, exist_ok=True)
    solve = ["--solver", given.solver, "--time-limit", given.time_limit]
    drawn, steps = tour(
        given.scenario,
        given.output,
        people=given.people,
        seed=given.seed,
        dirt=given.dirt,
        solve=solve,
    )
    known = json.loads(steps[1].out)["figures"]
    page = given.output / "season" / "plan" / "report.html"
    print(f"{drawn.good + len(drawn.bad):,} rows: {drawn.good:,} people, {len(drawn.bad):,} bad;")
    print(f"{known['moved']:,} moved on {known['trips']:,} trips, seed {given.seed}\n")
    print("| step | seconds | of processor | most memory |\n| --- | --- | --- | --- |")
    for step in steps:
        print(f"| `{step.name}` | {step.seconds:.1f} | {step.busy:.1f} | {step.mb:.0f} MB |")
    print(f"\nThe page is {page.stat().st_size / 1e6:.1f} MB.", end=" ")
    times = paints(page)
    if times:
        print(f"First paint after {times['painted']} ms, loaded after {times['loaded']} ms.")
    else:
        print("There is no Chromium to open it.")


if __name__ == "__main__":
    main()
