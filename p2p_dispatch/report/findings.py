"""The findings of a check, rule by rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from p2p_dispatch.check.finding import Finding
from p2p_dispatch.report.words import many

MOST_OF_A_RULE = 20
"""Findings of one rule that are shown: a plan for another scenario breaks each a hundred times."""


def findings_table(findings: Iterable[Finding]) -> RenderableType:
    """A table with the findings of each rule together, and how many there are."""
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_rule[finding.rule].append(finding)
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("rule", style="bold", no_wrap=True)
    table.add_column("where", overflow="fold", max_width=36)
    table.add_column("what is wrong", overflow="fold")
    for rule, some in by_rule.items():
        for number, finding in enumerate(some[:MOST_OF_A_RULE]):
            table.add_row(rule if number == 0 else "", Text(finding.where), Text(finding.words))
        if len(some) > MOST_OF_A_RULE:
            hidden = len(some) - MOST_OF_A_RULE
            table.add_row("", "", f"and {hidden:,} more (all of them: --json)")
    total = sum(len(some) for some in by_rule.values())
    rules = many(len(by_rule), "rule")
    return Group(table, Text(f"\n{many(total, 'finding')} in {rules}", style="bold"))
