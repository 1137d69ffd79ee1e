"""
People matched to posts before anything is known of trips: a flow of least cost.

People flow from cohorts that seek to openings of their trade, from there through the site, which
takes so many people in all, and out; or they stay. One person from a cohort to an opening costs

    seat on a full coach, or on a service, with the legs to it and from it
    - subsidies for the class and the employer
    - what leaving somebody of the class behind costs
    - what the empty post costs, of a key employer more

and staying costs nothing. So key employers and classes that come first do so by their prices.
OR-Tools' min-cost flow solves it (Goldberg's cost scaling).

Seats cost more than those of full coaches, and how much more depends on who else goes where: a
matching made first cannot know that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from p2p_dispatch.problem import NO_LIMIT, Jobs, Matched, Problem, spread
from p2p_dispatch.problem.basics import Ints
from p2p_solvers.modes.prices import SeatPrices
from p2p_solvers.modes.ways import ways_of

MOST_RISK = 2
"""The highest risk level: past it nobody is asked to stay."""


class Match(NamedTuple):
    """
    A match that people can use.

    Attributes
    ----------
    number
        Of the match in ``Jobs``.
    cents
        What one person costs more than if they stayed; below zero where going is worth it.
    """

    number: int
    cents: int


def match_people(problem: Problem, useful: Sequence[Match]) -> tuple[Matched, ...]:
    """
    For each match of a problem with open jobs the people who are to fill its posts.

    Parameters
    ----------
    useful
        What :func:`useful_matches` says of the problem.
    """
    jobs = problem.jobs
    assert jobs is not None
    worth, room = [match for match in useful if match.cents < 0], site_rooms(problem)
    return whole_parties(jobs, worth, _flows(jobs, worth, room), room)


def useful_matches(problem: Problem) -> list[Match]:
    """Matches by which people can come to the site in time."""
    jobs, whole = problem.jobs, spread(problem)
    assert jobs is not None
    prices = SeatPrices(whole)
    by_service = _by_service(whole, prices)
    roads: dict[tuple[int, int, int, int], float] = {}
    useful = []
    for number in range(jobs.n_matches):
        cohort = problem.n_cohorts + number
        origin, site = int(whole.origin[cohort]), int(whole.site[cohort])
        lasts = int(whole.latest[cohort] - whole.ready[cohort])
        # the same for all who have as long, from one origin to one site, and cost as much to lend
        road = (origin, site, lasts, int(jobs.loan[number]))
        if road not in roads:
            roads[road] = _by_coach(whole, prices, cohort)
        cents = min(roads[road], by_service.get(cohort, np.inf))
        spared = int(whole.value[cohort]) + int(whole.subsidy[cohort])
        if cents < np.inf and _may_travel(whole, cohort):
            useful.append(Match(number, round(cents) - spared))
    return useful


def _by_coach(whole: Problem, prices: SeatPrices, cohort: int) -> float:
    """Cents of a seat to the best place where people may get off, and from there on."""
    origin = int(whole.origin[cohort])
    longest = whole.longest_ride
    if not whole.by_day:
        longest = min(longest, int(whole.latest[cohort] - whole.ready[cohort]))
    ways = [
        seat.cents + onward
        for drop, onward in whole.drops[cohort]
        for seat in [prices.of(origin, drop)]
        if seat and 0 <= whole.minutes[origin, drop] <= longest
    ]
    return min(ways, default=np.inf)


def _by_service(whole: Problem, prices: SeatPrices) -> dict[int, float]:
    """The same by the cheapest service of each cohort, if that is full too."""
    services = whole.services
    if services is None:
        return {}
    seats = [
        min((c.cents / max(c.riders) for c in consists if max(c.riders) > 0), default=np.inf)
        for consists in services.consists
    ]
    cheapest: dict[int, float] = {}
    for way in ways_of(whole, services, prices):
        cents = way.to + way.on + way.other + seats[way.offer]
        if cents < cheapest.get(way.cohort, np.inf):
            cheapest[way.cohort] = cents
    return cheapest


def _columns(whole: Problem, cohort: int) -> slice:
    """Calendar days on which people can be on their way."""
    # by the clock the last minute of a day is the first of the next one
    last = whole.column(int(whole.latest[cohort]) - (0 if whole.by_day else 1))
    return slice(max(whole.column(int(whole.ready[cohort])), whole.pad), last + 1)


def _may_travel(whole: Problem, cohort: int) -> bool:
    """Whether the risk levels of any day let people leave, and arrive."""
    if whole.stay_from > MOST_RISK and whole.shut_from > MOST_RISK:
        return True
    days = _columns(whole, cohort)
    own = np.maximum(whole.risk[whole.origin[cohort], days], whole.own_risk[cohort])
    site = whole.risk[whole.site[cohort], days]
    return bool(((own < whole.stay_from) & (site < whole.shut_from)).any())


def site_rooms(problem: Problem) -> dict[int, int]:
    """
    People whom each site with posts can take on all days together.

    Without those who are bound for it anyway.
    """
    jobs, whole = problem.jobs, spread(problem)
    assert jobs is not None
    rooms = {}
    for site in np.unique(jobs.site).tolist():
        matches = np.flatnonzero(jobs.site[jobs.opening] == site).tolist()
        cohorts = [problem.n_cohorts + match for match in matches]
        if cohorts:
            days = [_columns(whole, cohort) for cohort in cohorts]
            first, end = min(d.start for d in days), max(d.stop for d in days)
            room = int(problem.intake[site, first:end].sum())
            bound = int(problem.people[problem.site == site].sum())
            rooms[site] = NO_LIMIT if room >= NO_LIMIT else max(0, room - bound)
    return rooms


def _flows(jobs: Jobs, useful: Sequence[Match], room: dict[int, int]) -> Ints:
    """
    People on each useful match in a flow of least cost.

    How many a site lends to another limits each match here, and all of them together later.
    """
    from ortools.graph.python import min_cost_flow

    n_seekers, n_openings = len(jobs.people), len(jobs.posts)
    sites = {site: n_seekers + n_openings + i for i, site in enumerate(room)}
    out, everybody = n_seekers + n_openings + len(sites), int(jobs.people.sum())
    numbers = np.array([match.number for match in useful], dtype=np.int64)
    seekers, openings = jobs.seeker[numbers], jobs.opening[numbers]
    used = np.unique(openings)
    tails = [*seekers, *(n_seekers + used), *sites.values(), *range(n_seekers)]
    heads = [
        *(n_seekers + openings),
        *(sites[site] for site in jobs.site[used].tolist()),
        *[out] * len(sites),
        *[out] * n_seekers,
    ]
    lent = jobs.loan[numbers]
    lenders = np.where(lent < 0, NO_LIMIT, jobs.loans[lent] if len(jobs.loans) else NO_LIMIT)
    most = [
        *np.minimum(jobs.people[seekers], lenders),
        *jobs.posts[used],
        *room.values(),
        *jobs.people,
    ]
    cents = [*(match.cents for match in useful), *[0] * (len(most) - len(useful))]
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        np.array(tails, dtype=np.int64),
        np.array(heads, dtype=np.int64),
        np.minimum(np.array(most, dtype=np.int64), everybody),
        np.array(cents, dtype=np.int64),
    )
    for seeker, people in enumerate(jobs.people.tolist()):
        flow.set_node_supply(seeker, people)
    flow.set_node_supply(out, -everybody)
    status = flow.solve()
    assert status == flow.OPTIMAL  # everybody may stay
    return np.asarray(flow.flows(arcs[: len(useful)]), dtype=np.int64)


def whole_parties(
    jobs: Jobs, useful: Sequence[Match], flows: Ints, room: dict[int, int]
) -> tuple[Matched, ...]:
    """
    A flow of people made one of whole parties, and of no more people than are lent.

    The largest first, each goes where most of its cohort do, or else where posts are left; then
    those who travel alone fill up what the flow has left them, and posts that are still empty.
    """
    posts, loans, rooms = jobs.posts.copy(), jobs.loans.copy(), dict(room)
    chosen = [Matched() for _ in range(jobs.n_matches)]
    flow = dict(zip((match.number for match in useful), flows.tolist(), strict=True))
    of_seeker: dict[int, list[Match]] = {seeker: [] for seeker in range(len(jobs.people))}
    for match in sorted(useful, key=lambda match: match.cents):
        of_seeker[int(jobs.seeker[match.number])].append(match)

    def left(number: int) -> int:
        opening, loan = jobs.opening[number], jobs.loan[number]
        most = NO_LIMIT if loan < 0 else int(loans[loan])
        return min(int(posts[opening]), rooms[int(jobs.site[opening])], most)

    def put(number: int, people: int, parties: tuple[int, ...] = (), accessible: int = 0) -> None:
        opening, before = jobs.opening[number], chosen[number]
        posts[opening] -= people
        rooms[int(jobs.site[opening])] -= people
        if jobs.loan[number] >= 0:
            loans[jobs.loan[number]] -= people
        flow[number] = max(0, flow[number] - people)
        chosen[number] = Matched(
            people=before.people + people,
            parties=before.parties + parties,
            accessible=before.accessible + accessible,
        )

    # of all cohorts, so that those who travel alone take no posts from parties
    for size, seeker in sorted(
        ((size, seeker) for seeker, sizes in enumerate(jobs.parties) for size in sizes),
        reverse=True,
    ):
        mine = [match for match in of_seeker[seeker] if left(match.number) >= size]
        if mine:
            best = max(mine, key=lambda m: (min(flow[m.number], size), flow[m.number], -m.cents))
            put(best.number, size, parties=(size,))
    for as_it_flows in (True, False):
        for seeker, people in enumerate(jobs.people.tolist()):
            mine = of_seeker[seeker]
            placed = sum(chosen[m.number].people - sum(chosen[m.number].parties) for m in mine)
            alone = people - sum(jobs.parties[seeker]) - placed
            needy = int(jobs.accessible[seeker]) - sum(chosen[m.number].accessible for m in mine)
            for match in mine:
                some = min(alone, left(match.number))
                if as_it_flows:
                    some = min(some, flow[match.number])
                if some > 0:
                    put(match.number, some, accessible=min(some, needy))
                    alone, needy = alone - some, needy - min(some, needy)
    return tuple(chosen)
