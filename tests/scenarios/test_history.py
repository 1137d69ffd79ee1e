"""What history fixes, the scenarios keep; the sources stand in scenarios/README.md."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.places import Risk
from p2p_dispatch.scenario.read import read_scenario
from p2p_dispatch.scenario.seats import allowed_seats
from p2p_dispatch.shipped import shipped
from p2p_dispatch.travel import travel_of

NAMES = sorted(path.stem for path in shipped("scenarios").glob("*.yaml"))


@cache
def scenario(name: str) -> Scenario:
    return read_scenario(shipped("scenarios") / f"{name}.yaml")


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_scenario_reads(name: str) -> None:
    assert isinstance(scenario(name), Scenario)
    assert scenario(name).name == name


@pytest.mark.parametrize("name", NAMES)
def test_every_price_says_that_it_is_assumed(name: str) -> None:
    """No tariff of a Chinese coach charter was found: a report must say so."""
    read = scenario(name)
    assert read.prices.basis.startswith("ASSUMPTION")
    assert all(kind.basis.startswith("ASSUMPTION") for kind in read.unit_types)


@pytest.mark.parametrize("name", NAMES)
def test_every_seat_rule_names_its_notice(name: str) -> None:
    assert all(rule.basis for rule in scenario(name).rules.seats)


def test_zhanjiang_moves_141_people_on_two_days_with_seven_coaches_from_the_far_end() -> None:
    """en.zhanjiang.gov.cn, 25 February 2020: seven buses, 141 workers, 22 to 23 February."""
    read = scenario("zhanjiang_2020")
    assert read.people == 141
    assert read.dates == (date(2020, 2, 22), date(2020, 2, 23))
    assert sum(pool.units for pool in read.pools) == 7
    assert [depot.id for depot in read.depots] == ["zhanjiang"]
    assert {origin.region for origin in read.origins} == {"贵港 (Guigang)"}
    assert {site.city for site in read.sites} == {"湛江 (Zhanjiang)"}


def test_a_zhanjiang_coach_takes_twenty_so_141_need_eight_trips() -> None:
    """Less two rear rows (4 + 5) 49 are 20 pairs; half of 49 is 24. 141 = 7 x 20 + 1."""
    read = scenario("zhanjiang_2020")
    assert seats(read) == {"coach-49": 20}
    assert -(-read.people // 20) == 8


def test_the_counties_of_guigang_sign_up_coachloads_and_one_more() -> None:
    """
    Each county can fill its own coaches in eight trips, none with more than three gates.

    ASSUMPTION of the scenario: 20 + 20 + 20 + 40 + 41 = 141, so 1 + 1 + 1 + 2 + 3 coaches.
    """
    read = scenario("zhanjiang_2020")
    loads: dict[tuple[str, object], int] = {}
    gates: dict[tuple[str, object], set[str]] = {}
    for cohort in read.cohorts:
        key = cohort.origin, cohort.ready
        loads[key] = loads.get(key, 0) + cohort.count
        gates.setdefault(key, set()).add(cohort.site)
    assert sum(-(-people // 20) for people in loads.values()) == 8
    assert sorted(loads.values()) == [20, 20, 20, 20, 20, 20, 21]
    assert all(len(sites) <= read.rules.stops.most_drops for sites in gates.values())


def test_gangnan_sends_330_people_to_four_cities_and_others() -> None:
    """China News Service, Nanning, 23 February 2021: Shenzhen, Dongguan, Foshan, Zhongshan ..."""
    read = scenario("gangnan_2021")
    assert read.people == 330
    cities = {site.city.split()[-1] for site in read.sites}
    assert cities == {"(Shenzhen)", "(Dongguan)", "(Foshan)", "(Zhongshan)", "(Guangzhou)"}


def test_xiangzhou_signs_up_nearly_300_people_in_eleven_days() -> None:
    """China News Service, Nanning, 23 February 2021; the second day of the month was the 13th."""
    read = scenario("xiangzhou_2021")
    assert read.people == 297
    ready = {cohort.ready for cohort in read.cohorts}
    assert (min(ready), max(ready), len(ready)) == (date(2021, 2, 13), date(2021, 2, 23), 11)
    daily = [sum(c.count for c in read.cohorts if c.ready == day) for day in ready]
    assert 18 <= min(daily) <= 27 <= max(daily) <= 40  # "about 27 a day", and 40 fill a coach
    slack = {(cohort.due - cohort.ready).days for cohort in read.cohorts}
    assert slack == {1, 2, 3, 4}


@pytest.mark.parametrize("name", ["gangnan_2021", "xiangzhou_2021"])
def test_the_caps_of_2021_and_two_rear_rows(name: str) -> None:
    """
    Low risk: 90 % of 49 is 44, without the two rear rows 40; the same way 44 of 53 and 28 of 37.

    Leshan's coaches of 2021, two rows free, took 40.9 each.
    """
    cap = scenario(name).rules.seats[0].cap
    assert (cap.low, cap.medium, cap.high) == (0.9, 0.7, 0.5)
    expected = {"coach-49": 40, "coach-53": 44, "coach-37": 28}
    assert seats(scenario(name)) == {
        kind.id: expected[kind.id] for kind in scenario(name).unit_types
    }


@pytest.mark.parametrize("name", NAMES)
def test_taking_one_person_more_is_worth_the_dearest_direct_trip(name: str) -> None:
    """Two days, twice the longest road, two drivers: leaving somebody behind never saves money."""
    read = scenario(name)
    longest = 2 * float(travel_of(read).km.max())
    days = 2 if longest > 1000 else 1
    dearest = max(
        days * (kind.per_day + 2 * read.prices.driver_day) + longest * kind.per_km
        for kind in read.coaches
    )
    values = [read.prices.left_behind, *(p.left_behind for p in read.priorities)]
    assert min(values) > dearest


def seats(read: Scenario) -> dict[str, int]:
    """Allowed seats of every unit type on the first day, low risk at both ends."""
    return {
        kind.id: allowed_seats(kind, read.rules.seats, read.days.first, Risk.LOW).riders
        for kind in read.unit_types
    }
