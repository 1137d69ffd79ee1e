"""Roads from the table service of OSRM, kept in a cache."""

from p2p_dispatch.travel.osrm.roads import Asked, Roads, Watch, osrm_roads

__all__ = ["Asked", "Roads", "Watch", "osrm_roads"]
