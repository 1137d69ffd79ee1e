"""One search of the routing library: from some routes to better ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from p2p_solvers.models.routing_model import Part, RoutingModel
from p2p_solvers.models.vehicles import Vehicle


class Route(NamedTuple):
    """A trip as models have it: pieces, by number, in the order of boarding and of getting off."""

    vehicle: Vehicle
    picks: tuple[int, ...]
    drops: tuple[int, ...]


def search(
    part: Part, start: Sequence[Route], *, seconds: float | None, solutions: int, seed: int
) -> list[Route]:
    """
    The best routes found; those of the start if there are none better.

    Parameters
    ----------
    start
        Routes of the first vehicles of the part, in their order; none: the library's parallel
        cheapest insertion.
    seconds
        Time for it; None: as long as it takes.
    solutions
        Most solutions that local search may go through; it ends where no move is better.
    """
    model = RoutingModel(part, seed)
    parameters = _parameters(seconds, solutions)
    if start:
        model.routing.CloseModelWithParameters(parameters)
        nodes = [[*map(model.pick, route.picks), *map(model.drop, route.drops)] for route in start]
        nodes += [[] for _ in part.vehicles[len(start) :]]
        begin = model.routing.ReadAssignmentFromRoutes(nodes, True)
        if begin is None:
            return list(start)
        found = model.routing.SolveFromAssignmentWithParameters(begin, parameters)
    else:
        found = model.routing.SolveWithParameters(parameters)
    return _routes(model, found) if found else list(start)


def _parameters(seconds: float | None, solutions: int) -> Any:
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = (
        routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    )
    parameters.local_search_metaheuristic = (
        routing_enums_pb2.LocalSearchMetaheuristic.GREEDY_DESCENT
    )
    parameters.solution_limit = solutions
    if seconds is not None:
        parameters.time_limit.FromMilliseconds(max(1, round(1000 * seconds)))
    return parameters


def _routes(model: RoutingModel, found: Any) -> list[Route]:
    routing, manager, n = model.routing, model.manager, model.n
    routes = []
    for v, vehicle in enumerate(model.part.vehicles):
        nodes: list[int] = []
        index = found.Value(routing.NextVar(routing.Start(v)))
        while not routing.IsEnd(index):
            nodes.append(int(manager.IndexToNode(index)) - 1)
            index = found.Value(routing.NextVar(index))
        if nodes:
            picks = tuple(node for node in nodes if node < n)
            drops = tuple(node - n for node in nodes if node >= n)
            routes.append(Route(vehicle, picks, drops))
    return routes
