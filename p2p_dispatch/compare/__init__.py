"""Two plans of one scenario: what differs, and for whom."""

from p2p_dispatch.compare.make import compare_plans
from p2p_dispatch.compare.model import Comparison

__all__ = ["Comparison", "compare_plans"]
