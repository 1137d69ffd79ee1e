"""People who look for posts: matched to them and brought there, and why some stay."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.make import make_plan
from p2p_dispatch.plan.model import Made
from p2p_dispatch.problem import Matched, build
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.solution import Run, Solution, find_strategy, strategy_names
from p2p_dispatch.travel import travel_of
from p2p_solvers.jobs.by_hand import match_by_hand
from p2p_solvers.jobs.matching import match_people, useful_matches
from tests.tiny import baoan, chancheng, cohort, pool, tiny_scenario

EVERY = pytest.mark.parametrize("name", sorted({*strategy_names()} - {"exact"}))
MADE = Made(solver="", strategy="", parameters={}, limits={}, seed=0, threads=1, versions={})
JOINT = pytest.mark.parametrize("name", ["insertion", "search", "intermodal"])


def welders(**changes: Any) -> dict[str, Any]:
    """Thirty welders of Gangbei."""
    return {**cohort(id="welders", trade="welder", count=30), "site": None, **changes}


def jobs(**changes: Any) -> Scenario:
    """Thirty welders, twenty posts at either gate; a post that stays empty costs 100."""
    return tiny_scenario(
        **{
            "sites": [baoan(posts={"welder": 20}), chancheng(posts={"welder": 20})],
            "cohorts": [welders()],
            "prices": {"driver_day": 400, "left_behind": 5000, "empty_post": 100},
            **changes,
        }
    )


def solved(scenario: Scenario, name: str = "intermodal") -> Plan:
    travel = travel_of(scenario)
    plan = solve_scenario(scenario, name, iterations=100, threads=1, seed=3, travel=travel)
    assert check(scenario, plan) == []
    assert plan.moved + sum(part.count for part in plan.unserved) == scenario.people
    return plan


def filled(plan: Plan) -> Counter[str]:
    """People by the site whose posts they fill; empty: bound for one."""
    people: Counter[str] = Counter()
    for part in plan.itineraries:
        people[part.site] += part.count
    return people


@EVERY
def test_people_fill_posts_and_go_there(name: str) -> None:
    """Thirty of forty posts are filled: ten cost 100 each."""
    plan = solved(jobs(), name)
    people = filled(plan)
    assert plan.moved == 30
    assert set(people) <= {"baoan", "chancheng"}
    assert max(people.values()) <= 20
    assert plan.value.empty_posts == 10 * 100
    assert plan.bound is None or plan.bound <= plan.value.total
    assert plan.quality == "feasible"


@EVERY
def test_beside_people_who_are_bound_for_a_site(name: str) -> None:
    """Those fill no posts: Bao'an has as many for welders with them as without."""
    plan = solved(jobs(cohorts=[cohort(count=29), welders(count=20, parties=[5, 4])]), name)
    assert filled(plan)[""] == 29
    assert plan.moved == 49
    parties = [sizes for part in plan.itineraries for sizes in part.parties]
    assert sorted(parties) == [4, 5]


@EVERY
def test_by_the_day(name: str) -> None:
    plan = solved(jobs(planning={"by": "day"}, cohorts=[welders(accessible=1)]), name)
    assert plan.moved == 29  # no coach has an accessible place
    assert plan.unserved[0].accessible == 1


@EVERY
def test_a_trade_that_nobody_needs(name: str) -> None:
    people = [cohort(), welders(trade="baker", count=9, parties=[3])]
    plan = solved(jobs(cohorts=people), name)
    (left,) = plan.unserved
    assert (left.cohort, left.count, left.parties, left.reason) == ("welders", 9, (3,), "intake")
    assert left.words == "no site has posts for baker"
    assert plan.value.empty_posts == 40 * 100


