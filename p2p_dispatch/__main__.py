"""``python -m p2p_dispatch``."""

from p2p_dispatch.cli import main

if __name__ == "__main__":
    main()
