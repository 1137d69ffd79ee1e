"""The generated pages: every field, code, command, word and public name is there."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

import p2p_dispatch
import p2p_dispatch.problem
import p2p_dispatch.solution
from no_servers import calls
from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.tables import TABLES
from p2p_dispatch.reading.codes import CODES, NOTICES
from p2p_dispatch.reading.shapes import alternatives, fields_of, is_model, item_type
from p2p_dispatch.scenario import Scenario
from reference_pages import PAGES, without_folders, write_pages
from reference_pages.faults import faults_page
from reference_pages.glossary import words_of
from reference_pages.plain import plain
from tests.docs.blocks import ROOT


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("reference")
    write_pages(folder)
    return {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}


def test_every_page_is_written(pages: dict[str, str]) -> None:
    assert set(pages) == set(PAGES)


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The model and all that its fields lead to, judged by annotations and not by the schema."""
    yield model
    for info in fields_of(model).values():
        for kind in alternatives(info.annotation):
            for part in filter(is_model, alternatives(item_type(kind) or kind)):
                yield from models(part)


@pytest.mark.parametrize(("name", "top"), [("scenario", Scenario), ("plan", Plan)])
def test_every_field_is_there(name: str, top: type[BaseModel], pages: dict[str, str]) -> None:
    found = dict.fromkeys(models(top))
    assert len(found) > 10
    for model in found:
        section = pages[name].split(f"\n## {model.__name__}\n")[1].split("\n## ")[0]
        rows = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
        assert rows == [info.alias or field for field, info in model.model_fields.items()]


def test_a_row_says_type_default_and_meaning(pages: dict[str, str]) -> None:
    for row in (
        "| `count` | whole number, at least 1 | **must be written** | How many people. |",
        "| `detour_factor` | number, 1 to 10 | `1.25` | A person's way on board is at most this "
        "times the direct road, plus `detour_km`. |",
        "| `closed_on` | list of days | none | Days on which nobody boards or gets off here. |",
    ):
        assert row in pages["scenario"]


def test_a_part_says_where_it_is_written(pages: dict[str, str]) -> None:
    assert "\n## Hours\n\nWritten in `origins.hours`, `sites.hours`" in pages["scenario"]
    assert "\n## Trip\n\nWritten in `trips`.\n" in pages["plan"]


def test_every_field_of_a_scenario_says_what_it_means(pages: dict[str, str]) -> None:
    """But for ids, names and words that say it themselves."""
    mute = set(re.findall(r"^\| `(\w+)` \|.*\|  ?\|$", pages["scenario"], re.MULTILINE))
    plain_words = {"id", "name", "by", "kind", "unit_type", "cohort", "count", "pool", "drivers"}
    assert mute <= plain_words | {"low", "medium", "high", "starts", "ends"}


def test_every_table_and_column_is_there(pages: dict[str, str]) -> None:
    for name, table in TABLES.items():
        (row,) = re.findall(rf"^\| `{name}\.csv` \| (.*) \|$", pages["plan"], re.MULTILINE)
        assert row == ", ".join(f"`{column}`" for column in table.columns)


def test_every_command_and_option_is_there(pages: dict[str, str]) -> None:
    from p2p_dispatch.cli.app import app

    for command in app.registered_commands:
        assert command.callback is not None
        name = command.callback.__name__
        section = pages["commands"].split(f"\n## {name}\n")[1].split("\n## ")[0]
        assert f"Usage: p2p-dispatch {name}" in section
        assert "--help" in section
    assert "--require-all" in pages["commands"]


def test_the_help_is_what_the_command_says(
    pages: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for where its lines break."""
    from p2p_dispatch.cli.run import run

    monkeypatch.setenv("COLUMNS", "98")
    assert run(["solve", "--help"]) == 0
    assert capsys.readouterr().out.split() == help_of(pages, "solve").split()


def help_of(pages: dict[str, str], name: str) -> str:
    section = pages["commands"].split(f"\n## {name}\n")[1]
    return section.split("--help\n", 1)[1].split("```")[0]


def test_every_code_has_a_heading() -> None:
    page = faults_page((ROOT / "docs" / "faults.md").read_text(encoding="utf-8"))
    for code, title in CODES.items():
        section = page.split(f"\n({code.lower()})=\n### {code}: {title}\n")[1].split("\n### ")[0]
        assert "**What to do:** " in section
        assert ("refuses nothing" in section) == (code in NOTICES)
    assert "| P2P" not in page


def test_every_word_of_the_design_is_in_the_glossary(pages: dict[str, str]) -> None:
    words = words_of((ROOT / "docs" / "design.md").read_text(encoding="utf-8"))
    assert len(words) > 20
    for word, meaning, _ in words:
        assert f"\n{word}\n  {meaning[0].upper()}{meaning[1:]}" in pages["glossary"]


def test_every_public_name_is_described(pages: dict[str, str]) -> None:
    for module in (p2p_dispatch, p2p_dispatch.problem, p2p_dispatch.solution):
        for name in set(module.__all__) - {"__version__"}:
            assert re.search(rf"auto\w+:: {module.__name__}\.{name}\b", pages["python"])


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "integer", "minimum": 0}, "whole number, at least 0"),
        ({"type": "number", "exclusiveMinimum": 0, "maximum": 1}, "number, above 0, at most 1"),
        ({"anyOf": [{"type": "boolean"}, {"type": "null"}]}, "`true` or `false`"),
        ({"type": "array", "items": {"$ref": "#/$defs/Stop"}}, "list of [Stop](#stop)"),
        ({"type": "object", "additionalProperties": {"type": "string", "format": "date"},
          "propertyNames": {"minLength": 1, "maxLength": 80}}, "mapping from id to day"),
    ],
)  # fmt: skip
def test_a_schema_in_plain_words(schema: dict[str, object], words: str) -> None:
    assert plain(schema) == words


def test_a_link_to_a_folder_is_words_alone() -> None:
    text = "[engine](solvers) and [design](docs/design.md)"
    assert without_folders(text, ROOT) == "engine and [design](docs/design.md)"


def test_pages_that_call_a_server_are_found(tmp_path: Path) -> None:
    (tmp_path / "good.html").write_text(
        '<a href="https://example.org">x</a><script src="a.js"></script>'
    )
    assert list(calls(tmp_path)) == []
    (tmp_path / "bad.html").write_text('<script src="https://example.org/a.js"></script>')
    (tmp_path / "bad.css").write_text("@font-face { src: url('//example.org/a.woff') }")
    assert len(list(calls(tmp_path))) == 2


def test_the_pages_are_built_without_a_warning(tmp_path: Path) -> None:
    """As ``make docs`` does; and nothing in them calls a server."""
    for package in ("sphinx", "myst_parser", "furo"):
        pytest.importorskip(package)
    words = ["--quiet", "--fail-on-warning", "-c", str(ROOT / "docs"), str(ROOT), str(tmp_path)]
    # A process of its own: Sphinx imports the rooms anew, which they do not outlive.
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert list(calls(tmp_path)) == []
    for page in ("index", "docs/planners", "docs/reference/scenario", "README"):
        assert (tmp_path / f"{page}.html").exists()
