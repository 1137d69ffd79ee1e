"""
Ways out: a plan as other programs read it.

GeoJSON for maps, iCalendar for the calendars of crews and assembly points, Parquet for tables too
large for a spreadsheet, and the movement lines as a CSV that Excel opens.
"""
