"""All sheets of a plan, in the order of the workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from p2p_dispatch.plan.model import Plan, Trip
from p2p_dispatch.report.contacts import Contacts
from p2p_dispatch.report.figures import figures
from p2p_dispatch.report.language import Language
from p2p_dispatch.report.names import Names
from p2p_dispatch.report.people import People
from p2p_dispatch.report.sheets.boards import board, kits
from p2p_dispatch.report.sheets.carriers import carriers
from p2p_dispatch.report.sheets.cover import cover, movements, unserved
from p2p_dispatch.report.sheets.desk import Desk
from p2p_dispatch.report.sheets.document import Document, Sheet
from p2p_dispatch.report.sheets.manifests import manifest
from p2p_dispatch.report.sheets.orders import order
from p2p_dispatch.report.sheets.places import arrivals, calls, notices
from p2p_dispatch.scenario import Scenario


def desk_for(
    plan: Plan,
    scenario: Scenario,
    language: Language,
    people: People | None = None,
    contacts: Contacts | None = None,
) -> Desk:
    """What the documents of a plan are made from; without contacts there is room to write them."""
    names, known = Names(plan, scenario, language), figures(plan, scenario)
    return Desk(names, known, people, contacts or Contacts())


def all_sheets(desk: Desk) -> Iterator[Sheet]:
    """Every sheet that has something on it."""
    trips = desk.names.plan.trips
    kinds: tuple[tuple[str, Iterable[Document], bool, bool], ...] = (
        ("cover", [cover(desk)], True, False),
        ("board", board(desk), True, False),
        ("orders", (order(desk, trip) for trip in trips), True, False),
        ("manifests", (manifest(desk, trip) for trip in trips), True, False),
        ("kits", [kits(desk)] if trips else [], False, False),
        ("carriers", carriers(desk), True, False),
        ("calls", calls(desk), True, False),
        ("arrivals", arrivals(desk), True, False),
        ("notices", notices(desk), True, False),
        ("unserved", [unserved(desk)] if desk.names.plan.unserved else [], False, False),
        ("movements", [movements(desk)] if trips else [], False, True),
    )
    for key, made, breaks, filters in kinds:
        documents = tuple(made)
        if documents:
            yield Sheet(
                name=desk(f"tab.{key}"),
                title=desk(f"title.{key}"),
                documents=documents,
                breaks=breaks,
                filters=filters,
            )


def trip_documents(desk: Desk, trip: Trip) -> tuple[Document, ...]:
    """What travels with one trip: its dispatch order and its manifest."""
    return order(desk, trip), manifest(desk, trip)
