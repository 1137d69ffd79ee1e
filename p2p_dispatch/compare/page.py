"""A comparison as one page for a browser, which asks nothing of any network."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from p2p_dispatch._version import __version__
from p2p_dispatch.compare.model import Comparison
from p2p_dispatch.compare.picture import draw
from p2p_dispatch.compare.table import HEADINGS
from p2p_dispatch.compare.words import amount, change, shown, told_of, verdicts
from p2p_dispatch.scenario import Scenario


def comparison_page(compared: Comparison, scenario: Scenario) -> str:
    """HTML with the picture, the figures, everybody for whom something changes, and the trips."""
    loader = FileSystemLoader(Path(__file__).parent)
    jinja = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    rows = []
    group = ""
    for figure in shown(compared.figures):
        heading = HEADINGS[figure.group] if figure.group != group else ""
        group = figure.group
        one, other = amount(figure, figure.one), amount(figure, figure.other)
        rows.append((heading, figure.name, one, other, change(figure)))
    svg = draw(compared).decode("utf-8")
    return jinja.get_template("page.html").render(
        compared=compared,
        title=scenario.title or scenario.name,
        rows=rows,
        told=told_of(scenario, compared.lots),
        verdicts=[(name, people) for name, people in verdicts(compared) if people],
        picture=Markup(svg[svg.index("<svg") :]),  # ours, and escaped where it was drawn
        version=__version__,
    )
