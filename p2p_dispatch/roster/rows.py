"""The rows of a list, one by one: a person, or what is wrong with them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from p2p_dispatch.reading import Fault
from p2p_dispatch.roster.headings import Heading
from p2p_dispatch.roster.identity import gender_of
from p2p_dispatch.roster.known import Books
from p2p_dispatch.roster.person import Gender, Role
from p2p_dispatch.roster.sheets import Cell, Sheet
from p2p_dispatch.roster.words import (
    class_of,
    gender_word,
    identity_of,
    moment_of,
    number_of,
    phone_of,
    role_word,
    text_of,
    yes_of,
)
from p2p_dispatch.roster.wrong import Wrong
from p2p_dispatch.scenario.base import day_of

NO_PERSON = (
    "合计",
    "总计",
    "小计",
    "共计",
    "填表",
    "制表",
    "审核",
    "备注",
    "说明",
    "注",
    "total",
    "sum",
)
"""How rows begin that are below a list and are no person."""


@dataclass(slots=True, eq=False)
class Draft:
    """A row that is being read."""

    sheet: Sheet
    row: int
    """Index into the rows of the sheet."""
    values: dict[str, Any] = field(default_factory=dict)
    """Fields of the person."""
    faults: list[Fault] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether the row is a person."""
        return not any(fault.refuses for fault in self.faults)


class ListReader(ABC):
    """
    Reads the rows below the headings of one sheet, whatever they are about.

    Parameters
    ----------
    sheet, heading
        Where the rows are, and which column is what.
    """

    def __init__(self, sheet: Sheet, heading: Heading) -> None:
        self.sheet = sheet
        self.heading = heading
        self.at = heading.columns

    @abstractmethod
    def entry(self, draft: Draft, cells: list[Cell]) -> None:
        """Read everything that a row says."""

    def read(self) -> Iterator[Draft]:
        """Every row below the headings that is not empty."""
        width = len(self.heading.cells)
        for row in range(self.heading.row + 1, len(self.sheet.rows)):
            cells = self.sheet.rows[row]
            if len(cells) < width:
                cells = [*cells, *[""] * (width - len(cells))]
            if not any(
                cell != "" and (not isinstance(cell, str) or cell.strip()) for cell in cells
            ):
                continue
            draft = Draft(self.sheet, row)
            if not self.no_person(draft, cells):
                self.entry(draft, cells)
            yield draft

    def no_person(self, draft: Draft, cells: list[Cell]) -> bool:
        """Whether a row is the headings again, or a sum or a remark below the list."""
        first = next(str(cell).strip() for cell in cells if cell != "" and str(cell).strip())
        again = cells == self.heading.cells
        below = first.lower().startswith(NO_PERSON)
        few = sum(cell != "" for cell in cells) <= 3
        if again or (below and (few or not self.text(cells, "name"))):
            found = "the headings stand here again" if again else f"{first[:60]!r}"
            self.fault(draft, "P2P4118", "", found, "nothing, if it is no person")
            return True
        return False

    def text(self, cells: list[Cell], name: str) -> str:
        """The text of a field, cut where it is too long; empty where there is none."""
        at = self.at.get(name)
        return str(cells[at]).strip()[:1000] if at is not None else ""

    def said(self, wrong: Wrong, name: str, cell: Cell) -> str:
        """What was found in a cell."""
        what = self.heading.names.get(name, name)[:40]
        return f"{what}: {wrong.found}" if wrong.found else f"{what} is {str(cell).strip()[:60]!r}"

    def fault(self, draft: Draft, code: str, name: str, found: str, right: str) -> None:
        """Note what is wrong, with the cell where it is."""
        mark = self.sheet.mark(draft.row, self.at.get(name))
        draft.faults.append(Fault(code=code, mark=mark, field=name, found=found, right=right))


