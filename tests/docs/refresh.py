"""
Writes what the commands on the pages say today into the pages: ``python -m tests.docs.refresh``.

Blocks whose output agrees, dots included, stay as they are. Look at the difference before you
commit it.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from tests.docs.blocks import PAGES, PIECE, ROOT, blocks_of
from tests.docs.run_page import Reader


def refresh(page: str) -> None:
    """Bring one page up to date."""
    text = (ROOT / page).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(Path(folder))
        for block in blocks_of(page, text):
            reader.do(block, compare=False)

    def again(found: re.Match[str]) -> str:
        line = text[: found.start()].count("\n") + 1
        fresh = reader.fresh.get(line)
        if fresh is None or not re.search(r"\n[^$\n]", found["text"]):
            return found[0]  # nothing is shown of it
        return found[0].replace(found["text"], fresh)

    (ROOT / page).write_text(PIECE.sub(again, text), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    for page in sys.argv[1:] or PAGES:
        refresh(page)
