"""What strategies hand back, what a strategy is, and where they are found."""

from p2p_dispatch.solution.registry import find_strategy, strategy_names
from p2p_dispatch.solution.solution import (
    Bound,
    Ended,
    GapPart,
    Journey,
    Prices,
    Progress,
    Quality,
    ServiceTrip,
    Solution,
    Tier,
    TierName,
)
from p2p_dispatch.solution.strategy import Declined, Parameters, Run, Strategy

__all__ = [
    "Bound",
    "Declined",
    "Ended",
    "GapPart",
    "Journey",
    "Parameters",
    "Prices",
    "Progress",
    "Quality",
    "Run",
    "ServiceTrip",
    "Solution",
    "Strategy",
    "Tier",
    "TierName",
    "find_strategy",
    "strategy_names",
]
