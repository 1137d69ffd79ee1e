"""Who sits where: everybody once, parties together, seats as the rules leave them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.plan import Plan
from p2p_dispatch.roster import (
    Manifest,
    OpenSeat,
    Person,
    Role,
    Roster,
    Seating,
    check_seating,
    seat_people,
)
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.read import read_scenario
from p2p_dispatch.shipped import shipped
from p2p_dispatch.travel import travel_of
from tests.check.modes import plan as plan_of_modes
from tests.check.modes import world
from tests.generated.scenarios import random_scenario
from tests.generated.services import scenario_with_services
from tests.roster.people import people_for


@cache
def solved(seed: int) -> tuple[Scenario, Plan]:
    scenario = random_scenario(seed)
    travel = travel_of(scenario)
    return scenario, solve_scenario(scenario, "insertion", travel=travel, iterations=20)


@pytest.mark.parametrize("seed", range(60))
def test_manifests_and_unserved_are_the_roster(seed: int) -> None:
    scenario, plan = solved(seed)
    roster = people_for(scenario, seed=seed)
    seating = seat_people(scenario, plan, roster)
    assert check_seating(scenario, plan, roster, seating) == []
    assert len({seated.person.id for seated in seating.seated}) == plan.moved
    assert len(seating.left) == plan.people - plan.moved


def of_every_mode() -> tuple[Scenario, Plan, Roster]:
    scenario = world()
    more = (
        *(Person(id=f"medic {i}", name="m", role=Role.MEDIC) for i in range(6)),
        Person(id="escort", name="e", role=Role.ESCORT, origin="gangbei"),
        Person(id="spare", name="s", role=Role.STANDBY, origin="gangbei", site="chancheng"),
        Person(id="lost", name="s", role=Role.STANDBY, origin="pingnan", site="chancheng"),
    )
    return scenario, plan_of_modes(scenario), people_for(scenario, more=more)


def test_feeder_trunk_and_onward_have_the_same_people() -> None:
    scenario, plan, roster = of_every_mode()
    seating = seat_people(scenario, plan, roster)
    assert check_seating(scenario, plan, roster, seating) == []
    legs = Counter(seated.person.id for seated in seating.seated)
    ways = Counter(
        len(itinerary.trips) for itinerary in plan.itineraries for _ in range(itinerary.count)
    )
    riders = Counter(
        n for name, n in legs.items() if name in roster.by_id and roster.by_id[name].role.rides
    )
    assert riders == ways


def test_staff_of_the_roster_takes_the_seats_kept_for_it() -> None:
    """Five medics are wanted on the special train and one escort in the booked carriage."""
    scenario, plan, roster = of_every_mode()
    seating = seat_people(scenario, plan, roster)
    duties = Counter(
        (seated.trip, seated.duty) for seated in seating.seated if not seated.person.role.rides
    )
    assert duties == {("special", "medic"): 5, ("booked", "escort"): 1}
    assert {left.person.id: left.reason for left in seating.left} == {
        "lost": "standby",
        next(p.id for p in roster.people[::-1] if p.role is Role.MEDIC): "staff",
    }
    assert [p.id for m in seating.manifests for p in m.standby] == ["spare"]
    assert not seating.by_trip["booked"].open_staff
    assert [seated.duty for seated in seating.by_trip["booked"].leaders] == ["escort"]


def test_staff_without_a_name_keeps_its_seat() -> None:
    scenario, plan, _ = of_every_mode()
    roster = people_for(scenario)
    seating = seat_people(scenario, plan, roster)
    assert [seat.role for seat in seating.by_trip["special"].open_staff] == ["medic"] * 5
    assert check_seating(scenario, plan, roster, seating) == []


def test_one_per_pair_and_the_last_rows_free() -> None:
    """Zhanjiang: 20 of 49 seats, at the windows of the first ten rows."""
    scenario = read_scenario(shipped("scenarios") / "zhanjiang_2020.yaml")
    plan = solve_scenario(scenario, "first-come", travel=travel_of(scenario))
    roster = people_for(scenario)
    seating = seat_people(scenario, plan, roster)
    assert check_seating(scenario, plan, roster, seating) == []
    full = next(m for m in seating.manifests if len(m.seated) == 20)
    windows = {f"{row}{letter}" for row in range(1, 11) for letter in "AD"}
    assert {seated.seat for seated in full.seated} == windows
    assert sorted(seated.duty for seated in full.leaders) == ["deputy", "leader"]


def test_a_roster_that_changed_since_is_seated_as_far_as_it_goes() -> None:
    scenario, plan = solved(3)
    roster = people_for(scenario)
    first = next(p for p in roster.people if not p.party)
    fewer = Roster(tuple(p for p in roster.people if p is not first))
    seating = seat_people(scenario, plan, fewer)
    words = check_seating(scenario, plan, fewer, seating)
    assert len(words) == 1
    assert f"cohort {first.cohort} has" in words[0]
    stranger = Person(id="new", name="n", cohort="nowhere")
    more = Roster((*roster.people, replace(first, id="late"), stranger))
    seating = seat_people(scenario, plan, more)
    assert {left.person.id for left in seating.left if left.reason == "roster"} == {"late", "new"}
    assert len(check_seating(scenario, plan, more, seating)) == 2


# one change each to a seating that adds up, and words of what is then found


def drop_one(manifest: Manifest) -> Manifest:
    return replace(manifest, seated=manifest.seated[1:])


def same_seat(manifest: Manifest) -> Manifest:
    one, other, *rest = manifest.seated
    return replace(manifest, seated=(one, replace(other, seat=one.seat), *rest))


def no_such_seat(manifest: Manifest) -> Manifest:
    one, *rest = manifest.seated
    return replace(manifest, seated=(replace(one, seat="99Z"), *rest))


def reserved_row(manifest: Manifest) -> Manifest:
    one, *rest = manifest.seated
    return replace(manifest, seated=(replace(one, seat="12A"), *rest))


def side_by_side(manifest: Manifest) -> Manifest:
    one, *rest = manifest.seated
    seat = next(s.seat for s in rest if s.seat.endswith("A"))
    return replace(manifest, seated=(replace(one, seat=seat[:-1] + "B"), *rest))


def elsewhere(manifest: Manifest) -> Manifest:
    one, *rest = manifest.seated
    return replace(manifest, seated=(replace(one, board="nowhere"), *rest))


def second_leg(manifest: Manifest) -> Manifest:
    one, *rest = manifest.seated
    return replace(manifest, seated=(replace(one, leg=2), *rest))


def not_last(manifest: Manifest) -> Manifest:
    one, *rest = manifest.seated
    return replace(manifest, seated=(replace(one, last=False), *rest))


def twice(manifest: Manifest) -> Manifest:
    return replace(manifest, standby=(manifest.seated[0].person,))


def stranger(manifest: Manifest) -> Manifest:
    return replace(manifest, standby=(Person(id="x", name="x"),))


def nobody_leads(manifest: Manifest) -> Manifest:
    return replace(manifest, seated=tuple(replace(s, duty="") for s in manifest.seated))


def more_staff(manifest: Manifest) -> Manifest:
    return replace(manifest, open_staff=(OpenSeat(role="escort", seat="1A"),))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (drop_one, "is on no list"),
        (same_seat, "both have seat"),
        (no_such_seat, "which is not there"),
        (reserved_row, "in a row that stays empty"),
        (side_by_side, "sit side by side"),
        (elsewhere, "at nowhere, 0 planned"),
        (second_leg, "rides legs 2"),
        (not_last, "the last trip"),
        (twice, "is on 2 lists"),
        (stranger, "not on the roster"),
        (nobody_leads, "the vehicle has nobody"),
        (more_staff, "in the plan {}"),
    ],
)
def test_what_does_not_add_up_is_found(change, words: str) -> None:
    scenario = read_scenario(shipped("scenarios") / "zhanjiang_2020.yaml")
    plan = solve_scenario(scenario, "first-come", travel=travel_of(scenario))
    roster = people_for(scenario)
    good = seat_people(scenario, plan, roster)
    at = next(i for i, m in enumerate(good.manifests) if len(m.seated) >= 10)
    manifests = list(good.manifests)
    manifests[at] = change(manifests[at])
    found = check_seating(scenario, plan, roster, Seating(tuple(manifests), good.left))
    assert any(words in sentence for sentence in found), found


def test_a_parted_party_is_found() -> None:
    scenario, plan, roster = of_every_mode()
    good = seat_people(scenario, plan, roster)
    party = next(p for p in roster.people if p.party)
    single = next(
        seated.person
        for seated in good.by_trip["feeder-3"].seated
        if seated.person.role.rides and not seated.person.party
    )
    swap = {party.id: single, single.id: party}
    manifests = tuple(
        replace(
            manifest,
            seated=tuple(
                replace(s, person=swap.get(s.person.id, s.person)) for s in manifest.seated
            ),
        )
        for manifest in good.manifests
    )
    found = check_seating(scenario, plan, roster, Seating(manifests, good.left))
    assert any("is parted" in sentence for sentence in found)


@pytest.mark.parametrize("seed", range(12))
def test_whoever_changes_is_on_every_trip_of_their_way(seed: int) -> None:
    """Random scenarios with trains and planes: feeder, trunk and onward coach."""
    scenario = scenario_with_services(seed)
    plan = solve_scenario(
        scenario, "intermodal", travel=travel_of(scenario), iterations=30, seed=seed
    )
    roster = people_for(scenario, seed=seed)
    seating = seat_people(scenario, plan, roster)
    assert check_seating(scenario, plan, roster, seating) == []


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_the_roster_is_everybody_is_on_one_list(data: st.DataObject) -> None:
    """
    People leave the roster, others come, change their cohort, their party or their role: each is
    seated, stands by or is left, once, and no seat is taken twice.
    """
    scenario, plan = solved(data.draw(st.integers(0, 9)))
    cohorts = [cohort.id for cohort in scenario.cohorts]
    people = []
    for person in people_for(scenario).people:
        change = data.draw(st.integers(0, 20))
        if change == 0:
            continue
        if change == 1:
            person = replace(person, cohort=data.draw(st.sampled_from([*cohorts, "", "x"])))
        elif change == 2:
            person = replace(person, party=data.draw(st.sampled_from(["", "party 0", "y"])))
        elif change == 3:
            person = replace(person, role=data.draw(st.sampled_from(Role)))
        elif change == 4:
            person = replace(person, accessible=not person.accessible)
        people.append(person)
    people += [
        replace(person, id=f"{person.id}+") for person in people[: data.draw(st.integers(0, 9))]
    ]
    roster = Roster(tuple(replace(p, cohort=p.cohort if p.role.rides else "") for p in people))
    words = check_seating(scenario, plan, roster, seat_people(scenario, plan, roster))
    assert not [word for word in words if " list" in word or "both have seat" in word], words


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_two_who_change_places_are_found(data: st.DataObject) -> None:
    """Unless nothing changes for the plan: the same cohort, and neither is in a party."""
    moving = [seed for seed in range(12) if solved(seed)[1].moved > 1]
    scenario, plan = solved(data.draw(st.sampled_from(moving)))
    roster = people_for(scenario)
    good = seat_people(scenario, plan, roster)
    seated = sorted({s.person.id for s in good.seated})
    one, other = (roster.by_id[data.draw(st.sampled_from(seated))] for _ in range(2))
    ways = {
        person.id: [(s.trip, s.board, s.alight) for s in good.seated if s.person is person]
        for person in (one, other)
    }
    swap = {one.id: other, other.id: one}
    manifests = tuple(
        replace(
            manifest,
            seated=tuple(
                replace(s, person=swap.get(s.person.id, s.person)) for s in manifest.seated
            ),
        )
        for manifest in good.manifests
    )
    found = check_seating(scenario, plan, roster, Seating(manifests, good.left))
    same_way = ways[one.id] == ways[other.id]
    if one.cohort != other.cohort and not same_way:
        assert found
    elif one.cohort == other.cohort and not (one.party or other.party):
        assert found == []
