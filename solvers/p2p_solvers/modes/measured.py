"""What seats on coaches really cost in a draft, against those of full coaches."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from p2p_dispatch.problem import run_trip
from p2p_solvers.modes.draft import Draft
from p2p_solvers.modes.prices import SeatPrices

FAR = 0.01
"""Share of the people left behind past which a draft tells nothing of how full coaches get: too
little has been searched."""

FEEDERS_A_DAY, ONWARDS_A_DAY = 1, 2
"""Rides to a hub, and from it, that a coach makes in a day, about: all feeders of a train come at
the same time. ASSUMPTION."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """
    How full coaches are, by what it means.

    Attributes
    ----------
    direct, feeder, onward
        What is paid for seats, against what they cost on full coaches.
    crowding
        Days on which coaches are out, against those of full coaches.
    """

    direct: float
    feeder: float
    onward: float
    crowding: float


GUESS = Measured(direct=1.85, feeder=1.4, onward=1.4, crowding=1.67)
"""What is taken where a draft does not tell. ASSUMPTION: about what plans of guangxi_2021_trains
come to, 1.7 of them for coaches that go all the way; more is taken for these, since those whom
services take off coaches are the ones who fill them worst."""


def measured(draft: Draft, prices: SeatPrices) -> Measured:
    """How full coaches are; the cost of a trip is shared by the prices of seats."""
    problem = prices.problem
    if problem.everybody - draft.served > FAR * problem.everybody:
        return GUESS
    coaches, feeders = draft.coaches, {journey.feeder for journey in draft.journeys}
    paid, full = defaultdict[str, float](float), defaultdict[str, float](float)
    out, days = Counter[tuple[int, int]](), 0.0
    for trip in draft.trips:
        run = run_trip(coaches, trip)
        riding: defaultdict[str, float] = defaultdict(float)
        for load in trip.loads:
            seat = prices.of(int(coaches.origin[load.cohort]), load.drop)
            if seat is None:
                continue
            direct = load.cohort < problem.n_cohorts
            role = "direct" if direct else "feeder" if load.cohort in feeders else "onward"
            of_days = {
                "direct": seat.days,
                "feeder": 1 / FEEDERS_A_DAY,
                "onward": 1 / ONWARDS_A_DAY,
            }
            riding[role] += load.people * seat.cents
            days += load.people / seat.seats * of_days[role]
        whole = sum(riding.values())
        for role, cents in riding.items():
            full[role] += cents
            paid[role] += run.cost * cents / whole
        for day in range(problem.day(run.leave), problem.day(run.back) + 1):
            out[trip.pool, day] += 1
    units = {key: int(problem.units[key[0], key[1] + problem.pad]) for key in out}
    held = sum(min(trips, units[key]) for key, trips in out.items())
    factors = {role: max(1.0, paid[role] / full[role]) for role in full if full[role]}
    return Measured(
        direct=factors.get("direct", GUESS.direct),
        feeder=factors.get("feeder", GUESS.feeder),
        onward=factors.get("onward", GUESS.onward),
        crowding=max(1.0, held / days) if days else GUESS.crowding,
    )
