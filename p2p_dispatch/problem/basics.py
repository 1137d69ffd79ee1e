"""Names that all files of the room share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NO_LIMIT = 1 << 40
"""Stands for no limit on people, metres or minutes, and for a minute that does not come."""

NO_ROAD = -1
"""Stands for no road in ``metres``, ``seconds`` and ``minutes``."""
