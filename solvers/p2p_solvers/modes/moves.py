"""Other services to run than those of a draft: one more, or one less."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from p2p_dispatch.problem import Problem, Services
from p2p_dispatch.solution import ServiceTrip
from p2p_solvers.modes.begin import Wanted
from p2p_solvers.modes.fullest import filled
from p2p_solvers.modes.limits import limits_of
from p2p_solvers.modes.ways import Way, risk_of

Move = tuple[list[ServiceTrip], Wanted]
"""Services that run, and who goes by which to begin with."""


def moves_of(
    problem: Problem,
    services: Services,
    trips: Sequence[ServiceTrip],
    wanted: Wanted,
    ways: Mapping[int, Sequence[Way]],
) -> Iterator[Move]:
    """
    All ways to run one service more, or one less.

    One more has its largest consist, and those go by it whose ways to it and from it cost least.

    Parameters
    ----------
    trips, wanted
        What runs now, and who goes by it.
    ways
        Of all offers, by their number.
    """
    running = {trip.offer for trip in trips}
    used = Counter(key for o in running for key, _ in limits_of(services, services.offers[o]))
    for number in sorted(ways.keys() - running):
        offer = services.offers[number]
        if any(used[key] >= most for key, most in limits_of(services, offer)):
            continue
        consist = services.consists[number][-1]
        seats = consist.riders[risk_of(problem, offer)]
        riding = filled(ways[number], seats, dict(enumerate(problem.people.tolist())))
        if sum(riding.values()) >= max(1, offer.minimum_load):
            others = {
                key: people - riding.get((key[0], number), 0.0) for key, people in wanted.items()
            }
            yield [*trips, ServiceTrip(offer=number, numbers=consist.numbers)], others | riding
    for gone in trips:
        kept = [trip for trip in trips if trip is not gone]
        yield kept, {key: people for key, people in wanted.items() if key[1] != gone.offer}
