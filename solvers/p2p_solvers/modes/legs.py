"""What is left for coaches once it is known who goes by which service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from p2p_dispatch.problem import Jobs, Offer, Problem
from p2p_dispatch.problem.promises import COLUMNS, Told
from p2p_dispatch.solution import Journey, ServiceTrip
from p2p_solvers.modes.prices import SeatPrices

Leg = dict[str, Any]
"""A cohort of a coach problem by its columns."""


def coach_problem(
    problem: Problem, trips: Sequence[ServiceTrip], journeys: Sequence[Journey], prices: SeatPrices
) -> tuple[Problem, tuple[Journey, ...]]:
    """
    The problem of the coaches, and the journeys with the numbers of their legs in it.

    Its cohorts are those of the problem, without the people of journeys, and one for every coach
    leg of a journey. A feeder arrives in time to change and not too early, an onward coach leaves
    likewise; so the rules of changing become ready and latest minutes. A journey's feeder or
    onward leg is wanted where its number is not -1.
    """
    extra: list[Leg] = []
    numbered = []
    for journey in journeys:
        legs = legs_of(problem, trips, journey, prices)
        numbered.append(_number(journey, legs, problem.n_cohorts + len(extra)))
        extra += [leg for leg in legs if leg]
    return _without(problem, journeys, extra, trips, prices), tuple(numbered)


def legs_of(
    problem: Problem, trips: Sequence[ServiceTrip], journey: Journey, prices: SeatPrices
) -> tuple[Leg | None, Leg | None]:
    """The cohorts that bring the people of a journey to its service, and take them on."""
    services = problem.services
    assert services is not None
    offer, c = services.offers[trips[journey.trip].offer], journey.cohort
    feeder = onward = None
    if journey.feeder >= 0:
        goes = offer.leaves(journey.board)
        way = int(problem.minutes[problem.origin[c], journey.board])
        there = goes - int(services.least_change[journey.board])
        earliest = goes - int(services.most_change[journey.board]) - way
        feeder = _leg(problem, journey) | {
            "site": journey.board,
            "ready": max(int(problem.ready[c]), earliest),
            "latest": there,
            "due": there,
            "late_day": 0,
            "drops": ((journey.board, 0),),
            "told": _told_of_feeder(problem, c),
        }
    if journey.onward >= 0:
        comes = offer.comes_to(journey.alight)
        drop = prices.best_drop(journey.alight, problem.drops[c])
        way = int(problem.minutes[journey.alight, drop[0]])
        ready = comes + int(services.least_change[journey.alight])
        onward = _leg(problem, journey) | {
            "origin": journey.alight,
            "ready": ready,
            "ready_day": problem.day(ready),
            "latest": min(
                int(problem.latest[c]), comes + int(services.most_change[journey.alight]) + way
            ),
            "drops": (drop,),
            "told": _told_of_onward(problem, journey),
        }
    return feeder, onward


NOTHING = (-1, -1, -1, -1, -1, -1)
"""What who was told nothing was told."""


def _told_of_feeder(problem: Problem, cohort: int) -> tuple[int, ...]:
    """When they leave home; by which service is the journey's affair."""
    told = problem.told
    if told is None:
        return NOTHING
    return (int(told.day[cohort]), int(told.minute[cohort]), -1, -1, -1, -1)


def _told_of_onward(problem: Problem, journey: Journey) -> tuple[int, ...]:
    """Where they get off, unless they board elsewhere: that is another place already."""
    told = problem.told
    if told is None or other_board(problem, journey):
        return NOTHING
    return (-1, -1, -1, -1, -1, int(told.drop[journey.cohort]))


def other_board(problem: Problem, journey: Journey) -> bool:
    """Whether people board elsewhere than they were told."""
    told, c = problem.told, journey.cohort
    if told is None or told.board[c] < 0:
        return False
    boards = problem.origin[c] if journey.feeder >= 0 else journey.board
    return bool(told.board[c] != boards)


def otherwise(problem: Problem, offer: Offer, journey: Journey) -> int:
    """Cents per person for being told otherwise, as far as coaches are not asked."""
    told, c = problem.told, journey.cohort
    if told is None:
        return 0
    cents = 0
    if told.service[c] != -1 and told.service[c] != offer.service:
        cents += told.of_vehicle
    if journey.feeder < 0:
        minute = offer.leaves(journey.board)
        cents += told.when(c, problem.day(minute), minute)
    elsewhere = journey.onward < 0 and told.drop[c] not in (-1, journey.alight)
    if elsewhere or other_board(problem, journey):
        cents += told.of_place
    return cents


def _number(journey: Journey, legs: tuple[Leg | None, Leg | None], first: int) -> Journey:
    """A journey with the numbers of its legs, which are counted from the first."""
    feeder, onward = legs
    return replace(
        journey,
        feeder=first if feeder else -1,
        onward=first + (feeder is not None) if onward else -1,
    )


def beside(problem: Problem, trips: Sequence[ServiceTrip], journey: Journey) -> int:
    """Cents per person of a journey that no coach is paid for, nor the service."""
    services = problem.services
    assert services is not None
    offer, c = services.offers[trips[journey.trip].offer], journey.cohort
    cents = services.change * ((journey.feeder >= 0) + (journey.onward >= 0))
    cents -= int(problem.subsidy[c])
    cents += otherwise(problem, offer, journey)
    if journey.feeder < 0:
        day = problem.day(offer.leaves(journey.board))
        cents += (day - int(problem.ready_day[c])) * problem.waiting_day
    if journey.onward < 0:
        comes = offer.comes_to(journey.alight)
        cents += dict(problem.drops[c])[journey.alight]
        cents += problem.late_days(c, comes) * int(problem.late_day[c])
    return cents


