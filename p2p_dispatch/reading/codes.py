"""Every code a fault can have; docs/faults.md says what to do about each."""

from __future__ import annotations

CODES: dict[str, str] = {
    # 10xx: the file, its YAML, its tables, and what every part has in common
    "P2P1001": "the file is not there",
    "P2P1002": "the path cannot be read as a file",
    "P2P1003": "the file is too large",
    "P2P1004": "the file is empty",
    "P2P1005": "the file is not text",
    "P2P1006": "the text is not UTF-8",
    "P2P1007": "the YAML or JSON cannot be parsed",
    "P2P1008": "a key stands twice in one mapping",
    "P2P1009": "a key is not a plain word",
    "P2P1010": "a value has a tag",
    "P2P1011": "there is a second document",
    "P2P1012": "an alias points nowhere or into itself",
    "P2P1013": "mappings cannot be merged",
    "P2P1014": "the nesting is too deep",
    "P2P1015": "there are too many values",
    "P2P1016": "the file is not a mapping",
    "P2P1020": "a key or column is not known",
    "P2P1021": "a key or column is missing",
    "P2P1022": "a value is of the wrong kind",
    "P2P1023": "a number is out of bounds",
    "P2P1024": "a word is not one of those allowed",
    "P2P1025": "a day, moment or clock time is not written as one",
    "P2P1026": "a text or id is not acceptable",
    "P2P1027": "the values of one part contradict each other",
    "P2P1028": "there are too many faults to list",
    "P2P1030": "the path of a table is not acceptable",
    "P2P1031": "a heading stands twice",
    "P2P1032": "a heading is missing",
    "P2P1033": "a row is not as long as the heading",
    "P2P1034": "a cell is not a list or mapping",
    "P2P1035": "the CSV cannot be parsed",
    "P2P1036": "a field cannot stand in a table",
    # 11xx: people
    "P2P1101": "there are no people",
    "P2P1102": "due is before ready",
    "P2P1103": "ready is after the last day",
    "P2P1104": "due is before the first day",
    "P2P1105": "the parties are more than the cohort",
    "P2P1106": "a party fits on no vehicle",
    "P2P1107": "leaving somebody behind costs nothing",
    "P2P1108": "more need an accessible place than travel one by one",
    "P2P1109": "no vehicle takes what people need",
    "P2P1110": "more seats are promised than there are people",
    # 12xx: fleet and rules
    "P2P1201": "a rule counts rows and the unit type has no layout",
    "P2P1202": "the layout does not add up to the seats",
    "P2P1203": "more rows are reserved than there are",
    "P2P1204": "the rules leave no seat",
    "P2P1205": "the cap is zero",
    "P2P1206": "the rule ends before it begins",
    "P2P1207": "there are no vehicles",
    "P2P1208": "a pool has no units on any useful day",
    "P2P1209": "a depot serves nobody",
    "P2P1210": "nobody may drive",
    "P2P1211": "a limit on driving can never bind",
    "P2P1212": "the minimum load is more than the seats",
    "P2P1213": "nothing of a type can be ordered in time",
    "P2P1214": "the risk rule keeps everybody at home",
    # 13xx: places and times
    "P2P1301": "the horizon ends before it begins",
    "P2P1302": "the horizon is very long",
    "P2P1303": "the as-of date is after the horizon",
    "P2P1304": "the time zone is not known",
    "P2P1305": "the coordinates are zero",
    "P2P1306": "latitude and longitude are swapped",
    "P2P1307": "a place is far from all others",
    "P2P1308": "two places have the same name",
    "P2P1309": "a place is closed on every useful day",
    "P2P1310": "a place takes nobody on any useful day",
    "P2P1311": "the opening hours are shorter than a stop",
    "P2P1312": "a day is far from the horizon",
    # 14xx: between parts
    "P2P1401": "an id stands twice",
    "P2P1402": "an id is not known",
    "P2P1403": "a site has neither gate nor handover",
    "P2P1404": "a road that people need is not listed",
    "P2P1405": "a road is listed twice",
    "P2P1406": "a road is driven at an impossible speed",
    "P2P1407": "the shares of the payers do not add up to 1",
    "P2P1408": "the shares of a site do not add up to 1",
    "P2P1409": "no depot serves an origin",
    "P2P1410": "the direct ride is longer than the longest ride",
    "P2P1411": "a frozen trip has more people than seats",
    "P2P1412": "a frozen trip does not stop where its people need it",
    # 15xx: travel services
    "P2P1501": "the travel service cannot be reached",
    "P2P1502": "the travel service is too slow or too busy",
    "P2P1503": "the answer of the travel service is not understood",
    "P2P1504": "the travel service takes fewer points at once",
    "P2P1505": "the travel service refuses",
    "P2P1506": "a place is far from the roads of the travel service",
    "P2P1507": "travel is not in the cache and may not be asked for",
    "P2P1508": "the cache of travel cannot be used",
    # 20xx: solver files
    "P2P2001": "the solver is not known",
    "P2P2002": "the solver file does not keep the format",
    "P2P2003": "the strategy is not known",
    "P2P2004": "the strategy declines the scenario",
    # 21xx: suite files
    "P2P2101": "the suite file does not keep the format",
    "P2P2102": "a scenario of the suite is not there",
    "P2P2103": "a solver of the suite is not known",
    # 30xx: plans given to check
    "P2P3001": "the plan cannot be read",
    "P2P3002": "the plan does not keep the format",
    "P2P3003": "the travel beside the plan is missing",
    "P2P3004": "the plan cannot be written there",
}
"""Code to its one-line title."""

NOTICES: frozenset[str] = frozenset(
    {
        "P2P1107",
        "P2P1109",
        "P2P1209",
        "P2P1211",
        "P2P1213",
        "P2P1307",
        "P2P1309",
        "P2P1310",
        "P2P1312",
        "P2P1406",
        "P2P1409",
        "P2P1506",
        "P2P1508",
    }
)
"""
Codes that tell the planner something and refuse nothing.

A closed assembly point or a depot with nobody left to fetch is how a season goes on: the plan
leaves those people behind and says why. To refuse the scenario would keep everybody else at home.
"""
