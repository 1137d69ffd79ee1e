"""The figures of a plan; how they are shown is elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from p2p_dispatch.plan.model import Plan
from p2p_dispatch.plan.rides import boards_on, empty_km, rides
from p2p_dispatch.report.batches import filled
from p2p_dispatch.report.bills import NOBODY, bills
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.base import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassCount:
    """People of one priority class."""

    id: str
    """Empty: people without a class."""
    name: str
    moved: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What one payer pays."""

    id: str
    """Empty: nobody is named."""
    name: str
    amount: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftBehind:
    """People left behind for the same reason."""

    reason: str
    """Id of the rule."""
    words: str
    people: int
    cohorts: tuple[str, ...]
    remedies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapShare:
    """Where a part of the gap lies."""

    what: str
    """As in the certificate."""
    place: str
    """Id; empty: anywhere."""
    name: str
    share: float
    """Of the gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """People of one site who work for a time at another."""

    lender: str
    borrower: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a plan does and costs."""

    people: int
    moved: int
    classes: tuple[ClassCount, ...]
    trips: int
    units: int
    filled: int
    """Seats taken, staff included."""
    allowed: int
    km: float
    empty_km: float
    currency: str
    vehicles: float
    road: float
    """Cost of the kilometres."""
    drivers: float
    trains: float
    carriages: float
    planes: float
    onward: float
    lending: float
    """People of one employer who are lent to another."""
    subsidies: float
    """What somebody else pays for the people moved."""
    money: float
    """Sum of these less the subsidies: what somebody has to pay."""
    per_person: float | None
    """Money per person moved; none: nobody moves."""
    bills: tuple[Bill, ...]
    lent: tuple[Lent, ...]
    """Who is lent to whom, by name, in the order of the plan."""
    waited: int
    """Person-days between ready and leaving."""
    waiting: float
    """What the waiting counts for."""
    left_behind: float
    """What the people left behind count for."""
    total: float
    """What the strategies minimise."""
    unserved: tuple[LeftBehind, ...]
    bound: float | None
    gap: float | None
    gap_by_rule: tuple[GapShare, ...]
    """Where the gap lies, by what it is about, the largest share first."""
    gap_by_place: tuple[GapShare, ...]
    """The same by depot, site or origin."""
    assumed: tuple[str, ...]
    """Parts of the scenario whose figures nobody has vouched for."""

    @property
    def parts(self) -> dict[str, float]:
        """The costs by kind, in the order in which they are told."""
        return {
            "vehicles": self.vehicles,
            "km": self.road,
            "drivers": self.drivers,
            "trains": self.trains,
            "carriages": self.carriages,
            "planes": self.planes,
            "onward": self.onward,
            "lending": self.lending,
        }


def figures(plan: Plan, scenario: Scenario) -> Figures:
    """All figures of a plan."""
    value = plan.value
    return Figures(
        people=plan.people,
        moved=plan.moved,
        classes=tuple(_classes(plan, scenario)),
        trips=len(plan.trips),
        units=len({trip.unit for trip in plan.trips if trip.unit}),
        filled=sum(filled(trip) for trip in plan.trips),
        allowed=sum(trip.allowed for trip in plan.trips),
        km=sum(trip.km for trip in plan.trips),
        empty_km=sum(empty_km(trip) for trip in plan.trips),
        currency=plan.currency,
        vehicles=value.vehicles,
        road=value.km,
        drivers=value.drivers,
        trains=value.trains,
        carriages=value.carriages,
        planes=value.planes,
        onward=value.onward,
        lending=value.lending,
        subsidies=value.subsidies,
        money=value.money,
        per_person=value.money / plan.moved if plan.moved else None,
        bills=tuple(_bills(plan, scenario)),
        lent=tuple(_lent(plan, scenario)),
        waited=_waited(plan, scenario),
        waiting=value.waiting,
        left_behind=value.left_behind,
        total=value.total,
        unserved=tuple(_unserved(plan)),
        bound=plan.bound,
        gap=plan.gap,
        gap_by_rule=tuple(_gap(plan, scenario, by_place=False)),
        gap_by_place=tuple(_gap(plan, scenario, by_place=True)),
        assumed=tuple(assumed(scenario)),
    )


