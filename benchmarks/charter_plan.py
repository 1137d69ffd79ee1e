"""
Plans from solutions of charter_bench, so that ``check`` can judge what any program has found.

A solution is taken at its word, mistakes included, and nothing is left out that a judge would
want to see.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from charter_instance import FIRST_DAY, day_of_index, pool_id
from charter_solution import CharterSolution, CharterTrip
from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.model import Batch, Value
from p2p_dispatch.plan.rides import boarded
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.planning import ByDay
from p2p_dispatch.travel import Travel


def plan_of(scenario: Scenario, travel: Travel, solution: CharterSolution) -> Plan:
    """
    The plan that a solution stands for, whether or not it keeps the rules.

    People whose origin or site the trip does not stop at have an itinerary and no place to board
    or get off, which ``check`` finds.

    Parameters
    ----------
    scenario
        The instance, by ``scenario_of``.
    travel
        Its travel.
    solution
        What some program found. Every trip has a stop.
    """
    return _Reader(scenario, travel).plan(solution["trips"])


class _Reader:
    def __init__(self, scenario: Scenario, travel: Travel):
        self.scenario, self.travel = scenario, travel
        self.cohorts = {cohort.id: cohort for cohort in scenario.cohorts}
        self.types = {unit_type.id: unit_type for unit_type in scenario.unit_types}

    def plan(self, charter_trips: list[CharterTrip]) -> Plan:
        scenario = self.scenario
        made = {f"t{i}": (trip, self._trip(trip)) for i, trip in enumerate(charter_trips)}
        units = _units({name: trip for name, (_, trip) in made.items()})
        trips = {
            name: {**trip, "id": name, "unit": units[name]} for name, (_, trip) in made.items()
        }
        itineraries: list[dict[str, Any]] = [
            {"cohort": cohort, "count": count, "trips": [name]}
            for name, (charter, _) in made.items()
            for cohort, count in _loads(charter).items()
        ]
        moved: Counter[str] = Counter()
        for itinerary in itineraries:
            moved[itinerary["cohort"]] += itinerary["count"]
        unserved = [
            {"cohort": c.id, "count": c.count - moved[c.id], "reason": "fleet", "words": "not said"}
            for c in scenario.cohorts
            if moved[c.id] < c.count
        ]
        plan = Plan.model_validate(
            {
                "scenario": scenario.name,
                "digest": scenario.digest,
                "as_of": datetime.combine(FIRST_DAY, time(), scenario.zone),
                "time_zone": scenario.time_zone,
                "currency": scenario.currency,
                "by_day": True,
                "made": _NOBODY,
                "value": self._value(made, unserved),
                "certificate": {"bound": None, "gap": None, "how": "none: read from a solution"},
                "quality": "feasible",
                "ended": "read from a solution",
                "people": scenario.people,
                "moved": sum(moved.values()),
                "trips": list(trips.values()),
                "itineraries": itineraries,
                "duties": list(_duties(trips)),
                "batches": [],
                "unserved": unserved,
            }
        )
        return plan.model_copy(update={"batches": tuple(_batches(plan))}).with_travel(self.travel)

    def _trip(self, charter: CharterTrip) -> dict[str, Any]:
        """Everything but the trip's id and unit."""
        planning = self.scenario.planning
        assert isinstance(planning, ByDay)
        depot = f"d{charter['pref']}"
        places = [*(f"o{i}" for i in charter["P"]), *(f"e{i}" for i in charter["D"])]
        road = [depot, *places, depot]
        legs = [self.travel.leg(a, b) for a, b in pairwise(road)]
        km = sum(km for km, _ in legs)
        days = 2 if sum(km for km, _ in legs[1:-1]) > (planning.two_days_past_km or km) else 1
        hours = sum(minutes for _, minutes in legs[:-1]) / 60
        drivers = 2 if hours > (planning.second_driver_past_hours or hours) else 1
        unit_type = self.types[f"k{charter['cls']}"]
        each_day = unit_type.per_day + drivers * self.scenario.prices.driver_day
        return {
            "pool": pool_id(charter["pref"], charter["cls"]),
            "unit_type": unit_type.id,
            "day": day_of_index(charter["day"]),
            "drivers": drivers,
            "days": days,
            "allowed": unit_type.seats,
            "stops": list(self._stops(charter, road, [0.0, *(km for km, _ in legs)])),
            "km": km,
            "cost": days * each_day + km * unit_type.per_km,
        }

    def _stops(
        self, charter: CharterTrip, road: list[str], km: list[float]
    ) -> Iterator[dict[str, Any]]:
        board: dict[str, list[dict[str, Any]]] = defaultdict(list)
        alight: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for cohort, count in _loads(charter).items():
            riders = {"cohort": cohort, "count": count}
            board[self.cohorts[cohort].origin].append(riders)
            alight[self.cohorts[cohort].site].append(riders)
        for place, way in zip(road, km, strict=True):
            # Popped, so that a place that is come to twice is used once.
            on, off = board.pop(place, []), alight.pop(place, [])
            yield {"place": place, "km": way, "board": on, "alight": off}

    def _value(
        self, made: dict[str, tuple[CharterTrip, dict[str, Any]]], unserved: list[dict[str, Any]]
    ) -> dict[str, float]:
        prices = self.scenario.prices
        worth = {priority.id: priority.left_behind for priority in self.scenario.priorities}
        trips = [(trip, self.types[trip["unit_type"]]) for _, trip in made.values()]
        boarded_on = [
            (self.cohorts[riders["cohort"]], riders["count"], trip["day"])
            for trip, _ in trips
            for stop in trip["stops"]
            for riders in stop["board"]
        ]
        parts = {
            "vehicles": sum(trip["days"] * unit_type.per_day for trip, unit_type in trips),
            "km": sum(trip["km"] * unit_type.per_km for trip, unit_type in trips),
            "drivers": sum(trip["days"] * trip["drivers"] for trip, _ in trips) * prices.driver_day,
            "onward": 0.0,
            "waiting": prices.waiting_day
            * sum(count * _days(cohort.ready, day) for cohort, count, day in boarded_on),
            "left_behind": sum(
                part["count"] * worth[self.cohorts[part["cohort"]].priority or ""]
                for part in unserved
            ),
        }
        # What an instance does not know costs nothing in it.
        return {**dict.fromkeys(Value.model_fields, 0.0), **parts, "total": sum(parts.values())}


