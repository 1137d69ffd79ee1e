"""People who stand on a list more than once."""

from __future__ import annotations

from collections.abc import Iterable

from p2p_dispatch.reading import Fault
from p2p_dispatch.roster.rows import Draft


def find_twice(drafts: Iterable[Draft]) -> None:
    """
    Refuse every row after the first that is the same person: the same identity number, or the same
    name and telephone number where not both rows have an identity number.

    Rows with the same name and telephone number and two good identity numbers are two people, and
    noted: a family may share a telephone.
    """
    by_identity: dict[str, Draft] = {}
    by_phone: dict[tuple[str, str], Draft] = {}
    for draft in drafts:
        if not draft.good:
            continue
        values = draft.values
        identity = values.get("identity", "")
        first = by_identity.get(identity) if identity else None
        if first is not None:
            _note(draft, "P2P4109", "identity", "the identity number stands", first)
            continue
        key = (values["name"], values.get("phone", ""))
        other = by_phone.get(key) if key[1] else None
        if other is not None and identity and other.values.get("identity"):
            _note(draft, "P2P4117", "name", "the name and the telephone number stand", other)
        elif other is not None:
            _note(draft, "P2P4110", "name", "the name and the telephone number stand", other)
            continue
        if identity:
            by_identity[identity] = draft
        by_phone.setdefault(key, draft)


def _note(draft: Draft, code: str, name: str, what: str, first: Draft) -> None:
    where = first.sheet.mark(first.row)
    same = all(
        draft.values.get(field) == first.values.get(field)
        for field in ("name", "origin", "site", "trade", "ready", "due")
    )
    differs = "" if same else ", and the rows differ"
    at = f"row {where.line}" if first.sheet is draft.sheet else str(where)
    right = "one row for everybody" if code != "P2P4117" else "nothing, if they are two people"
    draft.faults.append(
        Fault(
            code=code,
            mark=draft.sheet.mark(draft.row),
            field=name,
            found=f"{what} here again, first in {at}{differs}",
            right=right,
        )
    )
