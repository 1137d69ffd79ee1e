"""
Plans that go on from what people were told, against the same solver started from nothing.

    python benchmarks/replanning.py guangxi_2021_trains baise_2020 --time-limit 20 --threads 2
    python benchmarks/replanning.py --streams 100

A scenario is planned once (``--told-limit`` seconds, or the plan in ``--told``); then something
happens, and both plan again with the same seed and time. Counted are people who are told another
day, hour, vehicle or place, or to stay, without those whose own way fell away: their train is
cancelled, or so late that they would wait at its hub for longer than it lets them, or their county
turned high-risk. Costs are without the prices of promises, which the solver from nothing does not
know. Made up are the events, the prices of promises and, so that a high level keeps people at home,
``rules.risk.stay_from``.

``--streams``: random events over several days on small random scenarios; every plan is checked.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from p2p_dispatch.api import solve_scenario
from p2p_dispatch.check import check
from p2p_dispatch.events.model import Event, Events
from p2p_dispatch.life import Replanned, replan
from p2p_dispatch.plan import Plan
from p2p_dispatch.plan.files import read_plan, write_plan
from p2p_dispatch.plan.life import people_by_batch
from p2p_dispatch.scenario import Scenario
from p2p_dispatch.scenario.read import read_scenario
from p2p_dispatch.shipped import shipped

PRICES = {"changed_day": 100, "changed_hour": 30, "changed_vehicle": 50, "changed_place": 50}
"""ASSUMPTION: what it costs to tell one person otherwise; the order of a day's waiting."""

HEAD = (
    "| scenario | what happened | own fell away | plan | s | findings | others changed "
    "| all changed | moved | cost | cost, ratio | changed, ratio |"
)

NO_SHOW, CUT, LATE = 0.08, 0.5, 60
"""Share of people who do not come, of the units of the busiest pool on its busiest day that are
left, and minutes by which a train is late."""


