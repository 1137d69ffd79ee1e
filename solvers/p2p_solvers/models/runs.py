"""From the answer of the integer programme to trips: who rides which run of a service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from p2p_dispatch.problem.basics import Ints
from p2p_solvers.models.assign import Answer
from p2p_solvers.models.pieces import Piece
from p2p_solvers.models.repair import Riders
from p2p_solvers.models.services import Service


def runs_of(
    services: Sequence[Service], pieces: Sequence[Piece], whole: Ints, answer: Answer
) -> Iterator[tuple[Service, list[Riders]]]:
    """
    Every run of every service, with its riders: parties first, then the others in what is left.

    Parameters
    ----------
    whole
        By group, whether it is a party.
    """
    on = _by_service(pieces, whole, answer)
    for k, runs in sorted(answer.runs.items()):
        service = services[k]
        free, crowds = [service.riders] * runs, [list[Riders]() for _ in range(runs)]
        for i, people in sorted(on[k], key=lambda at: (-whole[pieces[at[0]].group], -at[1], at[0])):
            piece = pieces[i]
            for run in range(runs):
                part = min(people, free[run])
                if part <= 0 or (whole[piece.group] and part < people):
                    continue
                crowds[run].append(Riders(piece.group, part, piece.origin, piece.drop))
                free[run] -= part
                people -= part
        yield from ((service, crowd) for crowd in crowds if crowd)


def _by_service(
    pieces: Sequence[Piece], whole: Ints, answer: Answer
) -> dict[int, list[tuple[int, int]]]:
    """By service the pieces on it, in whole people; a party goes where most of it would."""
    shares: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (i, k), people in answer.people.items():
        shares[i].append((people, k))
    on: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for i, mine in sorted(shares.items()):
        mine.sort(key=lambda share: (-share[0], share[1]))
        total = min(pieces[i].people, round(sum(people for people, _ in mine)))
        if whole[pieces[i].group]:
            if 2 * total > pieces[i].people:
                on[mine[0][1]].append((i, pieces[i].people))
            continue
        parts = [int(people + 1e-6) for people, _ in mine]
        parts[0] += total - sum(parts)
        for part, (_, k) in zip(parts, mine, strict=True):
            if part > 0:
                on[k].append((i, part))
    return on
