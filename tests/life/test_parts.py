"""The people of a plan in parts."""

from __future__ import annotations

from collections import Counter

import pytest

from p2p_dispatch.life.parts import _by_drop
from p2p_dispatch.plan.model import Itinerary


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("places", [{"gate": 3, "hub": 2}, {"hub": 2, "gate": 3}])
def test_nobody_is_lost_where_a_cohort_gets_off_at_two_places(
    places: dict[str, int], first: int
) -> None:
    """Three are a party, so that the other two cannot take one of their seats."""
    ways = [
        Itinerary(cohort="c", count=2, trips=("t",)),
        Itinerary(cohort="c", count=3, parties=(3,), trips=("t",)),
    ]
    off = {("t", "c"): Counter(places)}
    parts = [part for way in (ways[first], ways[1 - first]) for part in _by_drop(way, off)]
    assert {(part.count, part.parties, part.drop) for part in parts} == {
        (2, (), "hub"),
        (3, (3,), "gate"),
    }


def test_a_party_that_fits_nowhere_stays_in_the_plan() -> None:
    """As in a plan that was edited by hand."""
    way = Itinerary(cohort="c", count=3, parties=(3,), trips=("t",))
    parts = list(_by_drop(way, {("t", "c"): Counter({"gate": 1, "hub": 2})}))
    assert [(part.count, part.drop) for part in parts] == [(3, "hub")]
