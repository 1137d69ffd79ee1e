"""One part of a problem in the words of OR-Tools' routing library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from p2p_dispatch.problem import NO_LIMIT, Problem
from p2p_dispatch.problem.basics import Ints
from p2p_solvers.models.pieces import Piece, waiting, worth
from p2p_solvers.models.vehicles import Vehicle

if TYPE_CHECKING:
    from ortools.constraint_solver import pywrapcp

FAR = 1 << 40
"""Stands for a road that there is not."""


@dataclass(frozen=True)
class Part:
    """What one model is about: pieces and vehicles of one depot."""

    problem: Problem
    depot: int
    pieces: Sequence[Piece]
    vehicles: Sequence[Vehicle]


class RoutingModel:
    """
    Pieces as pick-ups and deliveries, unit-days as vehicles.

    Node 0 is the depot; piece ``i`` of ``n`` is picked up at node ``1 + i`` and dropped at
    ``1 + n + i``.
    """

    def __init__(self, part: Part, seed: int):
        from ortools.constraint_solver import pywrapcp

        self.part = part
        self.n = len(part.pieces)
        places = [part.depot, *(p.origin for p in part.pieces), *(p.drop for p in part.pieces)]
        self.places = np.array(places, dtype=np.int64)
        self.manager = pywrapcp.RoutingIndexManager(len(places), len(part.vehicles), 0)
        self.routing: pywrapcp.RoutingModel = pywrapcp.RoutingModel(self.manager)
        self.routing.solver().ReSeed(seed)
        self._kinds()
        self._costs()
        self._people()
        self._stops()
        self._ways()
        if not part.problem.by_day:
            self._times()

    def pick(self, i: int) -> int:
        """Where a piece boards, as the library counts."""
        return int(self.manager.NodeToIndex(1 + i))

    def drop(self, i: int) -> int:
        """Where a piece gets off, as the library counts."""
        return int(self.manager.NodeToIndex(1 + self.n + i))

    # ---- nodes, roads, costs -------------------------------------------------------------------

    def _kinds(self) -> None:
        nodes = np.arange(2 * self.n + 1)
        self.is_pick = (nodes >= 1) & (nodes <= self.n)
        self.is_drop = nodes > self.n
        same = self.places[:, None] == self.places[None, :]
        # a stop goes on while the place and what is done there are the same
        self.new_stop = ~(same & (self.is_pick[:, None] == self.is_pick[None, :]))
        self.new_stop[:, 0] = False
        self.new_stop[0, 1:] = True

    def _road(self, table: Ints) -> Ints:
        road = table[np.ix_(self.places, self.places)].astype(np.int64)
        return np.where(road < 0, FAR, road)

    def _matrix(self, table: Any) -> int:
        rows = np.asarray(table, dtype=np.int64).tolist()
        return int(self.routing.RegisterTransitMatrix(rows))

    def _dimension(self, table: Any, most: Sequence[int], slack: int, name: str) -> Any:
        self.routing.AddDimensionWithVehicleCapacity(
            self._matrix(table), slack, [int(each) for each in most], slack == 0, name
        )
        return self.routing.GetDimensionOrDie(name)

    def _costs(self) -> None:
        problem, routing = self.part.problem, self.routing
        metres = self._road(problem.metres)
        pieces = self.part.pieces
        known: dict[tuple[int, int], int] = {}
        for v, vehicle in enumerate(self.part.vehicles):
            per_km = int(problem.per_km[problem.unit_type[vehicle.pool]])
            if (per_km, vehicle.day) not in known:
                cents = np.where(metres >= FAR, FAR, metres * per_km // 1000)
                waits = [waiting(problem, piece, vehicle.day) for piece in pieces]
                cents[:, 1 : 1 + self.n] += np.array(waits, dtype=np.int64)[None, :]
                known[per_km, vehicle.day] = self._matrix(cents)
            routing.SetArcCostEvaluatorOfVehicle(known[per_km, vehicle.day], v)
            routing.SetFixedCostOfVehicle(vehicle.fixed(problem), v)

    # ---- the rules of one trip -----------------------------------------------------------------

    def _people(self) -> None:
        routing, solver = self.routing, self.routing.solver()
        load = np.zeros((2 * self.n + 1, 2 * self.n + 1), dtype=np.int64)
        people = np.array([piece.people for piece in self.part.pieces])
        load[1 : 1 + self.n, :] = people[:, None]
        load[1 + self.n :, :] = -people[:, None]
        self._dimension(load, [v.riders for v in self.part.vehicles], 0, "people")
        for i, piece in enumerate(self.part.pieces):
            pick, drop = self.pick(i), self.drop(i)
            routing.AddPickupAndDelivery(pick, drop)
            solver.Add(routing.VehicleVar(pick) == routing.VehicleVar(drop))
            fits = [v for v, vehicle in enumerate(self.part.vehicles) if vehicle.fits(piece)]
            # -1: left behind
            routing.VehicleVar(pick).SetValues([-1, *fits])
            routing.VehicleVar(drop).SetValues([-1, *fits])
            routing.AddDisjunction([pick], worth(self.part.problem, piece))
            routing.AddDisjunction([drop], 0)

    def _stops(self) -> None:
        problem, vehicles = self.part.problem, self.part.vehicles
        picks = self.new_stop & self.is_pick[None, :]
        drops = self.new_stop & self.is_drop[None, :]
        self._dimension(picks, [problem.most_pickups] * len(vehicles), 0, "picks")
        dropped = self._dimension(drops, [problem.most_drops] * len(vehicles), 0, "drops")
        for i in range(self.n):
            # nobody has got off where somebody boards: first the pick-ups, then the drops
            dropped.CumulVar(self.pick(i)).SetMax(0)

    def _ways(self) -> None:
        problem, vehicles = self.part.problem, self.part.vehicles
        metres = self._road(problem.metres)
        loaded = metres.copy()
        loaded[0, :] = loaded[:, 0] = 0
        way = self._dimension(loaded, [v.most_loaded for v in vehicles], 0, "loaded")
        for i, piece in enumerate(self.part.pieces):
            direct = int(problem.metres[piece.origin, piece.drop])
            most = int(problem.detour_factor * (direct - 1)) + problem.detour_metres
            way.SetPickupToDeliveryLimitFunctionForPair(_always(most), i)
        seconds = self._road(problem.seconds)
        if problem.by_day:
            ride = seconds + 60 * problem.stop_minutes * self.new_stop
            ride[0, :] = 60 * problem.stop_minutes * self.new_stop[0, :]
            ride[:, 0] = 0
            self._dimension(ride, [60 * problem.longest_ride] * len(vehicles), 0, "ride")
        if any(vehicle.most_driving < NO_LIMIT for vehicle in vehicles):
            seconds[:, 0] = 0
            self._dimension(seconds, [v.most_driving for v in vehicles], 0, "driving")

    def _times(self) -> None:
        """Clock times, breaks spread over the driving; rests, bans and hours of two days not."""
        problem, vehicles = self.part.problem, self.part.vehicles
        crew, zero = problem.crew, int(problem.midnights[0])
        minutes = self._road(problem.minutes)
        if crew.spell < NO_LIMIT:
            minutes = np.where(
                minutes >= FAR, FAR, minutes * (crew.spell + crew.pause) // crew.spell
            )
        minutes[1:, :] += problem.stop_minutes * (
            self.new_stop[1:, :] | (np.arange(2 * self.n + 1) == 0)
        )
        end = int(problem.midnights[-1]) - zero
        time = self._dimension(minutes, [end] * len(vehicles), end, "time")
        for i, piece in enumerate(self.part.pieces):
            ready = int(problem.ready[piece.cohort]) - zero
            latest = min(int(problem.latest[piece.cohort]) - zero, end)
            time.CumulVar(self.pick(i)).SetRange(min(max(ready, 0), end), end)
            time.CumulVar(self.drop(i)).SetRange(0, max(latest, 0))
            self._shut(time.CumulVar(self.pick(i)), piece.origin)
            self._shut(time.CumulVar(self.drop(i)), piece.drop)
            most = min(problem.longest_ride + problem.stop_minutes, end)
            time.SetPickupToDeliveryLimitFunctionForPair(_always(most), i)
        for v, vehicle in enumerate(vehicles):
            begins = problem.midnight(vehicle.day) - zero
            # the lead may begin the day before
            time.CumulVar(self.routing.Start(v)).SetRange(max(begins - 1440, 0), begins + 1440)

    def _shut(self, when: Any, place: int) -> None:
        """Take the hours in which a stop cannot begin out of a node's times."""
        problem, zero = self.part.problem, int(self.part.problem.midnights[0])
        for column, (opens, shuts) in enumerate(
            zip(problem.opens[place], problem.shuts[place], strict=True)
        ):
            begins, ends = int(problem.midnights[column]), int(problem.midnights[column + 1])
            last = int(shuts) - problem.stop_minutes
            if opens > last:
                when.RemoveInterval(begins - zero, ends - 1 - zero)
                continue
            if opens > begins:
                when.RemoveInterval(begins - zero, int(opens) - 1 - zero)
            if last < ends - 1:
                when.RemoveInterval(max(last + 1, begins) - zero, ends - 1 - zero)


def _always(value: int) -> Any:
    return lambda pick, drop: value
