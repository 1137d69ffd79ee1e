"""
Says which built pages would call a server: ``python docs/_ext/no_servers.py build/docs``.

Links that a reader may follow are fine; scripts, styles, fonts, pictures and frames are not.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

LOADED = {"src", "srcset", "poster", "data"}
"""Attributes whose address is loaded with the page."""

AWAY = re.compile(r"^\s*(https?:)?//", re.IGNORECASE)

IN_A_STYLE = re.compile(r"(?:url\(|@import)\s*['\"]?((?:https?:)?//[^'\")\s]+)")


class _Page(HTMLParser):
    """Collects what a page loads from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            loads = name in LOADED or (tag == "link" and name == "href")
            if loads and AWAY.match(value or ""):
                self.found.append(f"<{tag} {name}={value}>")


def calls(folder: Path) -> Iterator[str]:
    """Each file of the built pages with what it loads from elsewhere."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".html":
            page = _Page()
            page.feed(path.read_text(encoding="utf-8"))
            yield from (f"{path}: {found}" for found in page.found)
        elif path.suffix in (".css", ".svg"):
            text = path.read_text(encoding="utf-8")
            for address in re.findall(
                r"(?:url\(|@import)\s*['\"]?((?:https?:)?//[^'\")\s]+)", text
            ):
                yield f"{path}: {address}"


if __name__ == "__main__":
    found = list(calls(Path(sys.argv[1])))
    print("\n".join(found), file=sys.stderr)
    sys.exit(bool(found))
