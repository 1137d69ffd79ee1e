"""Lists of people as they come, into a cleaned roster and cohorts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from p2p_dispatch.reading import Fault, InputError, Mark
from p2p_dispatch.roster.cells import write_rows
from p2p_dispatch.roster.cohorts import make_cohorts
from p2p_dispatch.roster.headings import ROSTER, Heading, find_heading
from p2p_dispatch.roster.known import Books
from p2p_dispatch.roster.mapping import Mapping as MappingFile
from p2p_dispatch.roster.parties import keep_together
from p2p_dispatch.roster.person import Person, Role, Roster
from p2p_dispatch.roster.rows import Draft, ListReader, RowReader
from p2p_dispatch.roster.sheets import Sheet, read_sheets
from p2p_dispatch.roster.twice import find_twice
from p2p_dispatch.scenario.people import Cohort

Told = Callable[[str], None]


def nothing(words: str) -> None:
    """Tell nobody how far it is."""


_PERSON = frozenset(field.name for field in fields(Person))


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of some lists."""

    roster: Roster
    """The people of the good rows."""
    cohorts: tuple[Cohort, ...]
    rejects: tuple[Draft, ...]
    """Rows that are on no roster, with their faults: bad ones, and those that are no person."""
    faults: tuple[Fault, ...]
    """All that is wrong, row by row; notices too."""
    rows: int
    """Rows below the headings that are not empty: the good ones and the rejects."""
    headings: tuple[Heading, ...]

    @property
    def bad(self) -> tuple[Draft, ...]:
        """Rows that should be people and cannot be read as such."""
        return tuple(draft for draft in self.rejects if not draft.good)


def import_roster(
    paths: Iterable[str | Path],
    books: Books,
    *,
    before: Iterable[Cohort] = (),
    tell: Told = nothing,
) -> Imported:
    """
    Read lists of people.

    Every row with content becomes a person or is among the rejects, with the reason; nothing is
    guessed. Of several rows that are the same person the first counts.

    Parameters
    ----------
    paths
        Workbooks and CSV.
    books
        What is known; the places that people need are collected there.
    before
        Cohorts whose ids are kept.
    tell
        Called with the name of each list before its rows are read.

    Raises
    ------
    InputError
        When a file cannot be read, or none of its sheets is a list of people.
    """
    headings: list[Heading] = []

    def reader(sheet: Sheet, heading: Heading) -> RowReader:
        headings.append(heading)
        return RowReader(sheet, heading, books)

    drafts, notices = read_lists(paths, ROSTER, books.mapping, reader, tell=tell)
    people = [draft for draft in drafts if not _is_no_person(draft)]
    find_twice(people)
    good = [draft for draft in people if draft.good]
    riders = [d for d in good if d.values.get("role", Role.RIDER).rides]
    sheets = {id(draft.sheet) for draft in drafts}
    keep_together(riders, len(sheets), [draft for draft in people if not draft.good])
    cohorts = make_cohorts(riders, before)
    notices += _nearly_the_same(books, good)
    chosen = {id(draft) for draft in good}
    return Imported(
        roster=Roster(tuple(_people(good))),
        cohorts=cohorts,
        rejects=tuple(draft for draft in drafts if id(draft) not in chosen),
        faults=(*notices, *(fault for draft in drafts for fault in draft.faults)),
        rows=len(drafts),
        headings=tuple(headings),
    )


def _nearly_the_same(books: Books, good: Sequence[Draft]) -> Iterator[Fault]:
    """Employers who may be one, at the first row of the second."""
    first: dict[str, Draft] = {}
    for draft in good:
        first.setdefault(draft.values.get("employer", ""), draft)
    for name, other in books.nearly_the_same():
        if at := first.get(other) or first.get(name):
            found = f"{name[:40]!r} and {other[:40]!r} are called nearly the same"
            right = "one name, if they are one; in the list, or in the mapping file under employers"
            mark = at.sheet.mark(at.row)
            yield Fault(code="P2P4122", mark=mark, field="employer", found=found, right=right)


def _is_no_person(draft: Draft) -> bool:
    return any(fault.code == "P2P4118" for fault in draft.faults)


