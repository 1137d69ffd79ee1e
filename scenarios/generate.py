"""
Writes the tables of the shipped scenarios: ``python scenarios/generate.py [NAME ...]``.

With ``--seed`` and ``--out`` it draws guangxi_2021 anew, as another scenario in another folder.

No roster of these operations is public. What the sources fix (how many people, from where, to
which cities, on which days) stands in the constants below; the rest is drawn. The same seed gives
the same bytes on every machine and Python: only ``Random.random`` is used, which promises that.
"""

from __future__ import annotations

import argparse
import csv
import io
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from runpy import run_path
from typing import TypeVar

K = TypeVar("K")
Row = dict[str, str | int]
Tables = dict[str, list[Row]]

HERE = Path(__file__).parent


def draw(rng: Random, weights: Mapping[K, float]) -> K:
    """One key, each as likely as its weight."""
    left = rng.random() * sum(weights.values())
    for key, weight in weights.items():
        left -= weight
        if left < 0:
            return key
    return key


def parties(rng: Random, people: int, share: float) -> str:
    """Parties among ``people``, as a list cell: mostly couples, here and there a small team."""
    sizes: list[int] = []
    while people - sum(sizes) >= 2 and rng.random() < share:
        size = draw(rng, {2: 0.7, 3: 0.2, 4: 0.1})
        if sum(sizes) + size <= people:
            sizes.append(size)
    return "; ".join(str(size) for size in sorted(sizes, reverse=True))


def zhanjiang_2020() -> Tables:
    """
    141 people in coachloads of 20, and one more.

    ASSUMPTION: the sources name Guigang city and 141 people, no county and no employer. A county
    that is told "a coach takes 20" signs up 20; the one over is Guiping's. Guiping and Pingnan,
    the two largest counties, fill two coaches each.
    """
    coachloads: list[tuple[str, str, dict[str, int]]] = [
        ("2020-02-22", "gangbei", {"xiashan": 12, "chikan": 8}),
        ("2020-02-22", "gangnan", {"mazhang": 11, "suixi": 9}),
        ("2020-02-22", "guiping", {"kaifaqu": 20}),
        ("2020-02-22", "pingnan", {"xiashan": 11, "potou": 9}),
        ("2020-02-23", "qintang", {"mazhang": 8, "suixi": 7, "chikan": 5}),
        ("2020-02-23", "guiping", {"kaifaqu": 12, "xiashan": 9}),
        ("2020-02-23", "pingnan", {"potou": 8, "kaifaqu": 6, "chikan": 6}),
    ]
    rng = Random(2020)
    cohorts: list[Row] = [
        {
            "id": f"{origin}-{site}-{day[8:]}",
            "origin": origin,
            "site": site,
            "count": count,
            "ready": day,
            "due": "2020-02-23",
            "parties": parties(rng, count, 0.6),
        }
        for day, origin, sites in coachloads
        for site, count in sites.items()
    ]
    return {"cohorts": cohorts}


def gangnan_2021() -> Tables:
    """
    330 people, ready over three days, for four cities and others.

    ASSUMPTION: the source gives 330 and the names of the cities. The split over the cities, the
    seven in ten who board at the district seat, the day each is ready, the one in four recently
    out of poverty and the days an employer waits are drawn.
    """
    people = {  # sum 330
        "baoan": 66,
        "longgang": 42,
        "dongguan": 84,
        "shunde": 38,
        "nanhai": 28,
        "zhongshan": 44,
        "huangpu": 28,
    }
    ready = {date(2021, 2, 24): 0.35, date(2021, 2, 25): 0.3, date(2021, 2, 26): 0.35}
    rng = Random(2021_330)
    heads: Counter[tuple[str, str, date, str]] = Counter()
    for site, count in people.items():
        for _ in range(count):
            origin = draw(rng, {"gangnan": 0.7, "qiaoxu": 0.3})
            day = draw(rng, ready)
            heads[origin, site, day, draw(rng, {"out-of-poverty": 0.25, "": 0.75})] += 1
    return {"cohorts": _cohorts(rng, heads, patience={2: 0.4, 3: 0.6})}


