"""The scenario in indices, and the rules of one trip."""

from p2p_dispatch.problem.basics import NO_LIMIT, NO_ROAD
from p2p_dispatch.problem.build import build
from p2p_dispatch.problem.choice import Load, TripChoice
from p2p_dispatch.problem.departures import Departures
from p2p_dispatch.problem.jobs import Jobs, Matched, Sharing, beside, matched, spread
from p2p_dispatch.problem.ledger import Ledger
from p2p_dispatch.problem.offers import Kind, Offer, offers_of, seats_of
from p2p_dispatch.problem.problem import Problem
from p2p_dispatch.problem.services import Consist, Services
from p2p_dispatch.problem.trip import TripRun, price_of, run_trip, seats_left

__all__ = [
    "NO_LIMIT",
    "NO_ROAD",
    "Consist",
    "Departures",
    "Jobs",
    "Kind",
    "Ledger",
    "Load",
    "Matched",
    "Offer",
    "Problem",
    "Services",
    "Sharing",
    "TripChoice",
    "TripRun",
    "beside",
    "build",
    "matched",
    "offers_of",
    "price_of",
    "run_trip",
    "seats_left",
    "seats_of",
    "spread",
]
