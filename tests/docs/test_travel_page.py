"""The examples of docs/travel.md are scenarios, and its figures are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import yaml

from p2p_dispatch.scenario.travel import GreatCircle, Matrix, Osrm
from p2p_dispatch.travel.circuity import circuity_curve
from p2p_dispatch.travel.osrm.tiles import tiles
from tests.tiny import tiny_scenario

TEXT = (Path(__file__).parents[2] / "docs" / "travel.md").read_text(encoding="utf-8")
EXAMPLES = [
    yaml.safe_load(block)["travel"] for block in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
]


@pytest.mark.parametrize(
    ("example", "source"),
    list(zip(EXAMPLES, (GreatCircle, GreatCircle, Matrix, Osrm), strict=True)),
)
def test_every_example_is_a_source(example: dict[str, object], source: type) -> None:
    if isinstance(example.get("legs"), str):
        example = {**example, "legs": []}
    assert isinstance(tiny_scenario(travel=example).travel, source)


def test_the_defaults_are_told() -> None:
    told = {
        key: value for key, value in EXAMPLES[3].items() if key not in ("kind", "url", "buffer")
    }
    assert all(Osrm.model_fields[key].default == value for key, value in told.items())


def test_the_curve_on_the_way_from_zhaotong() -> None:
    """1,117 km x 1.148 = 1,282 km; the flat 1.3 gives 1,452."""
    factor = float(circuity_curve(np.array(1117.0)))
    assert f"{factor:.2f} and {1117 * factor:,.0f} km" in TEXT


@pytest.mark.parametrize("places", [235, 500])
def test_the_number_of_requests(places: int) -> None:
    requests = len(list(tiles(~np.eye(places, dtype=bool), 100)))
    assert re.search(rf"\b{places} (places )?are {requests}\b", TEXT)
