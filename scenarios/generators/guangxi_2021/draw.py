"""
Draws the tables of guangxi_2021: 23,930 people of Guangxi and the employers they go to.

Three tables beside this file are the input: ``origins.csv``, the assembly points with the people
of each; ``towns.csv``, where employers take their people over; ``depots.csv``. What they come
from, and what is assumed here, is told in ``scenarios/README.md``, "How guangxi_2021 is drawn".

The same seed gives the same bytes on every machine and Python. All weights are whole numbers, so
that no sum depends on rounding, and of ``math`` only ``isqrt`` is used.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import isqrt
from pathlib import Path
from random import Random
from typing import TypeVar

K = TypeVar("K")
Row = dict[str, str | int]
Tables = dict[str, list[Row]]

HERE = Path(__file__).parent
SEED = 2021_23930
"""The seed of the tables in the repository."""

FIRST = date(2021, 2, 23)
LAST = 9
"""The last day on which anybody leaves, counted from ``FIRST``."""
READY = {0: 16, 1: 15, 2: 13, 3: 6, 4: 20, 5: 17, 6: 13}
"""Who is ready on which day from ``FIRST``; on the third day on it is the Lantern Festival, for
which many stay."""
PATIENCE = {1: 20, 2: 30, 3: 30, 4: 20}
"""Days an employer waits."""
TEAMS = {1: 8, 2: 10, 3: 11, 4: 12, 5: 11, 6: 11, 8: 12, 10: 11, 15: 9, 25: 5}
"""People who go to one employer together."""
PARTIES = {2: 50, 3: 20, 4: 15, 5: 10, 6: 5}
"""People among them who may not be parted."""

RESIDENTS = {  # 2020 census, ten thousands
    "广州": 1868,
    "深圳": 1756,
    "东莞": 1047,
    "佛山": 950,
    "惠州": 604,
    "江门": 480,
    "中山": 442,
    "肇庆": 411,
    "珠海": 244,
}
TIES = (10, 6, 3, 1, 1, 1, 1, 1, 1)
"""Weights of the nine cities for the people of one origin, in an order of its own: who went before
brings others after."""
BUSY = (4, 3, 2, 1, 1, 1, 1)
"""Weights of the seven days for one origin, in an order of its own."""

EMPLOYERS = 800
"""Employers to draw from; those to whom nobody goes are left out."""
GREATEST = 60
"""How many times the smallest employer the greatest is."""
GATE = 60
"""People from which on an employer takes them at its gate."""

POOR = {"百色": 45, "河池": 45}
"""Of a hundred people those recently out of poverty; elsewhere ``POOR_ELSEWHERE``."""
POOR_ELSEWHERE = 20

LIMITS = {120: 15, 180: 25, 300: 60}
"""Checks and intake a day, in hundredths of the least that would do."""

KM_LAT, KM_LON = 111.2, 102.3
"""Km to a degree, in the middle of the two provinces."""


@dataclass(frozen=True)
class Spot:
    """A point, in hundred-thousandths of a degree."""

    lat: int
    lon: int

    @classmethod
    def of(cls, row: Mapping[str, str]) -> Spot:
        """The point in a row of a table."""
        return cls(_hundred_thousandths(row["lat"]), _hundred_thousandths(row["lon"]))

    def cells(self) -> Row:
        """The point as cells of a table."""
        return {"lat": _degrees(self.lat), "lon": _degrees(self.lon)}

    def metres(self, other: Spot) -> int:
        """The distance to another point, on a plane."""
        north = int(abs(self.lat - other.lat) * KM_LAT / 100)
        east = int(abs(self.lon - other.lon) * KM_LON / 100)
        return isqrt(north * north + east * east)


@dataclass(frozen=True)
class Employer:
    """An employer before it is known who goes there."""

    id: str
    name: str
    town: Mapping[str, str]
    spot: Spot
    appeal: int


Key = tuple[str, str, int, str]
"""Origin, site, day of being ready, class."""


def tables(seed: int = SEED) -> Tables:
    """All tables of the scenario, by name."""
    rng = Random(seed)
    origins, towns = _read("origins"), _read("towns")
    employers = _employers(rng, towns)
    heads = _heads(rng, origins, employers)
    used = {site for _, site, _, _ in heads}
    employers = [employer for employer in employers if employer.id in used]
    waits = {(employer.id, day): draw(rng, PATIENCE) for employer in employers for day in READY}
    spans: dict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
    for (origin, site, day, _), count in heads.items():
        for place in (origin, site):
            spans[place][day, min(day + waits[site, day], LAST)] += count
    unsafe_origins, unsafe_towns = _risks(rng, origins, towns, spans, employers)
    return {
        "origins": [_origin(rng, row, spans[row["id"]], unsafe_origins) for row in origins],
        "sites": [_site(rng, employer, spans[employer.id], unsafe_towns) for employer in employers],
        "hubs": [_hub(row, unsafe_towns) for row in towns],
        "depots": [_depot(row, origins) for row in _read("depots")],
        "cohorts": [
            _cohort(rng, key, count, waits) for key, count in sorted(heads.items(), key=_by_day)
        ],
    }


def draw(rng: Random, weights: Mapping[K, int]) -> K:
    """One key, each as likely as its weight."""
    left = int(rng.random() * sum(weights.values()))
    for key, weight in weights.items():
        left -= weight
        if left < 0:
            return key
    raise AssertionError("random() is less than 1")


def shuffled(rng: Random, items: Iterable[K]) -> list[K]:
    """The items in another order; ``Random.shuffle`` promises no sequence."""
    rest, order = list(items), []
    while rest:
        order.append(rest.pop(int(rng.random() * len(rest))))
    return order


def _employers(rng: Random, towns: list[dict[str, str]]) -> list[Employer]:
    """Employers of all cities, in proportion to residents, two at least in every town."""
    employers: list[Employer] = []
    for city, residents in RESIDENTS.items():
        here = [town for town in towns if town["city"] == city]
        number = EMPLOYERS * residents // sum(RESIDENTS.values())
        seats = [here[k % len(here)] for k in range(2 * len(here))]
        seats += [here[int(rng.random() * len(here))] for _ in range(number - len(seats))]
        count: Counter[str] = Counter()
        for town in seats:
            count[town["id"]] += 1
            k = count[town["id"]]
            employers.append(
                Employer(
                    id=f"{town['id']}-{k:02}",
                    name=_named(town, f"{k:02}"),
                    town=town,
                    spot=_near(rng, Spot.of(town)),
                    # one in n is n times as large as the smallest
                    appeal=min(int(1000 / (1 - rng.random())), 1000 * GREATEST),
                )
            )
    return employers


def _named(town: Mapping[str, str], number: str) -> str:
    chinese = f"{town['city']}{town['name']}企业{number}"
    return f"{chinese} ({town['city_en']} {town['name_en']} {number})"


def _near(rng: Random, town: Spot) -> Spot:
    """A point within 5 km."""
    while True:
        north, east = 2 * rng.random() - 1, 2 * rng.random() - 1
        if north * north + east * east <= 1:
            return Spot(
                town.lat + int(north * 5 / KM_LAT * 100_000),
                town.lon + int(east * 5 / KM_LON * 100_000),
            )


def _heads(rng: Random, origins: list[dict[str, str]], employers: list[Employer]) -> Counter[Key]:
    """The people: team by team, to an employer by its size, its city's and the distance."""
    total: Counter[str] = Counter()
    for employer in employers:
        total[employer.town["city"]] += employer.appeal
    heads: Counter[Key] = Counter()
    for row in origins:
        here = Spot.of(row)
        ties = dict(zip(shuffled(rng, RESIDENTS), TIES, strict=True))
        busy = dict(zip(shuffled(rng, READY), BUSY, strict=True))
        days = {day: weight * busy[day] for day, weight in READY.items()}
        pull = {}
        for employer in employers:
            city = employer.town["city"]
            mass = RESIDENTS[city] * ties[city] * employer.appeal * 1_000_000
            pull[employer.id] = mass // total[city] * 1000 // here.metres(employer.spot)
        poor = POOR.get(row["city"], POOR_ELSEWHERE)
        left = int(row["people"])
        while left:
            team = min(left, draw(rng, TEAMS))
            day = draw(rng, days)
            site = draw(rng, pull)
            priority = draw(rng, {"out-of-poverty": poor, "": 100 - poor})
            heads[row["id"], site, day, priority] += team
            left -= team
    return heads


