"""`make desktop`: play the scenarios in the real QGIS on a virtual screen.

Each starts QGIS with a fresh profile, with the plugin linked from this checkout or unpacked from its zip. QGIS reaches
nothing but loopback. Pictures and logs are left in `build/desktop`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from ..imageserver.process import ImageServerProcess
from ..sandbox import CLOSED_PORT, HOST
from .profile import make_profile
from .screen import virtual_screen

ROOT = Path(__file__).absolute().parents[2]
OUTPUT = ROOT / "build" / "-".join(filter(None, ("desktop", os.environ.get("QGIS_RELEASE"))))
SECONDS_MAX = 120
PROXY = {
    "proxy": {
        "proxyEnabled": "true",
        "proxyType": "HttpProxy",
        "proxyHost": HOST,
        "proxyPort": str(CLOSED_PORT),
        "noProxyUrls": f"http://{HOST}:",
    }
}


@dataclass(frozen=True)
class Scenario:
    """A module in `scenarios/`, and how QGIS starts: with the plugin switched on or off, with a project or without."""

    name: str
    plugin_is_on: bool = True
    project: str = ""


SCENARIOS = (
    Scenario("lifecycle", plugin_is_on=False),
    Scenario("layers"),
    Scenario("reopened", project="layers.qgz"),
    Scenario("dialog"),
)


def main() -> int:
    """Play the scenarios asked for; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.desktop", description="Play scenarios in the real QGIS.")
    parser.add_argument("--zip", type=Path, help="test this package instead of the checkout")
    parser.add_argument("scenarios", nargs="*", choices=[[], *(scenario.name for scenario in SCENARIOS)])
    arguments = parser.parse_args()
    plugin = arguments.zip.absolute() if arguments.zip else ROOT
    OUTPUT.mkdir(parents=True, exist_ok=True)
    failed = False
    with virtual_screen() as screen, ImageServerProcess() as server:
        for scenario in SCENARIOS:
            if arguments.scenarios and scenario.name not in arguments.scenarios:
                continue
            began = time.monotonic()
            server.reset()
            problems = play(scenario, plugin, screen, server.url)
            failed = failed or bool(problems)
            print(f"{scenario.name}: {'failed' if problems else 'passed'} in {time.monotonic() - began:.0f} s")
            print(problems, end="", flush=True)
    print(f"The pictures are in {OUTPUT}.")
    return int(failed)


def play(scenario: Scenario, plugin: Path, screen: dict[str, str], server_url: str) -> str:
    """Start QGIS with a scenario, wait until it has ended, and return what went wrong ("" for nothing)."""
    profiles = Path(tempfile.mkdtemp())
    report = OUTPUT / "problems.txt"
    report.unlink(missing_ok=True)
    listen = _script(profiles / "listen.py", f"listen({str(OUTPUT)!r})")
    start = _script(profiles / "play.py", f"play({scenario.name!r}, {server_url!r}, {str(OUTPUT)!r})")
    command = ["qgis", *make_profile(profiles, plugin, scenario.plugin_is_on, PROXY), "--code", start]
    if scenario.project:
        if not (OUTPUT / scenario.project).exists():
            return f"There is no {OUTPUT / scenario.project}, which another scenario makes.\n"
        command.append(str(OUTPUT / scenario.project))
    environment = {**os.environ, **screen, "PYQGIS_STARTUP": listen}
    log = OUTPUT / f"{scenario.name}.log"
    with log.open("w", encoding="utf-8") as output:
        qgis = subprocess.Popen(
            command, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            code_of_exit = qgis.wait(SECONDS_MAX)
        except subprocess.TimeoutExpired:
            os.killpg(qgis.pid, signal.SIGKILL)
            qgis.wait()
            return f"QGIS did not end within {SECONDS_MAX} s; {log} may say why.\n"
        finally:
            shutil.rmtree(profiles)
    if not report.exists():
        return f"QGIS ended early, with code {code_of_exit}; {log} may say why.\n"
    problems = report.read_text(encoding="utf-8")
    if code_of_exit:
        problems += f"QGIS ended with code {code_of_exit}; {log} may say why.\n"
    return problems


def _script(file: Path, call: str) -> str:
    """Write a script for QGIS that calls a function of `stage.py`; return its path."""
    text = f"import sys\nsys.path.append({str(ROOT)!r})\nfrom tests.desktop import stage\nstage.{call}\n"
    file.write_text(text, encoding="utf-8")
    return str(file)


if __name__ == "__main__":
    sys.exit(main())
