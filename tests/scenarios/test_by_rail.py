"""What history fixes of the operations with trains; the sources stand in scenarios/README.md."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache

import numpy as np
import pytest

from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.fleet import AnyUnitType, Carriage, Train
from p2p_dispatch.scenario.places import Hub, Risk
from p2p_dispatch.scenario.planning import ByClock
from p2p_dispatch.scenario.read import read_scenario
from p2p_dispatch.scenario.seats import allowed_seats
from p2p_dispatch.scenario.services import Service
from p2p_dispatch.shipped import shipped
from p2p_dispatch.travel import travel_of
from p2p_dispatch.travel.circuity import great_circle_km

NAMES = ["baise_2020", "liuzhou_2021", "zhaotong_2020", "guangxi_2021_trains", "guangdong_2020"]


@cache
def scenario(name: str) -> Scenario:
    return read_scenario(shipped("scenarios") / f"{name}.yaml")


def kind(read: Scenario, name: str) -> AnyUnitType:
    return next(unit_type for unit_type in read.unit_types if unit_type.id == name)


def service(read: Scenario, name: str) -> Service:
    return next(service for service in read.services if service.id == name)


def riders(read: Scenario, name: str) -> int:
    """Seats for people of the roster on the first day, low risk at both ends."""
    return allowed_seats(kind(read, name), read.rules.seats, read.days.first, Risk.LOW).riders


def people_by(read: Scenario, field: str) -> Counter[object]:
    heads: Counter[object] = Counter()
    for cohort in read.cohorts:
        heads[getattr(cohort, field)] += cohort.count
    return heads


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_noticed(name: str) -> None:
    assert scenario(name).notices == ()


def test_prices_are_the_same_everywhere() -> None:
    """A coach of 49: 1,500 a day, 6 a km; a driver: 500; by rail: 0.30 a seat and km."""
    for name in NAMES:
        read = scenario(name)
        coach = next(coach for coach in read.coaches if coach.id == "coach-49")
        assert (coach.per_day, coach.per_km, read.prices.driver_day) == (1500, 6, 500)
        for rail in read.unit_types:
            if isinstance(rail, Carriage) or (isinstance(rail, Train) and rail.seats):
                assert rail.per_trip == 0
                assert rail.per_km == pytest.approx(0.30 * (rail.seats or 0))


@pytest.mark.parametrize("name", NAMES)
def test_every_service_can_still_be_ordered_for_every_day(name: str) -> None:
    """History ran them, so the as-of moment leaves their notice; as_of and days are read alike."""
    read = scenario(name)
    ahead = {"train": read.rules.notice.train_days, "carriage": read.rules.notice.carriage_days}
    for each in read.services:
        notice = each.notice_days
        if notice is None:
            notice = ahead[kind(read, each.unit_type).mode]
        assert day_of(read.as_of) + timedelta(days=notice) <= min(each.days or read.dates)


@pytest.mark.parametrize("name", NAMES)
def test_every_service_says_that_something_is_assumed(name: str) -> None:
    assert all("ASSUMPTION" in each.basis for each in scenario(name).services)


@pytest.mark.parametrize("name", NAMES)
def test_every_train_can_be_reached_where_it_begins(name: str) -> None:
    """Some people gather there, or a coach that loads when they open is there in time."""
    read = scenario(name)
    travel, places = travel_of(read), read.places
    assert isinstance(read.planning, ByClock)
    for each in read.services:
        hub = places[each.board[0]]
        assert isinstance(hub, Hub)
        change = (hub.transfer or read.rules.transfer).least_minutes
        last = each.departs.hour * 60 + each.departs.minute - change - read.planning.stop_minutes
        near = [
            origin
            for origin in read.origins
            if origin.hours
            and origin.hours.opens.hour * 60 + travel.leg(origin.id, hub.id)[1] <= last
        ]
        assert hub.assembly_of or near, each.id


def test_baise_sends_756_people_of_whom_354_are_poor() -> None:
    """Xinhua, 21 February 2020: 354 registered poor of six counties, 46.83 % of the train."""
    read = scenario("baise_2020")
    poor = people_by(read, "priority")["poor"]
    assert (read.people, poor) == (756, 354)
    assert round(100 * poor / read.people, 2) == 46.83
    assert len(read.origins) == len(people_by(read, "origin")) == 6
    assert {site.city.split()[-1] for site in read.sites} == {"(Guangzhou)", "(Shenzhen)"}


def test_the_train_from_baise_leaves_at_10_40_and_comes_at_15_55() -> None:
    """Wen Wei Po, 19 February 2020: D4508, 19 February, Baise to Guangzhou South."""
    read = scenario("baise_2020")
    (train,) = read.services
    assert train.id == "D4508"
    assert train.stops == ("rail-baise", "rail-guangzhou-south")
    assert train.days == (date(2020, 2, 19),)
    leaves = datetime.combine(train.days[0], train.departs)
    assert f"{leaves + timedelta(minutes=train.minutes[0]):%H:%M}" == "15:55"
    assert read.service_pools[0].trips == 1


def test_the_train_from_baise_has_room_for_all_and_eight_medics() -> None:
    """Five eighths of two sets of 613 are 766 seats; half of them would be 613."""
    read = scenario("baise_2020")
    emu = kind(read, "emu-16")
    left = allowed_seats(emu, read.rules.seats, date(2020, 2, 19), Risk.LOW)
    assert (left.licensed, left.allowed, left.staff) == (1226, 766, {"medic": 8})
    assert left.riders - read.people == 2
    assert (read.people + 8) / left.licensed > 0.62


def test_baise_brings_all_its_people_to_the_train_in_one_round() -> None:
    """20 on a coach: who does not live at the station needs no more coaches than there are."""
    read = scenario("baise_2020")
    assert riders(read, "coach-49") == 20
    station = next(hub for hub in read.hubs if hub.id == "rail-baise")
    heads = people_by(read, "origin")
    feeders = sum(-(-heads[o.id] // 20) for o in read.origins if o.id not in station.assembly_of)
    assert feeders <= next(pool.units for pool in read.pools if pool.depot == "baise")


def test_liuzhou_has_355_people_of_12_units_and_1000_a_week_later() -> None:
    """China Daily, 24 February 2021: 355 on the first train; about 1,000 more for 1 March."""
    read = scenario("liuzhou_2021")
    first = [cohort for cohort in read.cohorts if cohort.ready == date(2021, 2, 23)]
    assert sum(cohort.count for cohort in first) == 355
    assert len({cohort.origin for cohort in first}) == 12
    assert read.people == 355 + 1000
    assert max(day_of(cohort.ready) for cohort in read.cohorts) == date(2021, 3, 1)


def test_the_first_train_of_liuzhou_ran_at_less_than_two_thirds() -> None:
    """551 seats of 613, less four medics: 355 people are 65 % of what may be sold, 58 % of all."""
    read = scenario("liuzhou_2021")
    assert riders(read, "emu-8") == 547
    assert riders(read, "emu-16") == 1099
    assert riders(read, "coach-49") == 40
    assert 0.64 < 355 / riders(read, "emu-8") < 0.66
    assert service(read, "D2994").minimum_load <= 355


def test_liuzhou_can_run_now_or_hold() -> None:
    """Some of the first 355 must go at once, others could wait for a fuller train."""
    read = scenario("liuzhou_2021")
    slack = Counter[int]()
    for cohort in read.cohorts:
        if cohort.ready == date(2021, 2, 23):
            slack[(day_of(cohort.due) - date(2021, 2, 23)).days] += cohort.count
    assert min(slack) == 1
    assert max(slack) == 7
    assert sum(people for days, people in slack.items() if days >= 3) > 355 / 3


def test_zhaotong_sends_more_than_300_people_in_two_days_to_dongguan() -> None:
    """Labour departments of Guangdong and Dongguan, 6 March 2020."""
    read = scenario("zhaotong_2020")
    assert people_by(read, "ready") == {date(2020, 3, 5): 158, date(2020, 3, 6): 158}
    assert {origin.region for origin in read.origins} == {"昭通 (Zhaotong)"}
    assert len(read.origins) == 11
    assert {site.city for site in read.sites} == {"东莞 (Dongguan)"}


def test_the_road_from_zhaotong_takes_a_third_driver() -> None:
    """About 1,450 km; two drivers are at the wheel for 16 h in 24, the road takes longer."""
    read = scenario("zhaotong_2020")
    travel = travel_of(read)
    legs = [travel.leg("zhaoyang", site.id) for site in read.sites]
    assert 1350 < min(km for km, _ in legs) < max(km for km, _ in legs) < 1550
    assert min(minutes for _, minutes in legs) > 18 * 60
    assert read.rules.crew.most_drivers == 3


def test_a_booked_carriage_takes_59_and_carriages_alone_do_not_take_all() -> None:
    """1,250 carriages to 15 March 2020 took 59 people each, if trains took 861."""
    read = scenario("zhaotong_2020")
    assert (riders(read, "hard-seat"), riders(read, "second-class")) == (59, 42)
    assert riders(read, "coach-49") == 20
    offered = sum(
        (each.carriages_per_day.usual or 0) * riders(read, each.unit_type) for each in read.services
    )
    assert 100 < offered < 158


def test_the_trains_of_guangxi_add_to_what_is_frozen_and_change_nothing() -> None:
    """The same people, firms, towns and coaches as guangxi_2021, row for row."""
    one, two = scenario("guangxi_2021"), scenario("guangxi_2021_trains")
    for field in ("as_of", "days", "planning", "origins", "sites", "cohorts", "priorities"):
        assert getattr(one, field) == getattr(two, field), field
    for field in ("hubs", "depots", "pools"):
        some, more = getattr(one, field), getattr(two, field)
        assert more[: len(some)] == some, field
    assert two.coaches == one.coaches
    assert two.travel == one.travel
    assert two.prices == one.prices
    assert [two.rules.stops, two.rules.crew] == [one.rules.stops, one.rules.crew]
    for coach in one.coaches:
        assert riders(one, coach.id) == riders(two, coach.id)


def test_guangxi_runs_up_to_seven_trains_of_8_or_16_cars() -> None:
    """China News Service, 23 February 2021: seven trains; two from Baise took 2,300 people."""
    read = scenario("guangxi_2021_trains")
    (pool,) = read.service_pools
    assert pool.trips == 7
    assert {each.pool for each in read.services} == {pool.id}
    assert {each.unit_type for each in read.services} == {"emu-8", "emu-16"}
    assert all(len(each.board) <= 4 for each in read.services)
    assert riders(read, "emu-8") == 547
    assert 2 * riders(read, "emu-16") == 2198  # history had some more than 90 %
    (baise,) = {each.stops for each in read.services if each.id.startswith("baise")}
    assert [stop.removeprefix("rail-") for stop in baise] == [
        "baise",
        "tianyang",
        "tiandong-north",
        "pingguo",
        "guangzhou-south",
    ]  # ce.cn, 24 February 2021


def test_the_coaches_at_the_far_ends_collect_from_no_origin() -> None:
    read = scenario("guangxi_2021_trains")
    onward = [depot for depot in read.depots if depot.id.startswith("onward-")]
    assert len(onward) == 3
    assert all(depot.serves == () for depot in onward)
    assert {pool.depot for pool in read.pools} >= {depot.id for depot in onward}


def test_trains_from_guangxi_run_as_the_timetable_of_2016() -> None:
    """Nanning East to Guangzhou South 243 minutes, Liuzhou 261, Guilin North 168.5: medians."""
    read = scenario("guangxi_2021_trains")
    for name, minutes in {"nanning": 243, "liuzhou": 261, "guilin": 168.5, "qinzhou": 305}.items():
        assert sum(service(read, f"{name}-8").minutes) == pytest.approx(minutes)
        assert service(read, f"{name}-16").minutes == service(read, f"{name}-8").minutes


def test_guangdong_takes_65000_people_of_four_provinces_until_4_march() -> None:
    """Labour department of Guangdong, 6 March 2020; the first train came on 18 February."""
    read = scenario("guangdong_2020")
    assert read.people == 65_000
    assert (read.days.first, read.days.last) == (date(2020, 2, 18), date(2020, 3, 4))
    provinces = Counter[str]()
    region = {origin.id: origin.region[:2] for origin in read.origins}
    for cohort in read.cohorts:
        provinces[region[cohort.origin]] += cohort.count
    assert provinces == {"广西": 24_000, "贵州": 15_000, "四川": 14_000, "云南": 12_000}
    assert 2000 < len(read.cohorts) < 4000


def test_guangdong_travels_half_empty_on_up_to_40_trains() -> None:
    """20 of 49 on a coach, half of every train, medics among them; 40 trains as history had."""
    read = scenario("guangdong_2020")
    assert riders(read, "coach-49") == 20
    assert (riders(read, "emu-8"), riders(read, "emu-16")) == (298, 605)
    assert read.service_pools[0].trips == 40
    assert {each.pool for each in read.services} == {read.service_pools[0].id}


def test_the_longest_train_takes_what_the_40_trains_took() -> None:
    """1,251 coaches of 21 to 25 leave 840 to 960 people to each of 40 trains."""
    read = scenario("guangdong_2020")
    train, car = kind(read, "long-train"), kind(read, "hard-seat")
    assert isinstance(train, Train)
    assert isinstance(car, Carriage)
    left = allowed_seats(
        train, read.rules.seats, read.days.first, Risk.LOW, [(car, train.consist[0].most)]
    )
    assert (65_000 - 25 * 1251) / 40 < left.riders < (65_000 - 21 * 1251) / 40
    assert left.riders == 16 * 59 - 8


def test_trains_at_most_leave_more_coach_trips_than_history_had() -> None:
    """Who kept 20 to a coach and half to a train needed more than 1,251 coach trips."""
    read = scenario("guangdong_2020")
    by_train = 40 * (16 * 59 - 8)
    assert -(-(read.people - by_train) // 20) > 1251


def test_the_poor_are_as_many_as_among_the_employed() -> None:
    """16,000 poor of 58,000 employed from eastern and western regions: 28 %."""
    read = scenario("guangdong_2020")
    poor = people_by(read, "priority")["poor"]
    assert poor / read.people == pytest.approx(16 / 58, abs=0.02)


def test_every_town_takes_people_over_at_a_station_of_trains() -> None:
    read = scenario("guangdong_2020")
    ends = {hub for each in read.services for hub in each.alight}
    reach = [site for site in read.sites if site.handover]
    assert all(set(site.handover) <= ends for site in reach)
    assert len(reach) >= 30


def test_d4856_comes_about_eight_hours_after_kunming() -> None:
    """Southern Daily, 19 February 2020: about eight hours to Guangzhou South."""
    read = scenario("guangdong_2020")
    places, (line,) = read.places, [line for line in read.lines if line.id == "yunnan"]
    here, there = places["rail-kunming-south"], places["rail-guangzhou-south"]
    pair = np.array([here.lat, there.lat]), np.array([here.lon, there.lon])
    km = float(great_circle_km(*pair)[0, 1])
    assert km * 1.25 / line.kmh == pytest.approx(8, abs=0.2)
