"""A browser without a screen and without a network; tests that need one are skipped without."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

BROWSER = next(
    (
        found
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (found := shutil.which(name))
    ),
    None,
)

TOUR = Path(__file__).with_name("tour.js")

QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
"""No window, no updates, and no host that could be found."""


TRIES = 3
"""A browser that hangs when it starts, which is seldom, is started anew."""


def browse(page: Path, *options: str) -> str:
    """What the browser writes to stdout about a page."""
    assert BROWSER is not None
    for left in reversed(range(TRIES)):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            words = [BROWSER, *QUIET, f"--user-data-dir={profile}", *options, page.as_uri()]
            try:
                done = subprocess.run(
                    words, capture_output=True, encoding="utf-8", timeout=40, check=True
                )
            except subprocess.TimeoutExpired:
                if not left:
                    raise
            else:
                return done.stdout
    raise AssertionError("no try was made")


def tour(page: Path, width: int) -> dict[str, Any]:
    """
    What a reader finds who does with a page what there is to do.

    The page's own policy allows its own script and no other; a copy with the tour in it allows
    both.
    """
    script = TOUR.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    text = page.read_text(encoding="utf-8")
    text = text.replace("script-src '", f"script-src 'sha256-{digest}' '", 1)
    text = text.replace("</body>", f"<script>{script}</script></body>")
    copy = page.with_name("toured.html")
    copy.write_text(text, encoding="utf-8")
    shown = browse(copy, f"--window-size={width},900", "--dump-dom")
    found = re.search(r'data-tour="([^"]*)"', shown)
    assert found, "the tour did not end"
    seen: dict[str, Any] = json.loads(html.unescape(found[1]))
    return seen
