"""The plan that people hold; how it is made from a solution is in ``plan.make``."""

from p2p_dispatch.plan.model import Plan

__all__ = ["Plan"]
