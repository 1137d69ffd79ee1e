"""On what a run was made, and what it took of it."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from p2p_dispatch._version import __version__
from p2p_dispatch.shipped import clone

MB = 1e6


@cache
def machine() -> dict[str, Any]:
    """Processor, its cores and the system."""
    return {
        "cpu": _in_file("/proc/cpuinfo", r"^model name\s*: (.*)$") or platform.processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
    }


@cache
def versions() -> dict[str, str]:
    """Of the program, of Python and of what strategies compute with."""
    installed = {name: version(name) for name in ("numba", "numpy", "ortools")}
    return {"p2p-dispatch": __version__, "python": platform.python_version(), **installed}


@cache
def commit() -> str | None:
    """The commit of the clone we run from, ``-dirty`` if files were changed; none: no clone."""
    root = clone()
    if root is None:
        return None
    # No tag is called so: the hash is wanted, and not the way to it from a tag.
    words = ["git", "-C", str(root), "describe", "--always", "--abbrev=40", "--dirty"]
    try:
        done = subprocess.run(
            [*words, "--exclude=*"], capture_output=True, text=True, check=False, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() or None


def peak_mb() -> float | None:
    """
    Most memory this process has held, MB; none where the system does not say.

    On Linux not by ``getrusage``: there a new process inherits the peak of the one that started
    it, and every run would seem to need what the command itself needs.
    """
    if kilobytes := _in_file("/proc/self/status", r"^VmHWM:\s*(\d+) kB$"):
        return int(kilobytes) * 1024 / MB
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(peak if sys.platform == "darwin" else peak * 1024) / MB


def _in_file(path: str, pattern: str) -> str | None:
    try:
        found = re.search(pattern, Path(path).read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        return None
    return found[1] if found else None
