"""Run p2p-dispatch from a clone that is not installed: ``python cli.py solve ...``."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT), str(ROOT / "solvers")]

from p2p_dispatch.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
