"""
The rules of one trip, each just kept and just broken.

Gangbei to Bao'an is 510 road km here, 6 h 49 min at 75 km/h; the depot is 5 km from Gangbei.
"""

from __future__ import annotations

from p2p_dispatch.problem import run_trip
from tests.problem.trips import Desk
from tests.tiny import baoan, chancheng, cohort, gangbei, guigang, pingnan, pool, unit_type

RIDE = 30
"""People of the cohort gb-ba."""


def test_times_follow_from_the_road() -> None:
    """Leave, drive, board 15 minutes, drive, get off 15 minutes, drive home."""
    desk = Desk()
    run = run_trip(desk.problem, desk.trip({"gb-ba": RIDE}, depart=desk.minute("08:00")))
    lead, ride, home = (
        int(desk.problem.minutes[desk.number[a], desk.number[b]])
        for a, b in [("guigang", "gangbei"), ("gangbei", "baoan"), ("baoan", "guigang")]
    )
    assert run.broken is None
    assert run.comes[0] == desk.minute("08:00") + lead
    assert run.goes[0] == run.comes[0] + 15
    assert run.arrives[1] == run.goes[0] + ride
    assert run.back >= run.arrives[1] + 15 + home
    assert run.board_day == 0


def test_seats_just_hold() -> None:
    people = [cohort(count=60)]
    desk = Desk(cohorts=people)
    assert run_trip(desk.problem, desk.trip({"gb-ba": 49}, depart=480)).broken is None
    assert run_trip(desk.problem, desk.trip({"gb-ba": 50}, depart=480)).broken == "seats"


def test_the_stricter_end_decides_on_the_seats() -> None:
    """Bao'an at high risk halves 49 seats to 24, though Gangbei is at low risk."""
    rule = {"id": "caps", "cap": {"low": 0.9, "medium": 0.7, "high": 0.5}}
    sites = [baoan(risk="high"), chancheng()]
    desk = Desk(sites=sites, rules={"seats": [rule]})
    assert run_trip(desk.problem, desk.trip({"gb-ba": 24}, depart=480)).broken is None
    assert run_trip(desk.problem, desk.trip({"gb-ba": 25}, depart=480)).broken == "seats"


def test_too_many_drops() -> None:
    two = {"gb-ba": 10, "gb-cc": 10}
    stops = ("gangbei", "chancheng", "baoan")
    for most, broken in [(2, None), (1, "stops")]:
        desk = Desk(rules={"stops": {"most_drops": most}})
        assert run_trip(desk.problem, desk.trip(two, depart=480, stops=stops)).broken == broken


def test_a_detour_that_is_too_long() -> None:
    """Those for Chancheng are taken to Bao'an first, some 100 km out of their way and back."""
    two = {"gb-ba": 10, "gb-cc": 10}
    for km, broken in [(400, None), (0, "stops")]:
        desk = Desk(rules={"stops": {"detour_km": km}})
        trip = desk.trip(two, depart=480, stops=("gangbei", "baoan", "chancheng"))
        assert run_trip(desk.problem, trip).broken == broken


def test_the_longest_ride() -> None:
    """Boarding ends at the gate of the origin; the ride is the road, for two drivers."""
    desk = Desk()
    minutes = int(desk.problem.minutes[desk.number["gangbei"], desk.number["baoan"]])
    for longest, broken in [(minutes / 60, None), ((minutes - 1) / 60, "stops")]:
        desk = Desk(rules={"stops": {"longest_ride_hours": longest}})
        trip = desk.trip({"gb-ba": RIDE}, depart=desk.minute("08:00"))
        assert run_trip(desk.problem, trip).broken == broken


def test_due_is_the_minute_of_arriving() -> None:
    desk = Desk()
    trip = desk.trip({"gb-ba": RIDE}, depart=desk.minute("08:00"))
    arrives = run_trip(desk.problem, trip).arrives[1]
    for late, broken in [(0, None), (1, "windows")]:
        hour, minute = divmod(arrives - late, 60)
        due = f"2020-02-22 {hour:02}:{minute:02}"
        desk = Desk(cohorts=[cohort(due=due)])
        assert run_trip(desk.problem, desk.trip({"gb-ba": RIDE}, depart=480)).broken == broken


def test_boarding_waits_for_people_and_for_the_gate() -> None:
    desk = Desk(cohorts=[cohort(ready="2020-02-22 09:30")])
    run = run_trip(desk.problem, desk.trip({"gb-ba": RIDE}, depart=desk.minute("08:00")))
    assert run.goes[0] == desk.minute("09:45")
    hours = {"opens": "10:00", "closes": "20:00"}
    desk = Desk(origins=[gangbei(hours=hours), pingnan()])
    run = run_trip(desk.problem, desk.trip({"gb-ba": RIDE}, depart=desk.minute("08:00")))
    assert run.goes[0] == desk.minute("10:15")


