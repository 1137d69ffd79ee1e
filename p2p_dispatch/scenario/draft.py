"""A scenario in which everything may be missing, for what is left of a faulty one."""

from __future__ import annotations

from typing import Annotated, Any, get_origin

from pydantic import create_model
from pydantic.fields import FieldInfo

from p2p_dispatch.scenario.scenario import Scenario


def _with_default(info: FieldInfo) -> tuple[Any, Any]:
    if get_origin(info.annotation) is tuple:
        return info.annotation, ()
    # Pydantic keeps what stood in ``Annotated`` apart; without it a day would not be read as one.
    whole: Any = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
    return whole | None, None


def _optional() -> dict[str, Any]:
    return {
        name: _with_default(info)
        for name, info in Scenario.model_fields.items()
        if info.is_required()
    }


DraftScenario: type[Scenario] = create_model("DraftScenario", __base__=Scenario, **_optional())
"""Lists that were lost are empty, other parts None; a check says which parts it needs."""
