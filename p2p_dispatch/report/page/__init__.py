"""
The page: a map, a board of vehicles over days, figures and tables in one HTML file.

It opens with a double click and without a network: styles and the script are part of it, and its
Content-Security-Policy lets nothing be loaded from anywhere. Everything is drawn in Python; the
script moves, filters and shows what is there.
"""

from p2p_dispatch.report.page.render import Beside, page

__all__ = ["Beside", "page"]
