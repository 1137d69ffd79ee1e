"""The planner's question: what may be written, how it is read, what is wrong with it."""

from p2p_dispatch.scenario.read import read_scenario
from p2p_dispatch.scenario.scenario import Scenario

__all__ = ["Scenario", "read_scenario"]
