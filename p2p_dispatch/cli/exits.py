"""The exit codes, a contract with the scripts that call us."""

from enum import IntEnum


class Exit(IntEnum):
    """What the command says to the shell."""

    DONE = 0
    """A plan that leaves people behind is a plan, and so is the best so far after Ctrl-C."""
    BUG = 1
    """Our mistake."""
    WRONG = 2
    """The scenario, solver file, command or travel is wrong; also the code for wrong usage."""
    IMPOSSIBLE = 3
    """Proved that a hard demand cannot stand."""
    NOTHING = 4
    """Stopped with nothing in hand."""
    FINDINGS = 5
    """The plan breaks a rule, a seating does not add up, or rows of a list were rejected."""
