"""
Draws the tables of the operations with trains: who goes where, and which firms there are.

What the sources fix stands in the constants below and in ``origins.csv``, the assembly points of
guangdong_2020 with the people of each; the rest is drawn. What it comes from, and what is assumed
here, is told in ``scenarios/README.md``, "How the operations with trains are drawn".

The same seed gives the same bytes on every machine and Python: the drawing is that of
``guangxi_2021``, with whole numbers only.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from runpy import run_path
from typing import Any

Row = dict[str, str | int]
Tables = dict[str, list[Row]]
Key = tuple[str, str, int, str]
"""Origin, site, day of being ready, class."""

HERE = Path(__file__).parent
SCENARIOS = HERE.parents[1]
GUANGXI: dict[str, Any] = run_path(str(HERE.parent / "guangxi_2021" / "draw.py"))
draw, shuffled, Spot = GUANGXI["draw"], GUANGXI["shuffled"], GUANGXI["Spot"]

TEAMS: dict[int, int] = GUANGXI["TEAMS"]
"""People who go to one firm together: 1 to 25, mean 7. ASSUMPTION, as in guangxi_2021."""

STATIONS: dict[str, tuple[str, str, str, str]] = {
    "rail-baise": ("百色站", "Baise station", "23.88843", "106.66074"),
    "rail-tianyang": ("田阳站", "Tianyang station", "23.76878", "106.93230"),
    "rail-tiandong-north": ("田东北站", "Tiandong North station", "23.68557", "107.13738"),
    "rail-pingguo": ("平果站", "Pingguo station", "23.31898", "107.56184"),
    "rail-nanning-east": ("南宁东站", "Nanning East station", "22.84528", "108.40960"),
    "rail-guigang": ("贵港站", "Guigang station", "23.10193", "109.60906"),
    "rail-guiping": ("桂平站", "Guiping station", "23.31853", "110.11179"),
    "rail-pingnan-south": ("平南南站", "Pingnan South station", "23.42017", "110.42728"),
    "rail-liuzhou": ("柳州站", "Liuzhou station", "24.31015", "109.38412"),
    "rail-laibin-north": ("来宾北站", "Laibin North station", "23.75497", "109.24003"),
    "rail-guilin-north": ("桂林北站", "Guilin North station", "25.33206", "110.29737"),
    "rail-gongcheng": ("恭城站", "Gongcheng station", "24.83343", "110.86530"),
    "rail-hezhou": ("贺州站", "Hezhou station", "24.45714", "111.53448"),
    "rail-qinzhou-east": ("钦州东站", "Qinzhou East station", "21.98211", "108.66460"),
    "rail-guangzhou-south": ("广州南站", "Guangzhou South station", "22.99161", "113.26414"),
    "rail-humen": ("虎门站", "Humen station", "22.86341", "113.66818"),
    "rail-shenzhen-north": ("深圳北站", "Shenzhen North station", "22.61202", "114.02381"),
}
"""Points of the stations of guangxi_2021_trains (WGS-84), from the station table of
Parse12306 (GitHub, metromancn; MIT), converted from GCJ-02."""


def baise_2020() -> Tables:
    """
    756 people of six counties, 354 of them registered poor, to firms in two cities.

    ASSUMPTION: the sources give 756, 354, "six counties" and the two cities. Which counties, how
    many of each (about as in guangxi_2021's residents), the 36 firms and the 60 in a hundred who
    go to Guangzhou.
    """
    rng = Random(2020_756)
    people = {  # sum 756
        "youjiang": 170,
        "tianyang": 146,
        "debao": 136,
        "tianlin": 100,
        "lingyun": 104,
        "leye": 100,
    }
    firms = _firms(rng, {"gz-": 18, "sz-": 18})
    cities = {"gz-": 60, "sz-": 40}
    poor, left = 354, sum(people.values())
    heads: Counter[Key] = Counter()
    for origin, site, team in _teams(rng, people, lambda _: cities, firms):
        for _ in range(team):
            # so that exactly 354 are drawn
            flag = int(rng.random() * left) < poor
            poor, left = poor - flag, left - 1
            heads[origin, site, 0, "poor" if flag else ""] += 1
    first = date(2020, 2, 19)
    return _people_and_firms(rng, heads, firms, first, lambda *_: 1)


def liuzhou_2021() -> Tables:
    """
    355 people of twelve units, ready on the first day; 1,000 more until a week later.

    ASSUMPTION: the sources give 355, twelve units, the day, and "about 1,000" on 1 March. The
    split over the units is that of guangxi_2021 with the middle of the city in full; days, firms,
    the one in five recently out of poverty and how long a firm waits are drawn.
    """
    rng = Random(2021_355)
    units = {  # of a thousand
        "chengzhong": 30,
        "yufeng": 60,
        "liunan": 60,
        "liubei": 60,
        "liujiang": 150,
        "liucheng": 120,
        "luzhai": 120,
        "rongan": 100,
        "rongshui": 130,
        "sanjiang": 100,
        "liudong-zone": 45,
        "beibu-zone": 25,
    }
    firms = _firms(rng, {"gz-": 12, "fs-": 10, "dg-": 10, "sz-": 10, "zs-": 4})
    cities = {"gz-": 35, "fs-": 15, "dg-": 20, "sz-": 25, "zs-": 5}
    # the Lantern Festival is on the third day after the first
    ready = {1: 12, 2: 10, 3: 5, 4: 28, 5: 25, 6: 20}
    heads: Counter[Key] = Counter()
    for people, days in ((355, {0: 1}), (1000, ready)):
        split = _split(people, units)
        for origin, site, team in _teams(rng, split, lambda _: cities, firms):
            priority = draw(rng, {"out-of-poverty": 20, "": 80})
            heads[origin, site, draw(rng, days), priority] += team
    # employers wait one day to a week: whether it pays to hold people is the question
    patience = {1: 15, 2: 20, 3: 20, 5: 20, 7: 25}
    waits = {(site, day): draw(rng, patience) for site in firms for day in range(7)}
    first = date(2021, 2, 23)
    return _people_and_firms(rng, heads, firms, first, lambda site, day: waits[site, day])


def zhaotong_2020() -> Tables:
    """
    316 people of eleven counties, half of them ready on each of two days, to Dongguan.

    ASSUMPTION: the sources give "more than 300", the two days, "towns in many counties and
    districts" and Dongguan. 316, the split over the counties, 14 firms, the one in three
    registered poor and the two days that a firm waits are drawn or set.
    """
    rng = Random(2020_316)
    counties = {  # of a hundred
        "zhaoyang": 16,
        "ludian": 8,
        "qiaojia": 8,
        "yanjin": 7,
        "daguan": 6,
        "yongshan": 8,
        "suijiang": 3,
        "zhenxiong": 24,
        "yiliang": 10,
        "weixin": 8,
        "shuifu": 2,
    }
    firms = _firms(rng, {"dg-": 14})
    heads: Counter[Key] = Counter()
    for day in (0, 1):
        split = _split(158, counties)
        for origin, site, team in _teams(rng, split, lambda _: {"dg-": 1}, firms):
            heads[origin, site, day, draw(rng, {"poor": 33, "": 67})] += team
    return _people_and_firms(rng, heads, firms, date(2020, 3, 5), lambda *_: 3)


def guangxi_2021_trains() -> Tables:
    """
    The hubs and depots of guangxi_2021 with stations, and coaches at the far ends of the trains.

    Nobody and nothing is drawn: a table stands for a whole list, so the rows of guangxi_2021
    stand here again, followed by those of the trains.
    """
    hubs, depots = (_read(SCENARIOS / "guangxi_2021" / f"{t}.csv") for t in ("hubs", "depots"))
    districts = {  # whose people gather at the station by themselves. ASSUMPTION
        "rail-baise": "youjiang",
        "rail-tianyang": "tianyang",
        "rail-nanning-east": "qingxiu",
        "rail-guigang": "gangbei",
        "rail-liuzhou": "liunan; yufeng",
        "rail-guilin-north": "diecai",
    }
    stations = [
        {
            "id": name,
            "name": f"{chinese} ({english})",
            "lat": lat,
            "lon": lon,
            "hours.opens": "06:00",
            "hours.closes": "23:30",
            "risk": "",
            "risk_from": "",
            "assembly_of": districts.get(name, ""),
        }
        for name, (chinese, english, lat, lon) in STATIONS.items()
    ]
    ends = {
        "onward-guangzhou": (
            "广州南站车场 (coach yard, Guangzhou South)",
            "rail-guangzhou-south",
        ),
        "onward-dongguan": ("虎门站车场 (coach yard, Humen)", "rail-humen"),
        "onward-shenzhen": (
            "深圳北站车场 (coach yard, Shenzhen North)",
            "rail-shenzhen-north",
        ),
    }
    onward = [
        # ";" is a list of nothing: they collect from no origin, only at hubs
        {
            "id": depot,
            "name": name,
            "lat": STATIONS[at][2],
            "lon": STATIONS[at][3],
            "serves": ";",
        }
        for depot, (name, at) in ends.items()
    ]
    return {
        "hubs": [*({**row, "assembly_of": ""} for row in hubs), *stations],
        "depots": [*depots, *onward],
    }


def guangdong_2020() -> Tables:
    """
    65,000 people of four provinces to 37 towns of Guangdong.

    ASSUMPTION: the sources give 65,000 and the four provinces. Origins and their people are in
    ``origins.csv``; towns, teams, days, the share of registered poor (16,000 of 58,000) and how
    long employers wait are drawn.
    """
    rng = Random(2020_65000)
    origins = _read(HERE / "origins.csv")
    towns = _towns()[::3]
    residents = GUANGXI["RESIDENTS"]
    per_city = Counter(town["city"] for town in towns)
    teams = {8: 10, 12: 15, 15: 20, 20: 25, 25: 15, 40: 15}
    # few at first; in the second week the firms were at work again
    ready = dict(enumerate([4, 5, 6, 7, 8, 9, 10, 10, 10, 9, 8, 7, 7]))
    heads: Counter[Key] = Counter()
    for row in origins:
        ties = dict(zip(shuffled(rng, residents), GUANGXI["TIES"], strict=True))
        pull = {
            town["id"]: 1000
            * residents[town["city"]]
            * ties[town["city"]]
            // per_city[town["city"]]
            for town in towns
        }
        left = int(row["people"])
        while left:
            team = min(left, draw(rng, teams))
            priority = draw(rng, {"poor": 28, "": 72})
            heads[row["id"], draw(rng, pull), draw(rng, ready), priority] += team
            left -= team
    first = date(2020, 2, 18)
    waits = {(town["id"], day): draw(rng, {2: 30, 3: 40, 4: 30}) for town in towns for day in ready}
    spans = _spans(heads, lambda site, day: waits[site, day])
    return {
        "origins": [
            {
                "id": row["id"],
                "name": f"{row['name']} ({row['name_en']})",
                "region": f"{row['province']}{row['city']} ({row['city_en']})",
                "lat": row["lat"],
                "lon": row["lon"],
                "hours.opens": "06:00",
                "hours.closes": "20:00",
                "medical_per_day": _limit(spans[row["id"]], 3, step=20),
            }
            for row in origins
        ],
        "sites": [_receiving_point(town, spans[town["id"]]) for town in towns],
        "cohorts": _cohorts(rng, heads, first, lambda site, day: waits[site, day], shares=0),
        "depots": [
            {
                "id": f"depot-{city}",
                "name": f"{rows[0]['city']}汽车站 (coach station, {rows[0]['city_en']})",
                # at the origin with the most people
                **{
                    k: max(rows, key=lambda row: (int(row["people"]), row["id"]))[k]
                    for k in ("lat", "lon")
                },
                "serves": "; ".join(row["id"] for row in rows),
            }
            for city, rows in _by_city(origins).items()
        ],
        "pools": [
            {
                "id": f"{city}-49",
                "unit_type": "coach-49",
                "depot": f"depot-{city}",
                # one coach for a hundred people: 3,250 coachloads of 20, each out for three days
                # of sixteen, are 610 coaches on any day. ASSUMPTION
                "units": -(-sum(int(row["people"]) for row in rows) // 100),
            }
            for city, rows in _by_city(origins).items()
        ],
    }


HANDOVER_2020 = {
    "rail-guangzhou-south": ("22.99161", "113.26414"),
    "rail-humen": ("22.86341", "113.66818"),
    "rail-shenzhen-north": ("22.61202", "114.02381"),
    "rail-changping": ("22.98602", "114.00121"),
}
REACH = 90_000
"""Metres as the crow flies from which on nobody is fetched from a station. ASSUMPTION"""


def _receiving_point(town: Mapping[str, str], spans: Counter[tuple[int, int]]) -> Row:
    """All employers of a town; they fetch their people from stations at 5 yuan and 1.5 a km."""
    here, prices = Spot.of(town), []
    for hub, (lat, lon) in HANDOVER_2020.items():
        metres = here.metres(Spot.of({"lat": lat, "lon": lon}))
        if metres <= REACH:
            halves = 10 + metres * 3 // 1000
            prices.append(f"{hub}={halves // 2}" + (".5" if halves % 2 else ""))
    return {
        "id": town["id"],
        "name": f"{town['city']}{town['name']} ({town['name_en']}, {town['city_en']})",
        "city": f"{town['city']} ({town['city_en']})",
        **here.cells(),
        "handover": "; ".join(prices),
        "intake_per_day": _limit(spans, 2, step=50),
    }


def _by_city(origins: Iterable[Mapping[str, str]]) -> dict[str, list[Mapping[str, str]]]:
    """The origins of every city, by its English name."""
    cities: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in origins:
        cities[row["city_en"].lower().replace("'", "")].append(row)
    return cities


def _limit(spans: Counter[tuple[int, int]], times: int, *, step: int) -> int:
    """People a day: so many times what would just do, in steps; people come in trainloads."""
    return int(-(-GUANGXI["_least"](spans) * times // step) * step)


def _towns() -> list[dict[str, str]]:
    """The town points of guangxi_2021."""
    return _read(HERE.parent / "guangxi_2021" / "towns.csv")


def _firms(rng: Random, numbers: Mapping[str, int]) -> dict[str, Row]:
    """Firms in towns at random, so many in every city; one in n is n times the smallest."""
    firms: dict[str, Row] = {}
    for city, number in numbers.items():
        towns = [town for town in _towns() if town["id"].startswith(city)]
        count: Counter[str] = Counter()
        for _ in range(number):
            town = towns[int(rng.random() * len(towns))]
            count[town["id"]] += 1
            k = count[town["id"]]
            firms[f"{town['id']}-{k:02}"] = {
                "id": f"{town['id']}-{k:02}",
                "name": GUANGXI["_named"](town, f"{k:02}"),
                "city": f"{town['city']} ({town['city_en']})",
                **GUANGXI["_near"](rng, Spot.of(town)).cells(),
                "hours.opens": "07:00",
                "hours.closes": "23:00",
                "appeal": min(int(1000 / (1 - rng.random())), 20_000),
            }
    return firms


def _teams(
    rng: Random, people: Mapping[str, int], cities: Any, firms: Mapping[str, Row]
) -> Iterable[tuple[str, str, int]]:
    """Origin, site and size of teams until all people have one."""
    for origin, number in people.items():
        left = number
        while left:
            city = draw(rng, cities(origin))
            pull = {name: row["appeal"] for name, row in firms.items() if name.startswith(city)}
            team = min(left, draw(rng, TEAMS))
            yield origin, draw(rng, pull), team
            left -= team


def _split(people: int, weights: Mapping[str, int]) -> dict[str, int]:
    """So many people by weight; what rounding leaves goes to the largest rests."""
    whole = sum(weights.values())
    split = {name: people * weight // whole for name, weight in weights.items()}
    rests = sorted(weights, key=lambda name: (-(people * weights[name] % whole), name))
    for name in rests[: people - sum(split.values())]:
        split[name] += 1
    return split


def _spans(heads: Mapping[Key, int], wait: Any) -> dict[str, Counter[tuple[int, int]]]:
    spans: dict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
    for (origin, site, day, _), count in heads.items():
        for place in (origin, site):
            spans[place][day, day + wait(site, day)] += count
    return spans


def _people_and_firms(
    rng: Random, heads: Counter[Key], firms: Mapping[str, Row], first: date, wait: Any
) -> Tables:
    """The cohorts, and the firms to which somebody goes."""
    used = {site for _, site, _, _ in heads}
    sites = [
        {name: cell for name, cell in row.items() if name != "appeal"}
        for row in firms.values()
        if row["id"] in used
    ]
    return {"sites": sites, "cohorts": _cohorts(rng, heads, first, wait, shares=1)}


def _cohorts(rng: Random, heads: Counter[Key], first: date, wait: Any, *, shares: int) -> list[Row]:
    """One cohort for each origin, site, day and class; with ``shares``, parties among them."""
    rows: list[Row] = []
    for (origin, site, day, priority), count in sorted(
        heads.items(), key=lambda item: (item[0][2], item[0])
    ):
        ready = first + timedelta(days=day)
        row: Row = {
            "id": f"{origin}-{site}-{ready:%m%d}" + ("-p" if priority else ""),
            "origin": origin,
            "site": site,
            "count": count,
            "ready": ready.isoformat(),
            "due": (ready + timedelta(days=wait(site, day))).isoformat(),
            "priority": priority,
        }
        if shares:
            row["parties"] = GUANGXI["_parties"](rng, count)
        rows.append(row)
    return rows


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SCENARIO_TABLES = {
    "baise_2020": baise_2020,
    "liuzhou_2021": liuzhou_2021,
    "zhaotong_2020": zhaotong_2020,
    "guangxi_2021_trains": guangxi_2021_trains,
    "guangdong_2020": guangdong_2020,
}
