"""A large table in requests that a server takes: every pair, and nothing twice without need."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from p2p_dispatch.travel.osrm.tiles import tiles


def holes(n: int, *known: tuple[int, int]) -> np.ndarray:
    missing = ~np.eye(n, dtype=bool)
    for pair in known:
        missing[pair] = False
    return missing


def covered(missing: np.ndarray, most: int) -> tuple[int, set[tuple[int, int]]]:
    """How many requests there are, and the pairs they ask for."""
    requests = list(tiles(missing, most))
    for tile in requests:
        assert len({*tile.sources, *tile.destinations}) <= most
        assert len(set(tile.sources)) == len(tile.sources)
    return len(requests), {pair for tile in requests for pair in product(*tile)}


@pytest.mark.parametrize("most", [2, 3, 7, 100])
@pytest.mark.parametrize("n", [2, 3, 7, 8, 23])
def test_every_missing_pair_is_in_some_request(n: int, most: int) -> None:
    rng = np.random.default_rng(n * most)
    for share in (1.0, 0.9, 0.5, 0.1, 0.01):
        missing = holes(n) & (rng.random((n, n)) < share)
        _, pairs = covered(missing, most)
        assert {(int(i), int(j)) for i, j in np.argwhere(missing)} <= pairs


@pytest.mark.parametrize(
    ("n", "requests"), [(2, 1), (100, 1), (101, 3), (150, 3), (151, 6), (235, 10), (500, 45)]
)
def test_any_two_blocks_of_fifty_meet_once(n: int, requests: int) -> None:
    """235 points are five blocks, and five blocks make ten pairs."""
    assert covered(holes(n), 100)[0] == requests


def test_nothing_missing_is_no_request() -> None:
    assert covered(np.zeros((5, 5), dtype=bool), 100) == (0, set())


def test_a_new_point_asks_for_its_own_row_and_column_only() -> None:
    """Ten points in one request's reach: 1 x 9 and 9 x 1, not 10 x 10."""
    missing = np.zeros((10, 10), dtype=bool)
    missing[3, :] = missing[:, 3] = True
    missing[3, 3] = False
    number, pairs = covered(missing, 100)
    assert number == 2
    assert pairs == {(3, j) for j in range(10) if j != 3} | {(j, 3) for j in range(10) if j != 3}


def test_many_scattered_holes_are_one_request() -> None:
    """A diagonal of known pairs, as listed by hand, does not make a request for every row."""
    known = [(i, (i + 1) % 20) for i in range(20)]
    assert covered(holes(20, *known), 100)[0] == 1
    rare = np.zeros((20, 20), dtype=bool)
    for pair in known:
        rare[pair] = True
    assert covered(rare, 100)[0] == 1