class RowReader(ListReader):
    """
    Reads people.

    Parameters
    ----------
    sheet, heading
        Where the rows are, and which column is what.
    books
        What is known.
    """

    def __init__(self, sheet: Sheet, heading: Heading, books: Books) -> None:
        super().__init__(sheet, heading)
        self.books = books
        self.year = books.mapping.year
        self.words = books.mapping.words
        self.defaults = books.mapping.defaults
        any_kind = books.mapping.identity == "any"
        self.readers: dict[str, tuple[str, Callable[[Cell], Any]]] = {
            "identity": ("P2P4102", lambda cell: identity_of(cell, any_kind=any_kind)),
            "phone": ("P2P4103", phone_of),
            "gender": ("P2P4111", lambda cell: gender_word(cell, self.of("gender"))),
            "accessible": ("P2P4111", lambda cell: yes_of(cell, self.of("accessible"))),
            "role": ("P2P4111", lambda cell: role_word(cell, self.of("role"))),
            "priority": ("P2P4111", self.priority),
            "luggage": ("P2P4108", number_of),
            "ready": ("P2P4106", lambda cell: moment_of(cell, self.year)),
            "due": ("P2P4106", lambda cell: moment_of(cell, self.year)),
            **dict.fromkeys(("id", "contact", "trade", "party", "note"), ("P2P4112", text_of)),
        }
        """Fields that a cell alone decides: the code of their faults, and their reader."""
        self.active = [
            (name, self.at.get(name, -1), code, read)
            for name, (code, read) in self.readers.items()
            if name in self.at or name in self.defaults
        ]

    def of(self, name: str) -> dict[str, str | bool]:
        """What the mapping file says of the words of a field."""
        return self.words.get(name, {})

    def priority(self, cell: Cell) -> str:
        """The class of a cell."""
        heading = self.heading.names.get("priority", "")
        return self.books.priority(class_of(cell, heading, self.of("priority")))

    def entry(self, draft: Draft, cells: list[Cell]) -> None:
        """Read everything that a row says."""
        values = draft.values
        self.name(draft, cells)
        for name, at, code, read in self.active:
            cell: Any = cells[at] if at >= 0 else ""
            if cell == "" or (isinstance(cell, str) and cell.isspace()):
                cell = self.defaults.get(name, "")
                if cell == "":
                    continue
            try:
                values[name] = read(cell)
            except Wrong as wrong:
                self.fault(draft, code, name, self.said(wrong, name, cell), wrong.right)
        self.days(draft)
        self.places(draft, cells)
        self.told_by_identity(draft)

    def name(self, draft: Draft, cells: list[Cell]) -> None:
        """Read the name, which everybody must have."""
        try:
            name = text_of(cells[self.at["name"]])
        except Wrong as wrong:
            self.fault(draft, "P2P4112", "name", wrong.found, wrong.right)
            return
        draft.values["name"] = name
        if not name:
            self.fault(draft, "P2P4101", "name", "there is no name", "a name in every row")

    def days(self, draft: Draft) -> None:
        """Riders must have a first and a last day, in this order."""
        values = draft.values
        role: Role = values.get("role", Role.RIDER)
        given = {fault.field for fault in draft.faults}
        for name in ("ready", "due"):
            if name not in values and name not in given and role.rides:
                right = f"a day, e.g. 2021-02-23; or for all --{name} 2021-02-23"
                self.fault(draft, "P2P4106", name, f"nothing says when they are {name}", right)
        ready, due = values.get("ready"), values.get("due")
        if isinstance(ready, date) and isinstance(due, date) and day_of(due) < day_of(ready):
            found = f"due {due} is before ready {ready}"
            self.fault(draft, "P2P4107", "due", found, f"due {day_of(ready)} or later")

    def places(self, draft: Draft, cells: list[Cell]) -> None:
        """Where they board and where they are bound for."""
        values = draft.values
        role: Role = values.get("role", Role.RIDER)
        county, start = self.text(cells, "county"), self.text(cells, "origin")
        values["county"] = county or start
        asked = "origin" if start else "county"
        text = start or county or str(self.defaults.get("origin", ""))
        if text:
            self.place(draft, asked, text, lambda: self.books.origin(text, county), "origin")
        elif role.rides:
            found = "nothing says where they board"
            self.fault(draft, "P2P4104", asked, found, "the county or the assembly point")
        employer, site = self.text(cells, "employer"), self.text(cells, "site")
        destination = self.text(cells, "destination")
        values["employer"] = employer or destination
        bound = site or employer or str(self.defaults.get("site", ""))
        if bound or destination:
            asked = next(
                (name for name in ("site", "employer") if self.text(cells, name)), "destination"
            )
            self.place(
                draft,
                asked,
                bound or destination,
                lambda: self.books.site(bound, destination),
                "site",
            )
        elif not values.get("trade") and role.rides:
            found = "there is neither an employer nor a trade"
            self.fault(draft, "P2P4113", "employer", found, "whom they go to, or what they can do")

    def place(
        self, draft: Draft, asked: str, text: str, find: Callable[[], str], name: str
    ) -> None:
        """Find a place, and note where none is called so."""
        try:
            draft.values[name] = find()
        except Wrong as wrong:
            code = "P2P4104" if name == "origin" else "P2P4105"
            self.fault(draft, code, asked, self.said(wrong, asked, text), wrong.right)

    def told_by_identity(self, draft: Draft) -> None:
        """The gender, where the list does not say it."""
        told = gender_of(draft.values.get("identity", ""))
        said = draft.values.get("gender", Gender.UNKNOWN)
        if told and said and told != said:
            found = f"{said.value}, and the identity number is that of a {told.value}"
            self.fault(draft, "P2P4116", "gender", found, "the one or the other")
        elif told:
            draft.values["gender"] = told
