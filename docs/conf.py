"""
Sphinx, with the clone as its source folder: links between pages are the same as in a browser of it.

``make docs`` builds into build/docs.
"""

from __future__ import annotations

import sys
from pathlib import Path

from p2p_dispatch import __version__

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "p2p-dispatch"
version = release = __version__
root_doc = "docs/index"
include_patterns = [
    "CHANGELOG.md",
    "README.md",
    "benchmarks/README.md",
    "docs/*.md",
    "docs/reference/*.md",
    "scenarios/README.md",
    "solvers/README.md",
]
exclude_patterns = [".*", "build", "dist", "demo", "p2p_dispatch", "tests"]

highlight_language = "none"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "reference_pages"]

myst_heading_anchors = 4
myst_enable_extensions = ["deflist"]

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
napoleon_google_docstring = False
napoleon_use_ivar = False
napoleon_use_rtype = False
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = f"p2p-dispatch {version}"
html_static_path = ["_static"]
html_css_files = ["wide.css"]
html_extra_path = ["_static/index.html"]  # the front page is docs/index.html
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
html_show_sourcelink = False
