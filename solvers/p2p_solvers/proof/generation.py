"""From the prices of each part to those of the whole, and on by rows that whole trips keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

import numpy as np
from threadpoolctl import ThreadpoolController

from p2p_dispatch.problem import Problem, TripChoice
from p2p_dispatch.problem.basics import Ints
from p2p_solvers.proof.blocks import blocks_of, leaves_out
from p2p_solvers.proof.branching import Branching, Runs
from p2p_solvers.proof.climb import Climb, Setting
from p2p_solvers.proof.duals import Duals, no_duals
from p2p_solvers.proof.kinder import kinder
from p2p_solvers.proof.known import columns_of
from p2p_solvers.proof.links import MOST_LINKS, Key, limit_of, links_of
from p2p_solvers.proof.memory import UNIT
from p2p_solvers.proof.moments import moments_of
from p2p_solvers.proof.oracle import Room
from p2p_solvers.proof.safe import most_trips, paid, whole_cents
from p2p_solvers.proof.turns import in_turn

NEAR = 1e-5
"""It is not asked whether a plan costs less than the best by a smaller share than this."""

HOPE = 0.7
"""Share of seats filled that the first prices reckon with."""

APART, TOGETHER = 2e-2, 2e-3
"""How near parts come to their programmes before the whole is solved, against its value, and how
exactly that is solved at first."""

BY_CLOCK = 10
"""How many times longer it takes by the clock to find a pattern."""

MOST_TOGETHER = 10_000
"""Cohorts of which one programme has them all."""

FULL, FINE = 0.6, 1e-3
"""Limits that are used by this share before they have prices are rows of the whole; and by how much
those may be broken that are not."""


class Bound(NamedTuple):
    """
    What is proved so far.

    Attributes
    ----------
    cents
        No plan costs less.
    value
        What the linear programme comes to with the columns found so far, cents.
    done
        Whether nothing better can be proved in this way.
    """

    cents: int
    value: float
    done: bool


class Generation:
    """
    The blocks of a problem with all their trips, and what is proved of them.

    Attributes
    ----------
    duals
        The best prices of the linear programme.
    climbs
        The programmes of the parts.
    """

    def __init__(
        self,
        problem: Problem,
        threads: int,
        patterns: int,
        columns: int,
        nodes: int = 0,
        afresh: int = 0,
    ) -> None:
        self.problem = kinder(problem)
        self.threads, self.patterns, self.nodes = max(1, threads), patterns, nodes
        self.afresh = afresh
        self.moments = moments_of(self.problem)
        self.most = most_trips(self.problem)
        self.rooms = [Room(self.problem, block, self.moments) for block in blocks_of(self.problem)]
        self.setting = Setting(self.problem, self.moments, self.most, self.rooms, columns)
        self.links = links_of(self.problem, self.moments, self.rooms)
        self.linked = True
        self.duals = no_duals(self.problem, self.moments)
        rides = np.zeros(self.problem.n_cohorts, dtype=np.bool_)
        for room in self.rooms:
            rides[room.cohort] = True
        # whoever has no way to ride is left behind
        self.stay = np.where(rides, 0, self.problem.value) * UNIT
        self.climbs: list[Climb] = []
        self.whole: Climb | None = None
        self.branchings: list[Branching] = []
        self.best: int | None = None
        self.cost: Callable[[], int | None] = lambda: None

    def lay_out(self, stop: Callable[[], bool]) -> bool:
        """Find the patterns of all blocks, the small ones first; whether the time was enough."""
        counts = [room.count for room in self.rooms]
        left, afresh = self.patterns, self.afresh
        if not self.problem.by_day:
            left //= BY_CLOCK
        tasks: list[Callable[[], None]] = []
        for i in sorted(range(len(counts)), key=lambda i: (counts[i], i)):
            room, count = self.rooms[i], counts[i]
            if count <= left:
                left -= count
                tasks.append(partial(room.find, count))
            elif count <= afresh:
                afresh -= count
                tasks.append(room.pass_over)
            else:
                tasks.append(room.loosen)

        def find(task: Callable[[], None]) -> bool:
            if stop():
                return False
            task()
            return True

        # the longest first, so that no thread is left with one of them in the end
        with ThreadPoolExecutor(self.threads) as pool:
            return all(list(pool.map(find, reversed(tasks))))

    @property
    def exact(self) -> bool:
        """Whether all trips that keep the rules of one trip are priced one by one."""
        return all(room.exact for room in self.rooms)

    def leaves_out(self) -> tuple[str, ...]:
        """Ids of the rules that the bound leaves out."""
        rules = leaves_out(self.problem, self.exact)
        whole = self.linked and all(len(own) < MOST_LINKS for own in self.links.own)
        return rules if whole else (*rules, "intake", "medical")

    def note(self) -> str:
        """How far it has come, in a few words."""
        if self.branchings:
            return f"{sum(part.steps for part in self.branchings):,} steps of branching"
        columns = max(
            sum(len(climb.master.columns) for climb in self.climbs),
            len(self.whole.master.columns) if self.whole else 0,
        )
        return f"{columns:,} columns"

    def plans(self) -> Iterator[tuple[set[int], list[Runs]]]:
        """Solutions in which all trips of a part are whole, each once, with the part's pools."""
        for part in self.branchings:
            while part.plans:
                pools = {pool for i in part.climb.numbers for pool in self.rooms[i].block.pools}
                yield pools, part.plans.pop()

    def run(
        self,
        stop: Callable[[], bool],
        known: Sequence[TripChoice] = (),
        cost: Callable[[], int | None] = lambda: None,
    ) -> Iterator[Bound]:
        """
        Bounds, each at least as good as the one before.

        Parameters
        ----------
        known
            Trips of a plan to begin with: with them prices are sensible from the start.
        cost
            What the best plan costs so far, in cents: whether one costs less is all that is asked.
        """
        self.cost = cost
        first = self._first()
        self.climbs = [
            Climb(
                self.setting,
                numbers,
                own if len(own) < MOST_LINKS else (),
                first,
                careful=any(self.rooms[i].exact and not self.rooms[i].kept for i in numbers),
            )
            for numbers, own in zip(self.links.parts, self.links.own, strict=True)
        ]
        part = {i: climb for climb in self.climbs for i in climb.numbers}
        for column in columns_of(self.problem, self.moments, self.rooms, known):
            part[column.block].master.add(column)
        # more threads on matrices of this size wait for each other most of the time
        with ThreadpoolController().limit(limits=1, user_api="blas"):
            yield from self._climb(stop)
            if self.nodes and self.climbs and not stop():
                yield from self._branch(stop)

    def _climb(self, stop: Callable[[], bool]) -> Iterator[Bound]:
        """To the value of the linear programme: the parts apart, then the whole."""
        # a programme of them all that takes longer than there is time proves nothing
        whole = bool(self.links.shared) and self.problem.n_cohorts <= MOST_TOGETHER
        self.linked = whole or not self.links.shared

        def gap(climb: Climb) -> float:
            near = APART * climb.value if whole else 0.0
            # what takes long waits: most is proved in least time
            return 0.0 if climb.done or climb.gap < near else climb.gap / max(0.01, climb.seconds)

        for _ in in_turn(self.climbs, gap, lambda climb: climb.step(stop), self.threads, stop):
            yield from self._summed(done=False)
        if not whole or stop():
            yield from self._summed(done=not stop() and not (self.nodes and self.climbs))
            return
        keys = self._scarce(FULL)
        while keys and not stop():
            yield from self._climb_whole(keys, stop)
            more = self._scarce(1 + FINE) - keys
            if not more:
                break
            keys |= more
        yield from self._summed(done=not stop() and not (self.nodes and self.climbs))

    def _scarce(self, share: float) -> set[Key]:
        """What is shared and used by more than this share of its limit; the fullest of too many."""
        climbs = self.climbs if self.whole is None else [self.whole]
        used: dict[Key, float] = defaultdict(float)
        for climb in climbs:
            for key, amount in climb.master.used(self.links.shared).items():
                used[key] += amount
        full = {
            key: u / max(1, limit_of(self.problem, self.moments, key)) for key, u in used.items()
        }
        over = sorted((key for key in full if full[key] > share), key=lambda key: -full[key])
        self.linked = len(over) < MOST_LINKS
        return set(over[:MOST_LINKS])

    def _climb_whole(self, keys: set[Key], stop: Callable[[], bool]) -> Iterator[Bound]:
        """One programme with these limits of what is shared."""
        own = set().union(*self.links.own)
        before = self.climbs if self.whole is None else [self.whole]
        self.whole = whole = Climb(self.setting, range(len(self.rooms)), keys | own, self._joined())
        for climb in before:
            for column in climb.master.columns:
                whole.master.add(column)
        whole.tolerance = TOGETHER
        stay = int(self.stay @ self.problem.people)
        with ThreadPoolExecutor(self.threads) as pool:
            while not whole.done and not stop():
                whole.step(stop, pool.map)
                if whole.best is None:  # the time was over before all trips were priced
                    break
                if self.best is None or whole.best + stay > self.best:
                    self.best = whole.best + stay
                    self.duals = whole.duals._replace(people=whole.duals.people + self.stay)
                yield Bound(whole_cents(self.best), whole.value + stay / UNIT, False)

    def _summed(self, done: bool) -> Iterator[Bound]:
        """What the parts come to together at the prices that they pay for what they share."""
        stay = int(self.stay @ self.problem.people)
        fixed = self.climbs[0].master.fixed if self.climbs else no_duals(self.problem, self.moments)
        rest = stay - paid(self.problem, fixed)
        if self.whole is None and all(climb.best is not None for climb in self.climbs):
            bound = rest + sum(climb.best or 0 for climb in self.climbs)
            if self.best is None or bound > self.best:
                self.best, self.duals = bound, self._joined()
        if self.best is None:
            return
        value = rest / UNIT + sum(climb.value for climb in self.climbs)
        if self.whole is not None:
            value = stay / UNIT + self.whole.value
        yield Bound(whole_cents(self.best), value, done)

    def _joined(self) -> Duals:
        """The best prices of all parts."""
        duals = no_duals(self.problem, self.moments)
        duals.people[:] = self.stay
        for climb in self.climbs:
            duals.people[:] += climb.duals.people
            duals.units[:] = np.maximum(duals.units, climb.duals.units)
            duals.takes[:] = np.maximum(duals.takes, climb.duals.takes)
            duals.checks[:] = np.maximum(duals.checks, climb.duals.checks)
        return duals

    def _branch(self, stop: Callable[[], bool]) -> Iterator[Bound]:
        """Beyond the linear programme, part by part, at its prices for what they share."""
        if self.whole is not None:
            self._hand_back()
        for climb in self.climbs:
            climb.step(stop)
            if stop():
                return
        stay, fixed = int(self.stay @ self.problem.people), self.climbs[0].master.fixed
        rest = stay - paid(self.problem, fixed)
        self.branchings = parts = [
            Branching(climb, partial(self._past, rest, number))
            for number, climb in enumerate(self.climbs)
        ]
        began = [part.best for part in parts]

        def urgency(part: Branching) -> float:
            left = sum(each.steps for each in parts) < self.nodes
            return 0.0 if part.done or not left else part.worth / (1 + part.steps)

        assert self.best is not None
        value = (rest + sum(began)) / UNIT
        for _ in in_turn(parts, urgency, lambda part: part.step(stop), self.threads, stop):
            self.best = max(self.best, self._no_more(rest + sum(part.best for part in parts)))
            yield Bound(whole_cents(self.best), value, False)
        yield Bound(whole_cents(self.best), value, not stop())

    def _past(self, rest: int, number: int) -> int | None:
        """What a part need not be proved beyond, with what is proved of the others."""
        cents = self.cost()
        if cents is None or len(self.branchings) <= number:
            return None
        others = sum(part.best for i, part in enumerate(self.branchings) if i != number)
        return round(cents * UNIT * (1 - NEAR)) - rest - others

    def _no_more(self, bound: int) -> int:
        """A bound of plans that cost less than the best, as one of all plans."""
        cents = self.cost()
        return bound if cents is None else min(bound, cents * UNIT)

    def _hand_back(self) -> None:
        """Let the parts pay what the whole found for what they share."""
        prices, fixed = self.duals, no_duals(self.problem, self.moments)
        for what, where, when in self.links.shared:
            if what == "takes":
                fixed.takes[where, when] = prices.takes[where, when]
            else:
                fixed.checks[where, when] = prices.checks[where, when]
        part = {i: climb for climb in self.climbs for i in climb.numbers}
        for column in self.whole.master.columns if self.whole else ():
            part[column.block].master.add(column)
        for climb in self.climbs:
            climb.restart(fixed, prices)

    def _first(self) -> Duals:
        """Prices to begin with: everybody's share of a coach that goes straight there."""
        problem = self.problem
        share = np.full(problem.n_cohorts, np.inf)
        for room in self.rooms:
            block = room.block
            on = np.array(block.origins)[[e.origin for e in block.entries]]
            off = np.array(block.drops)[[e.drop for e in block.entries]]
            for pool in block.pools:
                kind, depot = problem.unit_type[pool], problem.depot[pool]
                metres = problem.metres[depot, on] + problem.metres[on, off]
                metres = metres + problem.metres[off, depot]
                days = 1 + (problem.metres[on, off] > problem.two_days_past)
                if not problem.by_day:
                    minutes = problem.minutes[depot, on] + problem.minutes[on, off]
                    days = np.maximum(1, -(-(minutes + problem.minutes[off, depot]) // 1440))
                cents = days * (problem.per_day[kind] + 2 * problem.driver_day)
                cents = cents + metres * problem.per_km[kind] // 1000
                seats = max(1, int(problem.allowed[kind, block.day + problem.pad, 0]))
                np.minimum.at(share, room.cohort, room.cents + cents / (HOPE * seats))
        share = np.where(np.isfinite(share), share, 0.0)
        people: Ints = np.rint(share * UNIT).astype(np.int64)
        return no_duals(problem, self.moments)._replace(people=people)
