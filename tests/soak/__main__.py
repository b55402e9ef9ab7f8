"""`make soak`: the real QGIS on a virtual screen, with live layers on a slow and faulty server; writes `docs/soak.md`.

Each part (`parts/`) is played in a process of its own with a fresh profile. Logs, stacks and what can be replayed are
left in `build/soak`.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..desktop.screen import virtual_screen
from ..imageserver.process import ImageServerProcess
from .files import Files
from .process import Outcome, play
from .report import rows, write_report
from .weather import Weather

ROOT = Path(__file__).absolute().parents[2]
OUTPUT = ROOT / "build" / "-".join(filter(None, ("soak", os.environ.get("QGIS_RELEASE"))))
REPORT = ROOT / "docs" / "soak.md"
#: How long a run wanders. One that is shorter than a whole one has its share of everything else, too.
USUAL, WHOLE = 900, 300
LEAVES = 10
# What a part may take beyond the time that it is given.
SLACK = 600


def main() -> int:
    """Play all parts, or those asked for; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description="Let QGIS last on a bad server.")
    parser.add_argument("--seconds", type=float, default=USUAL, help=f"how long to wander (default: {USUAL})")
    parser.add_argument("--seed", type=int, default=None, help="of every choice; printed when it is not given")
    parser.add_argument("parts", nargs="*", choices=[[], "uses", "wander", "remove", "leave"])
    arguments = parser.parse_args()
    seed = random.randrange(10**6) if arguments.seed is None else arguments.seed  # noqa: S311 - not secret
    share = min(1.0, arguments.seconds / WHOLE)
    print(f"Seed {seed}; the steps are logged in {OUTPUT}.", flush=True)
    OUTPUT.mkdir(parents=True, exist_ok=True)
    outcomes: dict[str, Outcome] = {}
    with virtual_screen() as screen, ImageServerProcess() as server:
        for name, part, part_seed in _program(arguments.parts, seed, share):
            began = time.monotonic()
            outcome = outcomes[name] = _play(name, part, part_seed, arguments.seconds, share, screen, server)
            verdict = "failed" if outcome.problems else "passed"
            print(f"{name}: {verdict} in {time.monotonic() - began:.0f} s", *outcome.problems, sep="\n", flush=True)
    failed = any(outcome.problems for outcome in outcomes.values())
    for label, value in rows(outcomes, seed, arguments.seconds):
        print(f"{label}: {value}")
    if share == 1.0:
        write_report(REPORT, outcomes, seed, arguments.seconds)
        print(f"Written to {REPORT.relative_to(ROOT)}.")
    return int(failed)


def _program(wanted: list[str], seed: int, share: float) -> Iterator[tuple[str, str, int]]:
    """Yield the name, the part and the seed of what is played."""
    for part in ("uses", "wander", "remove", "leave"):
        if wanted and part not in wanted:
            continue
        if part != "leave":
            yield part, part, seed
            continue
        for number in range(1, max(1, round(LEAVES * share)) + 1):
            yield f"leave {number}", part, seed + number


def _play(
    name: str, part: str, seed: int, seconds: float, share: float, screen: dict[str, str], server: ImageServerProcess
) -> Outcome:
    server.reset()
    with tempfile.TemporaryDirectory() as folder:
        options: dict[str, Any] = {
            "folder": folder,
            "output": str(OUTPUT),
            "log": str(OUTPUT / f"{name.replace(' ', '_')}.steps"),
            "server": server.url,
            "seed": seed,
            "seconds": seconds,
            "share": share,
        }
        with Weather(server, Files(Path(folder)).bad_weather, seed) as weather:
            outcome = play(part, options, screen, OUTPUT, seconds + SLACK)
        outcome.requests = (weather.requests, weather.faults)
        return outcome


if __name__ == "__main__":
    sys.exit(main())
