"""Colours only onto a terminal that wants them, and what a shell can complete."""

from __future__ import annotations

import io

import pytest
from rich.text import Text

from p2p_dispatch.cli.options import languages_like, scenarios_like, solvers_like
from p2p_dispatch.cli.terminal import Terminal


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),  # as no-color.org has it: only when not empty
        ({"TERM": "dumb"}, False),
    ],
)
def test_colours_are_for_terminals_that_want_them(
    variables: dict[str, str], coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    screen = Screen()
    monkeypatch.setattr("sys.stdout", screen)
    Terminal().show(Text("贵港", style="bold"))
    assert ("\x1b[1m" in screen.getvalue()) is coloured
    assert "贵港" in screen.getvalue()


def test_a_file_gets_no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.StringIO()
    monkeypatch.setattr("sys.stdout", file)
    Terminal().show(Text("贵港", style="bold"))
    assert file.getvalue() == "贵港\n"


def test_the_shell_completes_what_comes_with_the_program() -> None:
    assert "zhanjiang_2020" in scenarios_like("zhan")
    assert scenarios_like("nothing-of-this-name") == []
    assert "standard" in solvers_like("sta")
    assert languages_like("") == ["en", "zh"]
