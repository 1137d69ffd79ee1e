"""Families and teams: whoever must not be parted is put into one cohort."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from p2p_dispatch.reading import Fault
from p2p_dispatch.roster.rows import Draft
from p2p_dispatch.scenario.base import day_of

PLACES = ("origin", "site", "trade")
"""What people of one party must have in common; otherwise they are parted."""


def keep_together(drafts: Iterable[Draft], sources: int, bad: Iterable[Draft] = ()) -> None:
    """
    Give the people of a party the same days, class and luggage, so that one cohort holds them.

    A party leaves when the last of them is ready, is due when the first of them is, has the class
    of the first of them who has one, and as much luggage as whoever has most. ASSUMPTION: so a
    planner would decide. People of a party who do not board at the same place and travel to the
    same site are parted, and that is noted.

    Parameters
    ----------
    drafts
        The good rows of people who ride.
    sources
        How many sheets there are: the same name of a party in two of them is two parties.
    bad
        Rows that are refused: where one is of a party, that is noted with the others of it.
    """
    refused: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for draft in bad:
        source = draft.sheet.source if sources > 1 else ""
        refused[source, draft.values.get("party", "")].append(draft.sheet.mark(draft.row).line)
    parties: defaultdict[tuple[str, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        name = draft.values.get("party", "")
        if name:
            source = draft.sheet.source if sources > 1 else ""
            parties[source, name].append(draft)
    for (source, name), party in parties.items():
        full = f"{source}: {name}" if source else name
        if rows := refused.get((source, name)):
            found = f"of the party {name[:40]!r} row {', '.join(map(str, rows[:5]))} is refused"
            right = "that row, or the others go without them"
            _note(party[-1], "P2P4114", found, right)
        by_place: defaultdict[tuple[str, ...], list[Draft]] = defaultdict(list)
        for draft in party:
            draft.values["party"] = full
            by_place[tuple(str(draft.values.get(what, "")) for what in PLACES)].append(draft)
        if len(by_place) > 1:
            found = f"the party {name[:40]!r} boards at several places or travels to several"
            right = "one origin and one site for a party; here they are parted"
            _note(party[-1], "P2P4114", found, right)
        for some in by_place.values():
            _same(some, name)
        if len(party) > 1:
            for draft in party:
                if draft.values.get("accessible"):
                    found = f"somebody of the party {name[:40]!r} needs an accessible place"
                    right = "nothing: they are counted for that place, and seated with their own"
                    _note(draft, "P2P4115", found, right)


def _same(party: Sequence[Draft], name: str) -> None:
    ready = max((draft.values["ready"] for draft in party), key=_moment)
    due = min((draft.values["due"] for draft in party), key=_moment)
    if day_of(due) < day_of(ready):
        found = f"of the party {name[:40]!r} some are due {due} before others are ready {ready}"
        _note(party[-1], "P2P4114", found, "days that fit all of them; here they are parted")
        return
    common: dict[str, Any] = {
        "ready": ready,
        "due": due,
        "priority": next((p for draft in party if (p := draft.values.get("priority"))), ""),
        "bags": max(draft.values.get("luggage", 1) for draft in party),
    }
    changed = any(
        draft.values.get(what, "") != common[what]
        for draft in party
        for what in ("ready", "due", "priority")
    )
    for draft in party:
        draft.values.update(common)
    if changed:
        found = f"the people of the party {name[:40]!r} differ in their days or class"
        right = f"nothing: they go together, ready {ready}, due {due}"
        _note(party[-1], "P2P4119", found, right)


def _moment(moment: Any) -> tuple[Any, bool, Any]:
    """Days and moments in one order: a day before the moments of it."""
    has_time = hasattr(moment, "hour")
    return day_of(moment), has_time, moment if has_time else None


def _note(draft: Draft, code: str, found: str, right: str) -> None:
    mark = draft.sheet.mark(draft.row)
    draft.faults.append(Fault(code=code, mark=mark, field="party", found=found, right=right))
