"""What can go wrong with a travel service, before it is a fault of a scenario."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False)
class Trouble(Exception):  # noqa: N818  (it becomes a fault)
    """A request that has no usable answer."""

    code: str
    found: str
    right: str

    def __str__(self) -> str:
        return f"{self.code}: {self.found}"
