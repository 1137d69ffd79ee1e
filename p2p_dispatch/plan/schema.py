"""The JSON Schema of ``plan.json``."""

from __future__ import annotations

from typing import Any

from p2p_dispatch.plan.model import PLAN_VERSION, Plan


def plan_schema() -> dict[str, Any]:
    """JSON Schema, draft 2020-12, of a plan as it is written."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"p2p-dispatch/plan-{PLAN_VERSION}.schema.json",
        **Plan.model_json_schema(mode="serialization"),
    }
