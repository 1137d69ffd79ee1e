"""``budget``: no more is spent than there is, in all and by each payer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import isnan

from p2p_dispatch.check.facts import Facts
from p2p_dispatch.check.figures import CENT, days_of
from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.people import leaving, lending_price, subsidy_of
from p2p_dispatch.check.run import Run, people
from p2p_dispatch.check.value import fare, onward_price

RULE = "budget"


def budget(facts: Facts) -> Iterator[Finding]:
    """Money, less subsidies, is at most the ceiling of the rule and those of the payers."""
    paid, total = _shares(facts)
    # Each cost may be rounded to a hundredth, as it may in the plan's own figures.
    slack = CENT * max(1, len(facts.runs))
    ceiling = facts.scenario.rules.budget.ceiling
    if ceiling is not None and total > ceiling + slack:
        words = f"{total:.2f} {facts.scenario.currency} to be paid, at most {ceiling:.2f}"
        yield Finding(rule=RULE, where="plan", words=words)
    for payer in facts.scenario.payers:
        if payer.ceiling is not None and paid[payer.id] > payer.ceiling + slack:
            words = f"{paid[payer.id]:.2f} {facts.scenario.currency}, at most {payer.ceiling:.2f}"
            yield Finding(rule=RULE, where=f"payer {payer.id}", words=words)


def _shares(facts: Facts) -> tuple[dict[str, float], float]:
    """What each payer pays, and what is paid in all."""
    paid: defaultdict[str, float] = defaultdict(float)
    common = {payer.id: payer.share for payer in facts.scenario.payers}
    total = 0.0
    for run in facts.runs:
        cost = _cost(facts, run)
        riders = sum(people(run.stops[i].alight) for i in run.alights)
        total += cost
        if riders <= 0:
            # A trip for nobody is nobody's in particular.
            _charge(paid, common, cost)
            continue
        for i in run.alights:
            for some in leaving(facts, run, i):
                more = 0.0
                if some.ends:
                    more = onward_price(facts, some.site, run.stops[i].place)
                    cohort = facts.cohorts.get(some.cohort)
                    if cohort and cohort.lent_by not in (None, some.site):
                        more += lending_price(facts, cohort.lent_by or "", some.site)
                    more -= subsidy_of(facts, facts.cohorts.get(some.cohort), some.site)
                total += some.count * more
                site = facts.sites.get(some.site)
                shares = dict(site.paid_by) if site and site.paid_by else common
                _charge(paid, shares, some.count * (cost / riders + more))
    return paid, total


def _charge(paid: defaultdict[str, float], shares: dict[str, float], amount: float) -> None:
    for payer, share in shares.items():
        paid[payer] += share * amount


def _cost(facts: Facts, run: Run) -> float:
    """What a trip costs; without the km where a road is missing."""
    if not run.coach:
        cost = fare(facts, run)
        return 0.0 if isnan(cost) else cost
    days, coach = days_of(facts, run), facts.coach_type(run)
    cost = days * run.trip.drivers * facts.scenario.prices.driver_day
    if coach:
        cost += days * coach.per_day
        cost += sum(km for km in run.km if not isnan(km)) * coach.per_km
    return cost
