"""How good a plan is, in a sentence that never says more than was proved."""

from __future__ import annotations

import math

from p2p_dispatch.plan.model import Plan, Quality
from p2p_dispatch.report.words import money


def certainty(plan: Plan) -> str:
    """Where the plan lies against its bound."""
    certificate = plan.certificate
    if certificate.bound is None:
        return f"no bound: {plan.made.strategy} proves nothing"
    least = money(math.floor(certificate.bound), plan.currency)
    words = f"no plan can do better than {least} ({certificate.how}); "
    words += f"this one counts {money(plan.value.total, plan.currency)}"
    if plan.quality is Quality.OPTIMAL:
        words += ", proved best within the gap asked for"
    if certificate.gap is not None:
        # Rounded up: 0.04 % is not 0.0 %.
        gap = math.ceil(certificate.gap * 1000 - 1e-9) / 10
        words += f", a gap of {gap:.1f} %"
    if certificate.leaves_out:
        words += f"; the bound leaves out {', '.join(certificate.leaves_out)}"
    return words
