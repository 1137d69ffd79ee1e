"""Names that all files of the folder share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

FINE = 100
"""Money is counted in hundredths of a cent."""

NEVER = 1 << 50
"""More than anything costs, and later than any minute."""

SLACK = 1
"""Minutes by which times are relaxed: those of the problem are rounded against the planner."""
