"""From a solution in indices to a plan with names, clock times and exact figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal

from p2p_dispatch.plan.journeys import Seated, itineraries_of
from p2p_dispatch.plan.model import (
    Batch,
    Certificate,
    GapPart,
    Itinerary,
    Made,
    Plan,
    Quality,
    Riders,
    Spell,
    Stop,
    Tier,
    Trip,
    Unserved,
    Value,
)
from p2p_dispatch.plan.service_trips import leaves_hub, service_trips
from p2p_dispatch.plan.standing import duties_of
from p2p_dispatch.plan.units import Crews, give_units
from p2p_dispatch.plan.unserved import bound_cohorts, unserved_of
from p2p_dispatch.problem import Load, Problem, TripChoice, TripRun, run_trip
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.base import day_of
from p2p_dispatch.scenario.people import Cohort, Priority
from p2p_dispatch.scenario.places import Risk, Site
from p2p_dispatch.scenario.planning import ByClock, ByDay
from p2p_dispatch.scenario.seats import allowed_seats
from p2p_dispatch.solution import Journey, Solution
from p2p_dispatch.travel import Travel


def make_plan(
    scenario: Scenario, problem: Problem, solution: Solution, travel: Travel, made: Made
) -> Plan:
    """
    The plan of a solution: what the solution chose, in the planner's words.

    Parameters
    ----------
    travel
        What the problem was built with; the plan's km and money come from it unrounded.
    made
        Who made it.
    """
    return _Maker(scenario, problem, solution, travel).plan(made)


COACHES_ALONE = "none: what is proved of coaches to people's own sites says nothing of the rest"
"""Why a plan of coaches has no bound where services or open jobs are to be planned too."""


MONEY_ALONE = "none: the scenario puts people first, and the strategy minimises money"
"""Why a plan has no bound whose strategy knows no tiers."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A trip of the solution with its run and its name."""

    id: str
    unit: str
    choice: TripChoice
    run: TripRun


