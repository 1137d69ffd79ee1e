"""A season day by day: what to order now, what to release today, what to hold."""

from p2p_dispatch.week.forecast import Forecast, Rate, read_forecast
from p2p_dispatch.week.rules import RULES, Rule, rule_of
from p2p_dispatch.week.season import Outcome
from p2p_dispatch.week.sheet import Sheet
from p2p_dispatch.week.simulate import sheets, simulate

__all__ = [
    "RULES",
    "Forecast",
    "Outcome",
    "Rate",
    "Rule",
    "Sheet",
    "read_forecast",
    "rule_of",
    "sheets",
    "simulate",
]
