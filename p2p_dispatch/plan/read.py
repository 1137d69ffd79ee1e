"""Reading a plan back, whoever made or edited it."""

from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from p2p_dispatch.events.file import FILE, read_events
from p2p_dispatch.plan.life import lived
from p2p_dispatch.plan.model import PLAN_VERSION, Plan
from p2p_dispatch.reading import Fault, InputError, Mark
from p2p_dispatch.reading.spots import Step, nowhere, spoken
from p2p_dispatch.reading.yaml import parse_yaml
from p2p_dispatch.travel import Travel, load_travel


def read_plan(path: str | Path) -> Plan:
    """
    The plan of a folder, or of a ``plan.json``, with the travel saved beside it.

    What the events beside it say has happened to it: see :func:`p2p_dispatch.plan.life.lived`.

    Raises
    ------
    InputError
        P2P3001 when it cannot be read, P2P3002 when it is not a plan of this version, P2P3003
        when the travel is missing or broken, P2P3101 when an event is about nothing in it, and
        with all faults of the file of events.
    """
    path = Path(path)
    if path.is_dir():
        path = path / "plan.json"
    plan = _plan(path).with_travel(_travel(path.parent / "travel.npz"))
    events = path.with_name(FILE)
    return lived(plan, read_events(events), events) if events.exists() else plan


def _plan(path: Path) -> Plan:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        content = json.loads(text)
    except OSError as trouble:
        raise _fault("P2P3001", path, trouble.strerror or str(trouble), _SOLVE_FIRST) from None
    except UnicodeDecodeError:
        raise _fault("P2P3001", path, "this is not UTF-8 text", _SOLVE_FIRST) from None
    except json.JSONDecodeError as trouble:
        found = f"this is not JSON: {trouble.msg}"
        mark = Mark(str(path), trouble.lineno, trouble.colno)
        fault = Fault(code="P2P3001", mark=mark, found=found, right=_AS_WRITTEN)
        raise InputError([fault]) from None
    except RecursionError:
        raise _fault("P2P3001", path, "this is nested too deeply", _AS_WRITTEN) from None
    if isinstance(content, dict) and content.get("version") != PLAN_VERSION:
        found = f"this is a plan of version {content.get('version')!r}"
        raise _fault("P2P3002", path, found, f"a plan of version {PLAN_VERSION!r}")
    try:
        # By way of the text, since JSON has no times and only its mode reads texts as times.
        plan = Plan.model_validate_json(text)
    except ValidationError as trouble:
        errors = [(error["loc"], error["msg"]) for error in trouble.errors(include_url=False)]
        raise InputError(_faults(path, text, errors)) from None
    try:
        ZoneInfo(plan.time_zone)
    except (OSError, ValueError, ZoneInfoNotFoundError):
        errors = [(("time_zone",), f"no such time zone: {plan.time_zone}")]
        raise InputError(_faults(path, text, errors)) from None
    return plan


def _travel(path: Path) -> Travel:
    try:
        return load_travel(path)
    except FileNotFoundError:
        found = "the travel that the plan was made with is missing"
        raise _fault("P2P3003", path, found, _TRAVEL_BESIDE) from None
    except (OSError, ValueError):
        found = "this is not a file of saved travel"
        raise _fault("P2P3003", path, found, _TRAVEL_BESIDE) from None


_SOLVE_FIRST = "a folder that p2p-dispatch solve has written, or the plan.json in it"
_AS_WRITTEN = "JSON as p2p-dispatch schema --plan describes it"
_TRAVEL_BESIDE = "travel.npz as solve wrote it, in the folder of plan.json"


def _fault(code: str, path: Path, found: str, right: str) -> InputError:
    return InputError([Fault(code=code, mark=Mark(str(path), 0), found=found, right=right)])


def _faults(path: Path, text: str, errors: list[tuple[tuple[Step, ...], str]]) -> list[Fault]:
    try:
        # JSON is YAML, and the reader of YAML knows where every value stands.
        document = parse_yaml(text, str(path))
        spot, content = document.spot, document.data
    except InputError:
        spot, content = nowhere(str(path)), None
    return [
        Fault(
            code="P2P3002",
            mark=spot.walk(steps).mark,
            field=spoken(content, steps),
            found=f"{words[0].lower()}{words[1:]}",
            right=_AS_WRITTEN,
        )
        for steps, words in errors
    ]
