"""People as cohorts: who is equal for the planner is counted together."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from p2p_dispatch.roster.rows import Draft
from p2p_dispatch.roster.words import as_id
from p2p_dispatch.scenario.people import Cohort


class Key(NamedTuple):
    """What people of one cohort have in common."""

    origin: str
    site: str
    trade: str
    ready: date
    due: date
    priority: str
    luggage: int


def key_of(values: dict[str, Any]) -> Key:
    """What a person has in common with their cohort; the trade counts where the job is open."""
    site = values.get("site", "")
    return Key(
        values["origin"],
        site,
        "" if site else as_id(values.get("trade", "")),
        values["ready"],
        values["due"],
        values.get("priority", ""),
        values.get("bags", values.get("luggage", 1)),
    )


def make_cohorts(drafts: Sequence[Draft], before: Iterable[Cohort] = ()) -> tuple[Cohort, ...]:
    """
    The cohorts of people; the id of theirs is put into each draft.

    Ids follow from what the cohort is, so that they are the same tomorrow; a cohort of an earlier
    scenario that is the same keeps its id.

    Parameters
    ----------
    drafts
        Good rows of people who ride.
    before
        Cohorts of an earlier scenario.
    """
    names = {_key_before(cohort): cohort.id for cohort in before if cohort.risk is None}
    members: defaultdict[Key, list[Draft]] = defaultdict(list)
    for draft in drafts:
        members[key_of(draft.values)].append(draft)
    keys = sorted(members, key=_order)
    taken = set(names.values())
    for key in keys:
        if key not in names:
            names[key] = _name(key, taken)
            taken.add(names[key])
    cohorts = []
    for key in keys:
        some = members[key]
        for draft in some:
            draft.values["cohort"] = names[key]
        cohorts.append(_cohort(names[key], key, some))
    return tuple(cohorts)


def _order(key: Key) -> tuple[Any, ...]:
    return (*key[:3], str(key.ready), str(key.due), *key[5:])


def _key_before(cohort: Cohort) -> Key:
    return Key(
        cohort.origin,
        cohort.site or "",
        cohort.trade or "",
        cohort.ready,
        cohort.due,
        cohort.priority or "",
        cohort.luggage,
    )


def _cohort(name: str, key: Key, some: Sequence[Draft]) -> Cohort:
    sizes = Counter(
        draft.values["party"]
        for draft in some
        if draft.values.get("party") and not draft.values.get("accessible")
    )
    return Cohort(
        id=name,
        origin=key.origin,
        site=key.site or None,
        trade=key.trade or None,
        count=len(some),
        ready=key.ready,
        due=key.due,
        priority=key.priority or None,
        parties=tuple(sorted((n for n in sizes.values() if n > 1), reverse=True)),
        accessible=sum(bool(draft.values.get("accessible")) for draft in some),
        luggage=key.luggage,
    )


def _name(key: Key, taken: set[str]) -> str:
    days = f"{_stamp(key.ready)}-{_stamp(key.due)}"
    parts = [key.origin, key.site or key.trade, days, key.priority]
    parts += [f"{key.luggage}bags"] if key.luggage != 1 else []
    name = "-".join(filter(None, parts))
    if len(name) <= 80 and name not in taken:
        return name
    digest = hashlib.sha256(repr(_order(key)).encode()).hexdigest()[:8]
    return f"{name[:70].rstrip('-')}-{digest}"


def _stamp(moment: date) -> str:
    return f"{moment:%m%d}T{moment:%H%M}" if isinstance(moment, datetime) else f"{moment:%m%d}"