@EVERY
def test_more_workers_than_posts(name: str) -> None:
    """Forty posts, fifty welders: all posts are filled, ten stay and are told why."""
    plan = solved(jobs(cohorts=[welders(count=50)]), name)
    assert filled(plan) == {"baoan": 20, "chancheng": 20}
    (left,) = plan.unserved
    assert (left.count, left.reason) == (10, "intake")
    assert (
        left.words == "more people look for posts as welder than there are: 40, all of them filled"
    )


@EVERY
def test_key_employers_come_first(name: str) -> None:
    """Bao'an is farther, and its posts are those of a key employer: it gets all of twenty."""
    sites = [baoan(posts={"welder": 20}, key=True), chancheng(posts={"welder": 20})]
    prices = {"driver_day": 400, "left_behind": 5000, "empty_post": 100, "empty_key_post": 3000}
    plan = solved(jobs(sites=sites, cohorts=[welders(count=20)], prices=prices), name)
    assert filled(plan) == {"baoan": 20}
    assert plan.value.empty_posts == 20 * 100


def test_where_no_employer_is_key_the_nearer_one_gets_them() -> None:
    assert filled(solved(jobs(cohorts=[welders(count=20)]))) == {"chancheng": 20}


@JOINT
def test_classes_come_first_by_what_leaving_them_behind_costs(name: str) -> None:
    """Twenty posts for two cohorts of fifteen, of which one is of a class that is worth more."""
    people = [welders(id="others", count=15), welders(id="poor", count=15, priority="poor")]
    scenario = jobs(
        sites=[baoan(posts={"welder": 20}), chancheng()],
        cohorts=people,
        priorities=[{"id": "poor", "left_behind": 9000}],
    )
    (left,) = solved(scenario, name).unserved
    assert (left.cohort, left.count) == ("others", 10)


@JOINT
def test_subsidies_by_class_and_employer_decide_and_are_counted(name: str) -> None:
    """
    1,000 a head for new people at one employer, 400 for the agency whatever the employer.

    Bao'an is farther by some 80 km; with 1,000 a head for twenty it is the better one.
    """
    sites = [baoan(posts={"welder": 20}, subsidies={"new": 1000}), chancheng(posts={"welder": 20})]
    people = [welders(count=20, priority="new")]
    new = {"id": "new", "left_behind": 5000, "subsidy": 400}
    plan = solved(jobs(sites=sites, cohorts=people, priorities=[new]), name)
    assert filled(plan) == {"baoan": 20}
    assert plan.value.subsidies == 20 * (1000 + 400)


@JOINT
def test_free_seats_to_a_site_are_nearly_free(name: str) -> None:
    """
    Thirty go to Bao'an anyway, on a coach that has nineteen seats left.

    Chancheng is nearer, and a matching made first sends fifteen welders there, on another coach;
    together they ride with the thirty.
    """
    people = [cohort(), welders(count=15)]
    scenario = jobs(cohorts=people, rules={"stops": {"most_drops": 1}})
    first, joint = solved(scenario, "match-first"), solved(scenario, name)
    assert filled(first) == {"": 30, "chancheng": 15}
    assert filled(joint) == {"": 30, "baoan": 15}
    assert (len(first.trips), len(joint.trips)) == (2, 1)
    assert joint.value.total < first.value.total


def test_people_of_one_coach_fill_posts_at_several_sites() -> None:
    """Both sites take people over at one hub: itineraries tell them apart."""
    hub = {"id": "town", "lat": 22.8, "lon": 113.5}
    sites = [
        baoan(posts={"welder": 20}, gate=False, handover={"town": 10}),
        chancheng(posts={"welder": 20}, gate=False, handover={"town": 12.5}),
    ]
    plan = solved(jobs(sites=sites, hubs=[hub], pools=[pool(units=1)]))
    assert len(plan.trips) == 1
    assert {(part.site, part.drop) for part in plan.itineraries} == {
        ("baoan", "town"),
        ("chancheng", "town"),
    }
    assert plan.value.onward == 20 * 10 + 10 * 12.5