_COPIED = (
    "origin",
    "site",
    "ready",
    "due",
    "latest",
    "late_day",
    "ready_day",
    "value",
    "own_risk",
    "luggage",
)


def _leg(problem: Problem, journey: Journey) -> Leg:
    """A cohort like that of a journey, with its people."""
    return {name: int(getattr(problem, name)[journey.cohort]) for name in _COPIED} | {
        "told": NOTHING,
        "cohort": journey.cohort,
        "people": journey.people,
        "parties": journey.parties,
        "accessible": journey.accessible,
    }


def _without(
    problem: Problem,
    journeys: Sequence[Journey],
    extra: Sequence[Leg],
    trips: Sequence[ServiceTrip],
    prices: SeatPrices,
) -> Problem:
    """The problem without the people of journeys, but with their legs."""
    sharing = problem.sharing
    medical, intake = _without_coach(problem, trips, journeys)
    whose = [-1 if sharing is None else int(sharing.seeker[j.cohort]) for j in journeys]
    pairs = list(zip(whose, journeys, strict=True))
    own = _less(problem, [(j.cohort, j) for seeker, j in pairs if seeker < 0])
    rest = replace(problem, **own, medical=medical, intake=intake)
    if sharing is not None:
        posts, loans = sharing.jobs.posts.copy(), sharing.jobs.loans.copy()
        for journey in journeys:
            if sharing.opening[journey.cohort] >= 0:
                posts[sharing.opening[journey.cohort]] -= journey.people
            if sharing.loan[journey.cohort] >= 0:
                loans[sharing.loan[journey.cohort]] -= journey.people
        seeking = _less(sharing.jobs, [(seeker, j) for seeker, j in pairs if seeker >= 0])
        jobs = replace(sharing.jobs, **seeking, posts=posts, loans=loans)
        rest = replace(rest, sharing=replace(sharing, jobs=jobs))
    return with_legs(rest, extra, prices)


def _less(whose: Problem | Jobs, journeys: Sequence[tuple[int, Journey]]) -> dict[str, Any]:
    """People, parties and people with needs, by number, without those of journeys."""
    people, needy = whose.people.copy(), whose.accessible.copy()
    parties = [Counter(sizes) for sizes in whose.parties]
    for number, journey in journeys:
        people[number] -= journey.people
        needy[number] -= journey.accessible
        parties[number] -= Counter(journey.parties)
    left = tuple(tuple(sorted(sizes.elements(), reverse=True)) for sizes in parties)
    return {"people": people, "accessible": needy, "parties": left}


def with_legs(problem: Problem, extra: Sequence[Leg], prices: SeatPrices) -> Problem:
    """The problem of coaches with some more cohorts."""
    like = [leg["cohort"] for leg in extra]
    columns: dict[str, Any] = {
        name: np.append(getattr(problem, name), [leg[name] for leg in extra]).astype(np.int64)
        for name in (*_COPIED, "people", "accessible")
    }
    return replace(
        problem,
        **columns,
        # what is earned by a journey is earned whatever its coaches
        subsidy=np.append(problem.subsidy, np.zeros(len(extra))).astype(np.int64),
        class_of=np.append(problem.class_of, np.full(len(extra), -1)).astype(np.int64),
        payer_share=np.concatenate((problem.payer_share, problem.payer_share[like])),
        parties=(*problem.parties, *(leg["parties"] for leg in extra)),
        drops=(*problem.drops, *(leg["drops"] for leg in extra)),
        serves=_serves(problem, {int(leg["origin"]) for leg in extra}, prices),
        services=None,
        sharing=problem.sharing and problem.sharing.with_others(len(extra)),
        told=problem.told and _more_told(problem.told, extra),
        start=None,
    )


def _more_told(told: Told, extra: Sequence[Leg]) -> Told:
    """What was told, with the legs."""
    columns: dict[str, Any] = {
        name: np.append(getattr(told, name), [leg["told"][i] for leg in extra]).astype(np.int64)
        for i, name in enumerate(COLUMNS)
    }
    return replace(told, **columns)


def _serves(problem: Problem, starts: set[int], prices: SeatPrices) -> np.ndarray:
    """Hubs are served by the depots near to them."""
    serves = problem.serves.copy()
    for place in starts:
        for pool in prices.pools(place):
            serves[pool, place] = True
    return serves


def _without_coach(
    problem: Problem, trips: Sequence[ServiceTrip], journeys: Sequence[Journey]
) -> tuple[np.ndarray, np.ndarray]:
    """Checks and intake that are left by those who need no coach to a hub, or from it."""
    medical, intake = problem.medical.copy(), problem.intake.copy()
    if not journeys:
        return medical, intake
    services = problem.services
    assert services is not None
    for journey in journeys:
        offer, c = services.offers[trips[journey.trip].offer], journey.cohort
        if journey.feeder < 0:
            goes = offer.leaves(journey.board)
            medical[problem.origin[c], problem.column(goes)] -= journey.people
        if journey.onward < 0:
            comes = offer.comes_to(journey.alight)
            intake[problem.site[c], problem.column(comes)] -= journey.people
    return medical, intake
