"""
Plans how large groups of people travel to work by chartered vehicles.

Nothing is loaded before it is asked for: ``p2p-dispatch --help`` and a script that only reads
plans should not wait for the solvers' libraries.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from p2p_dispatch._version import __version__

if TYPE_CHECKING:
    from p2p_dispatch.api import solve_scenario
    from p2p_dispatch.check import check
    from p2p_dispatch.compare import Comparison, compare_plans
    from p2p_dispatch.plan import Plan
    from p2p_dispatch.plan.files import read_plan, write_plan
    from p2p_dispatch.plan.make import make_plan
    from p2p_dispatch.problem.build import build
    from p2p_dispatch.reading import InputError
    from p2p_dispatch.scenario import Scenario
    from p2p_dispatch.scenario.read import read_scenario
    from p2p_dispatch.why import explain

__all__ = [
    "Comparison",
    "InputError",
    "Plan",
    "Scenario",
    "__version__",
    "build",
    "check",
    "compare_plans",
    "explain",
    "make_plan",
    "read_plan",
    "read_scenario",
    "solve_scenario",
    "write_plan",
]

_HOMES = {
    "Comparison": "p2p_dispatch.compare",
    "InputError": "p2p_dispatch.reading",
    "Plan": "p2p_dispatch.plan",
    "Scenario": "p2p_dispatch.scenario",
    "build": "p2p_dispatch.problem",
    "check": "p2p_dispatch.check",
    "compare_plans": "p2p_dispatch.compare",
    "explain": "p2p_dispatch.why",
    "make_plan": "p2p_dispatch.plan.make",
    "read_plan": "p2p_dispatch.plan.files",
    "read_scenario": "p2p_dispatch.scenario.read",
    "solve_scenario": "p2p_dispatch.api",
    "write_plan": "p2p_dispatch.plan.files",
}
"""Where each public name lives."""


class _Lazy(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        return getattr(import_module(_HOMES[name]), name)

    def __setattr__(self, name: str, value: Any) -> None:
        # Importing a room makes Python hang it here under its own name. The room ``check`` would
        # then hide the function ``check``, or not, depending on what was imported before.
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})


sys.modules[__name__].__class__ = _Lazy