def test_who_finds_posts_but_no_seat_is_told_so() -> None:
    """One coach of 49 on one day for sixty people and sixty posts."""
    scenario = jobs(
        sites=[baoan(posts={"welder": 60}), chancheng()],
        cohorts=[welders(count=60, due="2020-02-22")],
        pools=[pool(units=1)],
    )
    (left,) = solved(scenario).unserved
    assert (left.count, left.reason) == (11, "fleet")
    assert left.words == "every coach that could take them is out on 22 Feb"


def test_a_site_that_is_full_for_the_day_takes_no_more() -> None:
    sites = [baoan(posts={"welder": 60}, intake_per_day=12), chancheng()]
    scenario = jobs(sites=sites, cohorts=[welders(due="2020-02-22 23:00")])
    (left,) = solved(scenario).unserved
    assert (left.count, left.reason) == (18, "intake")
    assert left.words == "宝安区 is full on 22 Feb (12 a day)"


def test_a_strategy_that_does_not_look_at_jobs_leaves_them() -> None:
    scenario = jobs(cohorts=[cohort(), welders()])
    travel = travel_of(scenario)
    problem = build(scenario, travel)
    nobody = Solution(trips=(), cost=0, bound=1.0)
    plan = make_plan(scenario, problem, nobody, travel, MADE)
    assert check(scenario, plan) == []
    assert plan.unserved[1].words == (
        "their job as welder is open, and the solver does not match people to posts"
    )
    assert plan.value.empty_posts == 40 * 100
    assert plan.bound is None


@EVERY
def test_what_a_strategy_says_it_costs_is_what_the_plan_costs(name: str) -> None:
    """Metres are rounded up: some cents a trip."""
    scenario = jobs(cohorts=[cohort(), welders(count=50, parties=[4])])
    travel = travel_of(scenario)
    problem = build(scenario, travel)
    strategy = find_strategy(name)
    run = Run(seed=1, iterations=50)
    solution = strategy.solve(problem, strategy.Parameters(), run)
    plan = make_plan(scenario, problem, solution, travel, MADE)
    assert solution.cost / 100 == pytest.approx(plan.value.total, abs=len(plan.trips))
    assert run.best is not None
    assert run.best.cost == solution.cost


def chosen(scenario: Scenario, *, by_hand: bool = False) -> list[Matched]:
    problem = build(scenario, travel_of(scenario))
    if by_hand:
        return list(match_by_hand(problem))
    return list(match_people(problem, useful_matches(problem)))


def test_the_matching_takes_the_nearer_posts_first() -> None:
    """Twenty posts at Chancheng, 365 km away, ten more at Bao'an, 450 km away."""
    assert chosen(jobs()) == [Matched(people=10), Matched(people=20)]


def test_the_matching_keeps_parties_whole() -> None:
    """Of a party of six and one of five, posts for ten: six and four who travel alone."""
    sites = [baoan(posts={"welder": 10}), chancheng()]
    people = [welders(count=17, parties=[6, 5])]
    assert chosen(jobs(sites=sites, cohorts=people)) == [Matched(people=10, parties=(6,))]


def test_the_matching_leaves_room_for_those_who_are_bound_for_a_site() -> None:
    """Bao'an takes ten a day for three days, Chancheng nobody else: of thirty, 18 are bound."""
    sites = [baoan(posts={"welder": 60}, intake_per_day=10), chancheng()]
    people = [cohort(count=18), welders()]
    assert chosen(jobs(sites=sites, cohorts=people)) == [Matched(people=12)]


def test_by_hand_nobody_asks_how_far_it_is() -> None:
    """Whoever is ready first fills what is listed first: 20 at Bao'an, then the rest."""
    people = [welders(ready="2020-02-23"), welders(id="early", count=12)]
    assert chosen(jobs(cohorts=people), by_hand=True) == [
        Matched(people=8),
        Matched(people=20),
        Matched(people=12),
        Matched(),
    ]
