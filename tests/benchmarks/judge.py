"""
What charter_bench asks of a solution, read from its description and nothing of ours.

Returns the cost and the rules that are broken, so that our checker has somebody to disagree with.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import Any

Place = dict[str, Any]


def judged(instance: dict[str, Any], solution: dict[str, Any]) -> tuple[float, set[str]]:
    """Cost, and the names of the rules that the solution breaks."""
    par, cohorts = instance["par"], instance["cohorts"]
    broken: set[str] = set()
    out: Counter[tuple[int, int, int]] = Counter()
    taken: Counter[tuple[int, int]] = Counter()
    moved: Counter[int] = Counter()
    cost = 0.0
    for trip in solution["trips"]:
        prefecture, unit_class, day = trip["pref"], trip["cls"], trip["day"]
        origins = [instance["origins"][i] for i in trip["P"]]
        sites = [instance["sites"][i] for i in trip["D"]]
        depot, prices = instance["depots"][prefecture], instance["classes"][unit_class]
        road = [depot, *origins, *sites, depot]
        lead, *loaded, back = [road_km(a, b, par) for a, b in pairwise(road)]
        days = 1 + (sum(loaded) > par["two_day_km"])
        drivers = 1 + ((lead + sum(loaded)) / par["kmh"] > par["drv_h"])
        cost += days * (prices["fixed"] + drivers * par["drv_cost"])
        cost += prices["perkm"] * (lead + sum(loaded) + back)
        out.update((prefecture, unit_class, day + d) for d in range(days))

        direct = road_km(road[1], road[-2], par) if len(road) > 3 else 0.0
        hours = sum(loaded) / par["kmh"] + par["stop_h"] * (len(loaded) + 1)
        broken |= said(
            stops=not 1 <= len(origins) <= par["max_p"] or not 1 <= len(sites) <= par["max_d"],
            twice=len(set(trip["P"])) < len(origins) or len(set(trip["D"])) < len(sites),
            prefecture=any(origin["pref"] != prefecture for origin in origins),
            detour=sum(loaded) > par["det_f"] * direct + par["det_km"] + 1e-6,
            ride=hours > par["max_ride_h"] + 1e-9,
            horizon=not 0 <= day < instance["days"],
            seats=sum(people for _, people in trip["loads"]) > prices["cap"],
        )
        used: set[tuple[str, int]] = set()
        for number, people in trip["loads"]:
            origin, site, _, ready, due, _ = cohorts[number]
            used |= {("P", origin), ("D", site)}
            broken |= said(days=not ready <= day <= due, people=people < 1)
            moved[number] += people
            taken[site, day] += people
            cost += par["wait"] * (day - ready) * people
        stops = {(side, i) for side in "PD" for i in trip[side]}
        broken |= said(unused=stops > used or bool(stops - used), elsewhere=bool(used - stops))
    for number, (_, _, people, _, _, weight) in enumerate(cohorts):
        broken |= said(overserved=moved[number] > people)
        cost += max(0, people - moved[number]) * par["pen"] * weight
    for (prefecture, unit_class, day), units in out.items():
        late = day >= instance["days"]
        broken |= said(fleet=not late and units > instance["units"][prefecture][unit_class])
    for (site, _), people in taken.items():
        broken |= said(intake=people > instance["intake"][site])
    return cost, broken


def said(**rules: bool) -> set[str]:
    """The rules that are broken."""
    return {name for name, is_broken in rules.items() if is_broken}


def road_km(start: Place, end: Place, par: dict[str, float]) -> float:
    """Road between two places that are not the same one."""
    a, b = (
        (radians(start["lat"]), radians(start["lon"])),
        (radians(end["lat"]), radians(end["lon"])),
    )
    half = sin((b[0] - a[0]) / 2) ** 2 + cos(a[0]) * cos(b[0]) * sin((b[1] - a[1]) / 2) ** 2
    km = 2 * 6371 * asin(sqrt(half)) * par["circ"]
    return 0.0 if start is end else max(par["min_km"], km)
