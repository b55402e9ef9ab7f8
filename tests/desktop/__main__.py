"""`make desktop`: play the scenarios in the real QGIS on a virtual screen.

Each starts QGIS with a fresh profile, with the plugin linked from this checkout or unpacked from its zip. QGIS reaches
nothing but loopback. Pictures and logs are left in `build/desktop`.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from .. import children
from ..imageserver.process import ImageServerProcess
from .loopback import LOOPBACK_ONLY
from .profile import make_profile
from .screen import virtual_screen

ROOT = Path(__file__).absolute().parents[2]
OUTPUT = ROOT / "build" / "-".join(filter(None, ("desktop", os.environ.get("QGIS_RELEASE"))))
SECONDS_MAX = 180


@dataclass(frozen=True)
class Scenario:
    """A module in `scenarios/`, and how QGIS starts: with the plugin on or off, a project of another, a language.

    What is measured or looked at, and so takes long, is played only when it is asked for. `seconds` is how long it may
    take, `scale` how many pixels of the screen there are to one of Qt's.
    """

    name: str
    plugin_is_on: bool = True
    opens_project_of: str = ""
    is_usual: bool = True
    language: str = ""
    seconds: int = SECONDS_MAX
    scale: int = 1


SCENARIOS = (
    Scenario("lifecycle", plugin_is_on=False),
    Scenario("layers"),
    Scenario("reopened", opens_project_of="layers"),
    Scenario("without_plugin", plugin_is_on=False, opens_project_of="layers"),
    Scenario("questions"),
    Scenario("dialog"),
    Scenario("dialog_map"),
    Scenario("clicks"),
    Scenario("dialog_states"),
    Scenario("portal"),
    Scenario("editing"),
    Scenario("around"),
    Scenario("drops"),
    Scenario("download"),
    Scenario("pixel"),
    Scenario("documents"),
    Scenario("preview"),
    Scenario("time"),
    Scenario("clip"),
    Scenario("dimensions"),
    Scenario("playing"),
    Scenario("gallery"),
    Scenario("many_functions"),
    Scenario("image_tab"),
    Scenario("tiles"),
    Scenario("rasters"),
    Scenario("german", language="de"),
    Scenario("dialog_speed", is_usual=False, seconds=480),
    Scenario("every_state", is_usual=False, seconds=900),
    Scenario("every_state_german", is_usual=False, language="de", seconds=300),
    Scenario("every_state_hidpi", is_usual=False, scale=2, seconds=300),
)


def main() -> int:
    """Play the scenarios asked for; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.desktop", description="Play scenarios in the real QGIS.")
    parser.add_argument("--zip", type=Path, help="test this package instead of the checkout")
    parser.add_argument("scenarios", nargs="*", choices=[[], *(scenario.name for scenario in SCENARIOS)])
    arguments = parser.parse_args()
    usual = (scenario.name for scenario in SCENARIOS if scenario.is_usual)
    wanted = set(arguments.scenarios or usual)
    wanted |= {scenario.opens_project_of for scenario in SCENARIOS if scenario.name in wanted}
    plugin = arguments.zip.absolute() if arguments.zip else ROOT
    OUTPUT.mkdir(parents=True, exist_ok=True)
    failed = False
    with virtual_screen() as screen, ImageServerProcess() as server:
        for scenario in SCENARIOS:
            if scenario.name not in wanted:
                continue
            began = time.monotonic()
            server.reset()
            with ExitStack() as stack:
                folder = stack.enter_context(tempfile.TemporaryDirectory())
                own = screen if scenario.scale == 1 else stack.enter_context(virtual_screen(scenario.scale))
                problems = play(scenario, plugin, own, server.url, Path(folder))
            failed = failed or bool(problems)
            print(f"{scenario.name}: {'failed' if problems else 'passed'} in {time.monotonic() - began:.0f} s")
            print(problems, end="", flush=True)
    print(f"The pictures are in {OUTPUT}.")
    return int(failed)


def play(scenario: Scenario, plugin: Path, screen: dict[str, str], server_url: str, folder: Path) -> str:
    """Start QGIS with a scenario, wait until it has ended, and return what went wrong ("" for nothing).

    `folder` takes what nobody needs afterwards: the profile, and the scripts and the report that QGIS reads and writes.
    """
    report, log = folder / "problems.txt", OUTPUT / f"{scenario.name}.log"
    listen = _script(folder / "listen.py", f"listen({str(report)!r})")
    start = _script(folder / "play.py", f"play({scenario.name!r}, {server_url!r}, {str(OUTPUT)!r})")
    settings: dict[str, Mapping[str, str]] = dict(LOOPBACK_ONLY)
    if scenario.language:
        settings["locale"] = {"overrideFlag": "true", "userLocale": scenario.language}
    command = ["qgis", *make_profile(folder, plugin, scenario.plugin_is_on, settings), "--code", start]
    if scenario.opens_project_of:
        command.append(str(OUTPUT / f"{scenario.opens_project_of}.qgz"))
    environment = {**os.environ, **screen, "PYQGIS_STARTUP": listen}
    with log.open("w", encoding="utf-8") as output:
        qgis = children.start(command, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            exit_code = qgis.wait(scenario.seconds)
        except subprocess.TimeoutExpired:
            os.killpg(qgis.pid, signal.SIGKILL)
            qgis.wait()
            return f"QGIS did not end within {scenario.seconds} s; {log} may say why.\n"
    problems = report.read_text(encoding="utf-8") if report.exists() else "QGIS did not start.\n"
    if exit_code:
        problems += f"\nQGIS ended with code {exit_code}; {log} may say why.\n"
    return problems


def _script(file: Path, call: str) -> str:
    """Write a script for QGIS that calls a function of `stage.py`; return its path."""
    text = f"import sys\nsys.path.append({str(ROOT)!r})\nfrom tests.desktop import stage\nstage.{call}\n"
    file.write_text(text, encoding="utf-8")
    return str(file)


if __name__ == "__main__":
    sys.exit(main())
