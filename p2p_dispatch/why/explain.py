"""Why people stay, and why trips are as they are: everything that ``explain`` says of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from p2p_dispatch.check import check
from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.model import Unserved
from p2p_dispatch.reading import Fault, InputError, Mark
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.why.again import Again, Remedy, quick_exact
from p2p_dispatch.why.blocks import Block, blocks
from p2p_dispatch.why.left import Left
from p2p_dispatch.why.remedies import Allowance, Watch, remedies
from p2p_dispatch.why.rest import Rest
from p2p_dispatch.why.trips import WhyTrip, why_trip
from p2p_dispatch.why.worth import Worth, worths

SMALL = 100
"""Cohorts up to which everything is planned again for every change, not only around the coaches
that stand, and every change in the list is tried."""

MOST_SECONDS = 60.0
"""Seconds after which no more changes are tried, if nobody says otherwise."""

FOR_PEOPLE = 0.7
"""Share of the time for those who stay, where the whole plan is asked about."""

ITERATIONS = 200
"""Iterations of every run of the solver, if nobody says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyLeft:
    """
    Part of a cohort that is left behind.

    Attributes
    ----------
    blocks
        What stops them, the nearest to running first.
    remedies
        Changes that take them, verified by solving again: those that take most first, then the
        cheapest.
    tried, skipped
        Changes that were tried; those for which there was no time.
    """

    cohort: str
    people: int
    blocks: tuple[Block, ...]
    remedies: tuple[Remedy, ...]
    tried: int
    skipped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """
    What is said of a plan.

    Attributes
    ----------
    left
        Those who stay.
    trip
        A trip or batch that was asked about.
    worths
        What one more would save of everything that is used up, where the whole plan was asked
        about.
    """

    plan: Plan
    left: tuple[WhyLeft, ...] = ()
    trip: WhyTrip | None = None
    worths: tuple[Worth, ...] = ()

    def saved(self) -> Plan:
        """The plan with the remedies that were found, as sheets and pages show them."""
        known = {why.cohort: why for why in self.left}
        unserved = tuple(
            part.model_copy(update={"remedies": tuple(told(r) for r in why.remedies)})
            if (why := known.get(part.cohort)) and why.remedies
            else part
            for part in self.plan.unserved
        )
        plan = self.plan.model_copy(update={"unserved": unserved})
        return plan.with_travel(self.plan.travel)


def told(remedy: Remedy) -> str:
    """A remedy in a line."""
    words = "no change: planned again, they go" if remedy.change is None else remedy.change.words
    return f"{words} takes {remedy.people}, and costs {remedy.cost:,.0f}"


def explain(
    scenario: Scenario,
    plan: Plan,
    what: str | None = None,
    *,
    solver: str = "intermodal",
    iterations: int | None = ITERATIONS,
    seed: int = 0,
    seconds: float | None = MOST_SECONDS,
    whole: bool | None = None,
    exactly: bool = True,
    watch: Watch = lambda words: None,
) -> Explanation:
    """
    Say why people stay, or why a trip is as it is.

    Parameters
    ----------
    scenario, plan
        The question, and a plan for it that keeps every rule.
    what
        Id of a cohort, a trip or a batch; none: everybody who is left behind.
    solver, iterations, seed
        What every change is verified with.
    seconds
        After which no more changes are tried; none: all of them are.
    whole
        Whether the whole is planned again for every change, beside planning around the coaches
        that stand; none: in scenarios of up to :data:`SMALL` cohorts.
    exactly
        Whether an integer programme over all trips plans too, where there are few.
    watch
        Called with a word on how far it is.

    Raises
    ------
    InputError
        P2P3501, when the plan breaks a rule of the scenario; P2P3502, when ``what`` is nothing in
        them.
    """
    _refuse_the_broken(scenario, plan)
    rest = Rest(plan)
    trips = {trip.id: trip for trip in plan.trips}
    batches = {batch.id: batch for batch in plan.batches}
    if what in trips or what in batches:
        batch = None if what in trips else batches[what]
        trip = trips[what if batch is None else batch.trip]
        return Explanation(plan=plan, trip=why_trip(rest, scenario, trip, batch))
    parts = _parts(scenario, plan, what, [*trips, *batches])
    small = len(scenario.cohorts) <= SMALL
    again = Again.of(
        scenario,
        plan,
        solver,
        iterations=iterations,
        seconds=None if seconds is None else max(1.0, seconds / 10),
        seed=seed,
        whole=small if whole is None else whole,
        exact=quick_exact(seconds) if exactly else None,
    )
    everybody = None if seconds is None else seconds * (1 if what else FOR_PEOPLE)
    allowance, of_all = Allowance.of(everybody), Allowance.of(seconds)
    left = tuple(why_left(again, Left(scenario, part), allowance, watch) for part in parts)
    more = () if what else worths(again, of_all, watch)
    return Explanation(plan=plan, left=left, worths=more)


def why_left(again: Again, left: Left, allowance: Allowance, watch: Watch) -> WhyLeft:
    """What stops some people, and what would take them."""
    met = blocks(again.rest(frozenset([left.part.cohort])), left)
    against = None if again.whole else frozenset(block.obstacle for block in met)
    tried = remedies(again, left, against, allowance, watch)
    return WhyLeft(
        cohort=left.part.cohort,
        people=left.people,
        blocks=met,
        remedies=tried.remedies,
        tried=tried.tried,
        skipped=tried.skipped,
    )


def _refuse_the_broken(scenario: Scenario, plan: Plan) -> None:
    """Stop where the plan breaks rules: what it leaves undone says nothing then."""
    found = check(scenario, plan)
    if found:
        first = found[0]
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        raise InputError(
            [
                Fault(
                    code="P2P3501",
                    mark=Mark("plan.json", 0),
                    found=f"the plan breaks {first.rule}: {first.where} {first.words}{more}",
                    right="a plan for this scenario in which p2p-dispatch check finds nothing",
                )
            ]
        )


def _parts(
    scenario: Scenario, plan: Plan, what: str | None, others: Sequence[str]
) -> list[Unserved]:
    """Who is left behind of those asked about, the largest part first."""
    parts = [part for part in plan.unserved if what is None or part.cohort == what]
    names = [cohort.id for cohort in scenario.cohorts]
    if what is not None and what not in names:
        near = get_close_matches(what, [*names, *others], n=1)
        raise InputError(
            [
                Fault(
                    code="P2P3502",
                    mark=Mark("WHAT", 0),
                    found=f"no cohort, trip or batch is called {what}",
                    right=f"did you mean {near[0]}?" if near else "an id of the scenario or plan",
                )
            ]
        )
    return sorted(parts, key=lambda part: -part.count)
