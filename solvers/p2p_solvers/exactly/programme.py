"""
The integer programme: which trips run, who rides them, who goes by which service, who stays.

Everything is a whole number: a party, somebody in need of an accessible place, one of the others.
CP-SAT solves it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from p2p_dispatch.problem import NO_LIMIT, Problem
from p2p_solvers.exactly.legs import Legs
from p2p_solvers.exactly.patterns import Pattern
from p2p_solvers.jobs.crowds import Crowds, crowds_of
from p2p_solvers.modes.ways import risk_of

PARTY, NEEDY, OTHER = "party", "needy", "other"


@dataclass(frozen=True)
class Item:
    """Equal people of a cohort: ``number`` of them, each of ``size`` people."""

    kind: str
    size: int
    number: int


@dataclass
class Shares:
    """Variables by item: how many of each ride, and what that makes in people."""

    of: dict[Item, Any] = field(default_factory=dict)

    def people(self) -> Any:
        """Linear expression of the people."""
        return sum(item.size * variable for item, variable in self.of.items())

    def needy(self) -> Any:
        """Linear expression of those who need an accessible place."""
        return sum(variable for item, variable in self.of.items() if item.kind == NEEDY)


class Programme:
    """
    The programme over some patterns and legs, in CP-SAT's words.

    Where jobs are open each match is a cohort: who rides as which one is for the programme to say,
    and so are the posts that they fill.
    """

    def __init__(self, problem: Problem, legs: Legs, patterns: list[Pattern]):
        from ortools.sat.python import cp_model

        self.problem, self.legs, self.patterns = problem, legs, patterns
        self.model = cp_model.CpModel()
        self.crowds = crowds_of(problem)
        self.items = [_items(self.crowds, crowd) for crowd in range(self.crowds.n_crowds)]
        self.cost: list[Any] = []
        self.money: list[Any] = []  # what is paid, as far as a ceiling counts it
        self.used: dict[tuple[str, int, int], list[Any]] = defaultdict(list)
        self.takes: dict[tuple[int, Item], list[Any]] = defaultdict(list)
        self.fills: dict[int, list[Any]] = defaultdict(list)
        self.borrows: dict[int, list[Any]] = defaultdict(list)
        self.rides: list[list[tuple[Any, dict[tuple[int, int], Shares]]]] = []
        self.journeys = [self._journey(number) for number in range(len(legs.journeys))]
        self.legs_of: dict[int, list[Shares]] = defaultdict(list)
        for pattern in patterns:
            self.rides.append(self._copies(pattern))
        self._meet()
        self.consists = [self._service(number) for number in range(len(legs.trips))]
        self._services_together()
        self.left = [self._left(crowd) for crowd in range(self.crowds.n_crowds)]
        self._posts()
        self._shares_moved()
        self._fleet()
        self._limits()
        if problem.ceiling < NO_LIMIT:
            self.model.add(sum(self.money) <= problem.ceiling)
        self.model.minimize(sum(self.cost))

    def _new(self, most: int) -> Any:
        return self.model.new_int_var(0, most, "")

    def _shares(self, crowd: int) -> Shares:
        """How many of each item of a crowd."""
        return Shares({item: self._new(item.number) for item in self.items[crowd]})

    def _own(self, cohort: int) -> int:
        """The crowd whose people a cohort of the coach problem are."""
        if cohort >= self.problem.n_cohorts:
            journeys = self.legs.journeys
            cohort = next(j.cohort for j in journeys if cohort in (j.feeder, j.onward))
        return int(self.crowds.of[cohort])

    def _take(self, cohort: int, shares: Shares) -> None:
        """People of a cohort of the problem are moved, and fill posts if they look for some."""
        for item, variable in shares.of.items():
            self.takes[int(self.crowds.of[cohort]), item].append(variable)
        if self.crowds.opening[cohort] >= 0:
            self.fills[int(self.crowds.opening[cohort])].append(shares.people())
        if self.crowds.loan[cohort] >= 0:
            self.borrows[int(self.crowds.loan[cohort])].append(shares.people())

    def _journey(self, number: int) -> Shares:
        journey, problem = self.legs.journeys[number], self.problem
        c = journey.cohort
        shares = Shares(
            {
                item: self._new(item.number)
                for item in self.items[self._own(c)]
                if item.kind != NEEDY  # services have no accessible places yet
            }
        )
        self._take(c, shares)
        people = shares.people()
        self.cost.append(self.legs.cents[number] * people)
        services = problem.services
        assert services is not None
        offer = services.offers[self.legs.trips[journey.trip].offer]
        paid = -int(problem.subsidy[c])
        if journey.feeder < 0:
            day = problem.day(offer.leaves(journey.board))
            self.used["medical", int(problem.origin[c]), day].append(people)
        if journey.onward < 0:
            day = problem.day(offer.comes_to(journey.alight))
            self.used["intake", int(problem.site[c]), day].append(people)
            paid += dict(problem.drops[c])[journey.alight]
        self.money.append(paid * people)
        return shares

    def _copies(self, pattern: Pattern) -> list[tuple[Any, dict[tuple[int, int], Shares]]]:
        """The same trip, as often as it could be wanted; each run and who rides it."""
        copies: list[tuple[Any, dict[tuple[int, int], Shares]]] = []
        if pattern.trip.frozen >= 0:
            run = self.model.new_bool_var("")
            copies.append((run, self._ride(pattern, run)))
            self._promised(pattern.trip.frozen, *copies[0])
            return copies
        for _ in range(self._most_copies(pattern)):
            run = self.model.new_bool_var("")
            if copies:
                self.model.add_implication(run, copies[-1][0])
            copies.append((run, self._ride(pattern, run)))
        return copies

    def _promised(self, number: int, run: Any, riding: dict[tuple[int, int], Shares]) -> None:
        """A trip that stands takes those it was promised to, or is given up at its price."""
        frozen = self.problem.frozen[number]
        if frozen.changing is None:
            self.model.add(run == 1)
        else:
            self.cost.append(frozen.changing * frozen.trip.people * (1 - run))
        for load in frozen.trip.loads:
            shares = riding[load.cohort, load.drop]
            self.model.add(shares.people() >= load.people * run)
            for item, variable in shares.of.items():
                promised = {PARTY: load.parties.count(item.size), NEEDY: load.accessible}
                self.model.add(variable >= promised.get(item.kind, 0) * run)

    def _most_copies(self, pattern: Pattern) -> int:
        problem, kind = self.problem, int(self.problem.unit_type[pattern.trip.pool])
        own = {self._own(cohort) for cohort, _ in pattern.prices}
        people = sum(int(self.crowds.people[c]) for c in own)
        # two trips whose people would fit on one are never better
        most = 1 + 2 * people // pattern.seats
        plain = not any(self.crowds.parties[c] or self.crowds.accessible[c] for c in own)
        if plain and problem.bags[kind] >= NO_LIMIT:
            most = ceil(people / pattern.seats)
        return min(most, int(problem.units[pattern.trip.pool].max()))

    def _ride(self, pattern: Pattern, run: Any) -> dict[tuple[int, int], Shares]:
        problem, coaches, add = self.problem, self.legs.coaches, self.model.add
        trip, ran = pattern.trip, pattern.run
        kind = int(problem.unit_type[trip.pool])
        riding = {rider: self._shares(self._own(rider[0])) for rider in pattern.prices}
        people = {rider: shares.people() for rider, shares in riding.items()}
        everybody = sum(people.values())
        add(everybody <= pattern.seats * run)
        add(everybody >= max(1, int(problem.minimum_load[kind])) * run)
        add(sum(shares.needy() for shares in riding.values()) <= int(problem.places[kind]))
        if problem.bags[kind] < NO_LIMIT:
            bags = sum(n * int(coaches.luggage[c]) for (c, _), n in people.items())
            add(bags <= int(problem.bags[kind]))
        for shares in riding.values():  # implied by whole runs; tightens
            for item, variable in shares.of.items():
                add(variable <= min(item.number, pattern.seats // item.size) * run)
        for place in trip.stops:
            add(sum(n for (c, drop), n in people.items()
                    if place in (drop, int(coaches.origin[c]))) >= run)  # fmt: skip
        for some in pattern.waits_for:
            add(sum(people[rider] for rider in some) >= run)
        self.cost.append(ran.cost * run)
        self.money.append(ran.cost * run)
        for rider, shares in riding.items():
            self._book(pattern, rider, shares)
        return riding

    def _book(self, pattern: Pattern, rider: tuple[int, int], shares: Shares) -> None:
        """What people on a trip cost, and what they take of checks and intake."""
        problem, coaches = self.problem, self.legs.coaches
        (cohort, drop), trip, ran = rider, pattern.trip, pattern.run
        people, origin = shares.people(), int(coaches.origin[cohort])
        self.cost.append(pattern.prices[rider] * people)
        is_leg = cohort >= problem.n_cohorts
        on, off = trip.stops.index(origin), trip.stops.index(drop)
        starts = not is_leg or cohort in self._feeders
        ends = not is_leg or cohort not in self._feeders
        if starts:
            self.used["medical", origin, problem.day(ran.goes[on])].append(people)
        if ends:
            site = int(coaches.site[cohort])
            self.used["intake", site, problem.day(ran.arrives[off])].append(people)
            cents = dict(coaches.drops[cohort]).get(drop, 0)
            self.money.append((cents - int(coaches.subsidy[cohort])) * people)
        if is_leg:
            self.legs_of[cohort].append(shares)
        else:
            self._take(cohort, shares)

    @property
    def _feeders(self) -> set[int]:
        return {journey.feeder for journey in self.legs.journeys}

    def _meet(self) -> None:
        """Whoever goes by a service rides a feeder to it and a coach from it, where needed."""
        for shares, journey in zip(self.journeys, self.legs.journeys, strict=True):
            for leg in (journey.feeder, journey.onward):
                if leg < 0:
                    continue
                for item, variable in shares.of.items():
                    self.model.add(sum(s.of[item] for s in self.legs_of[leg]) == variable)
                for each in self.legs_of[leg]:
                    for item, variable in each.of.items():
                        if item not in shares.of:
                            self.model.add(variable == 0)

    def _service(self, number: int) -> list[Any]:
        """Which consist a trip has; none: it does not run."""
        problem, services = self.problem, self.problem.services
        assert services is not None
        offer = services.offers[self.legs.trips[number].offer]
        consists = services.consists[self.legs.trips[number].offer]
        risk = risk_of(problem, offer)
        has = [self.model.new_bool_var("") for _ in consists]
        self.model.add(sum(has) <= 1)
        riding = {
            i: shares.people()
            for i, (shares, journey) in enumerate(
                zip(self.journeys, self.legs.journeys, strict=True)
            )
            if journey.trip == number
        }
        everybody = sum(riding.values())
        pairs = list(zip(has, consists, strict=True))
        self.model.add(everybody <= sum(y * c.riders[risk] for y, c in pairs))
        self.model.add(everybody >= max(1, offer.minimum_load) * sum(has))
        if any(c.bags < NO_LIMIT for c in consists):
            bags = sum(
                n * int(problem.luggage[self.legs.journeys[i].cohort]) for i, n in riding.items()
            )
            self.model.add(bags <= sum(y * c.bags for y, c in pairs))
        for y, c in pairs:
            self.cost.append(c.cents * y)
            self.money.append(c.cents * y)
        self._service_slots(number, has, riding)
        return has

    def _service_slots(self, number: int, has: list[Any], riding: dict[int, Any]) -> None:
        problem, services = self.problem, self.problem.services
        assert services is not None
        offer = services.offers[self.legs.trips[number].offer]
        if offer.booked:
            return  # the train runs anyway
        everybody = int(self.crowds.people.sum())
        for i, hub in enumerate(offer.places):
            if services.slot_trips[hub] >= NO_LIMIT:
                continue
            side = "board" if i < offer.n_board else "alight"
            here = sum(n for j, n in riding.items() if getattr(self.legs.journeys[j], side) == hub)
            calls = self.model.new_bool_var("")
            self.model.add(here <= everybody * calls)
            minute = offer.goes[i] if i < offer.n_board else offer.comes[i]
            slot = _slot(problem, minute, int(services.slot_minutes[hub]))
            self.used["service slots", hub, slot].append(calls)

    def _services_together(self) -> None:
        """Trips of service pools, and carriages that are offered."""
        services = self.problem.services
        if services is None:
            return
        booked: dict[int, list[Any]] = defaultdict(list)
        for trip, has in zip(self.legs.trips, self.consists, strict=True):
            offer = services.offers[trip.offer]
            if offer.pool >= 0:
                self.used["pool trips", offer.pool, 0].append(sum(has))
                self.used["pool daily", offer.pool, offer.day].append(sum(has))
            if offer.carriages < NO_LIMIT:
                consists = services.consists[trip.offer]
                booked[trip.offer] += [
                    y * sum(c.numbers) for y, c in zip(has, consists, strict=True)
                ]
        for number, terms in booked.items():
            self.model.add(sum(terms) <= services.offers[number].carriages)

    def _left(self, crowd: int) -> Shares:
        """Who of a crowd stays."""
        shares = self._shares(crowd)
        for item, variable in shares.of.items():
            self.model.add(sum(self.takes[crowd, item]) + variable == item.number)
        self.cost.append(int(self.crowds.value[crowd]) * shares.people())
        return shares

    def _posts(self) -> None:
        """Nobody more than there are posts, or are lent; a post that nobody fills has its price."""
        posts, empty = self.crowds.posts.tolist(), self.crowds.empty.tolist()
        for opening, (number, cents) in enumerate(zip(posts, empty, strict=True)):
            filled = sum(self.fills[opening])
            if self.fills[opening]:
                self.model.add(filled <= number)
            self.cost.append(cents * (number - filled))
        for loan, lent in self.borrows.items():
            self.model.add(sum(lent) <= int(self.crowds.loans[loan]))

    def _shares_moved(self) -> None:
        """Shares of origins and classes that must be moved."""
        problem, crowds = self.problem, self.crowds
        demands = [(crowds.origin == place, problem.origin_share) for place in {*crowds.origin}]
        demands += [(crowds.class_of == k, s) for k, s in enumerate(problem.class_share)]
        for mask, share in demands:
            some = mask.nonzero()[0].tolist()
            people = sum(int(crowds.people[c]) for c in some)
            if share and people:
                most = people - ceil(share * people - 1e-9)
                self.model.add(sum(self.left[c].people() for c in some) <= most)

    def _fleet(self) -> None:
        """Never more units out than there are, at every moment at which one more may be."""
        problem = self.problem
        turn = 0 if problem.by_day else problem.turnaround
        for pool in range(problem.n_pools):
            out = [
                (pattern.run, sum(run for run, _ in copies))
                for pattern, copies in zip(self.patterns, self.rides, strict=True)
                if pattern.trip.pool == pool and copies
            ]
            moments = {run.leave for run, _ in out}
            for run, _ in out:
                first, last = problem.column(run.leave), problem.column(run.back)
                moments |= {int(problem.midnights[c]) for c in range(first + 1, last + 1)}
            for moment in sorted(moments):
                if problem.by_day and problem.day(moment) >= problem.n_days:
                    continue
                there = [n for run, n in out if run.leave <= moment < run.back + turn]
                if there:
                    units = int(problem.units[pool, problem.column(moment)])
                    self.model.add(sum(there) <= units)

    def _limits(self) -> None:
        """Checks, intake, slots and service pools."""
        problem, services = self.problem, self.problem.services
        if not problem.by_day:
            for pattern, copies in zip(self.patterns, self.rides, strict=True):
                ran, trip = pattern.run, pattern.trip
                picks = {int(self.legs.coaches.origin[c]) for c, _ in pattern.prices}
                for i, place in enumerate(trip.stops):
                    if problem.slot_trips[place] < NO_LIMIT:
                        minute = ran.goes[i] if place in picks else ran.arrives[i]
                        slot = _slot(problem, minute, int(problem.slot_minutes[place]))
                        self.used["slots", place, slot] += [run for run, _ in copies]
        for (rule, what, when), terms in self.used.items():
            column = min(when + problem.pad, problem.medical.shape[1] - 1)
            if rule in ("medical", "intake"):
                most = int(getattr(problem, rule)[what, column])
            elif rule == "slots":
                most = int(problem.slot_trips[what])
            else:
                assert services is not None
                most = int(
                    services.slot_trips[what]
                    if rule == "service slots"
                    else services.pool_trips[what]
                    if rule == "pool trips"
                    else services.pool_daily[what, when]
                )
            if most < NO_LIMIT:
                self.model.add(sum(terms) <= most)


def _items(crowds: Crowds, crowd: int) -> list[Item]:
    """Parties by size, those in need of an accessible place, and the others."""
    parties, needy = crowds.parties[crowd], int(crowds.accessible[crowd])
    alone = int(crowds.people[crowd]) - sum(parties) - needy
    items = [Item(PARTY, size, parties.count(size)) for size in sorted({*parties})]
    items += [Item(NEEDY, 1, needy)] if needy else []
    return items + ([Item(OTHER, 1, alone)] if alone else [])


def _slot(problem: Problem, minute: int, length: int) -> int:
    """Number of a slot, by day and time of day."""
    column = problem.column(minute)
    return column * 1440 + (minute - int(problem.midnights[column])) // length
