"""What happened after a plan was made: events, and the file they are appended to."""

from p2p_dispatch.events.file import append_events, read_events
from p2p_dispatch.events.model import Event, Events

__all__ = ["Event", "Events", "append_events", "read_events"]
