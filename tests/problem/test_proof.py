"""What can be proved about people who cannot be moved."""

from __future__ import annotations

from p2p_dispatch.problem.proof import proofs
from tests.problem.trips import Desk
from tests.tiny import baoan, chancheng, cohort, gangbei, guigang, pingnan, pool


def found(**changes: object) -> list[tuple[str, int]]:
    return [(proof.rule, proof.people) for proof in proofs(Desk(**changes).problem)]


def test_nothing_is_proved_about_a_scenario_that_can_be_planned() -> None:
    assert found() == []


def test_checks_of_all_days_together() -> None:
    """42 people at Gangbei on three days of 14 checks; of 13, three are too many."""
    assert found(origins=[gangbei(medical_per_day=14), pingnan()]) == []
    assert found(origins=[gangbei(medical_per_day=13), pingnan()]) == [("medical", 3)]


def test_intake_of_all_days_together() -> None:
    """58 people for Bao'an, due in the evening of the third day; 57 places are one too few."""
    people = [cohort(count=58, due="2020-02-24 22:00")]
    for places, proved in [(20, []), (19, [("intake", 1)])]:
        sites = [baoan(intake_per_day=places), chancheng()]
        assert found(sites=sites, cohorts=people) == proved


def test_no_unit_on_any_day() -> None:
    on = {"2020-02-22": 0, "2020-02-23": 0, "2020-02-24": 0}
    assert found(pools=[pool(on=on)], cohorts=[cohort()]) == [("fleet", 30)]
    assert found(pools=[pool(on={**on, "2020-02-24": 1})], cohorts=[cohort()]) == []


def test_nobody_serves_the_origin() -> None:
    people = [cohort(), cohort(id="pn", origin="pingnan", count=5)]
    assert found(depots=[guigang(serves=["gangbei"])], cohorts=people) == [("fleet", 5)]


def test_no_time_for_the_drive() -> None:
    """Six hours are not enough for a road of 6 h 49 min."""
    assert found(cohorts=[cohort(ready="2020-02-22 06:00", due="2020-02-22 12:00")]) == [
        ("stops", 30)
    ]


def test_nobody_leaves_at_the_midnight_at_which_they_must_be_there() -> None:
    """Due on the first day, until midnight: checks and coaches of the second day help nobody."""
    one_day = [cohort(due="2020-02-22")]
    assert found(origins=[gangbei(medical_per_day=20)], cohorts=one_day) == [("medical", 10)]
    on = {"2020-02-22": 0}
    assert found(pools=[pool(on=on)], cohorts=one_day) == [("fleet", 30)]
    late = [cohort(due="2020-02-23 06:00")]  # the road takes 6 h 49 min
    assert found(origins=[gangbei(medical_per_day=20)], cohorts=late) == [("medical", 10)]
    late = [cohort(due="2020-02-23 08:00")]
    assert found(origins=[gangbei(medical_per_day=20)], cohorts=late) == []
