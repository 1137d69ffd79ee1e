"""Kilometres and minutes between places, computed once and saved with the plan."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from p2p_dispatch.reading.faults import Fault
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.travel import GreatCircle, Leg, Osrm
from p2p_dispatch.travel.circuity import circuity_curve, great_circle_km

if TYPE_CHECKING:
    from p2p_dispatch.travel.osrm import Watch


@dataclass(frozen=True, eq=False)
class Travel:
    """
    Roads between places, one way, unrounded.

    Attributes
    ----------
    places
        (n,) ids; row and column of the tables.
    km
        (n, n) length from row to column, km; nan where there is no road.
    minutes
        (n, n) driving time without stops and breaks, buffer included, minutes; nan where
        there is no road.
    how
        Where the figures come from, a phrase.
    notices
        What was noticed when a service was asked and refuses nothing; not saved.
    """

    places: tuple[str, ...]
    km: NDArray[np.float64]
    minutes: NDArray[np.float64]
    how: str
    notices: tuple[Fault, ...] = ()

    @cached_property
    def index(self) -> dict[str, int]:
        """Row and column of a place."""
        return {place: i for i, place in enumerate(self.places)}

    def leg(self, start: str, end: str) -> tuple[float, float]:
        """
        Km and minutes from one place to another; nan where there is no road.

        Raises
        ------
        KeyError
            When one of the places is not among ``places``.
        """
        i, j = self.index[start], self.index[end]
        return float(self.km[i, j]), float(self.minutes[i, j])

    def save(self, path: Path) -> None:
        """Write the tables to an ``.npz`` file; the same travel gives the same bytes."""
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                places=np.array(self.places, dtype=np.str_),
                km=self.km,
                minutes=self.minutes,
                how=np.array(self.how, dtype=np.str_),
            )


def load_travel(path: Path) -> Travel:
    """
    Read what :meth:`Travel.save` wrote.

    Raises
    ------
    OSError
        When the file cannot be read.
    ValueError
        When it is not a file of saved travel.
    """
    try:
        with np.load(path, allow_pickle=False) as tables:
            return Travel(
                places=tuple(str(place) for place in tables["places"]),
                km=np.asarray(tables["km"], dtype=np.float64),
                minutes=np.asarray(tables["minutes"], dtype=np.float64),
                how=str(tables["how"]),
            )
    except OSError:
        raise
    except Exception as fault:
        # numpy raises half a dozen kinds of error for a broken archive
        raise ValueError(f"{path} is not a file of saved travel: {fault}") from None


def travel_of(scenario: Scenario, *, offline: bool = False, watch: Watch | None = None) -> Travel:
    """
    Kilometres and minutes between all places of a scenario, from the source it names.

    Parameters
    ----------
    scenario
        Its places and its source.
    offline
        Whether a travel service may not be asked, and only what it said before is used.
    watch
        Called while a travel service is asked.

    Raises
    ------
    InputError
        When a travel service does not give what is needed.
    """
    source = scenario.travel
    places = tuple(scenario.places)
    notices: tuple[Fault, ...] = ()
    if isinstance(source, GreatCircle):
        km = _road_km(scenario, source)
        minutes = km / source.kmh * 60
        bends = "curve" if source.circuity == "curve" else f"{source.circuity:g}"
        how = f"great circle, circuity {bends}, {source.kmh:g} km/h"
    elif isinstance(source, Osrm):
        # here, since few scenarios need what it imports
        from p2p_dispatch.travel.osrm import osrm_roads

        km, minutes, how, notices = osrm_roads(scenario, source, offline=offline, watch=watch)
    else:
        km = np.full((len(places), len(places)), np.nan)
        np.fill_diagonal(km, 0.0)
        minutes = km.copy()
        how = "matrix"
    _lay_legs(source.legs, places, km, minutes)
    if source.legs and how != "matrix":
        how += f", {len(source.legs)} roads as listed"
    if source.buffer:
        how += f", {source.buffer:.0%} buffer"
    minutes = minutes * (1 + source.buffer)
    return Travel(places=places, km=km, minutes=minutes, how=how, notices=notices)


def _road_km(scenario: Scenario, source: GreatCircle) -> NDArray[np.float64]:
    points = list(scenario.places.values())
    straight = great_circle_km(np.array([p.lat for p in points]), np.array([p.lon for p in points]))
    bends = circuity_curve(straight) if source.circuity == "curve" else source.circuity
    km = np.asarray(np.maximum(straight * bends, source.least_km))
    np.fill_diagonal(km, 0.0)
    return km


def _lay_legs(
    legs: tuple[Leg, ...],
    places: tuple[str, ...],
    km: NDArray[np.float64],
    minutes: NDArray[np.float64],
) -> None:
    index = {place: i for i, place in enumerate(places)}
    for leg in legs:
        i, j = index[leg.origin], index[leg.to]
        km[i, j], minutes[i, j] = leg.km, leg.minutes
