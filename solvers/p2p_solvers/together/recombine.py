"""
Trips of several plans put together to a cheaper one: a restricted master.

    min  sum cost[t] y[t] + sum price[t, r] x[t, r] + sum value[c] u[c]
    s.t. sum x + u           = n                  everybody, by cohort
         sum_r x[t, r]      <= seats[t] y[t]      seats; luggage and accessible places likewise
         x[t, r]            <= n y[t]
         sum_r x[t, r]      >= y[t]               at every stop, and the least load of the trip
         sum_t y            <= units              of a pool, whenever a trip leaves
         sum x              <= intake, medical    by site or origin, and day

over trips that stood in a plan once, with whoever could ride them. It is solved for a few depots at
a time, the others' trips as they are. What comes out is put on a board, trip by trip, by the same
rules as everything else; nothing rests on the programme. CP-SAT solves it on one thread, within
deterministic time: the same plan every time.

Source: the restricted master heuristic, as in Joncour et al. (2010).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from p2p_dispatch.problem import NO_LIMIT, Departures, Load, Problem, TripChoice, TripRun, run_trip
from p2p_dispatch.solution import Ended, Run, Solution
from p2p_solvers.engine.load import board_of, seat_trip
from p2p_solvers.engine.memory import COSTS
from p2p_solvers.engine.told import solution_of
from p2p_solvers.together.candidates import Candidate, Rider, Tied, Trips, candidates_of

MOST_TRIPS = 24
"""Trips of a plan that are chosen anew at a time, about."""

EFFORT = 4.0
"""Deterministic seconds of CP-SAT for one such part."""


def recombined(
    problem: Problem, best: Solution, plans: Sequence[Trips], run: Run, effort: float = EFFORT
) -> Solution:
    """
    The cheapest plan found from trips of some plans; the best itself if none is cheaper.

    Parameters
    ----------
    plans
        Whose trips are put together, those of the best among them or not.
    run
        Until it has to stop.
    effort
        Deterministic seconds for each part of the plan.
    """
    if not may_recombine(problem):
        return best
    for depots in parts_of(problem, (best.trips, *plans)):
        if run.stop():
            break
        mine = [[t for t in plan if _depot(problem, t) in depots] for plan in (best.trips, *plans)]
        others = [trip for trip in best.trips if _depot(problem, trip) not in depots]
        candidates = candidates_of(problem, mine)
        seconds = None if run.seconds is None else run.seconds - run.elapsed
        trips = _chosen(problem, candidates, others, mine[0], seconds, effort)
        if trips is None:
            continue
        found = _on_a_board(problem, [*others, *trips])
        if found is not None and found.cost < best.cost:
            best = replace(best, trips=found.trips, cost=found.cost)
    return best


def seated(
    problem: Problem,
    trips: Trips,
    others: Trips,
    seconds: float | None = None,
    effort: float = EFFORT,
) -> Solution | None:
    """
    The cheapest plan of these trips, with whoever rides them best; None if none is found.

    Parameters
    ----------
    others
        Trips that run too, as they are.
    seconds, effort
        Most seconds, and deterministic ones.
    """
    if not may_recombine(problem):
        return None
    chosen = _chosen(problem, candidates_of(problem, [trips]), others, trips, seconds, effort)
    return None if chosen is None else _on_a_board(problem, [*others, *chosen])


def may_recombine(problem: Problem) -> bool:
    """Whether the programme knows all that trips share, but for what a board refuses in the end."""
    ceilings = problem.ceiling < NO_LIMIT or bool((problem.payer_ceiling < NO_LIMIT).any())
    shares = problem.origin_share > 0 or bool((problem.class_share > 0).any())
    more = problem.services is not None or problem.jobs is not None or problem.sharing is not None
    return not (ceilings or shares or more or problem.frozen)


def parts_of(problem: Problem, plans: Iterable[Trips]) -> Iterator[frozenset[int]]:
    """Depots whose trips are chosen anew together: as many as have about ``MOST_TRIPS``."""
    counts: Counter[int] = Counter()
    for plan in plans:
        counts |= Counter(_depot(problem, trip) for trip in plan)
    some: set[int] = set()
    for depot, count in sorted(counts.items(), key=lambda each: (each[1], each[0])):
        if some and sum(counts[d] for d in some) + count > MOST_TRIPS:
            yield frozenset(some)
            some = set()
        some.add(depot)
    if some:
        yield frozenset(some)


def _depot(problem: Problem, trip: TripChoice) -> int:
    return int(problem.depot[trip.pool])


def _chosen(
    problem: Problem,
    candidates: Sequence[Candidate],
    others: Trips,
    before: Trips,
    seconds: float | None,
    effort: float,
) -> list[TripChoice] | None:
    from ortools.sat.python import cp_model

    model = _Model(problem, candidates, others)
    model.hint(before)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.max_deterministic_time = effort
    if seconds is not None:
        solver.parameters.max_time_in_seconds = max(0.1, seconds)
    status = solver.solve(model.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return list(model.trips(solver.value))


class _Model:
    """The programme in CP-SAT's words."""

    def __init__(self, problem: Problem, candidates: Sequence[Candidate], others: Trips):
        from ortools.sat.python import cp_model

        self.problem, self.model = problem, cp_model.CpModel()
        self.copies = [c for c in candidates for _ in range(c.copies) if c.seats > 0]
        self.waiting, self.left_parties = _waiting(problem, others)
        self.terms: dict[Any, list[Any]] = defaultdict(list)
        self.cost: list[Any] = []
        self.y = [self.model.new_bool_var("") for _ in self.copies]
        self.x: list[dict[Rider, Any]] = []
        self.z: list[dict[Tied, Any]] = []
        for y, candidate in zip(self.y, self.copies, strict=True):
            self._trip(y, candidate)
        runs = [(trip, run_trip(problem, trip)) for trip in others]
        self._people()
        self._limits(runs)
        self._fleet(runs)
        self.model.minimize(sum(self.cost))

    def _trip(self, y: Any, candidate: Candidate) -> None:
        problem, model, trip = self.problem, self.model, candidate.trip
        kind = int(problem.unit_type[trip.pool])
        x: dict[Rider, Any] = {}
        z: dict[Tied, Any] = {}
        for rider, price in candidate.riders.items():
            most = min(candidate.seats, self.waiting[rider[0], 0])
            if most > 0:
                x[rider] = model.new_int_var(0, most, "")
                model.add(x[rider] <= most * y)
                self.cost.append(price * x[rider])
                self.terms["people", rider[0], 0].append(x[rider])
        for tied, cents in candidate.tied.items():
            z[tied] = model.new_bool_var("")
            model.add(z[tied] <= y)
            self.cost.append(cents * z[tied])
            cohort, _, parties, needy = tied
            self.terms["people", cohort, 1].append(needy * z[tied])
            for size, count in Counter(parties).items():
                self.terms["party", cohort, size].append(count * z[tied])
        loads = [(cohort, drop, variable) for (cohort, drop), variable in x.items()]
        loads += [(t[0], t[1], (sum(t[2]) + t[3]) * variable) for t, variable in z.items()]
        everybody = sum(people for _, _, people in loads)
        model.add(everybody <= candidate.seats * y)
        if problem.minimum_load[kind]:
            model.add(everybody >= int(problem.minimum_load[kind]) * y)
        if problem.bags[kind] < NO_LIMIT and problem.luggage.any():
            bags = sum(int(problem.luggage[cohort]) * people for cohort, _, people in loads)
            model.add(bags <= int(problem.bags[kind]) * y)
        in_need = [t[3] * variable for t, variable in z.items() if t[3]]
        if in_need:
            model.add(sum(in_need) <= int(problem.places[kind]) * y)
        for place in trip.stops:
            on = [p for c, drop, p in loads if place in (int(problem.origin[c]), drop)]
            model.add(sum(on) >= y)
        for cohort, drop, people in loads:
            for key in self._uses(trip, candidate.run, cohort, drop):
                self.terms[key].append(people)
        self.cost.append(candidate.run.cost * y)
        self.x.append(x)
        self.z.append(z)

    def _uses(self, trip: TripChoice, run: TripRun, cohort: int, drop: int) -> Iterator[Any]:
        """What riders take of what is checked and taken in, where that is limited."""
        problem = self.problem
        origin, site = int(problem.origin[cohort]), int(problem.site[cohort])
        boarded = problem.column(run.goes[trip.stops.index(origin)])
        arrived = problem.column(run.arrives[trip.stops.index(drop)])
        if problem.medical[origin, boarded] < NO_LIMIT:
            yield "medical", origin, boarded
        if problem.intake[site, arrived] < NO_LIMIT:
            yield "intake", site, arrived

    def _people(self) -> None:
        """Everybody rides once or is left behind."""
        problem, model = self.problem, self.model
        for cohort in range(problem.n_cohorts):
            for needy in (0, 1):
                waiting = self.waiting[cohort, needy]
                if waiting:
                    left = model.new_int_var(0, waiting, "")
                    model.add(sum(self.terms["people", cohort, needy]) + left == waiting)
                    self.cost.append(int(problem.value[cohort]) * left)
            for size, count in self.left_parties[cohort].items():
                left = model.new_int_var(0, count, "")
                model.add(sum(self.terms["party", cohort, size]) + left == count)
                self.cost.append(size * int(problem.value[cohort]) * left)
        gone = [key for key in self.terms if key[0] == "party"
                and not self.left_parties[key[1]][key[2]]]  # fmt: skip
        gone += [key for key in self.terms if key[0] == "people" and not self.waiting[key[1:]]]
        for key in gone:
            model.add(sum(self.terms[key]) == 0)

    def _limits(self, runs: Iterable[tuple[TripChoice, TripRun]]) -> None:
        used: Counter[Any] = Counter()
        for trip, run in runs:
            for load in trip.loads:
                for key in self._uses(trip, run, load.cohort, load.drop):
                    used[key] += load.people
        limits = {"medical": self.problem.medical, "intake": self.problem.intake}
        for key, terms in self.terms.items():
            if key[0] in limits:
                most = int(limits[key[0]][key[1], key[2]]) - used[key]
                self.model.add(sum(terms) <= most)

    def _fleet(self, runs: Sequence[tuple[TripChoice, TripRun]]) -> None:
        """As many units as there are, whenever a trip leaves or a day begins."""
        problem = self.problem
        out: dict[int, list[tuple[int, int, Any]]] = defaultdict(list)
        for y, candidate in zip(self.y, self.copies, strict=True):
            out[candidate.trip.pool].append((*_span(problem, candidate.run), y))
        for trip, run in runs:
            if trip.pool in out:
                out[trip.pool].append((*_span(problem, run), 1))
        for pool, spans in out.items():
            days = range(problem.n_days)
            moments = {begin for begin, _, _ in spans} | {problem.midnight(day) for day in days}
            for moment in sorted(moments):
                there = [y for begin, end, y in spans if begin <= moment < end]
                units = int(problem.units[pool, problem.column(moment)])
                if len(there) > units:
                    self.model.add(sum(there) <= units)

    def hint(self, before: Trips) -> None:
        """Begin with a plan; one trip for each copy."""
        problem = self.problem
        number: dict[Any, list[int]] = defaultdict(list)
        for i, c in enumerate(self.copies):
            t = c.trip
            number[t.pool, t.depart, t.drivers, t.stops, c.run.goes].append(i)
        runs: set[int] = set()
        people: Counter[tuple[int, Rider]] = Counter()
        tied: set[tuple[int, Tied]] = set()
        for trip in before:
            key = trip.pool, trip.depart, trip.drivers, trip.stops, run_trip(problem, trip).goes
            if not number[key]:
                continue
            i = number[key].pop(0)
            runs.add(i)
            for load in trip.loads:
                if load.parties or load.accessible:
                    tied.add((i, (load.cohort, load.drop, load.parties, load.accessible)))
                alone = load.people - sum(load.parties) - load.accessible
                people[i, (load.cohort, load.drop)] += alone
        for i, y in enumerate(self.y):
            self.model.add_hint(y, i in runs)
            for rider, x in self.x[i].items():
                self.model.add_hint(x, people[i, rider])
            for one, z in self.z[i].items():
                self.model.add_hint(z, (i, one) in tied)

    def trips(self, value: Callable[[Any], int]) -> Iterator[TripChoice]:
        """The trips that were chosen, with their riders."""
        for y, candidate, x, z in zip(self.y, self.copies, self.x, self.z, strict=True):
            if not value(y):
                continue
            loads: dict[Rider, Load] = {}
            for rider, variable in x.items():
                if people := int(value(variable)):
                    loads[rider] = Load(cohort=rider[0], people=people, drop=rider[1])
            for (cohort, drop, parties, needy), variable in z.items():
                if value(variable):
                    load = loads.get((cohort, drop), Load(cohort=cohort, people=0, drop=drop))
                    loads[cohort, drop] = replace(
                        load,
                        people=load.people + sum(parties) + needy,
                        parties=(*load.parties, *parties),
                        accessible=load.accessible + needy,
                    )
            yield replace(candidate.trip, loads=tuple(loads.values()))


