"""One changed field: applied, and as a line for the YAML."""

from __future__ import annotations

from datetime import date, time
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import yaml

from p2p_dispatch.plan.model import Unserved
from p2p_dispatch.reading.yaml import read_yaml
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.read import read_scenario
from p2p_dispatch.why import Change
from p2p_dispatch.why.knobs import knobs
from p2p_dispatch.why.left import Left
from tests.docs.run_page import merged
from tests.generated.jobs import scenario_with_jobs
from tests.generated.scenarios import random_scenario
from tests.generated.services import scenario_with_services
from tests.tiny import tiny_scenario


def change(*path: str | date, new: object) -> Change:
    return Change(path=path, old=None, new=new, rule="", words="")


def test_a_day_of_a_pool_is_changed_and_the_scenario_stays_as_it_was() -> None:
    scenario = tiny_scenario()
    changed = change("pools", "gg", "on", date(2020, 2, 23), new=5).apply(scenario)
    assert changed.pools[0].units_on(date(2020, 2, 23)) == 5
    assert changed.pools[0].units_on(date(2020, 2, 24)) == 3
    assert scenario == tiny_scenario()


def test_nothing_stale_is_kept() -> None:
    """Places and digest are worked out once and kept; a changed scenario has its own."""
    scenario = tiny_scenario()
    assert scenario.places["baoan"].name == "宝安区"
    before = scenario.digest
    changed = change("sites", "baoan", "name", new="Bao'an").apply(scenario)
    assert changed.places["baoan"].name == "Bao'an"
    assert changed.digest != before


def _left(scenario: Scenario) -> list[Left]:
    return [
        Left(
            scenario,
            Unserved(
                cohort=cohort.id,
                count=cohort.count,
                accessible=cohort.accessible,
                reason="fleet",
                words="",
            ),
        )
        for cohort in scenario.cohorts
    ]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("drawn", [random_scenario, scenario_with_services, scenario_with_jobs])
def test_the_line_put_into_the_file_is_the_change(drawn: object, seed: int, tmp_path: Path) -> None:
    scenario = drawn(seed)  # type: ignore[operator]
    content = _written(scenario.model_dump(by_alias=True))
    written = _read(yaml.safe_dump(content, sort_keys=False), tmp_path)
    seen = set()
    for left in _left(scenario)[:3]:
        for knob in knobs(left):
            some = knob.to(knob.values[-1])
            if some.path in seen:
                continue
            seen.add(some.path)
            piece = _piece(some, scenario, tmp_path)
            text = yaml.safe_dump(merged(written, piece), sort_keys=False, allow_unicode=True)
            read = Scenario.model_validate(_read(text, tmp_path))
            assert read == some.apply(scenario), some
    assert len(seen) > 5


def _written(value: object) -> Any:
    """A scenario as it stands in a file: lists, and clock times as text."""
    if isinstance(value, dict):
        return {key: _written(some) for key, some in value.items()}
    if isinstance(value, tuple | list):
        return [_written(some) for some in value]
    if isinstance(value, Enum):
        return str(value.value)
    return f"{value:%H:%M}" if isinstance(value, time) else value


def _piece(some: Change, scenario: Scenario, folder: Path) -> dict[str, object]:
    """A fragment of YAML as somebody writes it who was told the part and the line."""
    line = _read(some.line(scenario), folder)
    top = str(some.path[0])
    if top in ("rules", "prices"):
        return {top: {some.path[1]: line} if top == "rules" else line}
    return {top: [{"id": some.path[1], **line}]}


def _read(text: str, folder: Path) -> Any:
    """YAML as scenarios are read."""
    (folder / "read.yaml").write_text(text, encoding="utf-8")
    return read_yaml(folder / "read.yaml").data


def test_it_says_where_in_the_file(tmp_path: Path) -> None:
    scenario = read_scenario(Path(__file__).parents[2] / "scenarios" / "zhanjiang_2020.yaml")
    pool = scenario.pools[0]
    some = change("pools", pool.id, "units", new=9)
    file, line, _ = some.mark(scenario).rsplit(":", 2)
    text = Path(file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert "units" in text
    assert some.part == f"pools {pool.id}"
    assert some.line(scenario) == "units: 9"
    assert change("prices", "left_behind", new=9.0).mark(tiny_scenario()) == ""
