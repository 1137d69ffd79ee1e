"""A scenario as it is with some parts changed."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from p2p_dispatch.scenario.scenario import Scenario


def altered(scenario: Scenario, **parts: Any) -> Scenario:
    """
    A scenario with other parts, which are not validated again.

    What was worked out of the old ones, its digest and its places among it, is forgotten.
    """
    other = scenario.model_copy(update=parts)
    for name, kind in vars(type(other)).items():
        if isinstance(kind, cached_property):
            other.__dict__.pop(name, None)
    return other
