"""What a reader of findings should know and no rule forbids."""

from __future__ import annotations

from p2p_dispatch.plan.model import Plan
from p2p_dispatch.scenario import Scenario


def notices(scenario: Scenario, plan: Plan) -> list[str]:
    """Whether the plan was made for this scenario: by its name, and by its content."""
    if plan.scenario != scenario.name:
        return [f"the plan is for {plan.scenario}, judged by {scenario.name}"]
    if plan.digest != scenario.digest:
        return [f"{scenario.name} has changed since the plan was made"]
    return []
