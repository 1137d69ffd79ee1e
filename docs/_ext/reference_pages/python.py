"""The public names of the Python API, for autodoc to describe."""

from __future__ import annotations

import inspect
from functools import cached_property
from types import FunctionType, ModuleType

import p2p_dispatch
import p2p_dispatch.api
import p2p_dispatch.plan.frames
import p2p_dispatch.problem
import p2p_dispatch.solution

MODELS = {"Plan": "plan.md#plan", "Scenario": "scenario.md#scenario"}
"""Whose fields have a page of their own."""

MOST_ARGUMENTS = 12
"""Arguments past which nobody would read them; they are its attributes."""

INNER = ("keep", "mark")
"""Methods that only the rooms themselves call."""

FOR_SCRIPTS = ("find_travel", "NoPlan")
"""Of ``p2p_dispatch.api``, beside what the package itself offers."""


def python_page() -> str:
    """Everything that may be imported by other people's code."""
    lines = [
        "# Python",
        "",
        "What other code may import; everything else may change from one version to the next.",
        "",
        "## p2p_dispatch",
        "",
    ]
    for name in sorted(set(p2p_dispatch.__all__) - {"__version__"}, key=str.lower):
        lines += _entry(p2p_dispatch, name)
    lines += ["## p2p_dispatch.api", ""]
    for name in FOR_SCRIPTS:
        lines += _entry(p2p_dispatch.api, name)
    for module, about in (
        (p2p_dispatch.problem, "What a strategy sees; see [strategies](../strategies.md)."),
        (p2p_dispatch.solution, "What a strategy is and hands back."),
    ):
        lines += [f"## {module.__name__}", "", about, ""]
        for name in sorted(module.__all__, key=str.lower):
            lines += _entry(module, name)
    return "\n".join(lines)


def _entry(module: ModuleType, name: str) -> list[str]:
    thing = getattr(module, name)
    path = f"{module.__name__}.{name}"
    if name in MODELS:
        return _model(path, name)
    if inspect.isclass(thing) and issubclass(thing, Exception):
        return _rst(f".. autoexception:: {path}", "   :members:")
    if inspect.isclass(thing):
        return _class(path, thing)
    if callable(thing):
        return _rst(f".. autofunction:: {path}")
    return _rst(f".. autodata:: {path}", "   :no-value:")


def _class(path: str, thing: type) -> list[str]:
    """A class; its attributes stand in its own docstring or have one each."""
    told = "Attributes\n" in (thing.__doc__ or "")
    many = len(inspect.signature(thing).parameters) > MOST_ARGUMENTS
    options = ["   :members:"] if told else ["   :members:", "   :undoc-members:"]
    return _rst(f".. autoclass:: {path}{'()' if many else ''}", *options)


def _model(path: str, name: str) -> list[str]:
    """Methods and properties; the fields stand on a page of their own."""
    rst = [f".. autoclass:: {path}()"]
    for member, kind in _members(getattr(p2p_dispatch, name)).items():
        rst += ["", f"   .. auto{kind}:: {path}.{member}"]
    return [*_rst(*rst), f"Its fields: [{name}]({MODELS[name]}).", ""]


def _members(model: type) -> dict[str, str]:
    """Public methods and properties that are ours and not pydantic's."""
    own = [each for each in model.__mro__ if each.__module__.startswith("p2p_dispatch")]
    found = {
        name: "method" if inspect.isfunction(value) else "property"
        for each in own
        for name, value in vars(each).items()
        if not name.startswith(("_", "model_"))
        and isinstance(value, FunctionType | property | cached_property)
    }
    return {name: found[name] for name in sorted(found) if name not in INNER}


def _rst(*lines: str) -> list[str]:
    return ["```{eval-rst}", *lines, "```", ""]