def main(words: list[str] | None = None) -> int:
    """Print the table; 5 where a plan breaks a rule."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("scenarios", nargs="*", help="names of shipped scenarios")
    parser.add_argument("--time-limit", type=float, default=20, help="seconds of planning again")
    parser.add_argument("--iterations", type=int, help="in place of seconds")
    parser.add_argument("--told-limit", type=float, default=120, help="seconds of the plan as told")
    parser.add_argument("--told", type=Path, help="folder of plans as told, kept there by scenario")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--solver", default="quick")
    parser.add_argument("--only", nargs="*", help="words that the events must have")
    parser.add_argument("--streams", type=int, help="seeds of random events instead")
    options = parser.parse_args(words)
    if options.streams:
        return _streams(options.streams)
    print(HEAD)
    print("| --- | --- |" + " ---: |" * 10)
    broken = False
    for name in options.scenarios:
        scenario = priced(read_scenario(shipped("scenarios") / f"{name}.yaml"))
        told = _told(scenario, options)
        now = datetime.combine(scenario.days.first, time()) - timedelta(hours=4)
        now = max(now, told.as_of.replace(tzinfo=None))
        for what, events, own in happenings(scenario, told, now):
            if options.only and not any(word in what for word in options.only):
                continue
            broken |= _compare(scenario, told, what, events, own, now, options)
    return 5 if broken else 0


def priced(scenario: Scenario) -> Scenario:
    """A scenario in which promises have prices, and a high level keeps people at home."""
    parts = scenario.model_dump(by_alias=True)
    parts["prices"] |= PRICES
    parts["rules"]["risk"]["stay_from"] = "high"
    return Scenario.model_validate(parts)


def _told(scenario: Scenario, options: Any) -> Plan:
    folder = options.told / scenario.name if options.told else None
    if folder and (folder / "plan.json").exists():
        return read_plan(folder)
    limits = {"time_limit": options.told_limit}
    if options.iterations is not None:
        limits = {"iterations": options.iterations}
    plan = solve_scenario(
        scenario, options.solver, seed=options.seed, threads=options.threads, **limits
    )
    if folder:
        write_plan(plan, folder, scenario=scenario)
    return plan


Own = str | tuple[str, datetime]
"""A train or a county that fell away; or where and when people leave home who cannot any more."""

Happening = tuple[str, tuple[Event, ...], set[Own]]
"""What happened, as words and events, and whose own way fell away."""


def happenings(scenario: Scenario, told: Plan, now: datetime) -> Iterator[Happening]:
    """What is tried on a plan."""
    services = [trip for trip in told.trips if trip.service and trip.stops[0].depart]
    services = [t for t in services if t.stops[0].depart.replace(tzinfo=None) > now]  # type: ignore[union-attr]
    riders = Counter({t.id: sum(r.count for s in t.stops for r in s.board) for t in services})
    absent = list(_no_shows(scenario, told, now))
    county, high = _county(scenario, told, now)
    lots: list[tuple[str, list[dict[str, Any]], set[Own]]] = []
    if riders:
        train = riders.most_common(1)[0][0]
        lots.append(("train cancelled", [_event(now, "cancelled", train)], {train}))
        late = [_event(now, "late", train, LATE)]
        lots.append((f"train {LATE} min late", late, _too_early(scenario, told, train)))
    pool, out = _busiest(told)
    units = max(each.units for each in scenario.pools if each.id == pool)
    cut = _event(now, "unit-down", pool, units - round(CUT * out))
    lots.append((f"pool {pool} cut to {round(CUT * out)} of the {out} needed", [cut], set()))
    for what, events, own in lots:
        yield what, _events(events), own
    yield f"{county} high-risk", _events(high), {county}
    yield "8 % no-shows", _events(absent), set()
    for what, events, own in lots:
        yield (
            f"{what}, {county} high-risk, 8 % no-shows",
            _events(events + high + absent),
            own | {county},
        )


def _busiest(told: Plan) -> tuple[str, int]:
    """The pool of which most units take people from home on a day, and how many."""
    out: defaultdict[tuple[str, date], set[str]] = defaultdict(set)
    for trip in told.trips:
        if trip.mode == "coach" and trip.role != "onward":
            out[trip.pool, trip.day].add(trip.unit)
    (pool, _), units = max(out.items(), key=lambda each: (len(each[1]), each[0]))
    return pool, len(units)


def _too_early(scenario: Scenario, told: Plan, name: str) -> set[Own]:
    """
    Where and when people leave home who would wait too long for a train that is late.

    Those who gather at its hub leave there with it; those who come by feeder may come as they were
    told if the wait is not longer than the hub allows.
    """
    trips = {trip.id: trip for trip in told.trips}
    starts = {stop.place: stop.depart for stop in trips[name].stops if stop.board and stop.depart}
    own: set[Own] = {(hub, leaves.replace(tzinfo=None)) for hub, leaves in starts.items()}
    limits = {hub.id: hub.transfer or scenario.rules.transfer for hub in scenario.hubs}
    stop_time = timedelta(minutes=scenario.planning.stop_minutes)
    for part in told.itineraries:
        if part.trips[1:2] != (name,) or not part.changes:
            continue
        feeder, hub = trips[part.trips[0]], part.changes[0]
        (comes,) = (stop.arrive for stop in feeder.stops if stop.place == hub and stop.arrive)
        wait = starts[hub] + timedelta(minutes=LATE) - comes - stop_time
        if wait > timedelta(minutes=limits[hub].most_minutes):
            own |= {
                (stop.place, stop.depart.replace(tzinfo=None))
                for stop in feeder.stops
                if stop.board and stop.depart
            }
    return own


def _event(now: datetime, kind: str, subject: str, value: Any = None) -> dict[str, Any]:
    event = {"time": now, "kind": kind, "subject": subject}
    return event if value is None else {**event, "value": value}


def _events(events: list[dict[str, Any]]) -> tuple[Event, ...]:
    return Events.model_validate({"events": events}).events


def _county(scenario: Scenario, told: Plan, now: datetime) -> tuple[str, list[dict[str, Any]]]:
    """The assembly point whose people are the middle of all, and that it is at high risk."""
    people: Counter[str] = Counter()
    origins = {cohort.id: cohort.origin for cohort in scenario.cohorts}
    for part in told.itineraries:
        people[origins[part.cohort]] += part.count
    ranked = [origin for origin, _ in people.most_common()]
    origin = ranked[len(ranked) // 2]
    return origin, [_event(now, "risk", origin, "high")]


def _no_shows(scenario: Scenario, told: Plan, now: datetime) -> Iterator[dict[str, Any]]:
    draw = random.Random(8)
    origins = {cohort.id: cohort.origin for cohort in scenario.cohorts}
    for batch, some in sorted(people_by_batch(told, origins).items()):
        for cohort, people in sorted(some.items()):
            gone = sum(draw.random() < NO_SHOW for _ in range(people))
            if gone:
                yield {**_event(now, "no-show", batch, gone), "cohort": cohort}


def _compare(
    scenario: Scenario,
    told: Plan,
    what: str,
    events: tuple[Event, ...],
    own: set[Own],
    now: datetime,
    options: Any,
) -> bool:
    """Both plans, a line each; whether one breaks a rule."""
    broken, first = False, (0.0, 0)
    for name, cold in (("goes on", False), ("from nothing", True)):
        start = monotonic()
        limits: dict[str, Any] = {"time_limit": options.time_limit}
        if options.iterations is not None:
            limits = {"iterations": options.iterations}
        again = replan(
            scenario, told, events, now, solver=options.solver, seed=options.seed,
            threads=options.threads, from_nothing=cold, **limits,
        )  # fmt: skip
        seconds = monotonic() - start
        findings = len(check(again.scenario, again.plan))
        others, everybody, away = _changed(scenario, told, again, own)
        cost = again.plan.value.total - again.plan.value.changes
        ratios = "- | -"
        if cold:
            share = f"{first[1] / others:.2f}" if others else "-"
            ratios = f"{first[0] / cost:.3f} | {share}"
        else:
            first = cost, others
        print(
            f"| {scenario.name} | {what} | {away:,} | {name} | {seconds:.1f} | {findings} | "
            f"{others:,} | {everybody:,} | {again.plan.moved:,} of {again.plan.people:,} | "
            f"{cost:,.0f} | {ratios} |",
            flush=True,
        )
        for finding in check(again.scenario, again.plan)[:3]:
            print(finding, file=sys.stderr)
        broken |= findings > 0
    return broken


def _changed(
    scenario: Scenario, told: Plan, again: Replanned, own: set[Own]
) -> tuple[int, int, int]:
    """
    People told otherwise: others than those whose own train or county fell away, and all.

    The last is how many of them are told otherwise whose own fell away.
    """
    origins = {cohort.id: cohort.origin for cohort in scenario.cohorts}
    services = {trip.id: trip.service for trip in told.trips}
    trains = {services[name] for name in own if name in services}
    days = {trip.day for trip in told.trips if trip.id in own}
    others = away = 0
    for change in again.changes:
        if change.before is None:
            continue
        by_train = change.before.vehicle in trains and change.before.leaves.date() in days
        too_early = (change.before.board, change.before.leaves) in own
        if by_train or too_early or origins[change.cohort] in own:
            away += change.count
        else:
            others += change.count
    return others, others + away, away


def _found(after: Replanned) -> list[str]:
    return [str(finding) for finding in check(after.scenario, after.plan)]


def _streams(seeds: int) -> int:
    """Random events over days; how many plans were made and what was found."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.life.streams import stream
    from tests.life.test_streams import judge, scenarios

    counts: Counter[str] = Counter()
    for kind in ("coaches", "services", "jobs"):
        for seed in range(seeds):
            for step in stream(scenarios(kind, seed), seed, "intermodal"):
                counts["plans"] += 1
                counts["events"] += len(step.events)
                counts["trips that have left"] += len(step.after.scenario.frozen)
                counts["people told otherwise"] += step.after.told_otherwise
                left = {trip.id for trip in step.after.scenario.frozen}
                counts["people re-routed on the way"] += sum(
                    part.count
                    for part in step.after.plan.itineraries
                    if part.trips[0] in left and part.trips[-1] not in left
                )
                try:
                    judge(step)
                except AssertionError as trouble:
                    counts["wrong"] += 1
                    words = str(trouble) or "; ".join(_found(step.after)) or "people do not add up"
                    print(kind, seed, words.splitlines()[0], file=sys.stderr)
    for what, number in counts.items():
        print(f"{what}: {number:,}")
    return 5 if counts["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