class _Maker:
    """Holds what every table of the plan is made from."""

    def __init__(self, scenario: Scenario, problem: Problem, solution: Solution, travel: Travel):
        self.scenario, self.whole, self.solution = scenario, problem, solution
        self.problem = solution.coaches or problem
        self.parts = {
            number: journey
            for journey in solution.journeys
            for number in (journey.feeder, journey.onward)
            if number >= 0
        }
        self.bound = bound_cohorts(scenario, problem)
        self.cohorts = tuple(
            self.bound[self.parts[c].cohort if c in self.parts else c]
            for c in range(self.problem.n_cohorts)
        )
        self.coaches = scenario.coaches
        self.travel = travel
        self.places = tuple(scenario.places)
        self.origins = {origin.id for origin in scenario.origins}
        self.zero = datetime.combine(scenario.days.first, time(), scenario.zone).timestamp()
        self.crews = Crews(problem.crew)
        self.named = self._name()
        self.trips = tuple(self._trip(named) for named in self.named)
        self.services = service_trips(scenario, problem, solution, self.bound)

    def _name(self) -> list[_Named]:
        """Ids that stay when other trips change: day, first origin, number of its trip."""
        problem = self.problem
        runs = [(choice, run_trip(problem, choice)) for choice in self.solution.trips]
        runs.sort(key=lambda pair: (pair[1].leave, pair[0].stops, pair[0].pool))
        units = give_units(problem, [c for c, _ in runs], [r for _, r in runs])
        counts: Counter[str] = Counter()
        taken = {trip.id for trip in self.scenario.frozen}
        named = []
        for (choice, run), unit in zip(runs, units, strict=True):
            stem = f"{self._date(run.board_day):%m%d}-{self.places[choice.stops[0]]}"
            pool = self.scenario.pools[choice.pool].id
            if choice.frozen >= 0:
                name = self.scenario.frozen[choice.frozen].id
            else:
                counts[stem] += 1
                while (name := f"{stem}-{counts[stem]}") in taken:
                    counts[stem] += 1
            named.append(_Named(name, f"{pool}/{unit}", choice, run))
        return named

    def plan(self, made: Made) -> Plan:
        scenario = self.scenario
        value, unserved = self._value(), self._unserved()
        bound = None if self.solution.bound is None else self.solution.bound / 100
        quality, how = Quality(self.solution.quality.value), self.solution.bound_how
        if not (scenario.coaches_only or self.solution.bound_of_all):
            # what is proved of coaches alone says nothing of trains or of open jobs
            bound, quality, how = None, Quality.FEASIBLE, COACHES_ALONE
        if scenario.objective == "people-first":
            bound, how = None, self.solution.bound_how if self.solution.tiers else MONEY_ALONE
            quality = Quality(self.solution.quality.value) if self.solution.tiers else (
                Quality.FEASIBLE)  # fmt: skip
        return Plan(
            scenario=scenario.name,
            digest=scenario.digest,
            as_of=self._as_of(),
            time_zone=scenario.time_zone,
            currency=scenario.currency,
            by_day=scenario.by_day,
            made=made,
            value=value,
            certificate=Certificate(
                bound=bound,
                gap=None if bound is None else max(0.0, value.total - bound) / value.total
                if value.total else 0.0,
                how=how,
                leaves_out=() if bound is None else self.solution.bound_leaves_out,
                where=() if bound is None else self._where(value.total - bound),
                tiers=tuple(self._tiers(value, sum(part.count for part in unserved))),
            ),
            quality=quality,
            ended=self.solution.ended.value,
            people=scenario.people,
            moved=scenario.people - sum(part.count for part in unserved),
            trips=(*self.trips, *self.services),
            itineraries=self._itineraries(),
            duties=duties_of(self.trips),
            batches=self._batches(),
            unserved=unserved,
        ).with_travel(self.travel)  # fmt: skip

    def _where(self, gap: float) -> tuple[GapPart, ...]:
        """The parts of the gap, each to the cent; a solution counts the gap in whole cents."""
        parts = self.solution.gap_parts
        whole = sum(part.cents for part in parts)
        if gap <= 0 or whole <= 0:
            return ()
        shares = ((part, round(gap * part.cents / whole, 2)) for part in parts)
        return tuple(
            GapPart(what=part.what, place=self.places[part.place], amount=amount)
            for part, amount in shares
            if amount
        )

    def _tiers(self, value: Value, left: int) -> Iterator[Tier]:
        """What the plan comes to in each tier, with what the strategy proved of it."""
        cost = value.total - value.waiting - value.late
        of = {"people": float(left), "cost": round(cost, 2), "time": float(self._person_days())}
        for tier in self.solution.tiers:
            bound = tier.bound
            if bound is not None and tier.name == "cost":
                bound /= 100
            amount = of[tier.name]
            yield Tier(
                name=tier.name,
                value=amount,
                bound=bound,
                gap=None if bound is None else max(0.0, amount - bound) / amount
                if amount else 0.0,
                how=tier.how,
                leaves_out=tier.leaves_out,
            )  # fmt: skip

    def _person_days(self) -> int:
        """Days that people wait between ready and leaving, and days that they are late."""
        days = 0
        for named in self.named:
            for load in named.choice.loads:
                cohort, part = self.cohorts[load.cohort], self.parts.get(load.cohort)
                if part is None or load.cohort == part.feeder:
                    boards = named.choice.stops.index(int(self.problem.origin[load.cohort]))
                    boarded = self._date(self.problem.day(named.run.goes[boards]))
                    days += load.people * (boarded - day_of(cohort.ready)).days
                if part is None or load.cohort == part.onward:
                    days += load.people * self._late_days(named, load)
        for journey in self.solution.journeys:
            cohort = self.bound[journey.cohort]
            if journey.feeder < 0:
                boarded = leaves_hub(self.services[journey.trip], self.places[journey.board]).date()
                days += journey.people * (boarded - day_of(cohort.ready)).days
            if journey.onward < 0:
                days += journey.people * self._late_by(journey)
        return days

    def _trip(self, named: _Named) -> Trip:
        scenario, choice, run = self.scenario, named.choice, named.run
        pool = scenario.pools[choice.pool]
        unit_type = self.coaches[int(self.problem.unit_type[choice.pool])]
        stops = self._stops(choice, run)
        day = self._date(run.board_day)
        risk = max(
            (scenario.places[self.places[s]].risk_on(day) for s in choice.stops),
            key=lambda level: level.rank,
            default=Risk.LOW,
        )
        seats = allowed_seats(unit_type, scenario.rules.seats, day, risk)
        names = [] if scenario.by_day else self.crews.board(named.unit, run, choice.drivers)
        legs = self._legs(choice)
        km = sum(legs)
        days, drivers = self._days(run, sum(legs[1:-1])), self._drivers(choice)
        each_day = unit_type.per_day + drivers * scenario.prices.driver_day
        return Trip(
            id=named.id,
            role=self._role(choice),
            pool=pool.id,
            unit_type=unit_type.id,
            unit=named.unit,
            day=day,
            drivers=drivers,
            days=days,
            staff=seats.staff,
            allowed=seats.allowed,
            stops=stops,
            driving=tuple(
                Spell(driver=names[s.driver], start=self._clock(s.start), end=self._clock(s.end))
                for s in (run.stretches if names else ())
            ),
            km=round(km, 3),
            cost=round(days * each_day + km * unit_type.per_km, 2),
        )

    def _stops(self, choice: TripChoice, run: TripRun) -> tuple[Stop, ...]:
        depot = int(self.problem.depot[choice.pool])
        board, alight = defaultdict(Counter), defaultdict(Counter)  # type: ignore[var-annotated]
        for load in choice.loads:
            cohort = self.cohorts[load.cohort].id
            board[int(self.problem.origin[load.cohort])][cohort] += load.people
            alight[load.drop][cohort] += load.people
        road = (depot, *choice.stops, depot)
        km = [0.0, *self._legs(choice)]
        comes = (None, *run.comes, run.back)
        goes = (run.leave, *run.goes, None)
        last = len(road) - 1
        return tuple(
            Stop(
                place=self.places[place],
                km=round(km[i], 3),
                arrive=self._clock_or_none(comes[i]),
                depart=self._clock_or_none(goes[i]),
                board=_riders(board[place]) if 0 < i < last else (),
                alight=_riders(alight[place]) if 0 < i < last else (),
            )
            for i, place in enumerate(road)
        )

    def _days(self, run: TripRun, loaded_km: float) -> int:
        planning = self.scenario.planning
        if isinstance(planning, ByDay):
            past = planning.two_days_past_km
            return 2 if past is not None and loaded_km > past else 1
        return run.days

    def _drivers(self, choice: TripChoice) -> int:
        """By the day a second driver may have been counted for a second of rounding."""
        planning = self.scenario.planning
        if not isinstance(planning, ByDay) or planning.second_driver_past_hours is None:
            return choice.drivers
        depot = int(self.problem.depot[choice.pool])
        there = pairwise((depot, *choice.stops))
        minutes = sum(self.travel.leg(self.places[a], self.places[b])[1] for a, b in there)
        needed = 2 if minutes > 60 * planning.second_driver_past_hours else 1
        return min(choice.drivers, needed)

    def _role(self, choice: TripChoice) -> Literal["direct", "feeder", "onward"]:
        """What a coach is for: it follows from who changes to it and from it."""
        parts = {load.cohort: self.parts.get(load.cohort) for load in choice.loads}
        changing = [(number, journey) for number, journey in parts.items() if journey]
        if any(number == journey.onward for number, journey in changing):
            return "onward"
        return "feeder" if changing else "direct"

    def _itineraries(self) -> tuple[Itinerary, ...]:
        direct = [
            Itinerary(
                cohort=self.cohorts[load.cohort].id,
                count=load.people,
                parties=load.parties,
                accessible=load.accessible,
                trips=(named.id,),
                drop=self.places[load.drop] if self._site(load.cohort) else "",
                site=self._site(load.cohort),
            )
            for named in self.named
            for load in named.choice.loads
            if load.cohort not in self.parts
        ]
        seated = defaultdict(list)
        for named in self.named:
            for load in named.choice.loads:
                seated[load.cohort].append(Seated(named.id, load))
        changing = [
            itinerary
            for journey in self.solution.journeys
            for itinerary in itineraries_of(
                self.places,
                journey,
                self.bound[journey.cohort].id,
                self._site(journey.cohort),
                self.services[journey.trip].id,
                seated[journey.feeder] if journey.feeder >= 0 else (),
                seated[journey.onward] if journey.onward >= 0 else (),
            )
        ]
        return (*direct, *changing)

    def _site(self, cohort: int) -> str:
        """The site whose posts the people of a cohort fill; empty where they are bound for one."""
        is_match = self.whole.n_cohorts <= cohort < len(self.bound)
        return self.bound[cohort].site or "" if is_match else ""

    def _batches(self) -> tuple[Batch, ...]:
        planning = self.scenario.planning
        batches = []
        for trip in self.trips:
            boarding = [s for s in trip.stops if s.board and s.place in self.origins]
            for number, stop in enumerate(boarding, start=1):
                call = None
                if isinstance(planning, ByClock) and stop.depart:
                    ahead = planning.stop_minutes + planning.call_minutes
                    call = stop.depart - timedelta(minutes=ahead)
                batches.append(
                    Batch(
                        id=f"{trip.id}.{number}",
                        origin=stop.place,
                        trip=trip.id,
                        people=sum(riders.count for riders in stop.board),
                        call=call,
                    )
                )
        return (*batches, *self._gathered())

    def _gathered(self) -> Iterator[Batch]:
        """Batches of people who come to a station by themselves."""
        people: Counter[tuple[int, str]] = Counter()
        hubs: dict[tuple[int, str], set[str]] = defaultdict(set)
        for journey in self.solution.journeys:
            if journey.feeder < 0:
                batch = journey.trip, self.bound[journey.cohort].origin
                people[batch] += journey.people
                hubs[batch].add(self.places[journey.board])
        planning, numbers = self.scenario.planning, Counter[int]()
        for (number, origin), count in people.items():
            assert isinstance(planning, ByClock)
            numbers[number] += 1
            trip = self.services[number]
            ahead = timedelta(minutes=planning.stop_minutes + planning.call_minutes)
            yield Batch(
                id=f"{trip.id}.{numbers[number]}",
                origin=origin,
                trip=trip.id,
                people=count,
                call=min(leaves_hub(trip, hub) for hub in hubs[number, origin]) - ahead,
            )

    def _unserved(self) -> tuple[Unserved, ...]:
        return unserved_of(
            self.scenario,
            self.whole,
            self.solution.coaches,
            self.bound,
            [(named.choice, named.run) for named in self.named],
            [*self._direct(), *self.solution.journeys],
        )

    def _direct(self) -> Iterator[Load]:
        """Everybody who goes by coach all the way."""
        return (
            load
            for named in self.named
            for load in named.choice.loads
            if load.cohort not in self.parts
        )

    def _value(self) -> Value:
        scenario = self.scenario
        types = {unit_type.id: unit_type for unit_type in self.coaches}
        trips = [(trip, types[trip.unit_type]) for trip in self.trips]
        classes = {p.id: p for p in scenario.priorities}
        onward = waiting = late = subsidies = transfers = lending = 0.0
        left = {cohort.id: cohort.count for cohort in scenario.cohorts}
        for named in self.named:
            for load in named.choice.loads:
                cohort, part = self.cohorts[load.cohort], self.parts.get(load.cohort)
                starts = part is None or load.cohort == part.feeder
                ends = part is None or load.cohort == part.onward
                if starts:
                    boards = named.choice.stops.index(int(self.problem.origin[load.cohort]))
                    boarded = self._date(self.problem.day(named.run.goes[boards]))
                    waiting += load.people * (boarded - day_of(cohort.ready)).days
                if ends:
                    site = scenario.places[cohort.site or ""]
                    assert isinstance(site, Site)
                    onward += load.people * site.handover.get(self.places[load.drop], 0.0)
                    late += load.people * self._late_days(named, load) * _late_day(scenario, cohort)
                if part is None:
                    left[cohort.id] -= load.people
                    subsidies += load.people * _subsidy(scenario, classes, cohort)
                    lending += load.people * scenario.lending(cohort, cohort.site)
                else:
                    transfers += load.people
        for journey in self.solution.journeys:
            cohort = self.bound[journey.cohort]
            left[cohort.id] -= journey.people
            subsidies += journey.people * _subsidy(scenario, classes, cohort)
            lending += journey.people * scenario.lending(cohort, cohort.site)
            if journey.feeder < 0:
                boarded = leaves_hub(self.services[journey.trip], self.places[journey.board]).date()
                waiting += journey.people * (boarded - day_of(cohort.ready)).days
            if journey.onward < 0:
                site = scenario.places[cohort.site or ""]
                assert isinstance(site, Site)
                onward += journey.people * site.handover.get(self.places[journey.alight], 0.0)
                late += journey.people * self._late_by(journey) * _late_day(scenario, cohort)
        of_mode = {
            mode: sum(trip.cost for trip in self.services if trip.mode == mode)
            for mode in ("train", "carriage", "plane")
        }
        parts = {
            "vehicles": sum(trip.days * unit_type.per_day for trip, unit_type in trips),
            "km": sum(
                sum(self._legs(named.choice)) * unit_type.per_km
                for named, (_, unit_type) in zip(self.named, trips, strict=True)
            ),
            "drivers": sum(t.days * t.drivers for t in self.trips) * scenario.prices.driver_day,
            "trains": of_mode["train"],
            "carriages": of_mode["carriage"],
            "planes": of_mode["plane"],
            "transfers": transfers * scenario.prices.transfer,
            "onward": onward,
            "lending": lending,
            "waiting": waiting * scenario.prices.waiting_day,
            "left_behind": sum(
                left[c.id] * (classes[c.priority] if c.priority else scenario.prices).left_behind
                for c in scenario.cohorts
            ),
            "late": late,
            "changes": self._changes(),
            "empty_posts": empty_posts(scenario, self._filled()),
            "subsidies": subsidies,
        }
        rounded = {part: round(money, 2) for part, money in parts.items()}
        total = sum(rounded.values()) - 2 * rounded["subsidies"]
        return Value(**rounded, total=round(total, 2))

    def _filled(self) -> Counter[str]:
        """Posts that are filled, by site."""
        filled: Counter[str] = Counter()
        moved: list[Load | Journey] = [*self._direct(), *self.solution.journeys]
        for some in moved:
            filled[self._site(some.cohort)] += some.people
        return filled

    def _late_days(self, named: _Named, load: Load) -> int:
        arrives = named.run.arrives[named.choice.stops.index(load.drop)]
        return self.problem.late_days(load.cohort, arrives)

    def _late_by(self, journey: Journey) -> int:
        """Days after being due at which a service brings those who are taken over at a hub."""
        services = self.whole.services
        assert services is not None
        offer = services.offers[self.solution.services[journey.trip].offer]
        return self.problem.late_days(journey.cohort, offer.comes_to(journey.alight))

    def _changes(self) -> float:
        """Frozen trips that were given up, at their price for every promised person."""
        kept = {named.choice.frozen for named in self.named}
        return sum(
            (trip.changing or 0.0) * sum(riders.count for riders in trip.riders)
            for i, trip in enumerate(self.scenario.frozen)
            if i not in kept
        )

    def _as_of(self) -> datetime:
        return self.scenario.now.replace(tzinfo=self.scenario.zone)

    def _date(self, day: int) -> date:
        return self.scenario.days.first + timedelta(days=day)

    def _clock(self, minute: int) -> datetime:
        return datetime.fromtimestamp(self.zero + 60 * minute, self.scenario.zone)

    def _clock_or_none(self, minute: int | None) -> datetime | None:
        return None if minute is None or self.scenario.by_day else self._clock(minute)

    def _legs(self, choice: TripChoice) -> list[float]:
        """Km of every leg, depot to depot, unrounded."""
        depot = int(self.problem.depot[choice.pool])
        road = (depot, *choice.stops, depot)
        return [self.travel.leg(self.places[a], self.places[b])[0] for a, b in pairwise(road)]


def empty_posts(scenario: Scenario, filled: Counter[str]) -> float:
    """
    What the open posts cost that nobody fills.

    Parameters
    ----------
    filled
        How many are filled, by site.
    """
    prices = scenario.prices
    return sum(
        (sum(site.posts.values()) - filled[site.id])
        * (prices.empty_key_post if site.key else prices.empty_post)
        for site in scenario.sites
    )


def _subsidy(scenario: Scenario, classes: dict[str, Priority], cohort: Cohort) -> float:
    """What somebody else pays per person of a cohort: by their site and by their class."""
    site = scenario.places[cohort.site or ""]
    assert isinstance(site, Site)
    of_class = classes[cohort.priority].subsidy if cohort.priority else 0.0
    return site.subsidy_for(cohort.priority) + of_class


def _late_day(scenario: Scenario, cohort: Cohort) -> float:
    for priority in scenario.priorities:
        if priority.id == cohort.priority and priority.late_day is not None:
            return priority.late_day
    return scenario.prices.late_day


def _riders(counts: Counter[str]) -> tuple[Riders, ...]:
    return tuple(Riders(cohort=cohort, count=count) for cohort, count in counts.items())
