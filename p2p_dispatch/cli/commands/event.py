"""``p2p-dispatch event``: what happened, added to the events beside a plan."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.options import Json, PlanPath, Quiet
from p2p_dispatch.cli.terminal import Terminal

if TYPE_CHECKING:
    from p2p_dispatch.events import Event
    from p2p_dispatch.plan import Plan


def _kinds() -> list[str]:
    from p2p_dispatch.events.model import KINDS

    return list(KINDS)


def event(
    plan: PlanPath,
    kind: Annotated[
        str | None,
        typer.Argument(help="What happened.", autocompletion=_kinds, metavar="KIND"),
    ] = None,
    subject: Annotated[str | None, typer.Argument(help="To what: an id.")] = None,
    value: Annotated[str | None, typer.Argument(help="How many, how far, which.")] = None,
    time: Annotated[
        str | None,
        typer.Option(metavar="T", help="When, local time: '2020-02-22 09:30'; none: now."),
    ] = None,
    cohort: Annotated[str | None, typer.Option(help="Whose people, if not clear.")] = None,
    trade: Annotated[str | None, typer.Option(help="Of posts.")] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="First day; none: that of the time.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="Last day; none: no end.")
    ] = None,
    note: Annotated[str | None, typer.Option(help="Who said so, why.")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="EVENTS", help="Events as YAML instead.")
    ] = None,
    boarding: Annotated[
        Path | None,
        typer.Option(metavar="LIST", help="A boarding list with ticks instead, CSV."),
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Add what happened to the events beside a plan.

    Kinds: status, medical, no-show, walk-up, unit-down, cancelled, late, closed, risk, posts,
    intake. Nothing is overwritten: events.yaml grows, the plan stays as it was made.
    """
    from p2p_dispatch.events.file import FILE, append_events
    from p2p_dispatch.plan.files import read_plan

    terminal = Terminal(as_json=as_json, quiet=quiet)
    answer = read_plan(plan)
    words = {
        "kind": kind, "subject": subject, "value": value, "cohort": cohort, "trade": trade,
        "first": first, "last": last, "note": note,
    }  # fmt: skip
    given = {name: word for name, word in words.items() if word is not None}
    if given:
        given["time"] = time or _now(answer)
    events, source = _events(answer, given, file, boarding, time)
    _refuse(answer, events, source)
    folder = plan if plan.is_dir() else plan.parent
    append_events(folder / FILE, events)
    terminal.hand_over(
        {"file": folder / FILE, "events": [each.model_dump(mode="json") for each in events]}
    )
    terminal.show(f"{len(events)} added to {folder / FILE}", *(_line(each) for each in events))
    return Exit.DONE


def _events(
    plan: Plan,
    given: dict[str, Any],
    file: Path | None,
    boarding: Path | None,
    time: str | None,
) -> tuple[tuple[Event, ...], str]:
    """The events that are to be added, and what they come from."""
    from p2p_dispatch.events.boarding import ticked
    from p2p_dispatch.events.file import events_in, read_events
    from p2p_dispatch.reading.spots import Document, nowhere

    if bool(given) + (file is not None) + (boarding is not None) != 1:
        raise typer.BadParameter("name one event, or --file, or --boarding")
    if file is not None:
        return read_events(file), str(file)
    if boarding is not None:
        trips, when = {trip.id for trip in plan.trips}, datetime.fromisoformat(time or _now(plan))
        return ticked(boarding, _batches(plan), trips, when), str(boarding)
    if str(given.get("value", "")).isdecimal():
        given["value"] = int(given["value"])
    spot = nowhere("the command line")
    return events_in(Document({"events": [given]}, spot)), "the command line"


def _batches(plan: Plan) -> dict[tuple[str, str], tuple[str, int]]:
    """By trip and cohort the batch of those who leave home, and how many they are."""
    from p2p_dispatch.plan.life import people_by_batch

    people = people_by_batch(plan)
    return {
        (batch.trip, cohort): (batch.id, count)
        for batch in plan.batches
        for cohort, count in people[batch.id].items()
    }


def _now(plan: Plan) -> str:
    from zoneinfo import ZoneInfo

    return f"{datetime.now(ZoneInfo(plan.time_zone)):%Y-%m-%d %H:%M}"


def _refuse(plan: Plan, events: tuple[Event, ...], source: str) -> None:
    """Stop where an event is about nothing, or cannot follow what happened before."""
    from p2p_dispatch.events.model import in_time
    from p2p_dispatch.plan.life import Life, lived
    from p2p_dispatch.reading import Fault, InputError, Mark

    lived(plan, events, source)
    life, faults = Life(plan), []
    for each in in_time(events):
        if words := life.why_not(each):
            faults.append(
                Fault(
                    code="P2P3102",
                    mark=Mark(source, 0),
                    field=f"{each.kind} of {each.when:%Y-%m-%d %H:%M}",
                    found=words,
                    right="add what comes before it first, or leave it out",
                )
            )
        life.add(each)
    if faults:
        raise InputError(faults)


def _line(event: Event) -> str:
    value = getattr(event, "value", "")
    return f"{event.when:%Y-%m-%d %H:%M}  {event.kind}  {event.subject}  {value}".rstrip()
