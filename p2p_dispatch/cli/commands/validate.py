"""``p2p-dispatch validate``: all that is wrong with a scenario, at once."""

from __future__ import annotations

from p2p_dispatch.cli.exits import Exit
from p2p_dispatch.cli.options import Json, LanguageName, Offline, Quiet, ScenarioName
from p2p_dispatch.cli.terminal import Terminal

COUNTED = ("people", "cohorts", "origins", "sites", "days")
"""What is told of a scenario that is in order."""


def validate(
    scenario: ScenarioName,
    offline: Offline = False,
    lang: LanguageName = "en",
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Say all that is wrong with a scenario.

    Every fault at once: where it is, what was found and what would be right.
    """
    from p2p_dispatch.cli.find import find_scenario
    from p2p_dispatch.cli.steps import step
    from p2p_dispatch.cli.travel import get_travel
    from p2p_dispatch.cli.trouble import as_data
    from p2p_dispatch.reading.faults import listing
    from p2p_dispatch.scenario.read import read_scenario

    terminal = Terminal(as_json=as_json, quiet=quiet, lang=lang)
    say = terminal.language
    with step(terminal, "reading"):
        found = read_scenario(find_scenario(scenario))
    if found.notices:
        terminal.say(f"{listing(found.notices)}\n")
    travel = get_travel(terminal, found, offline=offline)
    counts = {
        "people": found.people,
        "cohorts": len(found.cohorts),
        "origins": len(found.origins),
        "sites": len(found.sites),
        "depots": len(found.depots),
        "pools": len(found.pools),
        "services": len(found.services),
        "days": len(found.dates),
    }
    terminal.hand_over(
        {
            "scenario": found.name,
            "digest": found.digest,
            **counts,
            "faults": [],
            "notices": [as_data(notice) for notice in (*found.notices, *travel.notices)],
        }
    )
    services = len(found.services)
    more = f"{say('spoken.comma')}{say.many('services', services)}" if services else ""
    words = {name: say.many(name, n) for name, n in counts.items() if name in COUNTED}
    terminal.show(say("said.in_order", scenario=found.name, services=more, **words))
    terminal.say("\n" + say("said.next", command=f"p2p-dispatch solve {scenario}"))
    return Exit.DONE
