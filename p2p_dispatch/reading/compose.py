"""
Data and positions from the events of a YAML parser.

Composed here instead of by PyYAML's loader, which keeps the last of two equal keys silently,
follows cyclic aliases, expands alias bombs and loses the positions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml

from p2p_dispatch.reading.faults import Fault, Mark
from p2p_dispatch.reading.files import refuse
from p2p_dispatch.reading.near import nearest
from p2p_dispatch.reading.scalars import plain
from p2p_dispatch.reading.spots import Document, Spot, Step

MOST_DEPTH = 50
"""Deepest nesting; a scenario needs six."""
MOST_VALUES = 500_000
"""Most values, counting those an alias repeats."""


@dataclass(slots=True)
class _Anchored:
    """What an anchor names."""

    data: Any
    spot: Spot
    values: int
    height: int


class Composer:
    """Builds data and spots from events."""

    def __init__(self, file: str, events: Iterator[Any]) -> None:
        self.file = file
        self.events = events
        self.faults: list[Fault] = []
        self.gaps: set[tuple[Step, ...]] = set()
        self.path: list[Step] = []
        self.anchors: dict[str, _Anchored] = {}
        self.open: set[str] = set()
        """Anchors of the containers we are in."""
        self.values = 0
        self.height = 0
        """Levels in the value that was built last."""

    def document(self) -> Document:
        """The first document; a second one is a fault."""
        data: Any = None
        spot = Spot(Mark(self.file, 0), Mark(self.file, 0))
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    words = "a second document begins here", "keep one document to a file"
                    self.fault("P2P1011", event, *words)
                    break
                data, spot = self.value(next(self.events), depth=1)
        return Document(data, spot, self.faults, self.gaps)

    def value(self, event: Any, depth: int) -> tuple[Any, Spot]:
        """The value that begins with an event."""
        mark = self.mark(event)
        if depth > MOST_DEPTH:
            self.too_deep(mark)
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event, depth)
        self.count(1, mark)
        before = self.values
        if event.tag is not None:
            words = f"the tag {event.tag}", "write the value without a tag"
            self.fault("P2P1010", event, *words)
        if event.anchor:
            self.open.add(event.anchor)
        spot = Spot(mark, mark)
        data: Any
        if isinstance(event, yaml.ScalarEvent):
            data = plain(event.value) if event.implicit[0] else event.value
            self.height = 0
        elif isinstance(event, yaml.MappingStartEvent):
            data, spot.below = self.mapping(depth)
        else:
            data, spot.below = self.sequence(depth)
        if event.anchor:
            self.open.discard(event.anchor)
            values = self.values - before + 1
            self.anchors[event.anchor] = _Anchored(data, spot, values, self.height)
        return data, spot

    def sequence(self, depth: int) -> tuple[list[Any], list[Spot]]:
        """The items of a list whose start has been read."""
        data: list[Any] = []
        spots: list[Spot] = []
        height = 0
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            self.path.append(len(data))
            item, spot = self.value(event, depth + 1)
            self.path.pop()
            height = max(height, self.height)
            data.append(item)
            spots.append(spot)
        self.height = height + 1
        return data, spots

    def mapping(self, depth: int) -> tuple[dict[str, Any], dict[str, Spot]]:
        """The keys and values of a mapping whose start has been read."""
        data: dict[str, Any] = {}
        spots: dict[str, Spot] = {}
        height = 0
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key, where = self.key(event, depth), self.mark(event)
            self.path.append(key or "")
            item, spot = self.value(next(self.events), depth + 1)
            self.path.pop()
            height = max(height, self.height)
            if key is None:
                self.gaps.add(tuple(self.path))
            elif key in data:
                first = spots[key].key.line
                found = f"the key {key} stands here again; it was in line {first}"
                self.fault("P2P1008", event, found, "keep one of the two")
            else:
                data[key] = item
                # an alias shares its spot with the anchor: its key is its own
                spots[key] = Spot(spot.mark, where, spot.below)
        self.height = height + 1
        return data, spots

    def key(self, event: Any, depth: int) -> str | None:
        """A key as text; None when it cannot be one."""
        if not isinstance(event, yaml.ScalarEvent):
            self.value(event, depth + 1)
            self.fault("P2P1009", event, "a key is a list, a mapping or an alias", "write a word")
            return None
        if event.value == "<<" and event.implicit[0]:
            found = "`<<` merges mappings, which is not supported"
            self.fault("P2P1013", event, found, "write the keys out")
            return None
        if event.value == "":
            self.fault("P2P1009", event, "there is no key before the colon", "write the key")
            return None
        if event.tag is not None:
            words = f"the tag {event.tag}", "write the key without a tag"
            self.fault("P2P1010", event, *words)
        if event.anchor:
            spot = Spot(self.mark(event), self.mark(event))
            self.anchors[event.anchor] = _Anchored(event.value, spot, 1, 0)
        return str(event.value)

    def alias(self, event: Any, depth: int) -> tuple[Any, Spot]:
        """What an alias repeats, as a copy."""
        mark = self.mark(event)
        if event.anchor in self.open:
            found = f"*{event.anchor} stands inside what it repeats"
            self.stop("P2P1012", mark, found, "write the value out")
        if event.anchor not in self.anchors:
            near = nearest(event.anchor, self.anchors)
            right = f"did you mean *{near}?" if near else f"put &{event.anchor} before a value"
            self.stop("P2P1012", mark, f"*{event.anchor} repeats nothing above it", right)
        named = self.anchors[event.anchor]
        if depth + named.height > MOST_DEPTH:
            self.too_deep(mark)
        self.count(named.values, mark)
        self.height = named.height
        return _copy(named.data), named.spot

    def count(self, values: int, mark: Mark) -> None:
        """Stop where there are too many values."""
        self.values += values
        if self.values > MOST_VALUES:
            found = f"more than {MOST_VALUES:,} values, those that aliases repeat included"
            self.stop("P2P1015", mark, found, "move the long lists to CSV files beside it")

    def mark(self, event: Any) -> Mark:
        """Where an event begins."""
        at = event.start_mark
        return Mark(self.file, at.line + 1, at.column + 1)

    def fault(self, code: str, event: Any, found: str, right: str) -> None:
        """Note what is wrong and read on."""
        mark = self.mark(event)
        self.faults.append(Fault(code=code, mark=mark, found=found, right=right))

    def too_deep(self, mark: Mark) -> NoReturn:
        """Stop where the nesting is too deep."""
        self.stop("P2P1014", mark, f"more than {MOST_DEPTH} levels", "nest less deeply")

    def stop(self, code: str, mark: Mark, found: str, right: str) -> NoReturn:
        """Give up."""
        refuse(code, mark, found, right)


def _copy(data: Any) -> Any:
    """A copy of a tree, so that a change at one alias does not show at the others."""
    if isinstance(data, dict):
        return {key: _copy(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_copy(value) for value in data]
    return data
