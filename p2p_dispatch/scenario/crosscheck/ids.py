"""Ids: each once, and every reference to one that is there."""

from __future__ import annotations

from collections.abc import Iterator

from p2p_dispatch.reading.near import nearest
from p2p_dispatch.reading.spots import Path
from p2p_dispatch.scenario.crosscheck.clash import Clash, Draft
from p2p_dispatch.scenario.fleet import Train

PLACES = ("depots", "origins", "sites", "hubs")
Kinds = tuple[str, ...]
"""Names of lists."""

_KINDS: tuple[Kinds, ...] = (
    PLACES,
    ("cohorts",),
    ("unit_types",),
    ("pools", "service_pools"),
    ("services",),
    ("lines",),
    ("priorities",),
    ("payers",),
    ("frozen",),
    ("told",),
)
"""Lists whose ids must differ from each other."""


def repeated_ids(draft: Draft) -> Iterator[Clash]:
    """An id that stands twice, in one list or among all places."""
    for kind in _KINDS:
        seen: dict[str, str] = {}
        for name in kind:
            for i, item in enumerate(getattr(draft.scenario, name)):
                if item.id in seen:
                    found = f"the id {item.id} was used before, among the {seen[item.id]}"
                    yield Clash("P2P1401", (name, i, "id"), found, "give each its own id")
                else:
                    seen[item.id] = name
    seen_rules: set[str] = set()
    for i, rule in enumerate(draft.scenario.rules.seats):
        if rule.id in seen_rules:
            found = f"the id {rule.id} was used before, among the seat rules"
            yield Clash("P2P1401", ("rules", "seats", i, "id"), found, "give each its own id")
        seen_rules.add(rule.id)


_HINTS = 100
"""Unknown ids for which the nearest known one is looked for."""


def unknown_ids(draft: Draft) -> Iterator[Clash]:
    """A reference to something that is not there."""
    known = {name: draft.ids(name) for names in _KINDS for name in names}
    said: dict[tuple[str, Kinds], tuple[str, str]] = {}
    for path, label, kinds in _references(draft):
        lists = [known[kind] for kind in kinds]
        if any(ids is None or label in ids for ids in lists):
            continue
        if (label, kinds) not in said:
            # A look for the nearest name is slow: not for each row of the wrong table.
            ids = sorted(set().union(*filter(None, lists))) if len(said) < _HINTS else []
            said[label, kinds] = _unknown(label, kinds, nearest(label, ids), known)
        yield Clash("P2P1402", path, *said[label, kinds])


def _unknown(
    label: str, kinds: Kinds, near: str | None, known: dict[str, set[str] | None]
) -> tuple[str, str]:
    among = "places" if kinds == PLACES else " or ".join(kinds).replace("_", " ")
    other = next((name for name, ids in known.items() if label in (ids or ())), None)
    found = f"{label[:80]} is not among the {among}"
    if other is not None:
        found += f" but among the {other.replace('_', ' ')}"
    if near:
        return found, f"did you mean {near}?"
    return found, f"add it to the {among}, or name one of them"


def _references(draft: Draft) -> Iterator[tuple[Path, str, Kinds]]:
    """Every reference: where it stands, the id, and the lists it may be in."""
    scenario = draft.scenario
    for name, field, kinds in _FIELDS:
        for i, item in enumerate(getattr(scenario, name)):
            if (label := getattr(item, field)) is not None:
                yield (name, i, field), label, kinds
    for i, depot in enumerate(scenario.depots):
        for j, origin in enumerate(depot.serves or ()):
            yield ("depots", i, "serves", j), origin, ("origins",)
    for i, site in enumerate(scenario.sites):
        for hub in site.handover:
            yield ("sites", i, "handover", hub), hub, ("hubs",)
        for payer in site.paid_by:
            yield ("sites", i, "paid_by", payer), payer, ("payers",)
        for field in ("lends", "lends_at"):
            for other in getattr(site, field):
                yield ("sites", i, field, other), other, ("sites",)
        for group in site.subsidies:
            yield ("sites", i, "subsidies", group), group, ("priorities",)
    for i, place in enumerate(scenario.hubs):
        for j, origin in enumerate(place.assembly_of):
            yield ("hubs", i, "assembly_of", j), origin, ("origins",)
    for i, unit_type in enumerate(scenario.unit_types):
        if isinstance(unit_type, Train):
            for j, span in enumerate(unit_type.consist):
                yield ("unit_types", i, "consist", j, "carriage"), span.carriage, ("unit_types",)
    for i, service in enumerate(scenario.services):
        for end in ("board", "alight"):
            for j, stop in enumerate(getattr(service, end)):
                yield ("services", i, end, j), stop, ("hubs",)
    for i, trip in enumerate(scenario.frozen):
        for j, stop in enumerate(trip.stops):
            yield ("frozen", i, "stops", j), stop, PLACES
        for j, riders in enumerate(trip.riders):
            yield ("frozen", i, "riders", j, "cohort"), riders.cohort, ("cohorts",)
            yield ("frozen", i, "riders", j, "drop"), riders.drop, ("sites", "hubs")
    for i, leg in enumerate(scenario.travel.legs):
        yield ("travel", "legs", i, "from"), leg.origin, PLACES
        yield ("travel", "legs", i, "to"), leg.to, PLACES


_FIELDS: tuple[tuple[str, str, Kinds], ...] = (
    ("cohorts", "origin", ("origins",)),
    ("cohorts", "site", ("sites",)),
    ("cohorts", "lent_by", ("sites",)),
    ("cohorts", "priority", ("priorities",)),
    ("pools", "unit_type", ("unit_types",)),
    ("pools", "depot", ("depots",)),
    ("frozen", "pool", ("pools",)),
    ("frozen", "service", ("services",)),
    ("told", "cohort", ("cohorts",)),
    ("told", "vehicle", ("pools", "services")),
    ("told", "board", ("origins", "hubs")),
    ("told", "drop", ("sites", "hubs")),
    ("services", "unit_type", ("unit_types",)),
    ("services", "pool", ("service_pools",)),
    ("services", "line", ("lines",)),
)
"""Fields that name something: the list they are in, the field, the lists it may be in."""