def _loads(charter: CharterTrip) -> dict[str, int]:
    """People of each cohort; one that is listed twice is one."""
    people: Counter[str] = Counter()
    for cohort, count in charter["loads"]:
        people[f"c{cohort}"] += count
    return people


def _units(trips: dict[str, dict[str, Any]]) -> dict[str, str]:
    """The lowest unit of the pool that is free, as many as it takes."""
    free_from: dict[str, list[date]] = defaultdict(list)
    units = {}
    for name, trip in sorted(trips.items(), key=lambda item: item[1]["day"]):
        ends = free_from[trip["pool"]]
        unit = next((i for i, day in enumerate(ends) if day <= trip["day"]), len(ends))
        ends[unit : unit + 1] = [trip["day"] + timedelta(days=trip["days"])]
        units[name] = f"{trip['pool']}/{unit + 1}"
    return units


def _duties(trips: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    by_unit: dict[str, list[str]] = defaultdict(list)
    for name, trip in sorted(trips.items(), key=lambda item: item[1]["day"]):
        by_unit[trip["unit"]].append(name)
    for unit, names in by_unit.items():
        yield {"unit": unit, "trips": names, "drivers": []}


def _batches(plan: Plan) -> Iterator[Batch]:
    for trip in plan.trips:
        for number, stop in enumerate((stop for stop in trip.stops if stop.board), start=1):
            batch_id = f"{trip.id}.{number}"
            yield Batch(id=batch_id, origin=stop.place, trip=trip.id, people=boarded(stop))


def _days(ready: date, day: date) -> int:
    return (day - ready).days


_NOBODY = {
    "solver": "unknown",
    "strategy": "unknown",
    "parameters": {},
    "limits": {},
    "seed": 0,
    "threads": 1,
    "versions": {},
}
"""Who made it is not in a solution."""
