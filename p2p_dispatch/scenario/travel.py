"""Where travel times come from."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from p2p_dispatch.scenario.base import NOT_BOOL, Amount, Id, Part, Text

ADDRESS = r"^https?://([^\s/?#@:\[\]]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(/[^\s?#]*)?$"
"""
Of a server.

Nothing else that a URL may hold: it goes into the plan, and a plan is no place for a password.
"""


class Leg(Part):
    """Road from one place to another, one way."""

    origin: Id = Field(alias="from")
    """Place the road starts at."""

    to: Id
    """Place the road ends at."""

    km: Amount
    """Length, km."""

    minutes: Amount
    """Driving time without stops and breaks, minutes."""


class _Travel(Part):
    buffer: Annotated[float, Field(ge=0, le=3), NOT_BOOL] = 0.0
    """Share added to every driving time, e.g. 0.1 for a tenth more."""

    basis: Text = ""
    """Where the figures come from; begins with ASSUMPTION where nobody said so."""


class GreatCircle(_Travel):
    """Great circle times a factor for the bends of the road."""

    model_config = ConfigDict(title="great circle")

    kind: Literal["great-circle"] = "great-circle"

    circuity: Annotated[float, Field(ge=1, le=5), NOT_BOOL] | Literal["curve"] = "curve"
    """Road km per great-circle km: a number, or ``curve`` for a factor that falls with
    distance."""

    kmh: Annotated[float, Field(gt=0, le=200), NOT_BOOL] = 75.0
    """Driving speed, km/h."""

    least_km: Amount = 0.0
    """Road km between two different places are never less than this."""

    legs: tuple[Leg, ...] = ()
    """Roads that are known better; each way on its own."""


class Matrix(_Travel):
    """Every road is listed; a pair that is not listed has no road."""

    model_config = ConfigDict(title="matrix")

    kind: Literal["matrix"]

    legs: tuple[Leg, ...]
    """The roads, each way on its own; usually a CSV with the columns from, to, km, minutes."""


class Osrm(_Travel):
    """The table service of an OSRM server; what it said is kept and not asked for again."""

    model_config = ConfigDict(title="osrm")

    kind: Literal["osrm"]

    url: Annotated[str, Field(max_length=300, pattern=ADDRESS)]
    """Address of the server, e.g. ``http://127.0.0.1:5000``; no user, key or question mark."""

    profile: Annotated[str, Field(max_length=40, pattern=r"^[A-Za-z0-9_-]+$")] = "driving"
    """Means of transport, as the server calls it."""

    most_points: Annotated[int, Field(ge=2, le=10_000), NOT_BOOL] = 100
    """Most points in one request; the server's ``--max-table-size``, whose default is 100."""

    timeout_seconds: Annotated[float, Field(gt=0, le=3600), NOT_BOOL] = 30.0
    """How long the server may be silent, s."""

    tries: Annotated[int, Field(ge=1, le=20), NOT_BOOL] = 5
    """How often a request is made when the server is silent, busy or stumbles."""

    legs: tuple[Leg, ...] = ()
    """Roads that are known better; each way on its own."""


def _great_circle(value: Any) -> Any:
    """Let ``travel: {buffer: 0.1}`` do without its kind."""
    return {"kind": "great-circle", **value} if isinstance(value, dict) else value


TravelSource = Annotated[
    Annotated[GreatCircle | Matrix | Osrm, Field(discriminator="kind")],
    BeforeValidator(_great_circle),
]
"""Great circle, which is the default kind, matrix or osrm."""
