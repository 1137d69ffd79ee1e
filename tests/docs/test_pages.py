"""What the pages say is so: links, tables and examples."""

from __future__ import annotations

import re

import pytest

from p2p_dispatch.problem import build
from p2p_dispatch.solution import Run, Strategy
from p2p_dispatch.travel import travel_of
from reference_pages import PAGES as GENERATED
from tests.docs.blocks import PAGES, ROOT
from tests.tiny import tiny_scenario


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    """Links into the clone, and into a page by its heading."""
    for target in re.findall(r"\]\(([^)\s]+)\)", text(page)):
        if target.startswith("http"):
            continue
        path, _, heading = target.partition("#")
        there = (ROOT / page).parent / path if path else ROOT / page
        if there.parent == ROOT / "docs" / "reference":
            assert there.stem in GENERATED, f"{page} links to {target}"
            continue
        assert there.exists(), f"{page} links to {target}"
        if heading:
            titles = re.findall(r"^#+ (.*)$", there.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = [re.sub(r"[^\w -]", "", t).lower().replace(" ", "-") for t in titles]
            assert heading in slugs, f"{page} links to {target}"


def test_every_page_is_reached_from_the_index_and_those_of_planners_from_the_readme() -> None:
    index = text("docs/index.md")
    for page in PAGES:
        name = page.removesuffix(".md").removeprefix("docs/")
        link = name if page.startswith("docs/") else f"../{name}"
        assert page == "docs/index.md" or f"<{link}>" in index, page
    for name in GENERATED:
        assert f"<reference/{name}>" in index
    for page in ("planners", "strategies", "design", "rules", "tables", "travel", "faults"):
        assert f"](docs/{page}.md)" in text("README.md")


@pytest.mark.parametrize("folder", ["scenarios", "solvers"])
def test_the_table_of_a_folder_names_every_file_in_it(folder: str) -> None:
    linked = set(re.findall(r"^\| \[[\w-]+\]\(([\w-]+)\.yaml\)", text(f"{folder}/README.md"), re.M))
    assert linked == {path.stem for path in (ROOT / folder).glob("*.yaml")}


def test_the_readme_names_every_command() -> None:
    from p2p_dispatch.cli.app import app

    callbacks = [command.callback for command in app.registered_commands]
    commands = {callback.__name__ for callback in callbacks if callback}
    commands |= {group.typer_instance.info.name for group in app.registered_groups}
    table = text("README.md").split("## Commands")[1].split("## ")[0]
    named = {word for cell in re.findall(r"^\| (`.*?) \|", table, re.M) for word in cell.split("`")}
    assert commands == {name.split()[0] for name in named if name.strip(" ,")}


@pytest.mark.parametrize("page", ["README.md", "docs/design.md"])
def test_every_exit_code_is_told(page: str) -> None:
    from p2p_dispatch.cli.exits import Exit

    told = {int(code) for code in re.findall(r"^\| (\d) \|", text(page), re.MULTILINE)}
    assert told == {int(code) for code in Exit}


def test_the_design_names_every_rule() -> None:
    """Each rule of docs/rules.md is a row of the design's table, and the other way round."""
    exact = set(re.findall(r"^## `([\w-]+)`", text("docs/rules.md"), re.MULTILINE))
    table = text("docs/design.md").split("## 3.")[1].split("## 4.")[0]
    assert set(re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE)) == exact


def test_the_strategy_of_the_solvers_page_is_one() -> None:
    """It leaves the 70 people of the tiny scenario behind, at 20,000 each."""
    blocks = re.findall(r"```python\n(.*?)```", text("solvers/README.md"), re.DOTALL)
    names: dict[str, type[Strategy]] = {}
    exec(blocks[0], names)
    strategy = names["Nobody"]()
    assert isinstance(strategy, Strategy)
    scenario = tiny_scenario()
    problem = build(scenario, travel_of(scenario))
    assert strategy.declines(problem) is None
    solution = strategy.solve(problem, strategy.Parameters(), Run())
    assert (solution.trips, solution.cost) == ((), 70 * 20000 * 100)
