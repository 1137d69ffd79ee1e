"""Judges any plan by the rules; knows nothing of who made it."""

from p2p_dispatch.check.finding import Finding
from p2p_dispatch.check.notices import notices
from p2p_dispatch.check.rules import RULES, check

__all__ = ["RULES", "Finding", "check", "notices"]
