"""``crew``: the driving hours of cn, eu and us, each at its border."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from p2p_dispatch.plan.model import Trip
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.crew import CREW_PRESETS
from tests.check.builders import (
    LOOSE,
    Driving,
    broken,
    clock_trip,
    plan_of,
    roads,
    scenario_of,
    words_of,
)
from tests.tiny import cohort

B_HOME: Driving = [("B", 240)]
CREW, FINE = {"crew"}, set[str]()


def minutes(driving: Driving) -> float:
    """Minutes at the wheel in a leg."""
    return sum(part[1] for part in driving if isinstance(part, tuple))


def out(crew: Any, leg: Driving, *, home: Driving = B_HOME, **changes: Any) -> set[str]:
    """
    What is broken when A drives ten minutes to Gangbei, then the leg to the gate is driven, then B
    (unless ``home`` says otherwise) drives home, after a long stand there if ``stand`` says so.
    """
    scenario = ruled(crew, leg, home)
    return broken(scenario, trip_of(scenario, leg, home, **changes))


def ruled(crew: Any, leg: Driving, home: Driving, **changes: Any) -> Scenario:
    table = roads(gangbei_baoan=(500, minutes(leg)), guigang_baoan=(500, minutes(home)))
    horizon = {"first": "2020-02-22", "last": "2020-03-31"}
    cohorts = [cohort(ready="2020-02-21", due="2020-04-30")]
    given = {"roads": table, "days": horizon, "cohorts": cohorts, **changes}
    return scenario_of(rules={"crew": crew, "stops": LOOSE}, **given)


def trip_of(scenario: Scenario, leg: Driving, home: Driving, **changes: Any) -> Trip:
    return clock_trip(scenario, legs={1: leg, 2: home}, **{"drivers": 2, **changes})


@pytest.mark.parametrize(("crew", "longest"), [("cn", 240), ("eu", 270)])
def test_the_longest_spell(crew: str, longest: int) -> None:
    """10 min, 15 at Gangbei that are work and no pause, then up to 4 h or 4.5 h in all."""
    assert out(crew, [("A", longest - 10)]) == FINE
    assert out(crew, [("A", longest - 9)]) == CREW


@pytest.mark.parametrize(("crew", "longest", "pause"), [("cn", 240, 20), ("eu", 270, 45)])
def test_the_shortest_pause(crew: str, longest: int, pause: int) -> None:
    """4 h, 20 min, 10 min more; 4.5 h, 45 min, 10 min more; a minute less is no pause."""
    first = ("A", longest - 10)
    assert out(crew, [first, pause, ("A", 10)]) == FINE
    assert out(crew, [first, pause - 1, ("A", 10)]) == CREW


@pytest.mark.parametrize(("crew", "longest", "pause"), [("cn", 240, 20), ("eu", 270, 45)])
def test_boarding_in_a_pause_is_work(crew: str, longest: int, pause: int) -> None:
    """Standing 15 + 20 min at Gangbei is a pause, 15 + 19 is not: then 10 min count as well."""
    leg = [("A", longest)]
    assert out(crew, leg, stand={"gangbei": 15 + pause}) == FINE
    assert out(crew, leg, stand={"gangbei": 14 + pause}) == CREW


def test_standing_at_the_depot_is_a_pause() -> None:
    """Twenty minutes between two trips, nothing off for a stop; with nineteen 120 min are 250."""
    limits = {"preset": "none", "spell_hours": 4, "break_minutes": 20, "most_drivers": 2}
    leg: Driving = [("A", 120)]
    for rest, found in [(20, FINE), (19, CREW)]:
        scenario = ruled(limits, leg, leg, planning={"by": "clock", "turnaround_minutes": 0})
        # 10 + 15 + 120 + 35 + 120 = 300 min: A drives 10 + 120, a pause at the gate, 120
        first = trip_of(scenario, leg, leg, loads={"gb-ba": 5}, stand={"baoan": 35})
        leave = f"2020-02-22 12:{rest}"
        second = trip_of(scenario, leg, [("B", 120)], loads={"gb-ba": 5}, leave=leave, id="t2")
        assert f"{first.stops[-1].arrive:%H:%M}" == "12:00"
        assert broken(scenario, first, second) == found


def test_riding_along_is_a_pause() -> None:
    """A 4 h, B 20 min, A 10 min; with B for 19 min A has had no pause. B drives home, 220 min."""
    home = [("B", 220)]
    assert out("cn", [("A", 230), ("B", 20), ("A", 10)], home=home) == FINE
    assert out("cn", [("A", 230), ("B", 19), ("A", 10)], home=home) == CREW


def test_two_spells_that_touch_are_one() -> None:
    """4 h in two pieces, 4:01 in two pieces."""
    assert out("cn", [("A", 100), ("A", 130)]) == FINE
    assert out("cn", [("A", 100), ("A", 131)]) == CREW


@pytest.mark.parametrize(("leave", "found"), [("19:15", FINE), ("19:16", CREW)])
def test_cn_two_hours_of_a_spell_by_night(leave: str, found: set[str]) -> None:
    """
    Leaves the depot, pauses at Gangbei, drives 240 min from 20:00: two of them after 22:00.

    B drives home in the morning.
    """
    stand = {"gangbei": 35, "baoan": 450}
    leave = f"2020-02-22 {leave}"
    assert out("cn", [("A", 240)], leave=leave, stand=stand) == found


def test_cn_eight_hours_in_24() -> None:
    """10 + 230, 200, 40 min with pauses are 8 h; a minute more is too much though no spell is."""
    leg: list[Any] = [("A", 230), 20, ("A", 200), 20]
    assert out("cn", [*leg, ("A", 40)]) == FINE
    assert out("cn", [*leg, ("A", 41)]) == CREW
    scenario = ruled("cn", [*leg, ("A", 41)], [("B", 240)])
    words = words_of(scenario, trip_of(scenario, [*leg, ("A", 41)], [("B", 240)]))
    assert words == (
        "crew  driver A: drives 8 h 01 min in the 24 h from 2020-02-22 07:00, at most 8 h 00 min"
    )


@pytest.mark.parametrize(("leave", "found"), [("07:00", FINE), ("06:59", CREW)])
def test_cn_any_24_hours_not_days(leave: str, found: set[str]) -> None:
    """8 h from 07:00 on the one day, and on the next from 07:00, or from 06:59."""
    leg: Driving = [("A", 230), 20, ("A", 200), 20, ("A", 40)]
    home = B_HOME
    scenario = ruled("cn", leg, home)
    first = trip_of(scenario, leg, home, loads={"gb-ba": 5})
    leave = f"2020-02-23 {leave}"
    second = trip_of(scenario, leg, home, loads={"gb-ba": 5}, leave=leave, id="t2")
    assert broken(scenario, first, second) == found


@pytest.mark.parametrize(
    ("crew", "limit", "within"),
    [("cn", 44, 7), ("eu", 56, 7), ("eu", 90, 14), ("us", 60, 7)],
)
def test_the_week_and_the_fortnight(crew: str, limit: int, within: int) -> None:
    """
    Equal days of at most 8 h, every second or each, add up to 44, 56, 90 or 60 h in the window.

    On the day after the window the same again is fine: the first day has left it.
    """
    days = [d for d in range(within) if within == 7 or d % 14 != 6]
    each = limit * 60 / len(days)
    preset: dict[str, Any] = {"preset": crew}
    if crew == "eu":  # the one window under test; 9 h days would break the other first
        preset["rolling"] = [{"hours": limit, "within_hours": 24 * within}]
    if each > 480:
        preset["shift"] = None
    third = (each - 10) / 3
    home: Driving = [("B", 60)]
    for extra, found in [(0, FINE), (1, CREW)]:
        leg: list[Any] = [("A", third), 45, ("A", third), 45, ("A", third)]
        scenario = ruled(preset, leg, home)
        more = [*leg[:-1], ("A", third + extra)]
        trips = [
            trip_of(
                scenario,
                more if d == days[-1] else leg,
                home,
                loads={"gb-ba": 2},
                leave=f"{date_plus(d)} 07:00",
                id=f"t{d}",
            )
            for d in days
        ]
        assert broken(scenario, *trips) == found


def date_plus(days: int) -> str:
    """A day after the first of the horizon."""
    return str(date(2020, 2, 22) + timedelta(days=days))


SHIFTS = pytest.mark.parametrize(
    ("crew", "driving", "span", "rest"), [("eu", 9, 13, 11), ("us", 10, 15, 8)]
)


def pieces(total: float, longest: float = 200, pause: float = 45) -> Driving:
    """So many minutes of A in pieces with pauses."""
    parts: list[tuple[str, float] | float] = []
    while total > longest:
        parts += [("A", longest), pause]
        total -= longest
    return [*parts, ("A", total)]


@SHIFTS
def test_driving_between_two_rests(crew: str, driving: int, span: int, rest: int) -> None:
    """9 h or 10 h at the wheel, 10 min of them to Gangbei, in pieces; B takes an hour home."""
    home = [("B", 60)]
    assert out(crew, pieces(driving * 60 - 10), home=home) == FINE
    assert out(crew, pieces(driving * 60 - 9), home=home) == CREW


@SHIFTS
def test_the_span_of_a_shift(crew: str, driving: int, span: int, rest: int) -> None:
    """
    A alone, from 07:00: 10 + 15 + 200 min, standing, 200 min home; the last minute counts.

    13 h are 780 = 425 + 355 standing; 15 h are 900 = 425 + 475, less than 8 h of rest.
    """
    leg: Driving = [("A", 200)]
    stand = span * 60 - 425
    alone: dict[str, Any] = {"drivers": 1, "home": leg}
    assert out(crew, leg, stand={"baoan": stand}, **alone) == FINE
    assert out(crew, leg, stand={"baoan": stand + 1}, **alone) == CREW


@SHIFTS
def test_a_rest_begins_a_new_shift(crew: str, driving: int, span: int, rest: int) -> None:
    """Five hours out, a rest at the gate, as long as may be home; a minute less is no rest."""
    alone: dict[str, Any] = {"drivers": 1, "home": pieces(driving * 60)}
    assert out(crew, pieces(300), stand={"baoan": rest * 60}, **alone) == FINE
    assert out(crew, pieces(300), stand={"baoan": rest * 60 - 1}, **alone) == CREW


def test_eu_a_team_has_21_hours() -> None:
    """
    From 07:00: 10, 15, A 200, B 200, standing 536, B 120, 59, A 120 is 1,260 min, until 04:00.

    A minute more of standing on the way home is past 21 h. Alone 13 h would be long over.
    """
    leg: Driving = [("A", 200), ("B", 200)]
    home: Driving
    for pause, found in [(59, FINE), (60, CREW)]:
        home = [("B", 120), pause, ("A", 120)]
        assert out("eu", leg, home=home, stand={"baoan": 536}) == found
    home = [("B", 120), 59, ("A", 120)]
    crew = {"preset": "eu", "shift": {**shift("eu"), "team_span_hours": None}}
    assert out(crew, leg, home=home, stand={"baoan": 536}) == CREW


def test_eu_a_team_rests_nine_hours_on_its_trip() -> None:
    """The same with 540 min at the gate: two shifts. With 539 one shift, until 04:01 and over."""
    leg: Driving = [("A", 200), ("B", 200)]
    home: Driving = [("B", 120), 57, ("A", 120)]
    for stand, found in [(540, FINE), (539, CREW)]:
        assert out("eu", leg, home=home, stand={"baoan": stand}) == found


@pytest.mark.parametrize(("rest", "found"), [(660, FINE), (659, CREW)])
def test_eu_a_team_rests_eleven_hours_between_trips(rest: int, found: set[str]) -> None:
    """
    Out and back 10 + 200 + 200 = 410 min of A, twice, is more than 9 h without a rest.

    Back at 07:00 + 10 + 15 + 200 + 15 + 200 = 14:20; 660 min later is 01:20.
    """
    leg: Driving = [("A", 200)]
    scenario = ruled("eu", leg, leg)
    first = trip_of(scenario, leg, leg, loads={"gb-ba": 5}, stand={"baoan": 60})
    assert f"{first.stops[-1].arrive:%H:%M}" == "15:05"
    leave = f"2020-02-23 {(905 + rest - 1440) // 60:02d}:{(905 + rest) % 60:02d}"
    again = {"loads": {"gb-ba": 5}, "leave": leave, "stand": {"baoan": 60}, "id": "t2"}
    assert broken(scenario, first, trip_of(scenario, leg, leg, **again)) == found


def shift(preset: str) -> dict[str, Any]:
    """The shift limits of a preset, to be changed."""
    limits = CREW_PRESETS[preset].shift
    assert limits
    return limits.model_dump()


def test_none_has_no_limits() -> None:
    """Twelve hours in one go, and home again."""
    leg: Driving = [("A", 720)]
    assert out("none", leg, home=leg, drivers=1) == FINE


def test_the_presets_are_the_regulations() -> None:
    """Art. 38; Regulation 561/2006; 49 CFR 395.5: the figures, as hours and minutes."""
    cn, eu, us = (CREW_PRESETS[name] for name in ("cn", "eu", "us"))
    rolling = {
        n: [(r.hours, r.within_hours) for r in CREW_PRESETS[n].rolling] for n in CREW_PRESETS
    }
    assert (cn.spell_hours, cn.break_minutes) == (4, 20)
    assert cn.night
    assert (str(cn.night.starts), str(cn.night.ends), cn.night.hours) == ("22:00:00", "06:00:00", 2)
    assert cn.ban
    assert (str(cn.ban.starts), str(cn.ban.ends), cn.ban.exempt_km) == ("02:00:00", "05:00:00", 100)
    assert (eu.spell_hours, eu.break_minutes) == (4.5, 45)
    assert rolling == {
        "cn": [(8, 24), (44, 168)],
        "eu": [(56, 168), (90, 336)],
        "us": [(60, 168)],
        "none": [],
    }
    assert shift("eu") == {
        "driving_hours": 9,
        "span_hours": 13,
        "rest_hours": 11,
        "team_span_hours": 21,
        "team_rest_hours": 9,
    }
    assert us.shift
    assert (us.shift.driving_hours, us.shift.span_hours, us.shift.rest_hours) == (10, 15, 8)


def test_a_plan_without_trips_breaks_nothing() -> None:
    scenario = scenario_of()
    assert plan_of(scenario, []).moved == 0
    assert broken(scenario) == FINE
