"""
What stops people from leaving, at the narrowest: this origin's 300 checks of 24 Feb.

Read off the finished plan: for every day, every pool and every place where they could get off, a
coach of their own is laid out for the smallest part of them that can travel, and the first rule is
told that it breaks, with the figures of that place, pool and day and who has what they lack.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.rides import boards_on
from p2p_dispatch.plan.standing import days_out
from p2p_dispatch.problem import Departures, Ledger, Problem, build, run_trip
from p2p_dispatch.problem.blocked import NEARNESS, Met, every_obstacle
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.why.knob import on
from p2p_dispatch.why.left import Left
from p2p_dispatch.why.rest import Rest

MOST_NAMED = 4
"""Cohorts or trips that are named in a sentence; of the others it says how many they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """
    Something that stops people from leaving.

    Attributes
    ----------
    rule
        Id of the rule.
    obstacle
        The same more closely: one of ``p2p_dispatch.problem.blocked.NEARNESS``.
    where
        Id of the place, pool or unit type whose limit it is; empty where there is none.
    days
        Days on which it stops them.
    words
        A sentence with the figures.
    """

    rule: str
    obstacle: str
    where: str
    days: tuple[date, ...]
    words: str


def blocks(rest: Rest, left: Left) -> tuple[Block, ...]:
    """What stops some people: first what the trip met that came nearest to running."""
    if left.cohort.site is None:
        return _posts(rest.plan, left) or _words_of_plan(left)
    question = rest.question(left.scenario, [left.part])
    problem = build(question.asked, rest.plan.travel)
    ledger = Ledger(problem)
    for frozen in problem.frozen:
        ledger.add(frozen.trip, run_trip(problem, frozen.trip))
    number = problem.n_cohorts - 1  # those who are left come last
    people, needy = _easiest(left)
    every = every_obstacle(problem, ledger, Departures(problem), number, people, needy)
    # being due at midnight opens no day of its own
    met = [each for each in every if left.scenario.dates[each.day] in left.days]
    teller = _Teller(rest.plan, left, problem)
    if not met:
        return tuple(teller.nothing_met())
    nearest = sorted({each.obstacle for each in met}, key=NEARNESS.index, reverse=True)
    return tuple(
        block
        for obstacle in nearest
        for block in teller.told(obstacle, [each for each in met if each.obstacle == obstacle])
    )


def _easiest(left: Left) -> tuple[int, int]:
    """The smallest part that can travel, and how many of it need an accessible place."""
    part = left.part
    alone = part.count - sum(part.parties)
    return (1, 1 if alone == part.accessible else 0) if alone else (min(part.parties), 0)


def _words_of_plan(left: Left) -> tuple[Block, ...]:
    part = left.part
    return (Block(rule=part.reason, obstacle=part.reason, where="", days=(), words=part.words),)


def _posts(plan: Plan, left: Left) -> tuple[Block, ...]:
    """Posts that others have filled, of those whose job is open."""
    trade = left.cohort.trade or ""
    trades = {cohort.id: cohort.trade for cohort in left.scenario.cohorts}
    filled: Counter[str] = Counter()
    for some in plan.itineraries:
        if trades[some.cohort] == trade:
            filled[some.site] += some.count
    posts = {site.id: site.posts.get(trade, 0) for site in left.sites}
    if any(number > filled[site] for site, number in posts.items()):
        return ()
    if not sum(posts.values()):
        words = f"no site has posts for {trade}"
        return (Block(rule="intake", obstacle="intake", where="", days=(), words=words),)
    return tuple(
        Block(
            rule="intake",
            obstacle="intake",
            where=site.id,
            days=(),
            words=f"{posts[site.id]} posts as {trade} at {site.label}, all of them filled",
        )
        for site in left.sites
        if posts[site.id]
    )


