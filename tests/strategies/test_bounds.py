"""The bound on whole plans: below every plan, and below every trip that makes it up."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.problem import Departures, Ledger, Load, Problem, TripChoice, build, spread
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.travel import travel_of
from p2p_solvers.bounds.basics import FINE
from p2p_solvers.bounds.calls import Calls
from p2p_solvers.bounds.direct import direct
from p2p_solvers.bounds.fares import Fares
from p2p_solvers.bounds.knapsacks import filled
from p2p_solvers.bounds.limits import Prices, prices_of
from p2p_solvers.bounds.roads import least_ways
from p2p_solvers.bounds.trips import LeastTrips
from p2p_solvers.bounds.whole import _tried, _with_services, bound_of, knapsacks_of
from p2p_solvers.jobs.crowds import crowds_of
from tests.generated.jobs import scenario_with_jobs, scenario_with_lending
from tests.generated.scenarios import random_scenario
from tests.generated.services import scenario_with_services
from tests.strategies.test_beyond_coaches import mixed
from tests.tiny import cohort, pool, tiny_scenario


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize(
    ("drawn", "name"),
    [
        (scenario_with_services, "intermodal"),
        (random_scenario, "search"),
        (scenario_with_jobs, "match-first"),
    ],
)
def test_no_plan_costs_less(drawn: Any, name: str, seed: int) -> None:
    scenario = drawn(500 + seed)
    travel = travel_of(scenario)
    plan = solve_scenario(scenario, name, iterations=60, threads=1, seed=1, travel=travel)
    assert check(scenario, plan) == []  # with the bound against the total
    assert plan.bound is not None
    assert plan.certificate.how.startswith(
        ("every coach full", "whoever goes by coach all the way")
    )


def test_no_trip_costs_less_than_the_seats_of_its_riders() -> None:
    assert sum(_trips_that_cost_no_less(seed) for seed in range(40)) > 100


def _trips_that_cost_no_less(seed: int) -> int:
    """How many trips drawn at random keep the rules; none of them costs less."""
    scenario = random_scenario(seed)
    problem = build(scenario, travel_of(scenario))
    trips, fares, tried = LeastTrips(problem, *least_ways(problem)), Fares(problem), 0
    for trip, day in drawn_trips(problem, random.Random(seed)):
        timed, run = Departures(problem).best(trip, day)
        if run.broken or not Ledger(problem).has_unit(timed.pool, run):
            continue
        tried += 1
        shares = 0
        for load in timed.loads:
            origin = int(problem.origin[load.cohort])
            ends = np.array([[origin], [load.drop]])
            assert trips.cost(timed.pool, *ends)[0, 0] <= run.cost * FINE
            at = fares.row[origin], fares.column[load.drop]
            seats = fares.on_day(problem.day(run.goes[timed.stops.index(origin)]))
            assert fares.any_day[at] <= seats[at]
            shares += load.people * int(seats[at])
        assert shares <= run.cost * FINE
    return tried


def test_no_trip_costs_less_than_its_seats_where_units_have_prices() -> None:
    """By the day: the days on which its unit is out are paid for by its riders, no day twice."""
    assert sum(_priced_trips(seed) for seed in range(30)) > 50


def _priced_trips(seed: int) -> int:
    scenario = random_scenario(seed, by_day=True)
    problem, draw = build(scenario, travel_of(scenario)), random.Random(seed)
    units = np.array([[draw.randrange(2_000) * FINE * 100 for _ in row] for row in problem.units])
    fares, tried = Fares(problem).at(units), 0
    for trip, day in drawn_trips(problem, draw):
        timed, run = Departures(problem).best(trip, day)
        if run.broken or not Ledger(problem).has_unit(timed.pool, run):
            continue
        boarded = [
            (load, problem.day(run.goes[timed.stops.index(int(problem.origin[load.cohort]))]))
            for load in timed.loads
        ]
        if any(at >= problem.n_days for _, at in boarded):
            continue
        tried += 1
        first = run.board_day + problem.pad
        held = int(units[timed.pool, first : first + run.days].sum())
        shares = 0
        for load, at in boarded:
            ends = fares.row[problem.origin[load.cohort]], fares.column[load.drop]
            shares += load.people * int(fares.on_day(at)[ends])
        assert shares <= run.cost * FINE + held
    return tried


def test_a_scarce_coach_raises_the_bound() -> None:
    """Of 98 people who can leave on one day, one coach of 49 takes half; the others stay."""
    plan = solve_scenario(_one_coach(planning={"by": "day"}), "search", threads=1)
    assert plan.moved == 49
    assert plan.bound == pytest.approx(plan.value.total, rel=1e-3)
    assert plan.bound <= plan.value.total


def test_a_coach_may_go_twice_on_a_day() -> None:
    """By the clock the day of a unit is no limit on trips: all 98 are within the bound."""
    plan = solve_scenario(_one_coach(planning={"by": "clock"}), "search", threads=1)
    assert plan.bound < 20_000  # twice a full coach; leaving 49 behind costs 980,000


def _one_coach(**parts: Any) -> Scenario:
    one_day = {"first": "2020-02-22", "last": "2020-02-22"}
    people = [cohort(count=98)]
    return tiny_scenario(
        days=one_day, cohorts=people, pools=[pool(units=1)], rules={"seats": []}, **parts
    )


def drawn_trips(problem: Problem, draw: random.Random) -> list[tuple[TripChoice, int]]:
    """Trips of up to three cohorts, as many of each as there are, shuffled."""
    trips = []
    for _ in range(40):
        some = draw.sample(range(problem.n_cohorts), min(problem.n_cohorts, draw.randint(1, 3)))
        loads = tuple(
            Load(cohort=c, people=draw.randint(1, int(problem.people[c])),
                 drop=draw.choice(problem.drops[c])[0])
            for c in some
        )  # fmt: skip
        picks = list(dict.fromkeys(int(problem.origin[load.cohort]) for load in loads))
        drops = list(dict.fromkeys(load.drop for load in loads))
        draw.shuffle(picks)
        draw.shuffle(drops)
        pool = draw.randrange(problem.n_pools)
        trip = TripChoice(pool=pool, depart=0, drivers=1, stops=(*picks, *drops), loads=loads)
        trips.append((trip, draw.randrange(problem.n_days)))
    return trips


def test_a_full_coach_costs_what_the_bound_says() -> None:
    """49 people on a coach of 49: only metres and cents are rounded."""
    scenario = tiny_scenario(cohorts=[cohort(count=49)], rules={"seats": []})
    plan = solve_scenario(scenario, "search", threads=1)
    assert plan.moved == 49
    assert plan.bound == pytest.approx(plan.value.total, rel=1e-4)
    assert plan.bound <= plan.value.total


def test_leaving_everybody_behind_is_the_bound_where_no_coach_is_worth_it() -> None:
    scenario = tiny_scenario(prices={"left_behind": 1, "driver_day": 400})
    plan = solve_scenario(scenario, "search", threads=1)
    assert plan.moved == 0
    assert plan.bound == plan.value.total


def test_where_nobody_has_a_coach_the_bound_says_so() -> None:
    scenario = tiny_scenario(pools=[pool(units=0)])
    plan = solve_scenario(scenario, "search", threads=1)
    assert plan.bound == plan.value.left_behind == plan.value.total


def test_a_cheap_train_lowers_the_bound_of_coaches_too() -> None:
    """What a train for a yuan could do holds for plans that do not use it."""
    alone = solve_scenario(mixed(cohorts=[cohort()], services=[]), "search", threads=1)
    beside = solve_scenario(mixed(cohorts=[cohort()]), "search", threads=1)
    assert beside.value.total == alone.value.total
    assert beside.bound is not None
    assert alone.bound is not None
    assert 20 < beside.bound <= 31 < alone.bound  # 30 people for a yuan each, and the train


def test_bookings_without_end_are_not_bounded() -> None:
    """One carriage of one seat at a time, twenty at the most in a consist: more could be had."""
    car = {"id": "car", "mode": "carriage", "seats": 1, "per_trip": 1}
    service = {
        "id": "K1", "unit_type": "car", "board": ["rail"], "alight": ["south"],
        "departs": "10:00", "minutes": [200],
    }  # fmt: skip
    parts = mixed(cohorts=[cohort(count=40)]).model_dump(by_alias=True)
    parts["unit_types"] = [*(t for t in parts["unit_types"] if t["id"] != "car"), car]
    parts["services"] = [service]
    scenario = Scenario.model_validate(parts)
    assert bound_of(build(scenario, travel_of(scenario))) is None


@pytest.mark.parametrize("seed", range(24))
def test_wrong_prices_give_a_bound(seed: int) -> None:
    """
    Of checks, intake, units, posts and lending, below nothing too, and of what has no limit.

    Whatever they are, no plan costs less.
    """
    scenario = scenario_with_lending(seed, small=True)
    plan = solve_scenario(
        scenario, "intermodal", iterations=60, threads=1, seed=1, travel=travel_of(scenario)
    )
    problem, draw = spread(build(scenario, travel_of(scenario))), np.random.default_rng(seed)
    fares, calls = Fares(problem), Calls(problem)

    def wrong(like: Any) -> Any:
        highest = FINE * 100 * int(draw.choice([10, 500, 20_000]))
        return draw.integers(-highest, highest, like.shape) * draw.integers(0, 2, like.shape)

    for _ in range(4):
        none = Prices.none(problem)
        every = (none.medical, none.intake, none.units, none.posts, none.loans)
        tried = tried_at(problem, calls, Prices(*map(wrong, every)), fares)
        assert tried / FINE / 100 <= plan.value.total + 0.01 * max(1, len(plan.trips))


@pytest.mark.parametrize("seed", range(12))
def test_prices_of_people_that_are_wrong_give_a_bound(seed: int) -> None:
    """Services are filled at the highest prices of people drawn too high and too low."""
    scenario = scenario_with_lending(seed, small=True)
    plan = solve_scenario(
        scenario, "intermodal", iterations=60, threads=1, seed=1, travel=travel_of(scenario)
    )
    problem, draw = spread(build(scenario, travel_of(scenario))), np.random.default_rng(seed)
    services = problem.services
    if services is None:
        return
    fares, calls = Fares(problem), Calls(problem)
    prices, people = Prices.none(problem), crowds_of(problem).people
    tried = _tried(problem, calls, prices, fares, direct(problem, fares, calls))
    most, knapsacks = knapsacks_of(problem, services, fares, calls, prices, tried.most)
    for _ in range(6):
        worth = np.minimum(most, (most * draw.uniform(-1, 2, len(most))).astype(np.int64))
        earned = filled(services, knapsacks, worth, people).earned
        cents = (int((people * worth).sum()) - earned - prices.rent(problem)) / FINE
        assert cents / 100 <= plan.value.total + 0.01 * max(1, len(plan.trips))


def test_prices_are_never_below_nothing() -> None:
    for seed in range(6):
        scenario = scenario_with_lending(seed, small=True)
        problem = spread(build(scenario, travel_of(scenario)))
        prices = prices_of(problem, direct(problem, Fares(problem), Calls(problem)))
        for each in (prices.medical, prices.intake, prices.units, prices.posts, prices.loans):
            assert (each >= 0).all()


def tried_at(problem: Problem, calls: Calls, prices: Prices, fares: Fares) -> int:
    """What prices prove, services filled once."""
    tried = _tried(problem, calls, prices, fares, direct(problem, fares, calls))
    if problem.services is None:
        return tried.worth
    return _with_services(problem, problem.services, calls, tried, lambda: True)
