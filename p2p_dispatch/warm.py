"""
Compile now what would be compiled on the first solve: ``python -m p2p_dispatch.warm``.

Nobody has to; it is for those who set up a machine for others.
"""

from __future__ import annotations

import sys

from p2p_dispatch.cache import listen


def main() -> None:
    """Import every installed strategy, and with it all that is compiled."""
    listen(lambda words: print(words, file=sys.stderr))
    from p2p_dispatch.solution import find_strategy, strategy_names

    for name in strategy_names():
        find_strategy(name)


if __name__ == "__main__":
    main()
