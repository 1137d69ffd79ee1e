"""
What people cost who go by a service, beside what the service costs.

On the one side there is the way to a hub where they board, by themselves or by coaches; on the
other that from a hub where they get off, unless they are taken over there. Each side is the least
over days, hubs and numbers of changes, so that both can be worked out for themselves.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from p2p_dispatch.problem import Offer, Problem, Services
from p2p_solvers.bounds.basics import FINE, NEVER, SLACK, Ints
from p2p_solvers.bounds.calls import Calls
from p2p_solvers.bounds.fares import Fares
from p2p_solvers.bounds.limits import Prices


class Sides:
    """
    Costs of the ways to services and from them, in hundredths of a cent for each person.

    Parameters
    ----------
    prices
        Of checks and intake; they are part of the costs.
    """

    def __init__(self, problem: Problem, fares: Fares, calls: Calls, prices: Prices):
        assert problem.services is not None
        self.problem, self.services = problem, problem.services
        self.fares, self.calls, self.prices = fares, calls, prices
        self.most_wait = int(self.services.most_change[fares.hubs].max())
        self._known: dict[tuple[int, int], Ints] = {}

    def to(self, offer: Offer) -> Ints:
        """
        From home to the moment at which a service leaves the hub where people board.

        Returns
        -------
        (most_changes + 1, n_cohorts) by how often people change, the change to the service among
        these; ``NEVER`` where that is not possible.
        """
        most, n = self.fares.most_changes, self.problem.n_cohorts
        best = np.full((most + 1, n), NEVER, dtype=np.int64)
        for i, hub in enumerate(offer.places[: offer.n_board]):
            if not offer.opens[i]:
                continue
            np.minimum(best[0], self._gathered(offer, i), out=best[0])
            for changes in range(1, min(most, self.fares.coach_changes + 1) + 1):
                fed = self._fed(hub, offer.goes[i], changes)
                np.minimum(best[changes], fed, out=best[changes])
        return best

    def on(self, offer: Offer) -> Ints:
        """The same from the hub where people get off to the end of their way."""
        most, n = self.fares.most_changes, self.problem.n_cohorts
        best = np.full((most + 1, n), NEVER, dtype=np.int64)
        for i, hub in enumerate(offer.places):
            if i < offer.n_board or not offer.opens[i]:
                continue
            for slot in range(self.calls.drop.shape[1]):
                taken_over = self._taken_over(hub, offer.comes[i], slot)
                np.minimum(best[0], taken_over, out=best[0])
                for changes in range(1, min(most, self.fares.coach_changes + 1) + 1):
                    taken_on = self._taken_on(hub, offer.comes[i], slot, changes)
                    np.minimum(best[changes], taken_on, out=best[changes])
        return best

    def joined(self, to: Ints, on: Ints) -> Ints:
        """(n_cohorts,) both sides together with what changing costs, less subsidies."""
        best, change = np.full(to.shape[1], NEVER, dtype=np.int64), self.fares.change
        for first, cents in enumerate(to):
            for second in range(len(on) - first):
                both = cents + on[second] + (first + second) * change
                np.minimum(best, both, out=best)
        return np.where(best >= NEVER, NEVER, best - self.problem.subsidy * FINE)

    def _gathered(self, offer: Offer, i: int) -> Ints:
        """Of people who come to the hub by themselves."""
        problem, day = self.problem, self.problem.day(offer.goes[i])
        gathers = self._gathers[offer.places[i]]
        if not 0 <= day < problem.n_days:
            return np.full(problem.n_cohorts, NEVER, dtype=np.int64)
        may = gathers[problem.origin] & (problem.ready <= offer.comes[i] + SLACK)
        may &= (problem.ready_day <= day) & self.calls.may_leave(day)
        return np.where(may, self.calls.waiting(day) + self._checked(day), NEVER)

    def _fed(self, hub: int, goes: int, changes: int) -> Ints:
        """Of people whom coaches bring to the hub."""
        problem, fares = self.problem, self.fares
        ride = np.minimum(fares.seconds[problem.origin, hub], NEVER >> 8) // 60
        last = goes - int(self.services.least_change[hub]) - ride + SLACK
        waits = int(self.services.most_change[hub]) + (changes - 1) * self.most_wait
        first = goes - waits - changes * problem.longest_ride - SLACK
        best = np.full(problem.n_cohorts, NEVER, dtype=np.int64)
        days = range(max(0, problem.day(first)), min(problem.n_days - 1, problem.day(goes)) + 1)
        for day in days:
            leaves = self._leaves[day]
            seats = self._first_seats(day, changes)[fares.row[problem.origin], fares.column[hub]]
            each = seats + self.calls.waiting(day) + self._checked(day)
            each[(leaves > last) | (leaves >= NEVER) | (seats >= NEVER)] = NEVER
            np.minimum(best, each, out=best)
        return best

    def _taken_over(self, hub: int, comes: int, slot: int) -> Ints:
        """Of people who are at the end of their way at the hub."""
        problem, calls = self.problem, self.calls
        here = (calls.drop[:, slot] == hub) & (comes <= problem.latest + SLACK)
        arrives = np.where(here, comes, NEVER)
        column = self._column(comes)
        each = calls.onward[:, slot] + calls.late(arrives) + self._received(column)
        return np.where(here, each, NEVER)

    def _taken_on(self, hub: int, comes: int, slot: int, changes: int) -> Ints:
        """Of people whom coaches bring from the hub to the end of their way."""
        problem, fares, calls = self.problem, self.fares, self.calls
        drop = np.maximum(calls.drop[:, slot], 0)
        number = int(np.searchsorted(fares.hubs, hub))
        seats = fares.after(changes - 1)[number, fares.column[drop]]
        ride = np.minimum(fares.seconds[hub, drop], NEVER >> 8) // 60
        ready = comes + max(int(self.services.least_change[hub]), problem.stop_minutes)
        there = ready + ride - SLACK
        waits = int(self.services.most_change[hub]) + (changes - 1) * self.most_wait
        last = comes + waits + changes * problem.longest_ride + SLACK
        best = np.full(problem.n_cohorts, NEVER, dtype=np.int64)
        for column in range(self._column(ready), self._column(last) + 1):
            arrives = calls.arrives(slot, column, there)
            each = seats + calls.onward[:, slot] + calls.late(arrives) + self._received(column)
            each[(arrives >= NEVER) | (seats >= NEVER)] = NEVER
            np.minimum(best, each, out=best)
        return best

    def _column(self, minute: int) -> int:
        """Calendar day of a minute; one more than the last past the calendar."""
        past = minute >= self.problem.midnights[-1]
        return self.calls.last_column + 1 if past else self.problem.column(minute)

    def _checked(self, day: int) -> Ints:
        return np.asarray(self.prices.medical[self.problem.origin, day + self.problem.pad])

    def _received(self, column: int) -> Ints:
        return np.asarray(self.prices.intake[self.problem.site, column])

    @cached_property
    def _leaves(self) -> list[Ints]:
        return [self.calls.leaves(day) for day in range(self.problem.n_days)]

    def _first_seats(self, day: int, changes: int) -> Ints:
        """Seats from home to a hub, with at most so many changes, that to the service included."""
        key = day, changes
        if key not in self._known:
            self._known[key] = self.fares.with_changes(self.fares.on_day(day), changes - 1)
        return self._known[key]

    @cached_property
    def _gathers(self) -> list[NDArray[np.bool_]]:
        masks = []
        for origins in self.services.gathers:
            mask = np.zeros(len(self.problem.metres), dtype=np.bool_)
            mask[list(origins)] = True
            masks.append(mask)
        return masks


class Linked(NamedTuple):
    """
    Offers that somebody could take one after the other.

    Attributes
    ----------
    first, later
        Those that could come first, and those that could come later.
    same, by_coach
        Hundredths of a cent between two of them at the least: with one change, at one hub; and with
        two or more, by coach from hub to hub. ``NEVER``: nobody does that.
    """

    first: set[int]
    later: set[int]
    same: int
    by_coach: int

    def cost(self, to: Ints, on: Ints, most_changes: int) -> Ints:
        """
        (n_cohorts,) what who takes several services costs at the least beside them.

        Parameters
        ----------
        to, on
            (most_changes + 1, n_cohorts) the ways to the first and from the last, by changes.
        """
        best = np.full(to.shape[1], NEVER, dtype=np.int64)
        for first, cents in enumerate(to):
            for last, more in enumerate(on):
                for changes, between in ((1, self.same), (2, self.by_coach)):
                    if first + last + changes <= most_changes and between < NEVER:
                        np.minimum(best, cents + more + between, out=best)
        return np.minimum(best, NEVER)


def linked(problem: Problem, services: Services, fares: Fares) -> Linked:
    """Which offers somebody could take one after the other."""
    off = [(number, offer.places[i], offer.comes[i]) for number, offer in enumerate(services.offers)
           for i in range(offer.n_board, len(offer.places))]  # fmt: skip
    on = [(number, offer.places[i], offer.goes[i]) for number, offer in enumerate(services.offers)
          for i in range(offer.n_board)]  # fmt: skip
    if fares.most_changes < 1 or not off:
        return Linked(set(), set(), NEVER, NEVER)
    earlier, here, comes = (np.array(column)[:, None] for column in zip(*off, strict=True))
    later, there, goes = (np.array(column)[None, :] for column in zip(*on, strict=True))
    time, least, most = goes - comes, services.least_change[here], services.most_change[here]
    others = earlier != later
    same = (here == there) & (least <= time) & (time <= most) & others
    by_coach = np.full(same.shape, NEVER, dtype=np.int64)
    coaches = min(fares.most_changes - 1, fares.coach_changes + 1)
    if coaches:
        most_wait = int(services.most_change[fares.hubs].max())
        ride = np.minimum(fares.seconds[here, there], NEVER >> 8) // 60
        longest = most + coaches * (problem.longest_ride + most_wait) + SLACK
        fits = (here != there) & (least + ride - SLACK <= time) & (time <= longest) & others
        number = np.searchsorted(fares.hubs, here)
        seats = fares.after(coaches - 1)[number, fares.column[there]] + 2 * fares.change
        by_coach = np.where(fits & (seats < NEVER), seats, NEVER)
    first, second = np.nonzero(same | (by_coach < NEVER))
    return Linked(
        set(earlier[first, 0].tolist()),
        set(later[0, second].tolist()),
        fares.change if same.any() else NEVER,
        int(by_coach.min(initial=NEVER)),
    )
