"""
What is still to be decided, as a scenario and a problem of its own.

People who have arrived are out of it. Who has left home and changes further on begins at the hub
where they get off. Who was told a way is a cohort of their own, so that what they were told has a
price. Trips that have left stand on the board of the strategy: they hold their units, checks,
intake and slots, and nobody boards them any more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

import numpy as np

from p2p_dispatch.life.happened import Situation
from p2p_dispatch.life.parts import Party, begins, boards_at, leaves_home, stop_at, vehicle_of
from p2p_dispatch.plan.model import Trip
from p2p_dispatch.problem import Load, Problem, TripChoice, TripRun, build
from p2p_dispatch.problem.problem import Frozen
from p2p_dispatch.problem.promises import COLUMNS, Ride, Start, Told
from p2p_dispatch.problem.services import Services
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.altered import altered
from p2p_dispatch.scenario.people import Cohort
from p2p_dispatch.travel import Travel

NEAR_DEPOTS = 8
"""Depots near a hub that send coaches for people who are stranded there."""


@dataclass(frozen=True, kw_only=True)
class Rest:
    """
    What is still to be decided.

    Attributes
    ----------
    scenario, problem
        Of the people who are not at the end of their way.
    parts
        Who these are: cohort ``name~i`` of the scenario is part i.
    facts
        Ids of trips that have left.
    done
        Parts at the end of their way.
    riding
        Seats on the coaches that have left: they are cohorts of the problem beside the parts.
    """

    scenario: Scenario
    problem: Problem
    parts: tuple[Party, ...]
    facts: frozenset[str]
    done: tuple[Party, ...]
    riding: int

    def part(self, cohort: str) -> int:
        """The number of the part that a cohort is; -1 where it rides what has left."""
        name, _, number = cohort.rpartition("~")
        return int(number) if name else -1


def facts_of(situation: Situation, as_of: datetime) -> frozenset[str]:
    """
    Trips that have left by a moment, or cannot be changed any more.

    ASSUMPTION: what should have left has left, unless an event says otherwise. A coach that is
    late, and one that could not be ordered again in time, stand as they are.
    """
    found = set(situation.departed)
    for trip in situation.trips.values():
        if trip.id in situation.cancelled:
            continue
        if leaving(trip) <= as_of or trip.id in situation.late or _stuck(situation, trip, as_of):
            found.add(trip.id)
    return frozenset(found)


def leaving(trip: Trip) -> datetime:
    """When a trip leaves its depot or first hub, local time; by the day the end of its day."""
    depart = trip.stops[0].depart
    if depart is None:
        return datetime.combine(trip.day, time()) + timedelta(days=1)
    return depart.replace(tzinfo=None)


def _stuck(situation: Situation, trip: Trip, as_of: datetime) -> bool:
    """Whether a coach is too near to be ordered again, and may go."""
    scenario = situation.scenario
    notice = {coach.id: coach.notice_hours for coach in scenario.coaches}.get(trip.unit_type, 0.0)
    if not notice or leaving(trip) >= as_of + timedelta(hours=notice):
        return False
    limits = scenario.rules.risk
    ranks = [level.rank for level in (limits.stay_from, limits.shut_from) if level]
    places = [scenario.places[stop.place] for stop in trip.stops]
    shut = any(trip.day in place.closed_on for place in places)
    return not shut and all(place.risk_on(trip.day).rank < rank for place in places
                            for rank in ranks)  # fmt: skip


def gone(part: Party, facts: frozenset[str]) -> Party:
    """A part with how many of its trips have left."""
    number = 0
    while number < len(part.trips) and part.trips[number] in facts:
        number += 1
    return replace(part, gone=number)


def rest_of(situation: Situation, facts: frozenset[str], travel: Travel) -> Rest:
    """What is still to be decided of a situation; its parts say who was told what."""
    parts = tuple(part for part in situation.parts if not (part.moved and _arrived(part)))
    done = tuple(part for part in situation.parts if part.moved and _arrived(part))
    maker = _Maker(situation, facts, parts)
    scenario = maker.scenario()
    return Rest(
        scenario=scenario,
        problem=maker.problem(scenario, travel),
        parts=parts,
        facts=facts,
        done=done,
        riding=sum(count for _, (*_, count) in maker.riding),
    )


def _arrived(part: Party) -> bool:
    return part.gone == len(part.trips) and bool(part.trips)


class _Maker:
    def __init__(self, situation: Situation, facts: frozenset[str], parts: tuple[Party, ...]):
        self.situation, self.facts, self.parts = situation, facts, parts
        self.whole = situation.scenario
        self.cohorts = {cohort.id: cohort for cohort in self.whole.cohorts}
        self.trips = situation.trips
        self.riding = [
            (trip, riders)
            for name in sorted(facts)
            if (trip := self.trips[name]).mode == "coach"
            for riders in self._riders(trip)
        ]
        self.first_fact = 0

    def _riders(self, trip: Trip) -> list[tuple[str, str, str, int]]:
        """Of a coach that has left: from where, to where, for which site, how many."""
        found: Counter[tuple[str, str, str]] = Counter()
        for part in self.situation.parts:
            for i, name in enumerate(part.trips):
                if name != trip.id:
                    continue
                cohort = self.cohorts[part.cohort]
                board = part.changes[i - 1] if i else boards_at(trip, cohort)
                last = i == len(part.trips) - 1 and part.moved
                drop = part.drop if last else part.changes[i]
                found[board, drop, part.site if last else ""] += part.count
        return [(*key, count) for key, count in sorted(found.items())]

    # ---- the scenario --------------------------------------------------------------------------

    def scenario(self) -> Scenario:
        """The scenario of the rest: people by what they were told, and riders of what has left."""
        whole = self.whole
        cohorts = [self._cohort(i, part) for i, part in enumerate(self.parts)]
        self.first_fact = sum(1 for cohort in cohorts if cohort.site is not None)
        any_cohort = whole.cohorts[0]
        for trip, (_, _, site, count) in self.riding:
            cohorts.append(
                any_cohort.model_copy(
                    update={
                        "id": trip.id,
                        "site": site or whole.sites[0].id,
                        "trade": None,
                        "lent_by": None,
                        "count": count,
                        "parties": (),
                        "accessible": 0,
                        "priority": None,
                    }
                )
            )
        return altered(
            whole,
            cohorts=tuple(cohorts),
            frozen=(),
            told=(),
            sites=tuple(self._sites()),
            services=tuple(self._services()),
            service_pools=tuple(self._service_pools()),
        )

    def _cohort(self, number: int, part: Party) -> Cohort:
        cohort = self.cohorts[part.cohort]
        update: dict[str, Any] = {
            "id": f"{cohort.id}~{number}",
            "count": part.count,
            "parties": part.parties,
            "accessible": part.accessible,
        }
        if cohort.site is None and part.moved:
            # who was told a site keeps it
            update |= {"site": part.site, "trade": None, "lent_by": None}
        return cohort.model_copy(update=update)

    def _sites(self) -> Iterator[Any]:
        """Sites without the posts, and without those they lend, that people were told of."""
        filled, lent = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for part in self.situation.parts:
            cohort = self.cohorts[part.cohort]
            if cohort.trade is not None and cohort.site is None and part.moved:
                filled[part.site, cohort.trade] += part.count
                lent[cohort.lent_by or "", part.site] += part.count
        for site in self.whole.sites:
            posts = {
                trade: max(0, number - filled[site.id, trade])
                for trade, number in site.posts.items()
            }
            lends = {name: max(0, n - lent[site.id, name]) for name, n in site.lends.items()}
            same = (posts, lends) == (site.posts, site.lends)
            yield site if same else site.model_copy(update={"posts": posts, "lends": lends})

    def _services(self) -> Iterator[Any]:
        """Services on the days on which people were told of them, or can still order them."""
        told = {
            (trip.service, trip.day)
            for trip in self.trips.values()
            if trip.service and trip.id not in self.facts
        }
        used = {
            (trip.service, trip.day)
            for trip in self.trips.values()
            if trip.service and trip.id in self.facts
        }
        for service in self.whole.services:
            late = [
                day
                for day in self.whole.dates
                if (service.id, day) not in told
                and ((service.id, day) in used or not self.whole.in_time(service, day))
            ]
            yield service.model_copy(
                update={
                    "notice_hours": 0.0,
                    "notice_days": None,
                    "cancelled_on": (*service.cancelled_on, *late),
                }
            )

    def _service_pools(self) -> Iterator[Any]:
        """Service pools less the trips that have left."""
        pool_of = {service.id: service.pool for service in self.whole.services}
        daily: Counter[tuple[str, Any]] = Counter()
        for name in self.facts:
            trip = self.trips[name]
            if trip.service and pool_of.get(trip.service):
                daily[pool_of[trip.service] or "", trip.day] += 1
        for pool in self.whole.service_pools:
            mine = {day: n for (name, day), n in daily.items() if name == pool.id}
            limit = pool.trips_per_day
            on = {day: max(0, (limit(day) or 0) - n) for day, n in mine.items()
                  if limit(day) is not None}  # fmt: skip
            trips = None if pool.trips is None else max(0, pool.trips - sum(mine.values()))
            yield pool.model_copy(
                update={
                    "trips": trips,
                    "trips_per_day": limit.model_copy(update={"on": {**limit.on, **on}}),
                }
            )

    # ---- the problem ---------------------------------------------------------------------------

    def problem(self, scenario: Scenario, travel: Travel) -> Problem:
        """The problem of the rest, with what stands, what was told and where to start."""
        problem = build(scenario, travel)
        self.number = {place: i for i, place in enumerate(scenario.places)}
        self.index = {cohort.id: i for i, cohort in enumerate(scenario.placed)}
        self.pools = {pool.id: i for i, pool in enumerate(scenario.pools)}
        self.kinds = {service.id: i for i, service in enumerate(scenario.services)}
        self.zero = datetime.combine(scenario.days.first, time(), scenario.zone).timestamp()
        self.zone = scenario.zone
        problem = self._with_places(problem)
        problem = self._with_facts(problem)
        return replace(problem, told=self._told(problem), start=self._start(scenario, problem))

    def _minute(self, moment: datetime) -> int:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=self.zone)
        return round((aware.timestamp() - self.zero) / 60)

    def _with_places(self, problem: Problem) -> Problem:
        """People who have left home begin at the hub where they are, and may come late."""
        own = {name: getattr(problem, name).copy() for name in
               ("origin", "site", "ready", "ready_day", "latest", "value", "serves",
                "subsidy", "class_of")}  # fmt: skip
        drops = list(problem.drops)
        services = problem.services
        gathers = list(services.gathers) if services else []
        now = self._minute(self.whole.now)
        end = int(problem.midnights[problem.pad + problem.n_days]) + 2 * 1440
        for i, part in enumerate(self.parts):
            c = self.index.get(f"{part.cohort}~{i}")
            if c is None:
                continue
            if part.told:
                own["value"][c] += round(100 * self.whole.prices.changed_day)
            if not part.gone:
                continue
            hub = part.changes[part.gone - 1]
            h = self.number[hub]
            arrived = self._arrives(self.trips[part.trips[part.gone - 1]], hub)
            least = self._least_change(hub)
            own["origin"][c] = h
            own["ready"][c] = max(arrived + least, now)
            own["ready_day"][c] = problem.day(int(own["ready"][c]))
            own["latest"][c] = max(int(own["latest"][c]), end)
            if services:
                gathers[h] = gathers[h] | {h}
            near = np.argsort(problem.metres[problem.depot, h])[:NEAR_DEPOTS]
            own["serves"][near, h] = True
        for j, (_, (board, drop, site, _)) in enumerate(self.riding):
            c = self.first_fact + j
            own["origin"][c] = self.number[board]
            own["site"][c] = self.number[site or drop]
            own["ready"][c], own["latest"][c] = 0, end
            own["value"][c], own["subsidy"][c], own["class_of"][c] = 0, 0, -1
            drops[c] = ((self.number[drop], 0),)
        if services:
            services = replace(services, gathers=tuple(gathers))
        return replace(problem, **own, drops=tuple(drops), services=services)

    def _arrives(self, trip: Trip, place: str) -> int:
        arrive = stop_at(trip, place).arrive
        assert arrive is not None
        return self._minute(arrive)

    def _least_change(self, hub: str) -> int:
        place = next(each for each in self.whole.hubs if each.id == hub)
        return (place.transfer or self.whole.rules.transfer).least_minutes

    def _with_facts(self, problem: Problem) -> Problem:
        """What has left, as it was: nothing of it is worked out again."""
        loads: defaultdict[str, list[Load]] = defaultdict(list)
        for j, (trip, (_, drop, _, count)) in enumerate(self.riding):
            loads[trip.id].append(
                Load(cohort=self.first_fact + j, people=count, drop=self.number[drop])
            )
        frozen = tuple(
            self._frozen(problem, self.trips[name], tuple(loads[name]), number)
            for number, name in enumerate(loads)
        )
        return replace(problem, frozen=frozen)

    def _frozen(self, problem: Problem, trip: Trip, loads: tuple[Load, ...], number: int) -> Frozen:
        picks = {int(problem.origin[load.cohort]) for load in loads}
        drops = {load.drop for load in loads}
        used = [stop for stop in trip.stops[1:-1] if self.number[stop.place] in picks | drops]
        choice = TripChoice(
            pool=self.pools[trip.pool],
            depart=self._leaves(trip),
            drivers=trip.drivers,
            stops=tuple(self.number[stop.place] for stop in used),
            loads=loads,
            frozen=number,
        )
        if problem.by_day:
            midnight = self._minute(datetime.combine(trip.day, time()))
            day = min(max(problem.day(midnight), 0), problem.n_days - 1)
            nights = tuple(midnight for _ in used)
            run = TripRun(
                cost=round(100 * trip.cost), days=trip.days, metres=round(1000 * trip.km),
                leave=midnight, back=midnight, board_day=day, comes=nights, arrives=nights,
                goes=nights,
            )  # fmt: skip
            return Frozen(trip=choice, changing=None, run=run)
        comes = tuple(self._minute(stop.arrive) for stop in used if stop.arrive)
        goes = tuple(self._minute(stop.depart) for stop in used if stop.depart)
        back = trip.stops[-1].arrive
        assert back is not None
        first = goes[0] if goes else choice.depart
        run = TripRun(
            cost=round(100 * trip.cost),
            days=trip.days,
            metres=round(1000 * trip.km),
            leave=choice.depart,
            back=self._minute(back),
            board_day=min(max(problem.day(first), 0), problem.n_days - 1),
            comes=comes,
            arrives=tuple(
                self._minute(begins(self.whole, self.whole.places[stop.place], stop.arrive))
                for stop in used
                if stop.arrive
            ),
            goes=goes,
        )
        return Frozen(trip=choice, changing=None, run=run)

    def _leaves(self, trip: Trip) -> int:
        depart = trip.stops[0].depart
        return self._minute(depart if depart else datetime.combine(trip.day, time()))

    def _told(self, problem: Problem) -> Told:
        """What people were told, by cohort of the rest."""
        columns = {name: np.full(problem.n_cohorts, -1, dtype=np.int64) for name in COLUMNS}
        for i, part in enumerate(self.parts):
            c = self.index.get(f"{part.cohort}~{i}")
            if c is None or not part.told:
                continue
            by = vehicle_of(part, self.trips)
            columns["drop"][c] = self.number[part.drop]
            if not part.gone:
                cohort = self.cohorts[part.cohort]
                place, leaves = leaves_home(part, self.situation_before(), cohort)
                columns["board"][c] = self.number[place]
                columns["day"][c] = problem.day(self._minute(leaves))
                columns["minute"][c] = -1 if problem.by_day else self._minute(leaves)
            gone = any(self.trips[trip].service for trip in part.trips[: part.gone])
            if gone:
                continue  # whatever takes them on, it is the service they were told
            if by in self.kinds:
                columns["service"][c], columns["pool"][c] = self.kinds[by], -2
            else:
                columns["service"][c] = -2
                columns["pool"][c] = -1 if part.gone else self.pools[by]
        prices = self.whole.prices
        return Told(
            **columns,
            of_day=round(100 * prices.changed_day),
            of_hour=round(100 * prices.changed_hour),
            of_vehicle=round(100 * prices.changed_vehicle),
            of_place=round(100 * prices.changed_place),
        )

    def situation_before(self) -> dict[str, Trip]:
        """Trips as people were told them: what is late was told in time."""
        return {trip.id: trip for trip in self.situation.plan.trips}

    # ---- where to start ------------------------------------------------------------------------

    def _start(self, scenario: Scenario, problem: Problem) -> Start:
        """The plan as told, as far as its trips run and its people follow them."""
        services = problem.services
        offers = {}
        if services is not None:
            offers = {(offer.service, offer.day): i for i, offer in enumerate(services.offers)}
        numbers: dict[str, int] = {}
        order: list[tuple[int, tuple[int, ...]]] = []
        for trip in self.trips.values():
            if not trip.service or trip.id in self.facts | self.situation.cancelled:
                continue
            key = (self.kinds[trip.service], (trip.day - scenario.days.first).days)
            if services is None or key not in offers or any(o == offers[key] for o, _ in order):
                continue
            numbers[trip.id] = len(order)
            order.append((offers[key], _consist(scenario, services, offers[key], trip)))
        riders: defaultdict[str, list[tuple[str, Load]]] = defaultdict(list)
        rides = []
        for i, part in enumerate(self.parts):
            c = self.index.get(f"{part.cohort}~{i}")
            way = part.trips[part.gone :]
            if c is None or not part.moved or not way:
                continue
            if any(not self._runs(name, numbers) for name in way):
                continue
            trunks = [name for name in way if name in numbers]
            if len(trunks) > 1 or (len(way) > 1 and not trunks):
                continue
            if trunks and not _may_go(problem, c, order[numbers[trunks[0]]][0]):
                continue
            ends = (*part.changes[part.gone :], part.drop)
            starts = (self._from(part), *part.changes[part.gone :])
            for name, board, drop in zip(way, starts, ends, strict=True):
                if name in numbers:
                    at = way.index(name)
                    rides.append(
                        Ride(
                            cohort=c,
                            trip=numbers[name],
                            board=self.number[board],
                            alight=self.number[drop],
                            feeder=at > 0,
                            onward=at < len(way) - 1,
                        )
                    )
                else:
                    load = Load(
                        cohort=c,
                        people=part.count,
                        parties=tuple(sorted(part.parties, reverse=True)),
                        accessible=part.accessible,
                        drop=self.number[drop],
                    )
                    riders[name].append((board, load))
        trips = tuple(self._choice(problem, self.trips[name], some) for name, some in
                      sorted(riders.items()))  # fmt: skip
        return Start(trips=trips, services=tuple(order), rides=tuple(rides))

    def _from(self, part: Party) -> str:
        if part.gone:
            return part.changes[part.gone - 1]
        trip = self.trips[part.trips[0]]
        return boards_at(trip, self.cohorts[part.cohort])

    def _runs(self, name: str, numbers: dict[str, int]) -> bool:
        if name in self.situation.cancelled:
            return False
        return name in numbers or self.trips[name].mode == "coach"

    def _choice(self, problem: Problem, trip: Trip, riders: list[tuple[str, Load]]) -> TripChoice:
        """A coach as told, without the stops that nobody uses any more."""
        picks = {self.number[board] for board, _ in riders}
        drops = {load.drop for _, load in riders}
        stops = [stop for stop in trip.stops[1:-1] if self.number[stop.place] in picks | drops]
        depart, pool = self._leaves(trip), self.pools[trip.pool]
        if stops and stops[0].place != trip.stops[1].place and stops[0].depart:
            way = int(problem.minutes[problem.depot[pool], self.number[stops[0].place]])
            depart = self._minute(stops[0].depart) - problem.stop_minutes - way
        merged: dict[tuple[int, int], Load] = {}
        for _, load in riders:
            merged[load.cohort, load.drop] = load
        return TripChoice(
            pool=pool,
            depart=depart,
            drivers=trip.drivers,
            stops=tuple(self.number[stop.place] for stop in stops),
            loads=tuple(merged.values()),
        )


def _may_go(problem: Problem, cohort: int, number: int) -> bool:
    """Whether the levels of a day let a cohort go by an offer, as far as is known of its site."""
    assert problem.services is not None
    day, site = problem.services.offers[number].day, int(problem.site[cohort])
    shut = site >= 0 and problem.risk[site, day + problem.pad] >= problem.shut_from
    return not shut and problem.level(cohort, day) < problem.stay_from


def _consist(scenario: Scenario, services: Services, offer: int, trip: Trip) -> tuple[int, ...]:
    """The carriages of a trip, or the most that there can be."""
    names = [scenario.unit_types[kind.unit_type].id for kind in services.offers[offer].kinds]
    numbers = tuple(trip.carriages.get(name, 0) for name in names)
    known = [consist.numbers for consist in services.consists[offer]]
    return numbers if numbers in known else known[-1]
