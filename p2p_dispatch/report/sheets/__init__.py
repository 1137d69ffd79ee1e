"""
The sheets: what is printed, signed and handed out, as one workbook or as pages for a browser.

Each kind of document has a function that makes it of a plan, ``sheets.workbook`` lays all of them
out in a spreadsheet, and ``sheets.web`` one trip's on a page.
"""

from p2p_dispatch.report.sheets.all import all_sheets, desk_for, trip_documents

__all__ = ["all_sheets", "desk_for", "trip_documents"]
