"""The word on what is being done: none for what is quick, one line in a log, a line that goes."""

from __future__ import annotations

import io
import sys
import time

import pytest

from p2p_dispatch.cli import steps
from p2p_dispatch.cli.steps import step
from p2p_dispatch.cli.terminal import Terminal


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "AFTER", 0.05)


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_what_is_quick_is_not_talked_about(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(steps, "AFTER", 60.0)
    with step(Terminal(), "reading"):
        pass
    assert capsys.readouterr().err == ""


def test_a_log_gets_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with step(Terminal(), "reading") as tell:
        tell("sheet 1")
        time.sleep(0.4)
    assert capsys.readouterr().err == "0 s  reading\n"


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with step(Terminal(quiet=True), "reading"):
        time.sleep(0.2)
    assert capsys.readouterr().err == ""


def test_on_a_screen_the_line_tells_how_far_it_is_and_goes_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with step(Terminal(), "writing") as tell:
        tell("Orders")
        time.sleep(0.4)
    assert "0 s  writing: Orders" in screen.getvalue()
    assert screen.getvalue().endswith("\r\x1b[2K")


def test_a_dumb_screen_is_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "dumb")
    with step(Terminal(), "writing"):
        time.sleep(0.3)
    assert screen.getvalue() == "0 s  writing\n"


def test_what_goes_wrong_inside_is_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError), step(Terminal(), "dividing"):
        raise ZeroDivisionError
