"""Hard demands that cannot stand together: a set of which none can be taken off, or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from p2p_dispatch.api import NoPlan, solve_scenario
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.travel import travel_of
from p2p_dispatch.why.demands import Conflict, conflict
from tests.generated.scenarios import random_scenario
from tests.tiny import cohort, gangbei, pool, tiny_scenario

BY_DAY = {"by": "day"}


def found(scenario: Scenario, **options: Any) -> Conflict | None:
    return conflict(scenario, travel_of(scenario), **options)


def names(clash: Conflict | None) -> set[str]:
    return set() if clash is None else {demand.of for demand in clash.demands}


def test_cohorts_whose_checks_are_too_few() -> None:
    """Twenty checks in all: any two of three cohorts are too many, and one of them is not."""
    scenario = tiny_scenario(
        origins=[gangbei(medical_per_day={"usual": 0, "on": {"2020-02-22": 20}})],
        cohorts=[cohort(id=name, count=count) for name, count in (("a", 9), ("b", 12), ("c", 15))],
    )
    clash = found(scenario, require_all=True)
    assert clash is not None
    assert clash.smallest
    assert len(clash.demands) == 2
    assert sum(demand.people for demand in clash.demands) > 20
    assert "medical" in clash.proof


def test_one_cohort_alone_can_be_too_many() -> None:
    scenario = tiny_scenario(
        origins=[gangbei(medical_per_day={"usual": 0, "on": {"2020-02-22": 20}})],
        cohorts=[cohort(id="a", count=9), cohort(id="b", count=21)],
    )
    assert names(found(scenario, require_all=True)) == {"b"}
    assert found(scenario) is None  # nobody says that they must


def test_promises_that_cannot_stand_together() -> None:
    """One coach, promised twice at the same hour, and once on another day."""

    def told(name: str, leaves: str) -> dict[str, object]:
        riders = [{"cohort": "gb-ba", "count": 5, "drop": "baoan"}]
        stops = ["gangbei", "baoan"]
        return {
            "id": name, "pool": "gg", "leaves": leaves, "drivers": 2, "stops": stops,
            "riders": riders,
        }  # fmt: skip

    frozen = [
        told("other", "2020-02-22 06:00"),
        told("one", "2020-02-24 07:30"),
        told("again", "2020-02-24 08:00"),
    ]
    clash = found(tiny_scenario(pools=[pool(units=1)], frozen=frozen))
    assert names(clash) == {"one", "again"}
    assert clash is not None
    assert "fleet" in clash.proof


def test_shares_by_the_day_are_proved_by_the_programme() -> None:
    """One coach of 49 for three days: nine tenths of one origin can go, of both they cannot."""
    rules = {"seats": [], "priority": {"least_share": 0.9}}
    scenario = tiny_scenario(
        planning=BY_DAY,
        pools=[pool(units=1)],
        rules=rules,
        cohorts=[
            cohort(count=60, due="2020-02-23"),
            cohort(id="pn", origin="pingnan", count=60, due="2020-02-23"),
        ],
    )
    clash = found(scenario)
    assert names(clash) == {"gangbei", "pingnan"}
    assert clash is not None
    assert "exact" in clash.proof


@pytest.mark.parametrize("seed", range(12))
def test_what_is_named_is_impossible_and_less_of_it_is_not_proved(seed: int) -> None:
    scenario = random_scenario(seed, by_day=True, small=True)
    clash = found(scenario, require_all=True)
    if clash is None:
        return
    for left_out in clash.demands:
        rest = [d.of for d in clash.demands if d is not left_out]
        assert not _proved(scenario, rest)
    assert _proved(scenario, [demand.of for demand in clash.demands])


def _proved(scenario: Scenario, cohorts: list[str]) -> bool:
    """Whether ``solve --require-all`` of some cohorts alone, or the programme, proves that not all
    of them can go."""
    parts = [c.model_copy(update={"priority": "all"}) for c in scenario.cohorts if c.id in cohorts]
    if not parts:
        return False
    content = scenario.model_dump(by_alias=True)
    content["cohorts"] = [part.model_dump() for part in parts]
    content["priorities"] = [{"id": "all", "left_behind": 9000, "least_share": 1.0}]
    alone = Scenario.model_validate(content)
    try:
        solve_scenario(alone, "exact", travel=travel_of(scenario), iterations=2, threads=1,
                       require_all=True)  # fmt: skip
    except NoPlan as none:
        return none.impossible
    except Exception:
        return False
    return False
