"""What is kept of a run: one line of JSON."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from p2p_dispatch.bench.equal import Moved

ROW_VERSION: Literal["1"] = "1"
"""Version of the format of a row."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Outcome(StrEnum):
    """How a run ended."""

    PLAN = "plan"
    NO_PLAN = "no plan"
    """It found none, or none that meets the demand."""
    DECLINED = "declined"
    """The solver cannot take the scenario, or the scenario cannot be used."""
    CRASHED = "crashed"
    OUT_OF_TIME = "out of time"
    """Ended by force, long after its time limit."""


class Result(_Part):
    """What a plan is worth, in the scenario's currency."""

    cost: float
    """What the strategies minimise: money, waiting, and people left behind at their price."""
    parts: dict[str, float]
    """The parts of the cost."""
    money: float
    """What has to be paid: the cost without waiting and people left behind."""
    people: int
    moved: int
    left: dict[str, int]
    """People left behind by priority class; classes of which nobody is left are not in it."""
    trips: int
    filled: int
    """Seats taken, staff included."""
    allowed: int
    """Seats that the rules allow on the trips."""
    bound: float | None
    gap: float | None
    quality: str
    ended: str
    """Why the strategy stopped."""
    findings: int
    """What ``check`` found."""
    broken: dict[str, int]
    """The same by rule."""
    first_seconds: float
    """When the strategy had its first plan, s after its start."""
    best_seconds: float
    """When it had its best, s."""
    strategy_seconds: float
    """How long the strategy took, s; a time limit is about this. Its compiled code was loaded
    before."""
    trace: tuple[tuple[float, float], ...]
    """Seconds and cost of every better plan, thinned; one point where it reports at its end."""


class Told(_Part):
    """What the process of a run says of it."""

    outcome: Outcome
    words: str = ""
    """Why there is no plan."""
    name: str | None = None
    """Of the scenario, as its file has it."""
    digest: str | None = None
    """SHA-256 of what was solved."""
    result: Result | None = None
    cpu_seconds: float | None = None
    """Of all threads, checking included, s."""
    peak_mb: float | None = None
    """Most memory of the process until the plan was made, MB; processes that the strategy
    starts are not in it."""


class Answer(_Part):
    """What the process of a run hands over."""

    told: Told
    moved: Moved | None = None
    """Whom the plan moves, where it is the baseline's and leaves somebody behind."""


class Row(Told):
    """One run."""

    version: Literal["1"] = ROW_VERSION
    date: AwareDatetime
    """When it began."""
    scenario: str
    """As the user called it."""
    solver: str
    """As the user called it."""
    strategy: str
    parameters: dict[str, Any]
    """Of the strategy, defaults included."""
    seed: int
    limits: dict[str, Any]
    """Those that held, the solver file's included."""
    threads: int
    equal_to: str | None
    """The solver whose people were to be moved, and nobody left; null: everybody, with leaving
    behind at its price."""
    process_seconds: float
    """How long the process lived, s: imports, compiling, reading and checking included."""
    commit: str | None
    """Of the clone it was run from, with ``-dirty`` where files were changed."""
    versions: dict[str, str]
    """Of the program, of Python and of what the strategies compute with."""
    machine: dict[str, Any]
    """Processor, its cores, the system."""

    @property
    def is_sound(self) -> bool:
        """Whether there is a plan and it keeps every rule."""
        return self.result is not None and self.result.findings == 0
