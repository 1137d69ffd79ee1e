"""The rules by their ids, and the judging of a plan by all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from p2p_dispatch.check.absurd import absurd
from p2p_dispatch.check.balance import balance
from p2p_dispatch.check.budget import budget
from p2p_dispatch.check.consist import consist
from p2p_dispatch.check.crew import crew
from p2p_dispatch.check.facts import Facts, facts_of
from p2p_dispatch.check.figures import figures
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.fleet import fleet
from p2p_dispatch.check.frozen import frozen
from p2p_dispatch.check.intake import intake
from p2p_dispatch.check.life import life
from p2p_dispatch.check.medical import medical
from p2p_dispatch.check.minimum_load import minimum_load
from p2p_dispatch.check.notice import notice
from p2p_dispatch.check.party import party
from p2p_dispatch.check.priority import priority
from p2p_dispatch.check.risk import risk
from p2p_dispatch.check.seats import seats
from p2p_dispatch.check.slots import slots
from p2p_dispatch.check.stops import stops
from p2p_dispatch.check.transfer import transfer
from p2p_dispatch.check.windows import windows
from p2p_dispatch.plan.model import Plan
from p2p_dispatch.scenario import Scenario

Check = Callable[[Facts], Iterator[Finding]]
"""One rule: everything in a plan that breaks it."""

RULES: dict[str, Check] = {
    "balance": balance,
    "seats": seats,
    "stops": stops,
    "windows": windows,
    "medical": medical,
    "intake": intake,
    "fleet": fleet,
    "crew": crew,
    "slots": slots,
    "risk": risk,
    "minimum-load": minimum_load,
    "consist": consist,
    "transfer": transfer,
    "notice": notice,
    "budget": budget,
    "priority": priority,
    "frozen": frozen,
    "life": life,
    "party": party,
    "figures": figures,
}
"""The rules by id; their exact meaning is in docs/rules.md, and findings come in this order."""

FACTS_TOO = ("balance", "frozen", "life", "party", "figures")
"""Rules that a trip that has left is judged by: the others say what should have left."""


def check(scenario: Scenario, plan: Plan, *, only: Collection[str] = ()) -> list[Finding]:
    """
    What a plan breaks, whoever made it.

    Only the scenario, the plan and its saved travel are looked at, and all arithmetic is done
    again: what made the plan cannot excuse it. A plan for another version of the scenario is judged
    by this one; :func:`p2p_dispatch.check.notices` says so.

    Parameters
    ----------
    scenario
        The question.
    plan
        Any plan that can be read, also one edited by hand.
    only
        Ids of the rules that are asked; empty: all.

    Returns
    -------
    Findings by rule, then by what they are about; empty where the plan keeps all rules.

    Raises
    ------
    LookupError
        When the plan has no travel, see :attr:`p2p_dispatch.plan.Plan.travel`.
    """
    facts = facts_of(scenario, plan)
    if beyond := absurd(plan):
        return beyond
    left = {f"trip {trip}" for trip in facts.left}
    return [
        finding
        for name, rule in RULES.items()
        if name in only or not only
        for finding in sorted(rule(facts), key=lambda finding: finding.where)
        if finding.rule in FACTS_TOO or finding.where not in left
    ]
