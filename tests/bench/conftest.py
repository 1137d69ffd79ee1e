"""A scenario file with too few coaches, and strategies of bad manners."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench.strategies import install
from tests.tiny import cohort, pool, tiny


@pytest.fixture
def season(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sixty people and one coach of 49 on one day: eleven stay behind. JSON is YAML."""
    monkeypatch.chdir(tmp_path)
    content = tiny(
        days={"first": "2020-02-22", "last": "2020-02-22"},
        cohorts=[cohort(count=60, due="2020-02-23")],
        pools=[pool(units=1)],
    )
    (tmp_path / "season.yaml").write_text(json.dumps(content), encoding="utf-8")
    return tmp_path / "season.yaml"


@pytest.fixture
def manners(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The strategies of tests/bench/strategies.py, installed."""
    folder = tmp_path_factory.mktemp("installed")
    install(folder)
    monkeypatch.syspath_prepend(str(folder))
