"""Scenarios written to files, and what reading them says."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from p2p_dispatch.reading import Fault, InputError
from p2p_dispatch.scenario import Scenario, read_scenario

Content = dict[str, Any] | str | bytes


def dumped(content: dict[str, Any]) -> str:
    """A scenario as YAML."""
    return yaml.dump(content, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)


def write(folder: Path, content: Content, files: dict[str, str | bytes]) -> Path:
    """A scenario with the files beside it."""
    path = folder / "s.yaml"
    if isinstance(content, dict):
        content = dumped(content)
    for name, text in {"s.yaml": content, **files}.items():
        raw = text if isinstance(text, bytes) else text.encode()
        (folder / name).write_bytes(raw)
    return path


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Scenario]:
    """Write and read a scenario: ``read(content, **{"cohorts.csv": text})``."""

    def _read(content: Content, **files: str | bytes) -> Scenario:
        return read_scenario(write(tmp_path, content, files))

    return _read


@pytest.fixture
def refused(tmp_path: Path) -> Callable[..., list[Fault]]:
    """Write and read a scenario that must be refused; what is said."""

    def _refused(content: Content, **files: str | bytes) -> list[Fault]:
        with pytest.raises(InputError) as raised:
            read_scenario(write(tmp_path, content, files))
        return raised.value.faults

    return _refused
