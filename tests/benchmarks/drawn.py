"""Tiny instances of charter_bench, drawn from a seed, and ways to spoil a solution."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

Content = dict[str, Any]


def drawn_instance(seed: int) -> Content:
    """
    Two prefectures in Guangxi, a handful of origins and sites, limits so low that they bind.

    About half of the roads take two days and a second driver; one class sells fewer seats than
    it has.
    """
    r = random.Random(seed)

    def place(lat: float, lon: float, **more: Any) -> Content:
        spot = {"lat": lat + r.uniform(-0.6, 0.6), "lon": lon + r.uniform(-0.6, 0.6)}
        return {"name": "", **spot, **more}

    origins = [place(23.5, 110.5 + 0.3 * (i % 2), pref=i % 2) for i in range(r.randint(2, 5))]
    sites = [place(22.9, 113.3 + 0.3 * (i % 3), city=i % 3) for i in range(r.randint(2, 5))]
    days = r.randint(2, 4)
    cohorts = []
    for _ in range(r.randint(4, 14)):
        ready = r.randrange(days)
        due = min(days - 1, ready + r.randint(0, 2))
        ends = [r.randrange(len(origins)), r.randrange(len(sites))]
        cohorts.append([*ends, r.randint(1, 12), ready, due, r.choice([1, 2, 3])])
    return {
        "seed": seed,
        "days": days,
        "origins": origins,
        "sites": sites,
        "depots": [place(23.5, 110.6) for _ in range(2)],
        "classes": [
            {"seats": 20, "cap": 16, "fixed": 1200, "perkm": 4.5},
            {"seats": 8, "cap": 8, "fixed": 900, "perkm": 3.4},
        ],
        "units": [[r.randint(0, 2), r.randint(1, 3)] for _ in range(2)],
        "intake": [r.randint(6, 30) for _ in sites],
        "cohorts": cohorts,
        "par": {
            "circ": 1.3,
            "kmh": 75,
            "stop_h": 10 / 60,
            "max_p": 3,
            "max_d": 3,
            "det_f": 1.05,
            "det_km": r.choice([10, 40]),
            "max_ride_h": r.choice([9.5, 16]),
            "two_day_km": 400,
            "drv_h": 6,
            "drv_cost": 400,
            "pen": 3000,
            "wait": 15,
            "min_km": 3,
        },
    }


Spoil = Callable[[random.Random, Content, Content], None]
"""Changes one trip of an instance's solution in place; most, but not all, break a rule."""


def _one_more(r: random.Random, trip: Content, instance: Content) -> None:
    r.choice(trip["loads"])[1] += 1


def _one_less(r: random.Random, trip: Content, instance: Content) -> None:
    load = r.choice(trip["loads"])
    load[1] -= 1
    if not load[1]:
        trip["loads"].remove(load)


def _other_day(r: random.Random, trip: Content, instance: Content) -> None:
    trip["day"] += r.choice([-2, -1, 1, 2])


def _other_class(r: random.Random, trip: Content, instance: Content) -> None:
    trip["cls"] = (trip["cls"] + 1) % len(instance["classes"])


def _other_prefecture(r: random.Random, trip: Content, instance: Content) -> None:
    trip["pref"] = (trip["pref"] + 1) % len(instance["depots"])


def _stop_dropped(r: random.Random, trip: Content, instance: Content) -> None:
    side = r.choice("PD")
    trip[side].pop(r.randrange(len(trip[side])))


def _stop_added(r: random.Random, trip: Content, instance: Content) -> None:
    side, places = r.choice([("P", "origins"), ("D", "sites")])
    trip[side].insert(r.randint(0, len(trip[side])), r.randrange(len(instance[places])))


def _other_order(r: random.Random, trip: Content, instance: Content) -> None:
    r.shuffle(trip["P"])
    r.shuffle(trip["D"])


def _somebody_else(r: random.Random, trip: Content, instance: Content) -> None:
    """One person of any cohort gets on, with their stops."""
    number = r.randrange(len(instance["cohorts"]))
    origin, site = instance["cohorts"][number][:2]
    trip["loads"].append([number, 1])
    for side, place in (("P", origin), ("D", site)):
        if place not in trip[side]:
            trip[side].append(place)


def _two_in_one(r: random.Random, trip: Content, instance: Content) -> None:
    """Its people go on another trip: told to ``spoilt``, which has the others."""
    trip["joins"] = True


def _runs_twice(r: random.Random, trip: Content, instance: Content) -> None:
    """The same people again: told apart from the original by nothing."""
    trip["again"] = True


SPOILS: dict[str, Spoil] = {
    "one more": _one_more,
    "one less": _one_less,
    "other day": _other_day,
    "other class": _other_class,
    "other prefecture": _other_prefecture,
    "stop dropped": _stop_dropped,
    "stop added": _stop_added,
    "other order": _other_order,
    "somebody else": _somebody_else,
    "two in one": _two_in_one,
    "runs twice": _runs_twice,
}


def spoilt(solution: Content, instance: Content, how: str, seed: int) -> Content:
    """A copy of a solution in which one trip is spoilt."""
    r = random.Random(seed)
    copy: Content = json.loads(json.dumps(solution))
    trips = copy["trips"]
    trip = r.choice(trips)
    SPOILS[how](r, trip, instance)
    if trip.pop("again", False):
        trips.append(json.loads(json.dumps(trip)))
    if trip.pop("joins", False) and len(trips) > 1:
        trips.remove(trip)
        number = r.randrange(len(trips))
        trips[number] = joined(trips[number], trip)
    return copy


def joined(trip: Content, other: Content) -> Content:
    """One trip with the stops and people of two."""
    return {
        **trip,
        **{side: list(dict.fromkeys(trip[side] + other[side])) for side in "PD"},
        "loads": trip["loads"] + other["loads"],
    }


def with_fuller_trips(solution: Content, is_fine: Callable[[Content], bool]) -> Content:
    """A solution in which trips are joined as long as the rules allow."""
    trips = list(solution["trips"])
    for other in solution["trips"]:
        for trip in trips:
            rest = [t for t in trips if t is not trip and t is not other]
            if trip is not other and other in trips:
                better = {"trips": [*rest, joined(trip, other)]}
                if is_fine(better):
                    trips = better["trips"]
                    break
    return {"trips": trips}
