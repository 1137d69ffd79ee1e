"""What would take people who stay: every remedy does, solved again by somebody else and judged."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.plan import Plan
from p2p_dispatch.reading import InputError
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.solution.solver import read_solver
from p2p_dispatch.travel import Travel, travel_of
from p2p_dispatch.why import Explanation, explain
from p2p_dispatch.why.again import AROUND, Again, counted, left_of, quick_exact, went
from p2p_dispatch.why.favour import favoured, in_its_prices, nobody_stays
from p2p_dispatch.why.knobs import knobs
from p2p_dispatch.why.left import Left
from p2p_dispatch.why.rest import Rest
from p2p_dispatch.why.seats import seated
from tests.generated.jobs import scenario_with_jobs
from tests.generated.scenarios import random_scenario
from tests.tiny import baoan, chancheng, cohort, gangbei, pool, tiny_scenario, unit_type


def planned(scenario: Scenario, solver: str = "insertion") -> Plan:
    travel = travel_of(scenario)
    return solve_scenario(scenario, solver, travel=travel, iterations=20, threads=1, seed=1)


def explained(
    scenario: Scenario, plan: Plan, what: str | None = None, **options: Any
) -> Explanation:
    options = {"iterations": 20, "seconds": None, "exactly": False, **options}
    return explain(scenario, plan, what, **options)


def why(scenario: Scenario, name: str = "gb-ba") -> Any:
    (found,) = explained(scenario, planned(scenario), name).left
    return found


@pytest.mark.parametrize("seed", range(16))
def test_every_remedy_takes_the_people_it_names(seed: int) -> None:
    """Solved again by another strategy, around the plan that stands or from nothing, and judged."""
    scenario = random_scenario(seed, small=True)
    plan = planned(scenario)
    for part in explained(scenario, plan).left:
        for remedy in part.remedies:
            changed = scenario if remedy.change is None else remedy.change.apply(scenario)
            assert check(changed, remedy.plan) == []
            before, after = left_of(plan), left_of(remedy.plan)
            assert before[part.cohort] - after[part.cohort] == remedy.people
            assert all(after[name] <= before[name] for name in before)
            if remedy.how == AROUND:
                again = _solved_around(changed, plan, part.cohort)
                assert left_of(again)[part.cohort] <= after[part.cohort]


def _solved_around(scenario: Scenario, plan: Plan, cohort: str) -> Plan:
    left = [part for part in plan.unserved if part.cohort == cohort]
    question = Rest(plan).question(scenario, left)
    question = seated(question, plan.travel) or question
    solved = solve_scenario(
        question.asked, "search", travel=plan.travel, iterations=50, threads=1, seed=7
    )
    again = question.answer(solved)
    assert check(scenario, again) == []
    return again


@pytest.mark.parametrize("seed", range(4))
def test_the_rest_of_a_plan_put_back_is_the_plan(seed: int) -> None:
    """Nobody asked about, nothing changes, open jobs or not; what is saved is a plan."""
    for scenario in (random_scenario(seed), scenario_with_jobs(seed, services=False)):
        plan = planned(scenario)
        question = Rest(plan).question(scenario, [])
        again = question.answer(planned(question.asked))
        assert check(scenario, again) == []
        assert again.value.total == pytest.approx(plan.value.total, abs=0.02 * len(plan.trips) + 1)
        assert [trip.id for trip in again.trips] == [trip.id for trip in plan.trips]


def test_checks_are_told_to_the_day_and_so_many_more_are_enough() -> None:
    """Twenty checks a day for thirty people who must leave on that day."""
    scenario = tiny_scenario(
        origins=[gangbei(medical_per_day={"on": {"2020-02-22": 20}})],
        cohorts=[cohort(due="2020-02-22")],
    )
    found = why(scenario)
    (block,) = found.blocks
    assert (block.rule, block.where, block.days) == ("medical", "gangbei", (date(2020, 2, 22),))
    assert block.words == "all 20 checks at 港北区 on 22 Feb are taken: gb-ba 20"
    first = found.remedies[0]
    assert first.people == 10
    assert first.change.new == 30
    assert first.change.words == "10 more checks at 港北区 on 22 Feb"


def test_a_coach_more_on_the_day() -> None:
    """One coach for sixty people on one day."""
    scenario = tiny_scenario(
        pools=[pool(units=1)],
        cohorts=[cohort(count=60, due="2020-02-22")],
        prices={"driver_day": 400, "left_behind": 90000},
    )
    found = why(scenario)
    assert found.blocks[0].words.startswith("gg has 1 coach-49 on 22 Feb, out with 0222-gangbei-1")
    changes = {remedy.change.path: remedy for remedy in found.remedies}
    remedy = changes["pools", "gg", "on", date(2020, 2, 22)]
    assert (remedy.change.new, remedy.people) == (2, 11)
    assert remedy.cost > 1200


def test_a_minimum_load_of_those_who_are_there() -> None:
    scenario = tiny_scenario(cohorts=[cohort(count=28)], unit_types=[unit_type(minimum_load=30)])
    found = why(scenario)
    assert found.blocks[0].words == (
        "coach-49 runs with 30 people at least: they are 28, and no coach with seats left passes"
    )
    assert (found.remedies[0].change.new, found.remedies[0].people) == (28, 28)


def test_notice_and_intake() -> None:
    scenario = tiny_scenario(
        cohorts=[cohort(due="2020-02-22")], unit_types=[unit_type(notice_hours=70)]
    )
    notice = next(r for r in why(scenario).remedies if r.change.rule == "notice")
    assert notice.people == 30
    assert notice.change.new < 70
    scenario = tiny_scenario(sites=[baoan(intake_per_day=22)], cohorts=[cohort(due="2020-02-22")])
    intake = next(r for r in why(scenario).remedies if r.change.rule == "intake")
    assert (intake.change.new, intake.people) == (30, 8)


def test_people_who_are_dearer_than_leaving_them_have_a_price() -> None:
    """No rule keeps them: the price at which they go is just above what they cost."""
    scenario = tiny_scenario(
        cohorts=[cohort(count=3)], prices={"driver_day": 400, "left_behind": 100}
    )
    found = why(scenario)
    assert found.blocks[0].rule == "priority"
    (price,) = [r for r in found.remedies if r.change.rule == "priority"]
    assert price.people == 3
    assert price.cost / 3 <= price.change.new <= price.cost / 3 + 2


def test_posts_that_others_have_filled() -> None:
    scenario = tiny_scenario(
        sites=[baoan(posts={"welder": 5})],
        cohorts=[cohort(site=None, trade="welder", count=20)],
    )
    found = why(scenario)
    assert found.blocks[0].words == "5 posts as welder at 宝安区, all of them filled"
    assert found.remedies[0].change.path == ("sites", "baoan", "posts", "welder")
    assert (found.remedies[0].change.new, found.remedies[0].people) == (20, 15)


def test_people_of_an_employer_that_lends_no_more() -> None:
    scenario = tiny_scenario(
        sites=[baoan(posts={"welder": 20}), chancheng(lends={"baoan": 5})],
        cohorts=[cohort(site=None, trade="welder", lent_by="chancheng", count=20)],
    )
    found = why(scenario)
    assert found.blocks[0].words == "禅城区 lends no more people to sites with posts for welder"
    assert found.remedies[0].change.path == ("sites", "chancheng", "lends", "baoan")
    assert (found.remedies[0].change.new, found.remedies[0].people) == (20, 15)


def test_what_is_law_has_no_remedy() -> None:
    """High risk keeps them at home, and nothing in the list is to be bought."""
    scenario = tiny_scenario(
        origins=[gangbei(risk="high")],
        cohorts=[cohort()],
        rules={"risk": {"stay_from": "high"}, "seats": []},
    )
    found = why(scenario)
    assert found.blocks[0].rule == "risk"
    assert found.remedies == ()
    assert found.tried > 0


def test_the_remedies_go_into_the_plan() -> None:
    scenario = tiny_scenario(cohorts=[cohort(count=28)], unit_types=[unit_type(minimum_load=30)])
    plan = planned(scenario)
    saved = explained(scenario, plan).saved()
    assert check(scenario, saved) == []
    assert saved.unserved[0].remedies[0].startswith("a minimum load of 28 for coach-49 instead of")
    assert plan.unserved[0].remedies == ()


def test_what_is_not_there_and_what_is_broken() -> None:
    scenario = tiny_scenario(cohorts=[cohort()])
    plan = planned(scenario)
    with pytest.raises(InputError, match="P2P3502") as raised:
        explained(scenario, plan, "gb-bb")
    assert "did you mean gb-ba?" in str(raised.value)
    broken = plan.model_copy(update={"moved": 3}).model_copy(update={"itineraries": ()})
    with pytest.raises(InputError, match="P2P3501"):
        explained(scenario, broken.with_travel(plan.travel))
    assert explained(scenario, plan, "gb-ba").left == ()


@pytest.mark.parametrize("seed", [2, 7, 35])
def test_no_change_of_the_list_takes_them_for_less(seed: int) -> None:
    """By an integer programme: of equal plans that in which they go, and no seat left empty."""
    scenario = random_scenario(seed, by_day=True, small=True)
    plan = _exactly(scenario, travel_of(scenario))
    part = max(plan.unserved, key=lambda part: part.count)
    (found,) = explained(scenario, plan, part.cohort, exactly=True).left
    again, takes = Again.of(scenario, plan, "exact"), 0
    for knob in knobs(Left(scenario, part)):
        changed = again.changed(knob.to(knob.values[-1]))
        other = changed and _exactly(changed, plan.travel)
        if other and (people := went(plan, other, [part])):
            takes += 1
            enough = [remedy.cost for remedy in found.remedies if remedy.people >= people]
            assert min(enough) <= counted(other) - counted(plan) + 1
    assert takes


def _exactly(scenario: Scenario, travel: Travel) -> Plan:
    return solve_scenario(scenario, "exact", travel=travel, iterations=1, threads=1, seed=1)


def test_seats_that_coaches_have_left_are_taken_first() -> None:
    """
    More places at the gate, and no money for another coach: those on the one that stands.

    So it is without the integer programme too; parties stay together.
    """
    scenario = tiny_scenario(
        sites=[baoan(intake_per_day=8)],
        cohorts=[cohort(count=30, due="2020-02-22", parties=[5, 4])],
        planning={"by": "day"},
        days={"first": "2020-02-22", "last": "2020-02-22"},
        rules={"budget": {"ceiling": 12_000}},
    )
    plan = planned(scenario)
    assert (len(plan.trips), plan.moved) == (1, 8)
    (found,) = explained(scenario, plan).left
    more = next(remedy for remedy in found.remedies if remedy.change.rule == "intake")
    assert more.people == 22
    assert len(more.plan.trips) == 1
    assert (more.change.new, more.cost) == (30, 0)
    assert sorted(n for each in more.plan.itineraries for n in each.parties) == [4, 5]


def test_nobody_who_went_stays_for_others_of_the_same_worth() -> None:
    """Fifty people, and forty seats for all that is equal: who went goes, and as many as went."""
    scenario = tiny_scenario(
        planning={"by": "day"},
        days={"first": "2020-02-22", "last": "2020-02-22"},
        pools=[pool(units=1)],
        cohorts=[
            cohort(id=name, count=20, due="2020-02-22", ready="2020-02-22")
            for name in ("one", "two", "three")
        ],
    )
    plan = _exactly(scenario, travel_of(scenario))
    stays = {part.cohort: part.count for part in plan.unserved}
    assert sum(stays.values()) == 11
    for name in ("one", "two", "three"):
        first = favoured(scenario, nobody_stays(plan, scenario, {name}))
        again = in_its_prices(scenario, _exactly(first, plan.travel))
        assert check(scenario, again) == []
        assert {part.cohort: part.count for part in again.unserved} == stays
        assert again.value.total == pytest.approx(plan.value.total)


def test_few_seconds_are_for_few_trips() -> None:
    """The integer programme is asked where it is quick; with all the time there is, everywhere."""
    assert quick_exact(10).parameters.most_trips == 200
    assert quick_exact(None).parameters == read_solver("exact").parameters


def test_a_programme_that_is_too_slow_is_asked_once_in_each_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scenario = tiny_scenario(cohorts=[cohort(count=28)], unit_types=[unit_type(minimum_load=30)])
    plan = planned(scenario)
    again = Again.of(scenario, plan, "insertion", iterations=5, exact=quick_exact(0.01))
    asked: list[Any] = []
    monkeypatch.setattr(Again, "solved", lambda self, of, solver=None: asked.append(solver))
    for _ in range(3):
        assert again.plans(scenario, plan.unserved) == []
    assert [solver for solver in asked if solver] == [again.exact] * 2
    assert len(asked) == 2 + 3 * 2
