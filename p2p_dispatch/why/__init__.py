"""Why people are left behind and what would take them; why a trip is as it is."""

from p2p_dispatch.why.change import Change
from p2p_dispatch.why.explain import Explanation, explain

__all__ = ["Change", "Explanation", "explain"]
