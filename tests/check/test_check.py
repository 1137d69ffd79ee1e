"""``check`` as a whole: its table, its order, its notices, and what it must not know."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

import p2p_dispatch
from p2p_dispatch.check import RULES, Finding, check, notices
from tests.check.builders import clock_trip, plan_of, scenario_of

PACKAGE = Path(p2p_dispatch.__path__[0])


def imports(file: Path) -> set[str]:
    """
    Modules that a file imports: the checker's own anywhere, others when they are loaded.

    A plan may fetch its tables when somebody asks for them; the checker never does.
    """
    tree, found = ast.parse(file.read_text("utf-8")), set[str]()
    for node in ast.walk(tree) if file.parent.name == "check" else tree.body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are written out"
            assert node.module
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def file_of(module: str) -> Path | None:
    """The file of a module of ours; None for names within modules and for other people's."""
    path = PACKAGE.joinpath(*module.split(".")[1:])
    files = [path.with_suffix(".py"), path / "__init__.py"]
    return next((f for f in files if f.exists()), None) if module.startswith("p2p_") else None


def closure(module: str) -> set[str]:
    """
    Everything that importing a module may import, rooms' ``__init__`` included.

    The package's own ``__init__`` is left out: it names every room and loads none.
    """
    reached, ahead = set[str](), [module]
    while ahead:
        name = ahead.pop()
        if name in reached or name == "p2p_dispatch":
            continue
        reached.add(name)
        file = file_of(name)
        if file:
            ahead += imports(file)
            ahead.append(name.rpartition(".")[0])
    return reached


def test_the_checker_knows_nothing_of_who_made_the_plan() -> None:
    """It reads scenario, travel and the plan's model; its own files are all found."""
    reached = closure("p2p_dispatch.check")
    files = {f"p2p_dispatch.check.{f.stem}" for f in (PACKAGE / "check").glob("*.py")}
    assert files - {"p2p_dispatch.check.__init__"} <= reached
    rooms = {name.split(".")[1] for name in reached if file_of(name) and "." in name}
    assert rooms <= {"check", "scenario", "events", "travel", "plan", "reading"}
    own = set[str]().union(*(imports(file) for file in (PACKAGE / "check").glob("*.py")))
    of_plan = {name for name in own if name.startswith("p2p_dispatch.plan") and file_of(name)}
    assert of_plan == {"p2p_dispatch.plan.model"}
    makers = {f"p2p_dispatch.plan.{name}" for name in ("make", "units", "reasons")}
    assert not makers & reached
    assert "p2p_dispatch.scenario.seats" not in own, "it has seat arithmetic of its own"
    assert not {name for name in reached if name.startswith(("ortools", "p2p_solvers"))}


def test_each_rule_has_its_file_and_its_section() -> None:
    """``balance`` is ``balance`` in ``check/balance.py`` and a heading of docs/rules.md."""
    docs = (PACKAGE.parent / "docs" / "rules.md").read_text("utf-8")
    headings = [line[4:-1] for line in docs.splitlines() if line.startswith("## `")]
    assert list(RULES) == headings
    for rule, judge in RULES.items():
        assert judge.__name__ == rule.replace("-", "_")
        assert judge.__module__ == f"p2p_dispatch.check.{judge.__name__}"


def test_findings_come_by_rule_and_then_by_what_they_are_about() -> None:
    """Two trips under names that sort the other way, each with two rules broken."""
    scenario = scenario_of()
    trips = [
        clock_trip(scenario, loads={"gb-ba": 5}, leave="2020-02-20 07:00", id=name, unit=unit)
        for name, unit in [("b", "gg/1"), ("a", "gg/2")]
    ]
    found = check(scenario, plan_of(scenario, [t.model_copy(update={"km": 1}) for t in trips]))
    order = [(list(RULES).index(finding.rule), finding.where) for finding in found]
    assert order == sorted(order)
    assert {"windows", "figures"} <= {finding.rule for finding in found}
    assert {"trip a", "trip b"} <= {finding.where for finding in found}


def test_a_finding_is_a_line() -> None:
    finding = Finding(rule="seats", where="trip t1", words="26 people on 20 allowed seats")
    assert str(finding) == "seats  trip t1: 26 people on 20 allowed seats"


def test_another_scenario_is_a_notice_and_no_finding() -> None:
    """By name, or by content under the same name."""
    scenario = scenario_of()
    trip = clock_trip(scenario)
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({}, []),
        ({"digest": "0" * 64}, ["tiny has changed since the plan was made"]),
        ({"scenario": "other"}, ["the plan is for other, judged by tiny"]),
    ]
    for changes, notice in cases:
        plan = plan_of(scenario, [trip], **changes)
        assert notices(scenario, plan) == notice
        assert check(scenario, plan) == []


def test_a_plan_without_its_travel_cannot_be_judged() -> None:
    """Not a finding: nothing can be said."""
    scenario = scenario_of()
    plan = plan_of(scenario, [])
    assert check(scenario, plan) == []
    with pytest.raises(LookupError, match=r"travel\.npz"):
        check(scenario, type(plan).model_validate(plan.model_dump()))
