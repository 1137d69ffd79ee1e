"""
Intermodal: services and coaches planned together.

First the coaches alone are searched, as ``search`` does. Then an integer programme over prices of
seats chooses which services run and who goes by them; what seats on coaches cost above those of
full ones is read from the first plan, or guessed if that leaves many behind. Feeders, onward
coaches and those that go all the way are then one problem of coaches, in which a service is a
window of time at a hub, and are searched. The cheaper plan of both is searched on until the time is
up.

Where there are no services, all of it is ``search``. Where jobs are open, people are matched to
posts first; who fills whose is in the end decided together with the trips (``jobs``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, NamedTuple

from pydantic import BaseModel

from p2p_dispatch.problem import NO_LIMIT, Problem, Services
from p2p_dispatch.problem.promises import Start
from p2p_dispatch.solution import Ended, Run, ServiceTrip, Solution
from p2p_solvers.bounds.whole import prove
from p2p_solvers.jobs.jointly import plan_jointly
from p2p_solvers.modes.again import draft_again, told_ways
from p2p_solvers.modes.begin import wanted_of
from p2p_solvers.modes.draft import Draft
from p2p_solvers.modes.drafts import Drafts
from p2p_solvers.modes.master import Chosen, Master
from p2p_solvers.modes.measured import measured
from p2p_solvers.modes.moves import moves_of
from p2p_solvers.modes.prices import SeatPrices
from p2p_solvers.modes.promising import promising
from p2p_solvers.modes.ways import Way, by_offer, ways_of
from p2p_solvers.search import Search, SearchParameters, cold

FIRST, BESIDE = 0.2, 0.05
"""Shares of the time by which the coaches alone have been searched, by one thread for everything,
and while people's ways are found."""

SECOND = 0.5
"""Share of it by which those have been that go with the services chosen then."""

SURE = 0.03
"""Share of the costs that services must promise to save for their plan to be searched at once until
the time is up."""

PATIENCE = 0.08
"""Share of the time that the integer programme may take."""

FEW, A_MOVE = 40, 0.03
"""Services, each on every day, up to which one more or less is tried in the time that is left, and
the share of the time that one such trial takes."""


class Choice(NamedTuple):
    """Services that run, and what share of the costs that saves."""

    chosen: Chosen
    saved: float


class Intermodal:
    """Coaches alone, then with services; the cheaper one is searched on."""

    name: ClassVar[str] = "intermodal"
    Parameters: ClassVar[type[BaseModel]] = SearchParameters

    def declines(self, problem: Problem) -> str | None:
        """Take every problem."""
        return None

    def solve(self, problem: Problem, parameters: BaseModel, run: Run) -> Solution:
        """Choose services by prices, plan coaches by search, keep the cheaper of two plans."""
        assert isinstance(parameters, SearchParameters)
        if problem.jobs is not None:
            return plan_jointly(problem, self, parameters, run)
        services = problem.services
        ceilings = problem.ceiling < NO_LIMIT or bool((problem.payer_ceiling < NO_LIMIT).any())
        if services is None or not services.offers or ceilings:
            return Search().solve(problem, parameters, run)
        if problem.start is not None:
            return _again(problem, services, problem.start, parameters, run)
        drafts = Drafts(problem, parameters, run)
        best, ways, choice = _begin(problem, services, drafts, run)
        drafts.keep(best, "coaches alone")
        if choice is not None and choice.chosen.people and not run.stop():
            chosen, saved = choice
            trips = [
                ServiceTrip(offer=offer, numbers=services.consists[offer][k].numbers)
                for offer, k in chosen.consists.items()
            ]
            wanted = {(way.cohort, way.offer): people for way, people in chosen.people.items()}
            until = _until(run, 1.0 if saved > SURE else SECOND)
            other = drafts.with_services(trips, by_offer(ways, trips), wanted, best, until)
            drafts.keep(other, "with services")
            best = min(best, other, key=lambda draft: draft.cost)
        if run.seconds is not None and not run.stop():
            trips, until = list(best.services), _until(run, 1.0)
            of_offer = by_offer(ways, trips)
            last = drafts.with_services(trips, of_offer, wanted_of(best), best, until)
            drafts.keep(last, "searched on")
            best = min(best, last, key=lambda draft: draft.cost)
        if ways and len(services.offers) <= FEW:
            _move(problem, services, drafts, ways, best, run)
        return _answer(run)


