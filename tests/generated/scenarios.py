"""Random scenarios: small, odd, and with every rule in play."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from p2p_dispatch.scenario import Scenario

LAYOUTS = {
    49: [{"rows": 11, "across": "2+2"}, {"rows": 1, "across": "5"}],
    37: [{"rows": 8, "across": "2+2"}, {"rows": 1, "across": "5"}],
    17: [{"rows": 4, "across": "2+1"}, {"rows": 1, "across": "5"}],
}


def random_scenario(seed: int, *, by_day: bool | None = None, small: bool = False) -> Scenario:
    """
    A scenario drawn from a seed.

    Half of them are by the day; a third lie in Germany over the night in which the clocks go
    forward; limits are drawn so low that they often bind. A small one has few places, days and
    people, so that what is best can be found.
    """
    return Scenario.model_validate(_Draw(seed, by_day, small).scenario())


class _Draw:
    def __init__(self, seed: int, by_day: bool | None, small: bool = False):
        self.random, self.small = random.Random(seed), small
        self.by_day = self.chance(0.5) if by_day is None else by_day
        self.german = self.chance(0.33)
        self.first = date(2026, 3, 28) if self.german else date(2020, 2, 22)
        self.days = self.random.randint(1, 2 if small else 5)
        self.centre = (50.0, 10.0) if self.german else (23.1, 110.0)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def maybe(self, field: str, values: list[Any], share: float = 0.3) -> dict[str, Any]:
        """A field that a part has now and then."""
        return {field: self.random.choice(values)} if self.chance(share) else {}

    def day(self, earliest: int = 0) -> date:
        return self.first + timedelta(days=self.random.randint(earliest, self.days - 1))

    def scenario(self) -> dict[str, Any]:
        r = self.random
        origins = [self.origin(i) for i in range(r.randint(1, 2 if self.small else 5))]
        hubs = [self.place(f"h{i}", east=3) for i in range(r.randint(0, 1 if self.small else 2))]
        sites = [self.site(i, hubs) for i in range(r.randint(1, 2 if self.small else 6))]
        depots = [self.depot(i, origins) for i in range(r.randint(1, 2 if self.small else 3))]
        types = r.sample(sorted(LAYOUTS), r.randint(1, 2 if self.small else 3))
        return {
            "name": "drawn",
            "as_of": self.first - timedelta(days=2),
            "time_zone": "Europe/Berlin" if self.german else "Asia/Shanghai",
            "planning": self.planning(),
            "days": {"first": self.first, "last": self.first + timedelta(days=self.days - 1)},
            "origins": origins,
            "sites": sites,
            "hubs": hubs,
            "depots": depots,
            "cohorts": [
                self.cohort(i, origins, sites) for i in range(r.randint(1, 5 if self.small else 25))
            ],
            "unit_types": [self.unit_type(seats) for seats in types],
            "pools": [
                self.pool(f"{depot['id']}-{seats}", seats, depot)
                for depot in depots
                for seats in types
                if self.chance(0.7)
            ]
            or [self.pool("only", types[0], depots[0])],
            "priorities": [
                {"id": "poor", "left_behind": 9000, "late_day": 900, "subsidy": r.choice([0, 400])}
            ],
            "payers": [
                {"id": "home", "share": 0.4, **self.maybe("ceiling", [5_000, 10_000])},
                {"id": "away", "share": 0.6},
            ],
            "prices": {
                "driver_day": 400,
                "left_behind": 3000,
                "waiting_day": 15,
                "late_day": 200,
            },
            "rules": self.rules(),
            "travel": {
                "kind": "great-circle",
                "circuity": r.choice(["curve", 1.3]),
                "buffer": r.choice([0, 0.1]),
                "least_km": r.choice([0, 3]),
            },
        }

    def planning(self) -> dict[str, Any]:
        if not self.by_day:
            return {
                "by": "clock",
                "stop_minutes": self.random.choice([0, 10, 15, 25]),
                "turnaround_minutes": self.random.choice([0, 60]),
                "depart_every_minutes": 60,
            }
        return {
            "by": "day",
            "two_days_past_km": self.random.choice([None, 200, 500]),
            "second_driver_past_hours": self.random.choice([None, 3, 8]),
        }

    def place(self, id: str, *, east: float = 0.0) -> dict[str, Any]:
        place: dict[str, Any] = {
            "id": id,
            "lat": self.centre[0] + self.random.uniform(-1, 1),
            "lon": self.centre[1] + east + self.random.uniform(-1.5, 1.5),
        }
        if self.chance(0.6):
            opens = self.random.randint(5, 10)
            closes = time(self.random.randint(opens + 2, 23), self.random.choice([0, 59]))
            place["hours"] = {"opens": time(opens), "closes": closes}
        if self.chance(0.15):
            place["closed_on"] = [self.day()]
        slots = [{"minutes": 60, "trips": 1}, {"minutes": 1440, "trips": 1}]
        place |= self.maybe("slots", slots, 0.15)
        if self.chance(0.3):
            place["risk"] = self.random.choice(["medium", "high"])
        if self.chance(0.2):
            place["risk_from"] = {self.day(): self.random.choice(["low", "medium", "high"])}
        return place

    def origin(self, i: int) -> dict[str, Any]:
        limits = {}
        if self.chance(0.4):
            limits["medical_per_day"] = self.random.choice(
                [20, 45, {"usual": 60, "on": {self.day(): 10}}]
            )
        return {**self.place(f"o{i}"), **limits}

    def site(self, i: int, hubs: list[dict[str, Any]]) -> dict[str, Any]:
        site = {**self.place(f"s{i}", east=3), "city": f"city {self.random.randint(0, 2)}"}
        site |= self.maybe("subsidy", [100, 1000]) | self.maybe("paid_by", [{"away": 1}], 0.2)
        if self.chance(0.4):
            site["intake_per_day"] = self.random.choice([8, 25])
        if hubs and self.chance(0.5):
            site["handover"] = {h["id"]: 12.5 for h in hubs if self.chance(0.7)}
            site["gate"] = not site["handover"] or self.chance(0.5)
        return site

    def depot(self, i: int, origins: list[dict[str, Any]]) -> dict[str, Any]:
        depot = self.place(f"d{i}", east=self.random.choice([0, 3]))
        depot.pop("hours", None)
        if self.chance(0.4):
            depot["serves"] = [o["id"] for o in origins if self.chance(0.7)]
        return depot

    def cohort(
        self, i: int, origins: list[dict[str, Any]], sites: list[dict[str, Any]]
    ) -> dict[str, Any]:
        r = self.random
        count = r.randint(1, r.choice([6, 30, 40 if self.small else 120]))
        ready = self.day()
        slack = timedelta(days=r.randint(0, 3))
        parties: list[int] = []
        while self.chance(0.4) and sum(parties) < count:
            parties.append(r.randint(1, min(6, count - sum(parties))))
        alone = count - sum(parties)
        needy = {"accessible": r.randint(1, min(alone, 3))} if alone and self.chance(0.2) else {}
        clocked = not self.by_day and self.chance(0.3)
        return {
            "id": f"c{i}",
            "origin": r.choice(origins)["id"],
            "site": r.choice(sites)["id"],
            "count": count,
            "ready": datetime.combine(ready, time(9, 30)) if clocked else ready,
            "due": datetime.combine(ready + slack, time(21)) if clocked else ready + slack,
            "priority": "poor" if self.chance(0.3) else None,
            "parties": parties,
            **needy,
            **self.maybe("risk", ["medium", "high"], 0.1),
            **self.maybe("luggage", [0, 2], 0.3),
        }

    def unit_type(self, seats: int) -> dict[str, Any]:
        prices = {"per_day": 500 + 20 * seats, "per_km": 2 + seats / 20}
        limits = (
            self.maybe("minimum_load", [5, 15], 0.25)
            | self.maybe("notice_hours", [48, 72], 0.2)
            | self.maybe("accessible", [1, 2], 0.6)
            | self.maybe("luggage", [20, 60], 0.3)
        )
        return {"id": f"coach{seats}", "seats": seats, "layout": LAYOUTS[seats], **prices, **limits}

    def pool(self, id: str, seats: int, depot: dict[str, Any]) -> dict[str, Any]:
        pool = {"id": id, "unit_type": f"coach{seats}", "depot": depot["id"]}
        pool["units"] = self.random.randint(0, 5)
        if self.chance(0.3):
            pool["on"] = {self.day(): self.random.randint(0, 3)}
        return pool

    def rules(self) -> dict[str, Any]:
        r = self.random
        seats = []
        if self.chance(0.6):
            seats.append({"id": "cap", "cap": {"low": 0.9, "medium": 0.7, "high": 0.5}})
        if self.chance(0.4):
            seats.append(
                {
                    "id": "rows",
                    "first": self.day(),
                    "reserved_rows": r.randint(0, 2),
                    "one_per_pair": self.chance(0.5),
                    "staff": {"escort": 1} if self.chance(0.5) else {},
                }
            )
        stops = {
            "most_pickups": r.randint(1, 3),
            "most_drops": r.randint(1, 3),
            "detour_factor": r.choice([1.1, 1.25]),
            "detour_km": r.choice([5, 40]),
            "longest_ride_hours": r.choice([7, 10, 16]),
        }
        crew = r.choice(["cn", "eu", "us", "none", {"preset": "cn", "two_drivers_past_km": 300}])
        risk = (
            self.maybe("stay_from", ["medium", "high"], 0.25)
            | self.maybe("shut_from", ["high"], 0.25)
            | self.maybe("apart", [True], 0.3)
        )
        return {
            "seats": seats,
            "stops": stops,
            "crew": crew,
            "risk": risk,
            "budget": self.maybe("ceiling", [10_000, 60_000], 0.25),
            "priority": self.maybe("late_days", [1, 2], 0.3),
        }
