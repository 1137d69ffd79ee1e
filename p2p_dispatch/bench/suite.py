"""What is compared: the content of a suite file, or the same from the command line."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from p2p_dispatch.solution.solver import Limits


def _once(values: tuple[object, ...]) -> tuple[object, ...]:
    twice = next((value for i, value in enumerate(values) if value in values[:i]), None)
    if twice is not None:
        raise ValueError(f"{twice} stands twice -> name each once")
    return values


Words = Annotated[tuple[str, ...], Field(min_length=1), AfterValidator(_once)]
"""Names or paths, each once."""

Seeds = Annotated[
    tuple[Annotated[int, Field(ge=0)], ...], Field(min_length=1), AfterValidator(_once)
]
"""Seeds, each once."""


class Suite(BaseModel):
    """Every scenario is solved by every solver with every seed, under the same limits."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False
    )

    about: str = ""
    """One line on what it is for."""

    scenarios: Words
    """Names of shipped scenarios, or paths as seen from the suite's folder."""

    solvers: Words
    """Names of solvers or strategies, or paths as seen from the suite's folder."""

    seeds: Seeds = (0,)
    """Seeds; a strategy without randomness says the same every time."""

    limits: Limits = Limits()
    """When a run stops; the same for all solvers, before what their files say."""

    threads: Annotated[int, Field(ge=1)] = 1
    """Most threads of a run. One, since strategies are compared and not cores."""

    baseline: str = "first-come"
    """The solver that the others are measured by; it runs also where ``solvers`` lacks it."""

    equal: bool = True
    """Whether costs are compared at equal people served where the baseline leaves somebody
    behind: each solver then solves once more, for the people whom the baseline moved."""

    patience: Annotated[float, Field(gt=0)] = 300.0
    """Seconds past its time limit after which a run is ended by force."""

    @property
    def runners(self) -> tuple[str, ...]:
        """The solvers, the baseline first."""
        return tuple(dict.fromkeys((self.baseline, *self.solvers)))
