"""A plan that is made again after what happened: what has left stands, promises have prices."""

from p2p_dispatch.life.changes import Change
from p2p_dispatch.life.replan import Replanned, replan

__all__ = ["Change", "Replanned", "replan"]