def _risks(
    rng: Random,
    origins: list[dict[str, str]],
    towns: list[dict[str, str]],
    spans: Mapping[str, Counter[tuple[int, int]]],
    employers: list[Employer],
) -> tuple[dict[str, Row], dict[str, Row]]:
    """Places at medium risk: throughout, from a day on, or until a day, by shares of the people."""
    fourth, fifth = (FIRST + timedelta(days=n) for n in (3, 4))
    kinds: list[tuple[int, Row]] = [
        (4, {"risk": "medium", "risk_from": ""}),
        (3, {"risk": "", "risk_from": f"{fourth}=medium"}),
        (3, {"risk": "medium", "risk_from": f"{fifth}=low"}),
    ]
    people = {row["id"]: int(row["people"]) for row in origins}
    here = _up_to(shuffled(rng, people), people, kinds)
    arrive: Counter[str] = Counter()
    for employer in employers:
        arrive[employer.town["id"]] += sum(spans[employer.id].values())
    order = [town for town in shuffled(rng, arrive) if arrive[town]]
    there = _up_to(order, arrive, [(3, {"risk": "", "risk_from": f"{fifth}=medium"})])
    return here, there


def _up_to(
    order: list[str], people: Mapping[str, int], kinds: list[tuple[int, Row]]
) -> dict[str, Row]:
    """Places in their order, for each kind as many as fit into its hundredths of the people."""
    whole = sum(people.values())
    chosen: dict[str, Row] = {}
    for share, cells in kinds:
        had = 0
        for place in order:
            if place not in chosen and 100 * (had + people[place]) <= share * whole:
                had += people[place]
                chosen[place] = cells
    return chosen


