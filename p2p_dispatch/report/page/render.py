"""The page itself: one HTML file that asks nothing of any network."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from p2p_dispatch._version import __version__
from p2p_dispatch.plan.model import Plan
from p2p_dispatch.report.certainty import in_plain_words
from p2p_dispatch.report.compare import Compared, compared
from p2p_dispatch.report.figures import Figures, figures
from p2p_dispatch.report.language import Language
from p2p_dispatch.report.names import Names
from p2p_dispatch.report.page.charts import charts
from p2p_dispatch.report.page.data import page_data
from p2p_dispatch.report.page.drawing import draw_map
from p2p_dispatch.report.page.outlines import Outlines
from p2p_dispatch.report.page.tables import PageTable, TripRef, page_tables
from p2p_dispatch.report.page.timeline import draw_timeline
from p2p_dispatch.report.people import People
from p2p_dispatch.report.words import NO_CHANGE, money, number, percent, signed
from p2p_dispatch.scenario import Scenario

HOME = Path(__file__).parent

PIN_KINDS = ("origin", "site", "hub", "depot")
FLOW_KINDS = ("direct", "trunk", "feeder", "train", "carriage", "plane", "onward", "empty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """
    What a plan is compared with.

    Attributes
    ----------
    plan
        Another plan of the same scenario; none: there is none.
    why
        Why there is none: ``too_many`` or ``declined``.
    most
        People up to whom one is made unasked.
    """

    plan: Plan | None = None
    why: Literal["", "too_many", "declined"] = ""
    most: int = 0


def page(
    plan: Plan,
    scenario: Scenario,
    language: Language,
    *,
    beside: Beside | None = None,
    outlines: Outlines | None = None,
    people: People | None = None,
) -> str:
    """
    The page of a plan as HTML.

    Parameters
    ----------
    beside
        What it is compared with; none: nothing is said of that.
    outlines
        What is drawn under the map.
    people
        Who sits where; none: there is no roster.
    """
    names = Names(plan, scenario, language)
    known, beside = figures(plan, scenario), beside or Beside()
    other = figures(beside.plan, scenario) if beside.plan else None
    called = _other_name(beside.plan, language)
    drawn = draw_map(names, outlines)
    script = _static("page.js")
    pins, flows = {pin.kind for pin in drawn.pins}, {flow.kind for flow in drawn.flows}
    return _templates().get_template("page.html").render(
        say=language,
        plan=plan,
        title=scenario.title or scenario.name,
        as_of=f"{names.local(plan.as_of):%Y-%m-%d %H:%M}",
        cards=list(_cards(known, language)),
        sentences=list(in_plain_words(plan, known, language, other, called)),
        comparison=[_told(row, known.currency, language) for row in compared(known, other)]
        if other
        else [],
        other_name=called,
        why_alone=language(f"page.{beside.why}", most=f"{beside.most:,}") if beside.why else "",
        map=drawn,
        pin_kinds=[kind for kind in PIN_KINDS if kind in pins],
        flow_kinds=[kind for kind in FLOW_KINDS if kind in flows],
        pin_shape=_pin_shape,
        days=[names.day(day) for day in sorted({trip.day for trip in plan.trips})],
        board=draw_timeline(names),
        day_name=names.day,
        charts=charts(names, known),
        tables=page_tables(names, known),
        rows_of=_rows,
        named=people is not None,
        unmasked=people is not None and people.unmasked,
        version=__version__,
        data=_json(page_data(names, drawn, people.rows(names) if people else {})),
        style=Markup(_static("page.css")),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )  # fmt: skip


def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HOME / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )


def _static(name: str) -> str:
    return (HOME / "static" / name).read_text(encoding="utf-8").strip()


def _json(content: dict[str, Any]) -> Markup:
    """Text for an element that ends at the first ``</script``, whatever people are called."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028"))


def _cards(known: Figures, say: Language) -> Iterator[tuple[str, str, str]]:
    """Big figure, what it is, and what goes with it."""
    yield f"{known.moved:,}", say("page.people"), say("page.of", people=f"{known.people:,}")
    if known.people > known.moved:
        yield f"{known.people - known.moved:,}", say("page.left"), ""
    yield f"{known.trips:,}", say("page.trips"), say("page.units", units=f"{known.units:,}")
    seats = say("page.seats", filled=f"{known.filled:,}", allowed=f"{known.allowed:,}")
    yield percent(known.filled, known.allowed), say("page.filled"), seats
    each = money(known.per_person, known.currency) if known.per_person is not None else ""
    yield (
        money(known.money, known.currency),
        say("page.cost"),
        say("page.per_person", amount=each) if each else "",
    )
    share = percent(known.empty_km, known.km)
    yield f"{known.km:,.0f}", say("page.km"), say("page.empty", share=share)


def _other_name(other: Plan | None, say: Language) -> str:
    if other is None:
        return ""
    if other.made.strategy == "first-come":
        return say("page.first_come")
    return say("page.other_plan", solver=other.made.solver)


def _told(row: Compared, currency: str, say: Language) -> dict[str, str]:
    def text(value: float) -> str:
        match row.kind:
            case "money":
                return money(value, currency)
            case "share":
                return f"{100 * value:.0f} %"
            case _:
                return number(value)

    if row.kind == "share":
        points = signed(100 * (row.mine - row.other))
        change = points if points == NO_CHANGE else say("page.points", n=points)
    elif row.change is None:
        change = NO_CHANGE if row.mine == row.other else ""
    else:
        share = signed(100 * row.change, 1)
        change = share if share == NO_CHANGE else f"{share} %"
    return {"key": row.key, "mine": text(row.mine), "other": text(row.other), "change": change}


def _pin_shape(kind: str, size: float) -> Markup:
    """Places are told apart by their shape as well as by their colour."""
    s = f"{size:g}"
    match kind:
        case "origin":
            return Markup('<circle r="{}"/>').format(s)
        case "site":
            return Markup('<rect x="-{0}" y="-{0}" width="{1:g}" height="{1:g}"/>').format(
                s, 2 * size
            )
        case "hub":
            return Markup('<path d="M0 -{0}L{0} 0L0 {0}L-{0} 0Z"/>').format(f"{1.25 * size:g}")
        case _:
            return Markup('<path d="M0 -{0}L{0} {0}L-{0} {0}Z"/>').format(s)


def _rows(table: PageTable) -> Markup:
    """The rows of a table; by hand, since there may be a hundred thousand cells."""
    looks = [
        ' class="n"' if number else ' class="w"' if short else ""
        for _, number, short in table.headings
    ]
    lines = []
    for row in table.rows:
        trip = next((cell for cell in row if isinstance(cell, TripRef)), None)
        cells = "".join(map(_cell, row, looks))
        lines.append(f'<tr data-t="{trip.number}">{cells}' if trip else f"<tr>{cells}")
    return Markup("\n".join(lines))


def _cell(cell: object, look: str) -> str:
    match cell:
        case TripRef():
            return f'<td><button type="button" data-t="{cell.number}">{escape(cell.id)}</button>'
        case int() | float():
            return f"<td{look}>{number(cell)}"
        case _:
            return f"<td{look}>{escape(cell)}"
