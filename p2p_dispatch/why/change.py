"""One change of one field of a scenario: what a remedy is, and what is tried to find one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any

import yaml
from pydantic import BaseModel

from p2p_dispatch.scenario import Scenario

Key = str | date
"""A field, the id of a part of a list, or a key of a mapping."""

NO_FILE = "<scenario>"
"""The file of a scenario that was not read from one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """
    One field of a scenario with another value.

    Attributes
    ----------
    path
        Where: fields by name, parts of lists by id, keys of mappings, e.g.
        ``("origins", "hechi", "medical_per_day", "on", date(2020, 2, 24))``.
    old, new
        What stands there and what would; ``old`` is None where nothing is written.
    rule
        Id of the rule whose data it is.
    words
        The same in words: ``34 more checks at Hechi on 24 Feb``.
    """

    path: tuple[Key, ...]
    old: Any
    new: Any
    rule: str
    words: str

    def apply(self, scenario: Scenario) -> Scenario:
        """The scenario with this change; the one given stays as it is."""
        changed = _with(scenario, self.path, self.new)
        assert isinstance(changed, Scenario)
        return changed

    @property
    def part(self) -> str:
        """The part of the scenario in which it is: ``origins hechi``, ``rules.stops``."""
        upper = self.path[: self._depth]
        return (" " if self._in_list else ".").join(str(key) for key in upper)

    def line(self, scenario: Scenario) -> str:
        """What to write into that part: ``medical_per_day: {usual: 300, on: {...}}``."""
        changed: Any = self.apply(scenario)
        for key in self.path[: self._depth + 1]:
            changed = _at(changed, key)
        text = yaml.safe_dump(
            _plain(changed), default_flow_style=True, allow_unicode=True, sort_keys=False, width=999
        )
        return f"{self.path[self._depth]}: {text.strip().removesuffix('...').strip()}"

    def mark(self, scenario: Scenario) -> str:
        """File and line of what is changed, or of what is next above it; empty if not read."""
        steps: list[Any] = [self.path[0]]
        if self._in_list:
            ids = [part.id for part in getattr(scenario, str(self.path[0]))]
            steps += [ids.index(self.path[1]), self.path[2]]
        else:
            steps += self.path[1:]
        mark = scenario.mark(*steps)
        return "" if mark.file == NO_FILE else str(mark)

    @property
    def _in_list(self) -> bool:
        return self.path[0] not in ("rules", "prices")

    @property
    def _depth(self) -> int:
        """How many keys lead to the part that holds the field."""
        return 2 if self._in_list or self.path[0] == "rules" else 1


def _at(whole: Any, key: Key) -> Any:
    """What a field, a part or a mapping holds under a key; None where there is nothing."""
    if isinstance(whole, BaseModel):
        return getattr(whole, str(key))
    if isinstance(whole, dict):
        return whole.get(key)
    return next(part for part in whole if part.id == key)


def _with(whole: Any, path: tuple[Key, ...], new: Any) -> Any:
    """A model, a list of parts or a mapping, with one value in it replaced."""
    if not path:
        return new
    key, rest = path[0], path[1:]
    child = _with(_at(whole, key), rest, new)
    if isinstance(whole, BaseModel):
        fields = type(whole).model_fields
        content = {(info.alias or name): getattr(whole, name) for name, info in fields.items()}
        return type(whole).model_validate({**content, str(key): child})
    if isinstance(whole, dict):
        return {**whole, key: child}
    return tuple(child if part.id == key else part for part in whole)


def _plain(value: Any) -> Any:
    """A value as YAML writes it: models without what they need not say, clock times as text."""
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        kept = {name: some for name, some in fields.items() if some not in (None, {}, ())}
        return _plain(kept["usual"] if set(kept) == {"usual"} else kept)
    if isinstance(value, dict):
        return {key: _plain(some) for key, some in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(some) for some in value]
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value
