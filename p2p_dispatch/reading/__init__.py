"""How files come in: text with positions, tables beside it, and faults that say where and what."""

from p2p_dispatch.reading.faults import Fault, InputError, Mark

__all__ = ["Fault", "InputError", "Mark"]
