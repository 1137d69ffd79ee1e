"""What contradicts what between the parts of a scenario, before it has a position."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from pydantic import BaseModel

from p2p_dispatch.reading.faults import Fault
from p2p_dispatch.reading.salvage import Numbering
from p2p_dispatch.reading.spots import Path, Step
from p2p_dispatch.scenario.scenario import Scenario

LONGEST = 400
"""Most days of a horizon."""


class Clash(NamedTuple):
    """Something a check found."""

    code: str
    path: Path
    """The value to look at, by its keys in the file and its indices in the scenario."""

    found: str
    right: str


@dataclass(frozen=True, eq=False)
class Draft:
    """A scenario to be checked, which may lack parts that could not be read."""

    scenario: Scenario
    numbering: Numbering = field(default_factory=Numbering)
    lost: Mapping[Path, Any] = field(default_factory=dict)
    """Parts that could not be read, by their path in the file."""

    def has(self, *fields: str) -> bool:
        """Whether everything in these top-level fields could be read."""
        return not any(path == () or path[0] in fields for path in self.lost)

    def has_days(self) -> bool:
        """Whether one can go through the days of the horizon."""
        days = self.scenario.days
        return self.has("days") and 0 <= (days.last - days.first).days < LONGEST

    def ids(self, name: str) -> set[str] | None:
        """The ids in a list, those of unreadable items too; None where one may be unknown."""
        ids = {item.id for item in getattr(self.scenario, name)}
        for path, value in self.lost.items():
            if path[:1] == (name,) or not path:
                label = value.get("id") if isinstance(value, dict) else None
                if len(path) < 2 or path[2:] == ("id",) or (len(path) == 2 and not label):
                    return None
                if len(path) == 2:
                    ids.add(str(label))
        return ids

    @cached_property
    def _touched(self) -> set[Path]:
        return {path[:end] for path in self.lost for end in range(len(path))}

    def lacks(self, path: Path) -> bool:
        """Whether a value, something in it, or what it stands in could not be read."""
        steps = self.numbering.in_file(path)
        return steps in self._touched or any(
            steps[:end] in self.lost for end in range(len(steps) + 1)
        )


def located(scenario: Scenario, clashes: Iterable[Clash], numbering: Numbering) -> Iterator[Fault]:
    """The clashes as faults at their places in the files."""
    for clash in clashes:
        path = numbering.in_file(clash.path)
        yield Fault(
            code=clash.code,
            mark=scenario.mark(*path),
            field=named(scenario, clash.path),
            found=clash.found,
            right=clash.right,
        )


def named(scenario: Scenario, path: Iterable[Step]) -> str:
    """A path in words: items by their ids."""
    here: Any = scenario
    names: list[str] = []
    for step in path:
        if isinstance(step, int):
            here = here[step]
            names.append(str(getattr(here, "id", f"#{step + 1}")))
        else:
            here = getattr(here, step, None) if isinstance(here, BaseModel) else None
            names.append(step)
    return ".".join(names)
