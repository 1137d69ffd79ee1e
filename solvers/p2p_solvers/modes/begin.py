"""Where a search over coaches and ways begins: with what was chosen, and the coaches of a draft."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from p2p_dispatch.problem import Departures, Load, TripChoice, run_trip
from p2p_dispatch.problem.compiled import at, table
from p2p_dispatch.solution import Journey, ServiceTrip
from p2p_solvers.engine import memory as e
from p2p_solvers.engine.load import Board, seat_trip
from p2p_solvers.engine.ways import is_open, switch
from p2p_solvers.modes.choices import Choices
from p2p_solvers.modes.draft import Draft

Wanted = Mapping[tuple[int, int], float]
"""People by cohort and offer."""


def go_by(board: Board, choices: Choices, wanted: Wanted) -> None:
    """Let groups go by services, about as many people as are wanted and as there is room for."""
    rest = dict(wanted)
    for row, journey in enumerate(choices.journeys):
        key = (journey.cohort, choices.trips[journey.trip].offer)
        head, share = board.groups.head[choices.ways.group[row]], rest.get(key, 0.0)
        if 2 * share < journey.people or at(board.s, e.WAY, head, 0):
            continue
        if is_open(board.m, board.s, row):
            switch(board.m, board.s, head, row)
            rest[key] = share - journey.people


def wanted_of(draft: Draft) -> Wanted:
    """Who goes by which service in a draft."""
    wanted: Counter[tuple[int, int]] = Counter()
    for journey in draft.journeys:
        wanted[journey.cohort, draft.services[journey.trip].offer] += journey.people
    return wanted


def take_over(board: Board, choices: Choices, draft: Draft) -> None:
    """
    Put the coaches of a draft on a board.

    Those who ride them no more stay off: they go another way now.
    """
    departures, left = Departures(board.problem), _Left(board)
    same = _same_legs(board, choices, draft)
    for trip in draft.trips:
        if trip.frozen >= 0:
            continue
        there = [same.get(load.cohort, load.cohort) for load in trip.loads]
        loads = [
            left.take(replace(load, cohort=cohort))
            for load, cohort in zip(trip.loads, there, strict=True)
            if cohort >= 0
        ]
        kept = replace(trip, loads=tuple(load for load in loads if load.people))
        least = board.problem.minimum_load[board.problem.unit_type[trip.pool]]
        if kept.people >= max(1, least):
            _seat(board, departures, draft, trip, kept)


def _seat(
    board: Board, departures: Departures, draft: Draft, trip: TripChoice, kept: TripChoice
) -> None:
    """Put a trip on a board, without the stops that nobody uses any more."""
    if len(kept.loads) < len(trip.loads):
        used = {int(board.problem.origin[load.cohort]) for load in kept.loads}
        used |= {load.drop for load in kept.loads}
        kept = replace(kept, stops=tuple(stop for stop in trip.stops if stop in used))
        kept, run = departures.best(kept, run_trip(draft.coaches, trip).board_day)
        if run.broken:
            return
    seat_trip(board, kept)


class _Left:
    """
    How many of each cohort have no seat yet, while trips are taken over.

    Of cohorts that are the same people the first stands for all.
    """

    def __init__(self, board: Board):
        cohorts, _, whole, accessible, heads = board.groups
        waiting = table(board.s, e.WAITING, len(cohorts))[:, 0].tolist()
        self.parties: defaultdict[int, Counter[int]] = defaultdict(Counter)
        self.others: Counter[tuple[int, int]] = Counter()
        self.first = dict(zip(cohorts.tolist(), cohorts[heads].tolist(), strict=True))
        for group in np.flatnonzero(heads == np.arange(len(heads))).tolist():
            cohort = int(cohorts[group])
            if whole[group]:
                self.parties[cohort][waiting[group]] += 1
            else:
                self.others[cohort, int(accessible[group])] += waiting[group]

    def take(self, load: Load) -> Load:
        """As many of a load as are left; they count as taken."""
        c = self.first.get(load.cohort, load.cohort)
        parties = tuple((Counter(load.parties) & self.parties[c]).elements())
        needy = min(load.accessible, self.others[c, 1])
        others = min(load.people - sum(load.parties) - load.accessible, self.others[c, 0])
        self.parties[c] -= Counter(parties)
        self.others[c, 1] -= needy
        self.others[c, 0] -= others
        people = sum(parties) + needy + others
        return replace(load, people=people, parties=parties, accessible=needy)


def _same_legs(board: Board, choices: Choices, draft: Draft) -> dict[int, int]:
    """The cohorts on a board that the legs of a draft are; -1 for those that nobody uses."""
    n = len(choices.coaches.people) - int((choices.ways.rows[:, :2] >= 0).sum())
    alike: defaultdict[Journey, list[Journey]] = defaultdict(list)
    for row, group in enumerate(choices.ways.group.tolist()):
        if at(board.s, e.WAY, board.groups.head[group], 0) == row + 1:
            journey = choices.journeys[row]
            alike[_bare(choices.trips, journey)].append(journey)
    same = dict.fromkeys(range(n, draft.coaches.n_cohorts), -1)
    for journey in draft.journeys:
        if found := alike[_bare(draft.services, journey)]:
            other = found.pop(0)
            same |= {journey.feeder: other.feeder, journey.onward: other.onward}
    return same


def _bare(trips: tuple[ServiceTrip, ...], journey: Journey) -> Journey:
    """A journey by what it is, whatever its numbers."""
    return replace(
        journey,
        trip=trips[journey.trip].offer,
        feeder=min(journey.feeder, 0),
        onward=min(journey.onward, 0),
    )
