"""Who pays what."""

from __future__ import annotations

from collections import defaultdict

from p2p_dispatch.plan.model import Plan
from p2p_dispatch.plan.rides import rides
from p2p_dispatch.scenario import Scenario

NOBODY = ""
"""Key of what no payer is named for."""


def bills(plan: Plan, scenario: Scenario) -> dict[str, float]:
    """
    What each payer pays, by id, in the order of the scenario.

    The cost of a trip is shared by head among its riders, the onward leg, lending and the subsidies
    are each person's own; a person's part goes to the payers of their site, or to the payers of the
    scenario where the site names none.
    """
    sites = {site.id: site for site in scenario.sites}
    cohorts = {cohort.id: cohort for cohort in scenario.cohorts}
    classes = {priority.id: priority.subsidy for priority in scenario.priorities}
    common = {payer.id: payer.share for payer in scenario.payers} or {NOBODY: 1.0}
    lines = list(rides(plan))
    heads: dict[str, int] = defaultdict(int)
    for ride in lines:
        heads[ride.trip.id] += ride.people
    owed: dict[str, float] = dict.fromkeys((payer.id for payer in scenario.payers), 0.0)
    for ride in lines:
        cohort = cohorts.get(ride.cohort)
        site = sites.get(cohort.site or ride.site or "") if cohort else None
        part = ride.trip.cost * ride.people / heads[ride.trip.id]
        if site is not None and cohort is not None and ride.last:
            part += site.handover.get(ride.alight.place, 0.0) * ride.people
            of_class = classes.get(cohort.priority or "", 0.0)
            part += scenario.lending(cohort, site.id) * ride.people
            part -= (site.subsidy_for(cohort.priority) + of_class) * ride.people
        for payer, share in (site.paid_by if site and site.paid_by else common).items():
            owed[payer] = owed.get(payer, 0.0) + part * share
    return owed
