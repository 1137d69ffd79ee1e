"""The file of events beside a plan: faults have their line, and it only ever grows."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from p2p_dispatch.events.model import Event, Events
from p2p_dispatch.reading import Fault, InputError, Mark
from p2p_dispatch.reading.spots import Document
from p2p_dispatch.reading.validate import validate
from p2p_dispatch.reading.yaml import parse_yaml, read_yaml

FILE = "events.yaml"
"""Its name beside ``plan.json``."""

HEAD = "# What happened after this plan was made, one event a line. Lines are only ever added.\n"
"""What a new file begins with."""


def read_events(path: Path) -> tuple[Event, ...]:
    """
    The events of a file, in its order.

    Raises
    ------
    InputError
        With all its faults.
    """
    return events_in(read_yaml(path))


def events_in(document: Document) -> tuple[Event, ...]:
    """The events of a document that was read."""
    if document.data.get("events", ()) is None:
        document.data["events"] = []
    return validate(Events, document).events


def append_events(path: Path, events: Sequence[Event]) -> None:
    """
    Add events to the end of a file; what is in it stays as it is.

    Raises
    ------
    InputError
        P2P3103 when nothing can be added there; the file is then what it was.
    """
    try:
        before = path.read_text(encoding="utf-8") if path.exists() else HEAD + "events:\n"
        if before and not before.endswith("\n"):
            before += "\n"
        text = before + "".join(f"- {json.dumps(_plain(e), ensure_ascii=False)}\n" for e in events)
        _refuse_unreadable(path, text, len(events))
        part = path.with_name(f".{path.name}.part")
        part.write_text(text, encoding="utf-8", newline="\n")
        os.replace(part, path)
    except OSError as trouble:
        raise InputError([_fault(path, trouble.strerror or str(trouble))]) from None


def _plain(event: Event) -> dict[str, Any]:
    return event.model_dump(mode="json", exclude_defaults=True)


def _refuse_unreadable(path: Path, text: str, added: int) -> None:
    """Stop where the file, with more at its end, would not say what it says and these."""
    there = read_events(path) if path.exists() else ()
    try:
        found = events_in(parse_yaml(text, str(path)))
    except InputError:
        found = ()
    if len(found) != len(there) + added or found[: len(there)] != there:
        raise InputError([_fault(path, "its list of events is not at its end, or is indented")])


def _fault(path: Path, found: str) -> Fault:
    return Fault(
        code="P2P3103",
        mark=Mark(str(path), 0),
        found=f"events cannot be added here: {found}",
        right="a file whose last lines are `- {...}`, one event each, without indentation",
    )