def _lent(plan: Plan, scenario: Scenario) -> Iterator[Lent]:
    lenders = {cohort.id: cohort.lent_by for cohort in scenario.cohorts}
    people: dict[tuple[str, str], int] = defaultdict(int)
    for part in plan.itineraries:
        lender = lenders.get(part.cohort)
        if lender not in (None, part.site):
            people[lender or "", part.site] += part.count
    for sites, number in people.items():
        lender, borrower = (p.label if (p := scenario.places.get(s)) else s for s in sites)
        yield Lent(lender=lender, borrower=borrower, people=number)


def _classes(plan: Plan, scenario: Scenario) -> Iterator[ClassCount]:
    classes = {cohort.id: cohort.priority or "" for cohort in scenario.cohorts}
    people: dict[str, int] = defaultdict(int)
    moved: dict[str, int] = defaultdict(int)
    for cohort in scenario.cohorts:
        people[classes[cohort.id]] += cohort.count
    for itinerary in plan.itineraries:
        moved[classes.get(itinerary.cohort, "")] += itinerary.count
    names = {priority.id: priority.name or priority.id for priority in scenario.priorities}
    for key, name in {**names, "": "others" if names else "all"}.items():
        if people[key]:
            yield ClassCount(id=key, name=name, moved=moved[key], people=people[key])


def _bills(plan: Plan, scenario: Scenario) -> Iterator[Bill]:
    names = {payer.id: payer.name or payer.id for payer in scenario.payers}
    names[NOBODY] = "nobody named"
    for payer, amount in bills(plan, scenario).items():
        yield Bill(id=payer, name=names.get(payer, payer), amount=amount)


def _waited(plan: Plan, scenario: Scenario) -> int:
    ready = {cohort.id: day_of(cohort.ready) for cohort in scenario.cohorts}
    first_legs = (ride for ride in rides(plan) if ride.leg == 1 and ride.cohort in ready)
    return sum(ride.people * (boards_on(ride) - ready[ride.cohort]).days for ride in first_legs)


def _unserved(plan: Plan) -> Iterator[LeftBehind]:
    groups = defaultdict(list)
    for part in plan.unserved:
        groups[part.reason, part.words, part.remedies].append(part)
    for (reason, words, remedies), parts in groups.items():
        yield LeftBehind(
            reason=reason,
            words=words,
            people=sum(part.count for part in parts),
            cohorts=tuple(part.cohort for part in parts),
            remedies=remedies,
        )


def _gap(plan: Plan, scenario: Scenario, *, by_place: bool) -> Iterator[GapShare]:
    parts: dict[tuple[str, str], float] = defaultdict(float)
    for part in plan.certificate.where:
        parts[part.what, part.place if by_place else ""] += part.amount
    whole = sum(parts.values())
    if whole <= 0:
        return
    for (what, place), amount in sorted(parts.items(), key=lambda each: -each[1]):
        known = scenario.places.get(place)
        name = known.label if known else place
        yield GapShare(what=what, place=place, name=name, share=amount / whole)


def assumed(scenario: Scenario) -> Iterator[str]:
    """Parts of the scenario whose ``basis`` begins with ASSUMPTION."""
    parts = {
        "prices": scenario.prices.basis,
        **{unit_type.label: unit_type.basis for unit_type in scenario.unit_types},
        **{line.name or line.id: line.basis for line in scenario.lines},
        **{service.label: service.basis for service in scenario.services},
        **{f"seats {rule.id}": rule.basis for rule in scenario.rules.seats},
        "stops": scenario.rules.stops.basis,
        "crew": scenario.rules.crew.basis,
        "travel": scenario.travel.basis,
    }
    return (name for name, basis in parts.items() if basis.startswith("ASSUMPTION"))
