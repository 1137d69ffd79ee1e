"""Rules of which the bounds on whole plans know nothing, or not all."""

from __future__ import annotations

from p2p_dispatch.problem import NO_LIMIT, Problem


def left_out(problem: Problem) -> tuple[str, ...]:
    """Ids of the rules that the problem has and the bound leaves out, in part at least."""
    services = problem.services
    limits = {
        "fleet": True,
        "slots": bool((problem.slot_trips < NO_LIMIT).any())
        or (services is not None and bool((services.slot_trips < NO_LIMIT).any())),
        "crew": not problem.by_day,
        "stops": True,
        "minimum-load": bool(problem.minimum_load.any()),
        "budget": problem.ceiling < NO_LIMIT or bool((problem.payer_ceiling < NO_LIMIT).any()),
        "party": any(problem.parties),
        "priority": bool(problem.origin_share) or bool(problem.class_share.any()),
        "frozen": bool(problem.frozen),
        "risk": problem.apart,
    }
    return tuple(rule for rule, there in limits.items() if there)