def xiangzhou_2021() -> Tables:
    """
    297 people who sign up over eleven days, about 27 a day, and can wait one to four days.

    ASSUMPTION: the source says nearly 300 since the second day of the first month, nothing of
    where they went. Cities, one in four recently out of poverty and the days an employer waits
    are drawn.
    """
    sites = {
        "huangpu": 0.2,
        "nanhai": 0.15,
        "shunde": 0.15,
        "longhua": 0.25,
        "dongguan": 0.25,
    }
    first = date(2021, 2, 13)
    rng = Random(2021_297)
    heads: Counter[tuple[str, str, date, str]] = Counter()
    for person in range(297):
        day = first + timedelta(days=person // 27)  # 11 days of 27
        if rng.random() < 0.25:  # sign-ups come in ones and teams: the days differ by a few
            day = first + timedelta(days=int(rng.random() * 11))
        site = draw(rng, sites)
        heads["xiangzhou", site, day, draw(rng, {"out-of-poverty": 0.25, "": 0.75})] += 1
    return {"cohorts": _cohorts(rng, heads, patience={1: 0.15, 2: 0.25, 3: 0.3, 4: 0.3})}


def _cohorts(
    rng: Random, heads: Counter[tuple[str, str, date, str]], patience: Mapping[int, float]
) -> list[Row]:
    """
    One cohort for each origin, site, day and class.

    An employer waits equally long for all who are ready on a day.
    """
    waits: dict[tuple[str, date], int] = {}
    rows: list[Row] = []
    for origin, site, day, priority in sorted(heads, key=lambda key: (key[2], key)):
        count = heads[origin, site, day, priority]
        if (site, day) not in waits:
            waits[site, day] = draw(rng, patience)
        rows.append(
            {
                "id": f"{origin}-{site}-{day:%m%d}" + ("-p" if priority else ""),
                "origin": origin,
                "site": site,
                "count": count,
                "ready": day.isoformat(),
                "due": (day + timedelta(days=waits[site, day])).isoformat(),
                "priority": priority,
                "parties": parties(rng, count, 0.4),
            }
        )
    return rows


def guangxi_2021(seed: int | None = None) -> Tables:
    """Draw all tables of the whole region; how is told in its own folder."""
    drawing = run_path(str(HERE / "generators" / "guangxi_2021" / "draw.py"))
    tables: Tables = drawing["tables"](drawing["SEED"] if seed is None else seed)
    return tables


def by_rail(name: str) -> Callable[[], Tables]:
    """The drawing of one of the operations with trains, which have a folder of their own."""

    def tables() -> Tables:
        drawing = run_path(str(HERE / "generators" / "by_rail" / "draw.py"))
        drawn: Tables = drawing["SCENARIO_TABLES"][name]()
        return drawn

    return tables


SCENARIOS: dict[str, Callable[[], Tables]] = {
    "zhanjiang_2020": zhanjiang_2020,
    "gangnan_2021": gangnan_2021,
    "xiangzhou_2021": xiangzhou_2021,
    "guangxi_2021": guangxi_2021,
    "baise_2020": by_rail("baise_2020"),
    "liuzhou_2021": by_rail("liuzhou_2021"),
    "zhaotong_2020": by_rail("zhaotong_2020"),
    "guangxi_2021_trains": by_rail("guangxi_2021_trains"),
    "guangdong_2020": by_rail("guangdong_2020"),
}


def write(name: str, to: Path = HERE) -> list[Path]:
    """Write the tables of one scenario into ``to/NAME/`` and say which."""
    return write_tables(SCENARIOS[name](), to / name)


def write_variant(seed: int, out: Path) -> list[Path]:
    """Write guangxi_2021 with another seed as the scenario ``guangxi_2021-SEED`` into ``out``."""
    name, variant = "guangxi_2021", f"guangxi_2021-{seed}"
    written = write_tables(guangxi_2021(seed), out / variant)
    text = (HERE / f"{name}.yaml").read_bytes().decode()
    for line in (f"name: {name}\n", f": {name}/"):
        text = text.replace(line, line.replace(name, variant))
    path = out / f"{variant}.yaml"
    path.write_bytes(text.encode())
    return [*written, path]


def write_tables(tables: Tables, folder: Path) -> list[Path]:
    """Write tables into a folder and say which."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table, rows in tables.items():
        text = io.StringIO()
        sheet = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
        sheet.writeheader()
        sheet.writerows(rows)
        path = folder / f"{table}.csv"
        path.write_bytes(text.getvalue().encode())
        written.append(path)
    return written


def main() -> None:
    """Write what the command line names; without a name, everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SCENARIOS))
    parser.add_argument("--seed", type=int, metavar="N", help="draw guangxi_2021 anew")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where to, with --seed")
    words = parser.parse_args()
    names: list[str] = words.names
    for name in names:
        if name not in SCENARIOS:
            parser.error(f"no scenario {name}: there are {', '.join(SCENARIOS)}")
    if (words.seed, words.out) != (None, None):
        if words.seed is None or words.out is None or names != ["guangxi_2021"]:
            parser.error("write: generate.py guangxi_2021 --seed N --out DIR")
        for path in write_variant(words.seed, words.out):
            print(path)
        return
    for name in names or SCENARIOS:
        for path in write(name):
            print(path)


if __name__ == "__main__":
    main()