class _Teller:
    """Says what was met, with the figures of the plan."""

    def __init__(self, plan: Plan, left: Left, problem: Problem):
        self.plan, self.left, self.problem = plan, left, problem
        self.scenario: Scenario = left.scenario
        self.pools = self.scenario.pools
        self.coaches = {coach.id: coach for coach in self.scenario.coaches}
        self.rides = Rest(plan).rides

    def nothing_met(self) -> Iterator[Block]:
        """No day and no pool was there to try."""
        left = self.left
        if not left.pools:
            yield self._block("fleet", left.origin.id, (), f"no depot serves {left.origin.label}")
        else:
            words = f"no day of the horizon lies between {left.cohort.ready} and {left.cohort.due}"
            yield self._block("windows", "", (), words)

    def told(self, obstacle: str, met: Sequence[Met]) -> Iterator[Block]:
        """Everything of one kind."""
        days = tuple(sorted({self.scenario.dates[each.day] for each in met}))
        tell = {
            "medical": self._medical,
            "intake": self._intake,
            "units": self._units,
            "slots": self._slots,
            "minimum-load": self._load,
            "notice": self._notice,
        }.get(obstacle)
        if tell is None:
            yield self._block(obstacle, "", days, self._plainly(obstacle, days))
        else:
            yield from tell(met, days)

    def _medical(self, met: Sequence[Met], days: tuple[date, ...]) -> Iterator[Block]:
        origin = self.left.origin
        for day in days:
            limit = origin.medical_per_day(day)
            who: Counter[str] = Counter()
            for ride in self.rides:
                if ride.leg == 1 and ride.board.place == origin.id and boards_on(ride) == day:
                    who[ride.cohort] += ride.people
            yield self._block(
                "medical", origin.id, (day,), f"{_used(limit, who, 'checks')} at {origin.label} "
                f"on {on(day)}{_to(who)}"
            )  # fmt: skip

    def _intake(self, met: Sequence[Met], days: tuple[date, ...]) -> Iterator[Block]:
        """By the day of arriving, which may be later than that of leaving."""
        for site in self.left.sites:
            came: dict[date, Counter[str]] = defaultdict(Counter)
            of = {c.id: c.site for c in self.scenario.cohorts}
            for ride in self.rides:
                if ride.last and (of[ride.cohort] or ride.site) == site.id:
                    arrive = ride.alight.arrive
                    day = arrive.date() if arrive else ride.trip.day
                    came[day][ride.cohort] += ride.people
            full = [
                (day, limit)
                for day in self.left.arrivals
                if days[0] <= day
                and (limit := site.intake_per_day(day)) is not None
                and came[day].total() + _easiest(self.left)[0] > limit
            ]
            for day, limit in full:
                words = f"{_used(limit, came[day], 'places')} at {site.label} on {on(day)}"
                yield self._block("intake", site.id, (day,), words + _to(came[day]))

    def _units(self, met: Sequence[Met], days: tuple[date, ...]) -> Iterator[Block]:
        for number in sorted({each.pool for each in met}):
            pool = self.pools[number]
            coach = self.coaches[pool.unit_type].label
            for day in sorted({self.scenario.dates[e.day] for e in met if e.pool == number}):
                out = [t.id for t in self.plan.trips if t.pool == pool.id and day in days_out(t)]
                units = pool.units_on(day)
                words = f"{pool.id} has {units or 'no'} {coach} on {on(day)}"
                if units:
                    words += f", out with {_named(out)}" if out else ", and none comes back in time"
                yield self._block("units", pool.id, (day,), words)

    def _slots(self, met: Sequence[Met], days: tuple[date, ...]) -> Iterator[Block]:
        places = [self.left.origin, *(self.scenario.places[self._place(e.drop)] for e in met)]
        for place in dict.fromkeys(place.id for place in places if place.slots):
            known = self.scenario.places[place]
            assert known.slots is not None
            words = (
                f"{known.slots.trips} coaches in {known.slots.minutes} minutes at {known.label}, "
                f"and none of these slots is free when they could leave or come on {_dates(days)}"
            )
            yield self._block("slots", place, days, words)

    def _load(self, met: Sequence[Met], days: tuple[date, ...]) -> Iterator[Block]:
        for kind in dict.fromkeys(self.pools[each.pool].unit_type for each in met):
            coach = self.coaches[kind]
            words = (
                f"{coach.label} runs with {coach.minimum_load} people at least: they are "
                f"{self.left.people}, and no coach with seats left passes"
            )
            yield self._block("minimum-load", kind, days, words)

    def _notice(self, met: Sequence[Met], days: tuple[date, ...]) -> Iterator[Block]:
        for kind in dict.fromkeys(self.pools[each.pool].unit_type for each in met):
            coach = self.coaches[kind]
            words = (
                f"{coach.label} must be ordered {coach.notice_hours:g} hours before it leaves its "
                f"depot: from {self.scenario.as_of} that is too late for {_dates(days)}"
            )
            yield self._block("notice", kind, days, words)

    def _plainly(self, obstacle: str, days: tuple[date, ...]) -> str:
        """What has no figures of a place or a pool."""
        left, stops = self.left, self.scenario.rules.stops
        sites = ", ".join(site.label for site in left.sites)
        return {
            "fleet": f"no depot serves {left.origin.label}",
            "risk": (
                f"the risk levels of {_dates(days)} keep them from travelling from "
                f"{left.origin.label} to {sites}"
            ),
            "seats": f"no coach has a seat for them on {_dates(days)}: accessible places, luggage "
            "or the seats that the rules leave",
            "windows": (
                f"between {left.cohort.ready} and {left.cohort.due}, opening hours and closed days "
                f"leave no room for the way on {_dates(days)}"
            ),
            "stops": (
                f"the ride from {left.origin.label} to {sites} is longer than "
                f"{stops.longest_ride_hours:g} hours"
            ),
            "crew": f"no crew can drive from {left.origin.label} to {sites} within its hours",
            "budget": f"no money is left for a coach on {_dates(days)}: {self._ceilings()}",
            "priority": (
                f"no rule: a coach of their own could leave on {_dates(days)}, but the plan does "
                f"not send it"
            ),
        }[obstacle]

    def _ceilings(self) -> str:
        scenario = self.scenario
        ceilings = {"the budget": scenario.rules.budget.ceiling}
        ceilings |= {payer.name or payer.id: payer.ceiling for payer in scenario.payers}
        given = (f"{who} {most:,.0f}" for who, most in ceilings.items() if most is not None)
        return f"{', '.join(given)}, of which {self.plan.value.money:,.0f} in all are spent"

    def _place(self, number: int) -> str:
        return tuple(self.scenario.places)[number]

    def _block(self, obstacle: str, where: str, days: tuple[date, ...], words: str) -> Block:
        rule = "fleet" if obstacle == "units" else obstacle
        return Block(rule=rule, obstacle=obstacle, where=where, days=days, words=words)


def _used(limit: int | None, who: Counter[str], what: str) -> str:
    """Of a limit: all 300 checks, 298 of 300 checks, no checks."""
    if not limit:
        return f"no {what}"
    if who.total() == limit:
        return f"all {limit} {what}"
    return f"{who.total()} of {limit} {what}"


def _to(who: Counter[str]) -> str:
    """Who has them."""
    if not who:
        return ""
    return " are taken: " + _named([f"{name} {n}" for name, n in who.most_common()])


def _named(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    shown = [*names[:MOST_NAMED], *([f"{more} more"] if more > 0 else [])]
    return ", ".join(shown)


def _dates(days: Sequence[date]) -> str:
    words = [on(day) for day in days]
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