def test_a_gate_that_shuts_too_soon_is_reached_the_next_morning() -> None:
    """Getting off takes 15 minutes: arriving 14 before closing is arriving at the next opening."""
    desk = Desk()
    arrives = run_trip(desk.problem, desk.trip({"gb-ba": RIDE}, depart=480)).arrives[1]
    for spare, day in [(15, 0), (14, 1)]:
        hour, minute = divmod(arrives + spare, 60)
        hours = {"opens": "08:00", "closes": f"{hour:02}:{minute:02}"}
        desk = Desk(
            sites=[baoan(hours=hours), chancheng()], rules={"stops": {"longest_ride_hours": 30}}
        )
        run = run_trip(desk.problem, desk.trip({"gb-ba": RIDE}, depart=480))
        assert desk.problem.day(run.arrives[1]) == day


def test_two_drivers_past_a_loaded_way() -> None:
    desk = Desk()
    loaded = run_trip(desk.problem, desk.trip({"gb-ba": RIDE}, depart=480)).loaded / 1000
    for past, broken in [(loaded + 0.01, None), (loaded - 0.01, "crew")]:
        rule = {"crew": {"preset": "none", "two_drivers_past_km": past}}
        desk = Desk(rules=rule)
        trip = desk.trip({"gb-ba": RIDE}, depart=480, drivers=1)
        assert run_trip(desk.problem, trip).broken == broken


def test_the_horizon_holds_for_the_first_boarding() -> None:
    desk = Desk()
    early = desk.trip({"gb-ba": RIDE}, depart=-30)
    assert run_trip(desk.problem, early).broken is None  # the coach comes at 00:00 or waits for it
    late = desk.trip({"gb-ba": RIDE}, depart=desk.minute("23:50", day=2))
    assert run_trip(desk.problem, late).broken == "windows"


def test_a_depot_collects_only_where_it_serves() -> None:
    desk = Desk(depots=[guigang(serves=["pingnan"])])
    assert run_trip(desk.problem, desk.trip({"gb-ba": RIDE}, depart=480)).broken == "fleet"
    assert run_trip(desk.problem, desk.trip({"pn-ba": 20}, depart=480)).broken is None


def test_cost_is_days_kilometres_and_drivers() -> None:
    """Under 24 hours with two drivers: 1,200 + 6.5 a km + 2 x 400."""
    desk = Desk(unit_types=[unit_type(per_day=1200, per_km=6.5)], pools=[pool()])
    run = run_trip(desk.problem, desk.trip({"gb-ba": RIDE}, depart=480))
    assert run.days == 1
    assert run.cost == 120_000 + round(run.metres * 0.65) + 80_000


class TestByDay:
    """Days, not hours."""

    def desk(self, **planning: object) -> Desk:
        return Desk(planning={"by": "day", **planning})

    def test_a_long_way_holds_the_unit_two_days(self) -> None:
        desk = self.desk()
        loaded = run_trip(desk.problem, desk.trip({"gb-ba": RIDE})).loaded / 1000
        for past, days in [(loaded, 1), (loaded - 0.001, 2)]:
            desk = self.desk(two_days_past_km=past)
            assert run_trip(desk.problem, desk.trip({"gb-ba": RIDE})).days == days

    def test_driving_to_the_last_drop_may_need_a_second_driver(self) -> None:
        desk = self.desk()
        problem = desk.problem
        seconds = sum(
            int(problem.seconds[desk.number[a], desk.number[b]])
            for a, b in [("guigang", "gangbei"), ("gangbei", "baoan")]
        )
        for past, broken in [(seconds / 3600, None), ((seconds - 1) / 3600, "crew")]:
            desk = self.desk(second_driver_past_hours=past)
            trip = desk.trip({"gb-ba": RIDE}, drivers=1)
            assert run_trip(desk.problem, trip).broken == broken

    def test_the_days_of_a_cohort(self) -> None:
        people = [cohort(ready="2020-02-23", due="2020-02-23")]
        desk = Desk(cohorts=people, planning={"by": "day"})
        for day, broken in [(0, "windows"), (1, None), (2, "windows")]:
            trip = desk.trip({"gb-ba": RIDE}, depart=desk.problem.midnight(day))
            assert run_trip(desk.problem, trip).broken == broken

    def test_standing_counts_in_the_ride(self) -> None:
        """Two stops of ten minutes and the road."""
        desk = self.desk(stop_minutes=10)
        seconds = int(desk.problem.seconds[desk.number["gangbei"], desk.number["baoan"]])
        minutes = -(-seconds // 60) + 20
        for longest, broken in [(minutes / 60, None), ((minutes - 1) / 60, "stops")]:
            desk = Desk(
                planning={"by": "day", "stop_minutes": 10},
                rules={"stops": {"longest_ride_hours": longest}},
            )
            assert run_trip(desk.problem, desk.trip({"gb-ba": RIDE})).broken == broken
