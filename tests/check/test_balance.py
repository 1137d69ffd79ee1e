"""``balance``: everybody once, and the parts of the plan agree."""

from __future__ import annotations

from typing import Any

import pytest

from p2p_dispatch.events.model import Status
from p2p_dispatch.plan.model import Batch, Itinerary, Riders, Unserved
from tests.check.builders import (
    TOWN,
    broken,
    by_day,
    clock_trip,
    day_trip,
    plan_of,
    rules_of,
    scenario_of,
    with_stop,
)
from tests.tiny import baoan, cohort, guigang


def left(count: int, cohort: str = "gb-ba") -> Unserved:
    return Unserved(cohort=cohort, count=count, reason="fleet", words="no coach")


def one(count: int = 30, cohort: str = "gb-ba", trips: tuple[str, ...] = ("t1",)) -> Itinerary:
    return Itinerary(cohort=cohort, count=count, trips=trips)


REST = left(28, "pn-ba")
"""The people of Pingnan, whom the plans here leave behind."""


@pytest.mark.parametrize("behind", [0, 1])
def test_moved_and_unserved_make_the_roster(behind: int) -> None:
    """30 = 30 + 0 = 29 + 1; one more or one fewer left behind is 31 or 29."""
    scenario = scenario_of()
    trip = clock_trip(scenario, loads={"gb-ba": 30 - behind})
    some = [left(behind)] if behind else []
    assert broken(scenario, trip, unserved=(*some, REST)) == set()
    assert broken(scenario, trip, unserved=(left(behind + 1), REST)) == {"balance"}
    if behind:
        assert broken(scenario, trip, unserved=(REST,)) == {"balance"}


def test_the_same_by_the_day() -> None:
    scenario = scenario_of(planning=by_day())
    trip = day_trip(scenario, loads={"gb-ba": 29})
    assert broken(scenario, trip, unserved=(left(1), REST)) == set()
    assert broken(scenario, trip, unserved=(left(2), REST)) == {"balance"}


def test_nothing_is_negative_or_zero() -> None:
    """30 + 1 - 1 is still 30, and still not a plan."""
    scenario = scenario_of()
    trip = clock_trip(scenario)
    assert broken(scenario, trip, unserved=(REST,)) == set()
    assert broken(scenario, trip, unserved=(REST, left(0))) == {"balance"}
    assert broken(scenario, trip, unserved=(REST, left(1), left(-1))) >= {"balance"}
    assert broken(scenario, trip, itineraries=(one(30), one(0))) == {"balance"}


def test_a_cohort_that_nobody_knows_is_found() -> None:
    scenario = scenario_of()
    trip = clock_trip(scenario)
    assert broken(scenario, trip, unserved=(REST,)) == set()
    assert broken(scenario, trip, unserved=(REST, left(1, "strangers"))) == {"balance"}


def test_an_itinerary_names_one_trip_of_the_plan() -> None:
    """The trip takes 30, so 30 must name it, once."""
    scenario = scenario_of()
    trip = clock_trip(scenario)
    assert broken(scenario, trip, itineraries=(one(18), one(12))) == set()
    assert broken(scenario, trip, itineraries=(one(18), one(12, trips=("t2",)))) == {"balance"}
    assert broken(scenario, trip, itineraries=(one(18), one(12, trips=()))) == {"balance"}
    assert broken(scenario, trip, itineraries=(one(30, trips=("t1", "t1")),)) == {"balance"}


def test_people_board_at_their_origin() -> None:
    """A stop at Pingnan for those of Gangbei serves nobody who is there."""
    cohorts = [cohort(), cohort(id="pn-ba", origin="pingnan")]
    scenario = scenario_of(cohorts=cohorts)
    assert broken(scenario, clock_trip(scenario)) == set()
    trip = clock_trip(scenario, via=("pingnan", "baoan"), loads={"pn-ba": 30})
    trip = with_stop(trip, 1, board=(Riders(cohort="gb-ba", count=30),))
    trip = with_stop(trip, 2, alight=(Riders(cohort="gb-ba", count=30),))
    assert broken(scenario, trip) == {"balance"}


def test_people_get_off_at_their_gate_or_at_a_hub_of_their_site() -> None:
    """A hub counts where the site's ``handover`` has it, the gate where ``gate`` holds."""
    at_gate: dict[str, Any] = {}
    at_hub: dict[str, Any] = {"to": {"gb-ba": "town"}, "via": ("gangbei", "town")}
    for gate, handover, way, found in [
        (True, {}, at_gate, set()),
        (False, {"town": 5}, at_gate, {"balance"}),
        (False, {"town": 5}, at_hub, set()),
        (True, {}, at_hub, {"balance"}),
    ]:
        sites = [baoan(gate=gate, handover=handover), baoan(id="chancheng")]
        scenario = scenario_of(sites=sites, hubs=[TOWN])
        assert broken(scenario, clock_trip(scenario, **way)) == found


