"""Kilometres and minutes between places."""

from p2p_dispatch.travel.travel import Travel, load_travel, travel_of

__all__ = ["Travel", "load_travel", "travel_of"]