def _least(spans: Counter[tuple[int, int]]) -> int:
    """The least a day with which all would come through, were they spread as well as can be."""
    ends = sorted({span[1] for span in spans})
    least = 0
    for a in sorted({span[0] for span in spans}):
        for b in ends:
            if b >= a:
                within = sum(n for (ready, due), n in spans.items() if a <= ready and due <= b)
                least = max(least, -(-within // (b - a + 1)))
    return least


def _limit(rng: Random, spans: Counter[tuple[int, int]], *, step: int, floor: int) -> int:
    """People a day: the least that would do and some more, in steps."""
    least = _least(spans) * draw(rng, LIMITS)
    return max(floor, -(-least // (100 * step)) * step)


def _origin(
    rng: Random, row: Mapping[str, str], spans: Counter[tuple[int, int]], unsafe: Mapping[str, Row]
) -> Row:
    return {
        "id": row["id"],
        "name": f"{row['name']} ({row['name_en']})",
        "region": f"{row['city']} ({row['city_en']})",
        **Spot.of(row).cells(),
        "hours.opens": "06:00",
        "hours.closes": "20:00",
        "medical_per_day": _limit(rng, spans, step=5, floor=20),
        **unsafe.get(row["id"], {"risk": "", "risk_from": ""}),
    }


def _site(
    rng: Random, employer: Employer, spans: Counter[tuple[int, int]], unsafe: Mapping[str, Row]
) -> Row:
    town, people = employer.town, sum(spans.values())
    gate = people >= GATE
    # half yuan: 10, and 3 a km as the crow flies
    halves = 10 + employer.spot.metres(Spot.of(town)) * 3 // 1000
    return {
        "id": employer.id,
        "name": employer.name,
        "city": f"{town['city']} ({town['city_en']})",
        **employer.spot.cells(),
        "gate": "true" if gate else "false",
        "handover": f"{town['id']}={halves // 2}" + (".5" if halves % 2 else ""),
        "hours.opens": "07:00" if gate else "",
        "hours.closes": "23:00" if gate else "",
        "intake_per_day": _limit(rng, spans, step=1, floor=12) if people >= 20 else "",
        **unsafe.get(town["id"], {"risk": "", "risk_from": ""}),
    }


def _hub(row: Mapping[str, str], unsafe: Mapping[str, Row]) -> Row:
    return {
        "id": row["id"],
        "name": f"{row['city']}{row['name']} ({row['name_en']}, {row['city_en']})",
        **Spot.of(row).cells(),
        "hours.opens": "06:00",
        "hours.closes": "23:30",
        **unsafe.get(row["id"], {"risk": "", "risk_from": ""}),
    }


def _depot(row: Mapping[str, str], origins: list[dict[str, str]]) -> Row:
    return {
        "id": row["id"],
        "name": f"{row['city']}汽车站 (coach station, {row['city_en']})",
        **Spot.of(row).cells(),
        "serves": "; ".join(origin["id"] for origin in origins if origin["city"] == row["city"]),
    }


def _cohort(rng: Random, key: Key, count: int, waits: Mapping[tuple[str, int], int]) -> Row:
    origin, site, day, priority = key
    ready = FIRST + timedelta(days=day)
    return {
        "id": f"{origin}-{site}-{ready:%m%d}" + ("-p" if priority else ""),
        "origin": origin,
        "site": site,
        "count": count,
        "ready": ready.isoformat(),
        "due": (ready + timedelta(days=waits[site, day])).isoformat(),
        "priority": priority,
        "parties": _parties(rng, count),
    }


def _parties(rng: Random, people: int) -> str:
    """Parties among ``people``, as a list cell."""
    sizes: list[int] = []
    while people - sum(sizes) >= 2 and rng.random() < 0.5:
        size = draw(rng, PARTIES)
        if sum(sizes) + size <= people:
            sizes.append(size)
    return "; ".join(str(size) for size in sorted(sizes, reverse=True))


def _by_day(item: tuple[Key, int]) -> tuple[int, Key]:
    return item[0][2], item[0]


def _read(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _hundred_thousandths(degrees: str) -> int:
    whole, _, rest = degrees.partition(".")
    return int(whole) * 100_000 + int(rest.ljust(5, "0"))


def _degrees(spot: int) -> str:
    return f"{spot // 100_000}.{spot % 100_000:05}"