def test_boarding_getting_off_and_itineraries_agree() -> None:
    """30 board, 30 get off, 30 in itineraries: each one fewer on its own is found."""
    scenario = scenario_of()
    trip, fewer = clock_trip(scenario), (Riders(cohort="gb-ba", count=29),)
    assert broken(scenario, trip, itineraries=(one(30),), unserved=(REST,)) == set()
    short = with_stop(trip, 2, alight=fewer)
    assert broken(scenario, short) == {"balance"}
    short = with_stop(trip, 1, board=fewer)
    assert broken(scenario, short, itineraries=(one(30),), unserved=(REST,)) == {"balance"}
    both = (left(1), REST)
    assert broken(scenario, trip, itineraries=(one(29),), unserved=both) == {"balance"}


def test_nobody_gets_off_before_boarding() -> None:
    """Bao'an before Gangbei: the totals agree, the order does not."""
    scenario = scenario_of(cohorts=[cohort()])
    assert broken(scenario, clock_trip(scenario)) == set()
    trip = clock_trip(scenario, via=("baoan", "gangbei"))
    assert broken(scenario, trip) == {"balance"}


def test_nobody_boards_at_a_depot() -> None:
    """An origin of its own beside the depot is fine; the depot itself is not."""
    scenario = scenario_of(
        origins=[guigang(id="gangbei"), guigang(id="pingnan")], cohorts=[cohort()]
    )
    trip = clock_trip(scenario)
    assert broken(scenario, trip) == set()
    riders = trip.stops[1].board
    moved = with_stop(with_stop(trip, 0, board=riders), 1, board=())
    found = broken(scenario, moved)
    assert "balance" in found


def test_nobody_boards_at_a_place_that_is_not_in_the_scenario() -> None:
    scenario = scenario_of()
    assert "balance" in broken(scenario, with_stop(clock_trip(scenario), 1, place="nowhere"))


def test_a_batch_for_each_origin_and_trip() -> None:
    """One batch of 30; 29, two of 15, none, and one of somewhere else are all found."""
    scenario = scenario_of()
    trip = clock_trip(scenario)

    def batch(people: int = 30, name: str = "b1", origin: str = "gangbei") -> Batch:
        return Batch(id=name, origin=origin, trip="t1", people=people)

    assert broken(scenario, trip, batches=(batch(),)) == set()
    for wrong in [
        (),
        (batch(29),),
        (batch(15), batch(15, "b2")),
        (batch(), batch(0, "b2", "pingnan")),
        (batch(), Batch(id="b2", origin="gangbei", trip="t2", people=1)),
    ]:
        assert broken(scenario, trip, batches=wrong) == {"balance"}


def test_ids_are_unique() -> None:
    """Two coaches with 15 each, as t1 and t2 or both as t1; two batches likewise."""
    scenario = scenario_of()
    first = clock_trip(scenario, loads={"gb-ba": 15})
    second = clock_trip(scenario, loads={"gb-ba": 15}, unit="gg/2", driver="B", id="t2")
    plan = plan_of(scenario, [first, second])
    assert rules_of(scenario, plan) == set()
    same = second.model_copy(update={"id": "t1"})
    assert broken(scenario, first, same) == {"balance"}
    batches = tuple(b.model_copy(update={"id": "b"}) for b in plan.batches)
    assert broken(scenario, first, second, batches=batches) == {"balance"}


def test_what_is_cancelled_moves_nobody() -> None:
    """Every status but one keeps its people; to be released it takes events (``life``)."""
    scenario = scenario_of()
    trip = clock_trip(scenario)
    for status in Status:
        found = {"balance"} if status is Status.CANCELLED else set()
        early = status in (Status.ORGANISED, Status.ORDERED, Status.TOLD, Status.CANCELLED)
        by_trip = found if early else {"life"}
        assert broken(scenario, trip.model_copy(update={"status": status})) == by_trip
        batch = plan_of(scenario, [trip]).batches[0].model_copy(update={"status": status})
        assert broken(scenario, trip, batches=(batch,)) == found


def test_people_and_moved_are_sums() -> None:
    """58 on the roster, 30 of them moved."""
    scenario = scenario_of()
    trip = clock_trip(scenario)
    assert broken(scenario, trip, people=58, moved=30) == set()
    assert broken(scenario, trip, people=59, moved=30) == {"balance"}
    assert broken(scenario, trip, people=58, moved=29) == {"balance"}
