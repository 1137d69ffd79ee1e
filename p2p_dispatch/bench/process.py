"""One run in a process of its own, and the row that comes of it, whatever happens there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from p2p_dispatch.bench.equal import Moved
from p2p_dispatch.bench.machine import commit, machine, versions
from p2p_dispatch.bench.row import Answer, Outcome, Row, Told
from p2p_dispatch.bench.task import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A run that is over."""

    task: Task
    row: Row
    moved: Moved | None
    """Whom the baseline moved, where it left somebody behind."""


def run_task(task: Task) -> Done:
    """
    Make one run.

    Its process has its own imports, threads and memory, does not see Ctrl-C, and ends when this
    one does.
    """
    date, began = datetime.now(UTC), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="p2p-dispatch-") as folder:
        file, log = Path(folder, "answer.json"), Path(folder, "log.txt")
        with log.open("wb") as out:
            code = _wait(_start(task, file, out.fileno()), task.ends_after)
        seconds = time.monotonic() - began
        answer = _answer(file, log, code, seconds)
    row = Row(
        **dict(answer.told),
        date=date,
        scenario=task.scenario,
        solver=task.solver,
        strategy=task.strategy,
        parameters=task.parameters,
        seed=task.seed,
        limits=task.limits.model_dump(exclude_none=True),
        threads=task.threads,
        equal_to=task.equal_to,
        process_seconds=seconds,
        commit=commit(),
        versions=versions(),
        machine=machine(),
    )
    return Done(task=task, row=row, moved=answer.moved)


def _start(task: Task, file: Path, out: int) -> subprocess.Popen[bytes]:
    # -P: a working directory with a json.py in it is none of our business.
    command = [sys.executable, "-P", "-m", "p2p_dispatch.bench.child", str(file)]
    paths = os.pathsep.join(path for path in sys.path if path)
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=out,
        stderr=out,
        env={**os.environ, "PYTHONPATH": paths},
        start_new_session=True,
    )
    assert child.stdin is not None
    try:
        # Left open: when it closes the child knows that we are gone.
        child.stdin.write(task.model_dump_json().encode() + b"\n")
        child.stdin.flush()
    except OSError:
        pass  # it died at once; its exit code says more
    return child


def _wait(child: subprocess.Popen[bytes], most: float | None) -> int | None:
    """The exit code; None when the time was up."""
    try:
        return child.wait(most)
    except subprocess.TimeoutExpired:
        return None
    finally:
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the process, and with it those that it started, unless it has ended."""
    if child.poll() is None:
        if os.name == "posix":
            os.killpg(child.pid, signal.SIGKILL)  # it leads a group of its own
        else:
            child.kill()
        child.wait()
    if child.stdin:
        child.stdin.close()


def _answer(file: Path, log: Path, code: int | None, seconds: float) -> Answer:
    if code is None:
        words = f"ended by force after {seconds:.0f} s"
        return Answer(told=Told(outcome=Outcome.OUT_OF_TIME, words=words))
    if code == 0 and file.exists():
        return Answer.model_validate_json(file.read_text(encoding="utf-8"))
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    words = ": ".join([_ended(code), *lines[-1:]])
    return Answer(told=Told(outcome=Outcome.CRASHED, words=words))


def _ended(code: int) -> str:
    if code >= 0:
        return f"the process ended with code {code}"
    try:
        return f"the process was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"the process was ended by signal {-code}"
