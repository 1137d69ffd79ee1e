"""Ids: each once, and every reference to one that is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from p2p_dispatch.reading.near import nearest
from p2p_dispatch.reading.spots import Path
from p2p_dispatch.scenario.crosscheck.clash import Clash, Draft
from p2p_dispatch.scenario.scenario import Scenario

PLACES = ("depots", "origins", "sites", "hubs")
_KINDS: tuple[tuple[str, ...], ...] = (
    PLACES,
    ("cohorts",),
    ("unit_types",),
    ("pools",),
    ("priorities",),
    ("payers",),
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


def unknown_ids(draft: Draft) -> Iterator[Clash]:
    """A reference to something that is not there."""
    known = {name: draft.ids(name) for names in _KINDS for name in names}
    for path, label, kinds in _references(draft.scenario):
        lists = [known[kind] for kind in kinds]
        if any(ids is None or label in ids for ids in lists):
            continue
        all_ids = [i for ids in lists for i in ids or ()]
        yield Clash("P2P1402", path, *_unknown(label, kinds, all_ids, known))


def _unknown(
    label: str, kinds: tuple[str, ...], ids: list[str], known: dict[str, set[str] | None]
) -> tuple[str, str]:
    among = "places" if kinds == PLACES else " or ".join(kinds).replace("_", " ")
    other = next((name for name, there in known.items() if label in (there or ())), None)
    if other is not None:
        found = f"{label} is one of the {other.replace('_', ' ')}, not of the {among}"
    else:
        found = f"{label} is not among the {among}"
    near = nearest(label, sorted(ids))
    if near:
        return found, f"did you mean {near}?"
    if not ids:
        return found, f"there are no {among}: add {label}, or leave this out"
    return found, f"add {label} to the {among}, or write one of them"


def _references(scenario: Scenario) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    """Every reference: where it stands, the id, and the lists it may be in."""
    for i, cohort in enumerate(scenario.cohorts):
        yield ("cohorts", i, "origin"), cohort.origin, ("origins",)
        yield ("cohorts", i, "site"), cohort.site, ("sites",)
        if cohort.priority is not None:
            yield ("cohorts", i, "priority"), cohort.priority, ("priorities",)
    for i, pool in enumerate(scenario.pools):
        yield ("pools", i, "unit_type"), pool.unit_type, ("unit_types",)
        yield ("pools", i, "depot"), pool.depot, ("depots",)
    for i, depot in enumerate(scenario.depots):
        for j, origin in enumerate(depot.serves or ()):
            yield ("depots", i, "serves", j), origin, ("origins",)
    for i, site in enumerate(scenario.sites):
        yield from _keys(("sites", i, "handover"), site.handover, ("hubs",))
        yield from _keys(("sites", i, "paid_by"), site.paid_by, ("payers",))
    for i, leg in enumerate(scenario.travel.legs):
        yield ("travel", "legs", i, "from"), leg.origin, PLACES
        yield ("travel", "legs", i, "to"), leg.to, PLACES


def _keys(
    path: Path, keys: Iterable[str], kinds: tuple[str, ...]
) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    for key in keys:
        yield (*path, key), key, kinds