def _answer(run: Run) -> Solution:
    """The best plan, with what was proved since it was found."""
    assert run.best is not None
    best = run.best if run.bound is None else run.best.proved(run.bound)
    return replace(best, ended=Ended.TIME if run.stop() else Ended.DONE)


def _begin(
    problem: Problem, services: Services, drafts: Drafts, run: Run
) -> tuple[Draft, list[Way], Choice | None]:
    """
    Coaches alone, the ways of everybody, and which services are chosen.

    With several threads the coaches are searched while ways are found. With ``iterations`` one
    comes after the other, so that the plan is the same on every machine.
    """
    if run.threads == 1 or run.seconds is None or run.iterations is not None:
        prove(problem, run)
        best = drafts.coaches_alone(_until(run, FIRST))
        ways = ways_of(problem, services, drafts.prices)
    else:
        with drafts.coaches_beside(_until(run, BESIDE)) as coaches:
            prove(problem, run)
            ways = ways_of(problem, services, drafts.prices)
            best = coaches()
    return best, ways, _choose(problem, services, drafts.prices, ways, best, run)


AGAIN = 0.6
"""Share of the time in which the plan that people were told is searched, before it is tried with
one service more or less."""


def _again(
    problem: Problem, services: Services, start: Start, parameters: SearchParameters, run: Run
) -> Solution:
    """The plan that people were told, searched on with its services; then with others."""
    drafts = Drafts(problem, cold(parameters), run)
    told = draft_again(problem, start, drafts.prices)
    few = len(services.offers) <= FEW
    some = None if few else sorted({trip.offer for trip in told.services})
    ways = told_ways(problem, start, ways_of(problem, services, drafts.prices, some))
    of_offer = by_offer(ways, told.services)
    few = few and bool(ways)
    until = _until(run, AGAIN if few else 1.0)
    best = drafts.with_services(told.services, of_offer, wanted_of(told), told, until)
    drafts.keep(best, "as told")
    if few and run.seconds is not None:
        _move(problem, services, drafts, ways, best, run)
    return _answer(run)


def _move(
    problem: Problem,
    services: Services,
    drafts: Drafts,
    ways: Sequence[Way],
    best: Draft,
    run: Run,
) -> None:
    """Run one service more or less as long as that makes the plan cheaper."""
    of_offer = by_offer(ways, [ServiceTrip(offer=o) for o in range(len(services.offers))])
    better = True
    while better and not run.stop():
        better = False
        for trips, wanted in moves_of(problem, services, best.services, wanted_of(best), of_offer):
            if run.stop():
                break
            until = _until(run, min(1.0, run.elapsed / (run.seconds or 1.0) + A_MOVE))
            other = drafts.with_services(trips, by_offer(ways, trips), wanted, best, until)
            drafts.keep(other, "one service more or less")
            if other.cost < best.cost:
                best, better = other, True
                break


def _choose(
    problem: Problem,
    services: Services,
    prices: SeatPrices,
    ways: Sequence[Way],
    alone: Draft,
    run: Run,
) -> Choice | None:
    """Which services run, as far as prices can tell; none if nobody could go by one."""
    if not ways:
        return None
    coaches = measured(alone, prices)
    before = Master(problem, services, [], prices, coaches).alone(ways)
    if before is None:
        return None
    some = promising(problem, services, ways, before.saved)
    seconds = None if run.seconds is None else PATIENCE * run.seconds
    chosen = Master(problem, services, some, prices, coaches).solve(seconds, run.seed)
    return None if chosen is None else Choice(chosen, 1 - chosen.cents / max(1.0, before.cents))


def _until(run: Run, share: float) -> tuple[float | None, int | None]:
    """Seconds that are left until a share of the time is over, and iterations."""
    if run.seconds is None:
        return None, run.iterations
    return max(0.1, share * run.seconds - run.elapsed), run.iterations
