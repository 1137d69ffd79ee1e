"""
Makes a list of people as it could come from a labour bureau, for the cohorts of a scenario.

Most rows are good, though no two lists write days, places and numbers in the same way; some are
bad, each in one way that is known, so that a test can say what an import must find. Names, numbers
and telephones are drawn: they are nobody's.

    python benchmarks/rosters.py guangxi_2021 roster.xlsx --dirt 0.05 --seed 1
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from p2p_dispatch.roster.identity import check_digit
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.people import Cohort

HEADINGS = (
    "序号", "姓名", "性别", "身份证号码", "联系电话", "户籍县（市、区）", "用工单位", "返岗日期",
    "最迟到岗日期", "人员类别", "同行组", "是否需要轮椅", "行李件数", "备注",
)  # fmt: skip

TITLES = (("2021年外出务工人员返岗花名册",), ("填报单位：", "", "填报日期：2021年2月22日"))
"""Rows above the headings."""

SURNAMES = "黄韦李陈梁覃卢蓝罗莫农陆何周吴谭杨刘王张"
GIVEN = "秀明丽华志强小红建国文军春梅海燕桂兰金凤永福玉珍家伟少芳"

HOSTILE = (
    "=HYPERLINK(\"http://a.example\",\"x\")", "<script>alert(1)</script>", "+1+1", "@SUM(A1)",
    "Robert'); DROP TABLE people;--", "<b>粗</b>", "a\tb", "张‮三",
)  # fmt: skip
"""Names that are text and nothing else."""

Row = dict[str, object]


@dataclass
class Drawn:
    """A list, and what an import must make of it."""

    rows: list[list[object]]
    """All rows, titles and headings included."""
    bad: dict[int, str] = field(default_factory=dict)
    """Code of the fault of every bad row, by its number in the sheet."""
    noted: dict[int, str] = field(default_factory=dict)
    """The same of rows that are noted and are people."""
    good: int = 0
    """Rows that are people."""


def draw_roster(
    scenario: Scenario,
    *,
    seed: int = 0,
    dirt: float = 0.05,
    most: int | None = None,
    times: int = 1,
) -> Drawn:
    """
    A list of the people of a scenario.

    Parameters
    ----------
    scenario
        Whose cohorts they are; their places are named as the scenario names them.
    seed
        Of all that is drawn.
    dirt
        Share of the rows that are made bad, in turn in every way there is.
    most
        Most people; none: all of them.
    times
        How often everybody stands there, each time as somebody else: for lists larger than any.
    """
    draw = random.Random(seed)
    people = list(_people(scenario, draw, times))
    draw.shuffle(people)
    people = people[:most]
    drawn = Drawn([*map(list, TITLES), list(HEADINGS)])
    spoilt = set(draw.sample(range(1, len(people)), round(dirt * len(people))))
    ways = list(WAYS)
    for number, row in enumerate(people):
        at = len(drawn.rows) + 1
        if number in spoilt:
            name = ways[len(drawn.bad) % len(ways)] if ways else ""
            code, spoil = WAYS[name]
            spoil(row, people[0], draw)
            drawn.bad[at] = code
        elif draw.random() < 0.01:
            row["phone"] = "1380000"
            drawn.noted[at] = "P2P4103"
            drawn.good += 1
        else:
            drawn.good += 1
        drawn.rows.append([number + 1, *(row[name] for name in FIELDS)])
    drawn.rows.append(["合计", f"{len(people)}人"])
    return drawn


FIELDS = (
    "name", "gender", "identity", "phone", "county", "employer", "ready", "due", "priority",
    "party", "accessible", "luggage", "note",
)  # fmt: skip


def _people(scenario: Scenario, draw: random.Random, times: int) -> Iterator[Row]:
    origins = {origin.id: origin for origin in scenario.origins}
    sites = {site.id: site for site in scenario.sites}
    party = 0
    number = 0
    for cohort in scenario.cohorts * times:
        sizes = [size for size in cohort.parties if size > 1]
        names = []
        for size in sizes:
            party += 1
            names += [f"F{party}"] * size
        for place in range(cohort.count):
            number += 1
            alone = place - len(names)
            origin, site = origins[cohort.origin], sites[cohort.site or ""]
            yield _person(
                draw,
                number,
                cohort,
                county=_spoken(draw, origin.name, origin.region),
                employer=site.name.partition(" (")[0],
                party=names[place] if alone < 0 else "",
                accessible=0 <= alone < cohort.accessible,
            )


def _spoken(draw: random.Random, name: str, region: str) -> str:
    """A place as a list may name it."""
    short, city = name.partition(" (")[0], region.partition(" (")[0]
    return draw.choice([short, short, f"{city}{short}", name])


def _person(
    draw: random.Random,
    number: int,
    cohort: Cohort,
    *,
    county: str,
    employer: str,
    party: str,
    accessible: bool,
) -> Row:
    identity = _identity(draw, number)
    name = draw.choice(SURNAMES) + "".join(draw.sample(GIVEN, draw.choice([1, 2])))
    if draw.random() < 0.002:
        name = draw.choice(HOSTILE)
    poor = cohort.priority == "out-of-poverty"
    return {
        "name": name,
        "gender": "男" if int(identity[16]) % 2 else "女",
        "identity": _written(draw, identity),
        "phone": f"1{draw.choice('3578')}{number % 10**9:09}",
        "county": county,
        "employer": employer,
        "ready": _day(draw, day_of(cohort.ready)),
        "due": _day(draw, day_of(cohort.due)),
        "priority": "脱贫户" if poor else draw.choice(["", "一般户", "否"]),
        "party": party,
        "accessible": "是" if accessible else draw.choice(["", "否"]),
        "luggage": draw.choice(["", 1, "1件"]) if cohort.luggage == 1 else cohort.luggage,
        "note": "",
    }


def _identity(draw: random.Random, number: int) -> str:
    """A number that nobody has: of a county code that is not given out, and with a running day."""
    born = date(1965, 1, 1) + timedelta(days=draw.randrange(14_000))
    first = (
        f"45{number // 1000 % 90 + 10:02}{99 - number // 90_000:02}{born:%Y%m%d}{number % 1000:03}"
    )
    return first + check_digit(first)


def _written(draw: random.Random, identity: str) -> str:
    """An identity number as it may be typed."""
    wide = identity.translate({ord("0") + i: ord("０") + i for i in range(10)})
    spaced = f"{identity[:6]} {identity[6:14]} {identity[14:]}"
    return draw.choice([identity] * 8 + [identity.lower(), spaced, wide])


def _day(draw: random.Random, day: date) -> object:
    return draw.choice(
        [day, day, day.isoformat(), f"{day:%Y/%m/%d}", f"{day.year}年{day.month}月{day.day}日",
         f"{day.year}.{day.month}.{day.day}"]
    )  # fmt: skip


Spoil = Callable[[Row, Row, random.Random], object]


def _lost(row: Row, other: Row, draw: random.Random) -> None:
    row["identity"] = float(450_000_199_001_010_000 + draw.randrange(10_000))


def _wrong_digit(row: Row, other: Row, draw: random.Random) -> None:
    first = f"450000{1980 + draw.randrange(20)}0101{draw.randrange(1000):03}"
    right = check_digit(first)
    row["identity"] = first + draw.choice([d for d in "123456789" if d != right])


def _again(row: Row, other: Row, draw: random.Random) -> None:
    row |= {"identity": other["identity"], "gender": other["gender"]}


def _same_person(row: Row, other: Row, draw: random.Random) -> None:
    row |= {"name": other["name"], "phone": other["phone"], "identity": "", "gender": ""}


def _put(**values: object) -> Spoil:
    return lambda row, other, draw: row.update(values)


def _late(row: Row, other: Row, draw: random.Random) -> None:
    row |= {"ready": "2021-03-01", "due": "2021-02-23"}


WAYS: dict[str, tuple[str, Spoil]] = {
    "lost digits": ("P2P4102", _lost),
    "wrong check digit": ("P2P4102", _wrong_digit),
    "short number": ("P2P4102", _put(identity="45010219900101")),
    "no name": ("P2P4101", _put(name=" ")),
    "unknown county": ("P2P4104", _put(county="火星县")),
    "county nearly right": ("P2P4104", _put(county="田冬县")),
    "unknown employer": ("P2P4105", _put(employer="不知名的厂")),
    "no employer": ("P2P4113", _put(employer="")),
    "no day": ("P2P4106", _put(ready="")),
    "unreadable day": ("P2P4106", _put(ready="过完年")),
    "ambiguous day": ("P2P4106", _put(due="2/3/2021")),
    "due before ready": ("P2P4107", _late),
    "number in words": ("P2P4108", _put(luggage="很多")),
    "identity number again": ("P2P4109", _again),
    "name and telephone again": ("P2P4110", _same_person),
    "word not understood": ("P2P4111", _put(accessible="也许")),
    "long cell": ("P2P4112", _put(note="长" * 2000)),
}
"""Ways in which a row is bad: the code of its fault, and what makes it so."""


def write_xlsx(drawn: Drawn, path: Path) -> None:
    """Write a list as a workbook, days as days and lost digits as numbers."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet, day = book.add_worksheet("名单"), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, TITLES[0][0])
    for number, row in enumerate(drawn.rows):
        for at, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, at, cell, day)
            elif cell != "" and number:
                sheet.write(number, at, cell)
    book.close()


def write_csv(drawn: Drawn, path: Path, encoding: str = "gb18030") -> None:
    """Write a list as Excel in China saves it."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        for row in drawn.rows:
            writer.writerow(f"{c:.5E}" if isinstance(c, float) else c for c in row)


def main() -> None:
    """Write a list for a scenario."""
    from p2p_dispatch.cli.find import find_scenario
    from p2p_dispatch.scenario.read import read_scenario

    parser = argparse.ArgumentParser(description="A list of the people of a scenario.")
    parser.add_argument("scenario")
    parser.add_argument("file", type=Path, help=".xlsx or .csv")
    parser.add_argument("--dirt", type=float, default=0.05, help="share of bad rows")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, help="most people")
    parser.add_argument("--times", type=int, default=1, help="how often everybody stands there")
    given = parser.parse_args()
    scenario = read_scenario(find_scenario(given.scenario))
    drawn = draw_roster(
        scenario, seed=given.seed, dirt=given.dirt, most=given.people, times=given.times
    )
    (write_csv if given.file.suffix == ".csv" else write_xlsx)(drawn, given.file)
    print(f"{len(drawn.rows):,} rows: {drawn.good:,} people, {len(drawn.bad):,} bad")


if __name__ == "__main__":
    main()
