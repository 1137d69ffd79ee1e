"""
Where the gap between a plan and its bound lies, at the prices of the bound.

The bound sums what people are worth, less what units, intake and checks cost. So what a plan costs
above it is, part by part: of every trip what it costs above what its people are worth less all
that it uses; of everybody left behind what that costs above their worth; of every limit that has a
price what the plan does not use of it. At other prices as good, the parts may be others.

Source: complementary slackness.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

from p2p_dispatch.problem import NO_LIMIT
from p2p_dispatch.problem.basics import Ints
from p2p_dispatch.solution import GapPart, Solution
from p2p_solvers.proof.generation import Generation
from p2p_solvers.proof.known import columns_of
from p2p_solvers.proof.memory import UNIT

What = Literal["trips", "fleet", "intake", "medical", "left behind"]

Part = tuple[What, int]
"""What it is about, and a place."""


def gap_parts(generation: Generation, solution: Solution) -> tuple[GapPart, ...]:
    """
    Parts of the gap, the largest first; they add up to all of it.

    Trips and idle units are told by depot, intake by site, checks by origin.
    """
    found = _parts(generation, solution)
    whole = sum(found.values())
    if solution.bound is None or whole <= 0:
        return ()
    gap = max(0.0, solution.cost - solution.bound)
    # what trips of negative reduced cost could gain, and what a bound leaves out, has no place
    parts = [
        GapPart(what=what, place=place, cents=gap * amount / whole)
        for (what, place), amount in found.items()
        if amount > 0
    ]
    return tuple(sorted(parts, key=lambda part: (-part.cents, part.what, part.place)))


def _parts(generation: Generation, solution: Solution) -> dict[Part, float]:
    problem, moments, duals = generation.problem, generation.moments, generation.duals
    rooms = generation.rooms
    parts: dict[Part, float] = defaultdict(float)
    left: Ints = problem.people.copy()
    units, takes, checks = moments.units.copy(), problem.intake.copy(), problem.medical.copy()
    for column in columns_of(problem, moments, rooms, solution.trips):
        room = rooms[column.block]
        pool = room.block.pools[column.pool]
        out = slice(column.first, column.end)
        reduced = column.cents * UNIT + int(duals.units[pool, out].sum())
        units[pool, out] -= 1
        for rider in column.riders:
            cohort = int(room.cohort[rider.entry])
            site, origin = int(room.site[rider.entry]), int(room.origin[rider.entry])
            left[cohort] -= rider.people
            takes[site, rider.takes] -= rider.people
            checks[origin, rider.checks] -= rider.people
            price = duals.takes[site, rider.takes] + duals.checks[origin, rider.checks]
            reduced -= rider.people * int(duals.people[cohort] - price)
        parts["trips", int(problem.depot[pool])] += max(0, reduced)
    for pool in range(problem.n_pools):
        idle = duals.units[pool] * units[pool].clip(min=0)
        parts["fleet", int(problem.depot[pool])] += float(idle.sum())
    limits: list[tuple[What, Ints, Ints, Ints]] = [
        ("intake", duals.takes, problem.intake, takes),
        ("medical", duals.checks, problem.medical, checks),
    ]
    for what, prices, limit, over in limits:
        unused = (prices * over.clip(min=0) * (limit < NO_LIMIT)).sum(axis=1)
        for place in unused.nonzero()[0].tolist():
            parts[what, place] += float(unused[place])
    dear = (problem.value * UNIT - duals.people) * left.clip(min=0)
    for cohort in dear.nonzero()[0].tolist():
        parts["left behind", int(problem.origin[cohort])] += max(0.0, float(dear[cohort]))
    return parts