def read_lists(
    paths: Iterable[str | Path],
    fields: Mapping[str, str],
    said: MappingFile,
    reader: Callable[[Sheet, Heading], ListReader],
    *,
    needed: str = "name",
    tell: Told = nothing,
) -> tuple[list[Draft], list[Fault]]:
    """
    The rows of all lists of a kind, and what was noticed of the files.

    Parameters
    ----------
    paths
        Workbooks and CSV.
    fields
        The headings that each field may have.
    said
        What the mapping file says.
    reader
        What reads the rows of a sheet.
    needed
        The field without which a sheet is no list of this kind.
    tell
        Called with the name of each list before its rows are read.

    Raises
    ------
    InputError
        When a file cannot be read, or none of its sheets is such a list.
    """
    drafts: list[Draft] = []
    notices: list[Fault] = []
    for path in paths:
        tell(str(path))
        for sheet, heading in list(find_lists(path, fields, said, notices, needed)):
            drafts += reader(sheet, heading).read()
    return drafts, notices


def find_lists(
    path: str | Path,
    fields: Mapping[str, str],
    said: MappingFile,
    notices: list[Fault],
    needed: str = "name",
) -> Iterator[tuple[Sheet, Heading]]:
    """
    The sheets of a file that are lists of a kind, and their headings.

    Parameters
    ----------
    path
        A workbook or a CSV.
    fields
        The headings that each field may have.
    said
        What the mapping file says.
    notices
        What was noticed is put here.
    needed
        The field without which it is no list of this kind.

    Raises
    ------
    InputError
        When it cannot be read, or has no such sheet.
    """
    sheets = read_sheets(path)
    found = 0
    for sheet in sheets:
        if said.sheets and sheet.name and sheet.name not in said.sheets:
            continue
        heading = find_heading(sheet, fields, said, [needed])
        if heading is None:
            if any(any(cell != "" for cell in row) for row in sheet.rows):
                mark = Mark(sheet.file, 0, sheet=sheet.name)
                words = "this sheet has no headings that are known and is passed over"
                right = "a row of headings, or columns and heading_row in the mapping file"
                notices.append(Fault(code="P2P4008", mark=mark, found=words, right=right))
            continue
        refused = [fault for fault in heading.faults if fault.refuses]
        if refused:
            raise InputError(refused)
        notices += heading.faults
        found += 1
        yield sheet, heading
    if not found:
        raise InputError([_no_list(path, sheets, fields)])


def _no_list(path: str | Path, sheets: Sequence[Sheet], fields: Mapping[str, str]) -> Fault:
    first = next((sheet for sheet in sheets if sheet.rows), None)
    start = "; ".join(str(cell) for cell in first.rows[0] if cell != "")[:100] if first else ""
    found = "no row has the headings of such a list"
    found += f"; the first row is {start!r}" if start else ""
    some = ", ".join(words.split("|")[0] for words in fields.values())
    right = f"a row with headings such as {some}; or columns in the mapping file"
    return Fault(code="P2P4007", mark=Mark(str(path), 0), found=found, right=right)


def _people(good: Sequence[Draft]) -> Iterator[Person]:
    sheets: dict[int, int] = {}
    taken: set[str] = set()
    for draft in good:
        number = sheets.setdefault(id(draft.sheet), len(sheets) + 1)
        row = draft.sheet.first_row + draft.row
        values = {name: value for name, value in draft.values.items() if name in _PERSON}
        name = values.get("id", "")
        if not name or name in taken:
            name = f"r{row}" if number == 1 else f"s{number}-r{row}"
            while name in taken:
                name += "x"
        taken.add(name)
        values |= {"id": name, "source": draft.sheet.source, "row": row}
        yield Person(**values)


def write_rejects(rejects: Sequence[Draft], path: str | Path) -> Path:
    """
    Write rows that came to nothing as they stand in their sheets, with the reasons.

    Raises
    ------
    OSError
        When it cannot be written there.
    """
    path = Path(path)
    width = max((len(draft.sheet.rows[draft.row]) for draft in rejects), default=0)
    head = ["where", "codes", "reasons", *(f"cell {n}" for n in range(1, width + 1))]
    write_rows(path, head, map(_reject, rejects))
    return path


def _reject(draft: Draft) -> list[str]:
    cells = [str(cell)[:1000] for cell in draft.sheet.rows[draft.row]]
    return [
        str(draft.sheet.mark(draft.row)),
        "; ".join(dict.fromkeys(fault.code for fault in draft.faults)),
        "; ".join(f"{fault.found} -> {fault.right}" for fault in draft.faults),
        *(cell.replace("\0", "") for cell in cells),
    ]
