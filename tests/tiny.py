"""
The smallest scenario in which everything happens: the builders that tests change a little.

Two assembly points in Guangxi, two gates in Guangdong, one depot with three coaches, three days,
by the clock. Guigang to Bao'an is about 450 km over the sphere, to Chancheng 365 km.
"""

from __future__ import annotations

from typing import Any

from p2p_dispatch.scenario import Scenario


def cohort(**changes: Any) -> dict[str, Any]:
    """Thirty people from Gangbei to Bao'an, ready on the first day, due at the end of the last."""
    return {
        "id": "gb-ba",
        "origin": "gangbei",
        "site": "baoan",
        "count": 30,
        "ready": "2020-02-22",
        "due": "2020-02-24",
        **changes,
    }


def unit_type(**changes: Any) -> dict[str, Any]:
    """A coach of 49 seats: eleven rows of 2+2 and a bench of five."""
    return {
        "id": "coach-49",
        "seats": 49,
        "layout": [{"rows": 11, "across": "2+2"}, {"rows": 1, "across": "5"}],
        "per_day": 1200,
        "per_km": 6.5,
        **changes,
    }


def pool(**changes: Any) -> dict[str, Any]:
    """Three coaches at Guigang."""
    return {"id": "gg", "unit_type": "coach-49", "depot": "guigang", "units": 3, **changes}


def gangbei(**changes: Any) -> dict[str, Any]:
    """The assembly point next to the depot."""
    return {"id": "gangbei", "name": "港北区", "lat": 23.114, "lon": 109.568, **changes}


def pingnan(**changes: Any) -> dict[str, Any]:
    """The assembly point on the way."""
    return {"id": "pingnan", "name": "平南县", "lat": 23.542, "lon": 110.388, **changes}


def baoan(**changes: Any) -> dict[str, Any]:
    """The gate in Shenzhen."""
    return {"id": "baoan", "name": "宝安区", "lat": 22.558, "lon": 113.879, **changes}


def chancheng(**changes: Any) -> dict[str, Any]:
    """The gate in Foshan."""
    return {"id": "chancheng", "name": "禅城区", "lat": 23.012, "lon": 113.117, **changes}


def guigang(**changes: Any) -> dict[str, Any]:
    """The depot."""
    return {"id": "guigang", "name": "贵港客运站", "lat": 23.103, "lon": 109.602, **changes}


def tiny(**changes: Any) -> dict[str, Any]:
    """
    A valid scenario as it is written in a file, with some of its top-level fields replaced.

    70 people: 30 and 12 from Gangbei, 28 from Pingnan; in two coaches of 49, or in three that stop
    nowhere twice.

    Examples
    --------
    >>> tiny(cohorts=[cohort(count=100)])["cohorts"][0]["count"]
    100
    """
    return {
        "name": "tiny",
        "as_of": "2020-02-20 08:00",
        "days": {"first": "2020-02-22", "last": "2020-02-24"},
        "origins": [gangbei(), pingnan()],
        "sites": [baoan(), chancheng()],
        "depots": [guigang()],
        "cohorts": [
            cohort(),
            cohort(id="gb-cc", site="chancheng", count=12),
            cohort(id="pn-ba", origin="pingnan", count=28, parties=[4, 3]),
        ],
        "unit_types": [unit_type()],
        "pools": [pool()],
        "prices": {"driver_day": 400, "left_behind": 20000, "waiting_day": 50},
        **changes,
    }


def tiny_scenario(**changes: Any) -> Scenario:
    """The scenario of :func:`tiny`, read."""
    return Scenario.model_validate(tiny(**changes))