def _waiting(
    problem: Problem, others: Trips
) -> tuple[Counter[tuple[int, int]], list[Counter[int]]]:
    """People without a seat so far, alone and in need of an accessible place, and parties."""
    parties = [Counter(sizes) for sizes in problem.parties]
    waiting: Counter[tuple[int, int]] = Counter()
    for cohort in range(problem.n_cohorts):
        needy = int(problem.accessible[cohort])
        waiting[cohort, 1] = needy
        waiting[cohort, 0] = int(problem.people[cohort]) - needy - sum(problem.parties[cohort])
    for trip in others:
        for load in trip.loads:
            waiting[load.cohort, 1] -= load.accessible
            waiting[load.cohort, 0] -= load.people - load.accessible - sum(load.parties)
            parties[load.cohort] -= Counter(load.parties)
    return waiting, parties


def _span(problem: Problem, run: TripRun) -> tuple[int, int]:
    """When a trip holds its unit."""
    if problem.by_day:
        last = min(run.board_day + run.days, problem.n_days)
        return problem.midnight(run.board_day), int(problem.midnights[last + problem.pad])
    return run.leave, run.back + problem.turnaround


def _on_a_board(problem: Problem, trips: Trips) -> Solution | None:
    """The trips as a plan; None if they break a rule together, or one does."""
    board, departures = board_of(problem, 0), Departures(problem)
    for trip in trips:
        if seat_trip(board, trip):
            timed, ran = departures.best(trip, run_trip(problem, trip).board_day)
            if ran.broken or seat_trip(board, timed):
                return None
    return solution_of(board, Ended.DONE) if board.s[COSTS] >= 0 else None
