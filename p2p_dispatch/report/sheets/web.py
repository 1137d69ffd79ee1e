"""The documents of one trip as a page that prints: nothing is loaded from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from p2p_dispatch.report.sheets.desk import Desk
from p2p_dispatch.report.sheets.document import Cell, Document

HOME = Path(__file__).parent / "templates"


class Web:
    """
    Makes pages of documents.

    One is used for all trips, so that the template is read once.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        environment = Environment(
            loader=FileSystemLoader(HOME),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters["told"] = told
        self.template = environment.get_template("documents.html")
        self.style = Markup((HOME / "documents.css").read_text(encoding="utf-8").strip())

    def page(self, title: str, documents: Sequence[Document]) -> str:
        """Documents one after the other, each on paper of its own."""
        names = self.desk.names
        return self.template.render(
            say=names.language,
            title=title,
            scenario=names.scenario.title or names.scenario.name,
            as_of=f"{names.local(names.plan.as_of):%Y-%m-%d %H:%M}",
            documents=documents,
            style=self.style,
        )


def told(cell: Cell) -> str:
    """A cell as text."""
    match cell:
        case None:
            return ""
        case bool() | str():
            return str(cell)
        case int() | float():
            return (
                f"{cell:,.2f}".rstrip("0").rstrip(".") if isinstance(cell, float) else f"{cell:,}"
            )
        case _:
            return f"{cell:%Y-%m-%d}"
