"""The command line; only here something is printed."""

from p2p_dispatch.cli.run import main

__all__ = ["main"]
