"""How long QGIS stands still, at most, in each step of the form's use, while a slow server answers it.

The page of it is left in `build/desktop/dialog_speed.md` for `make bench`. `LIMIT` is what a user does not feel.
A step with several times as much fails the scenario: how fast the machine is, nobody knows; see `Stall`.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Mapping

from qgis.core import Qgis

from ..player import Steps
from ..stage import Stage
from ..watch import TICK, Stall, Watch, is_busy
from .dialog import ENTRY, window_of
from .speed_of_choices import bands, dates, functions, servers, tabs
from .speed_of_layers import layers
from .speed_of_rasters import rasters

LATENCY = 2.0
LIMIT = 0.05
_TOO_MUCH = 4 * LIMIT
_PROOF = "stand still, on purpose"


def steps(stage: Stage) -> Steps:
    watch = Watch()
    for act in (_work, _pause):
        yield from watch.step(_PROOF, act, lambda: True)
        # What is a pause, and what the machine does, cannot be told apart where it does very much.
        assert watch.stalls.pop(_PROOF).own > LIMIT or (act is _pause and is_busy()), "that was not measured"
    (action,) = (action for action in stage.iface.rasterMenu().actions() if action.text() == ENTRY)
    yield from watch.step("open the form for the first time", action.trigger, lambda: window_of(stage).isVisible())
    dialog = window_of(stage)
    yield from watch.step("close the form", dialog.close, lambda: not dialog.isVisible())
    # A window manager gives the focus to the window behind; the virtual screen has none. Without that, Qt sees the form
    # come back before it has noticed that the form was gone, and has no active window from then on.
    stage.iface.mainWindow().activateWindow()
    yield stage.iface.mainWindow().isActiveWindow
    yield from watch.step("open the form again", action.trigger, dialog.isVisible)
    stage.server.settings(latency=LATENCY)
    try:
        yield from servers(stage, watch, dialog)
        yield from functions(stage, watch, dialog)
        yield from tabs(watch, dialog)
        yield from bands(stage, watch, dialog)
        yield from rasters(stage, watch, dialog)
        yield from dates(stage, watch, dialog)
        yield from layers(stage, watch, dialog)
    finally:
        # What was measured until something went wrong, too.
        (stage.folder / "dialog_speed.md").write_text(report(watch.stalls), encoding="utf-8")
    slow = [f"{name}: {stall.own * 1000:.0f} ms" for name, stall in watch.stalls.items() if stall.own > _TOO_MUCH]
    assert not slow, "QGIS stands still too long.\n" + "\n".join(slow)


def _work() -> None:
    end = time.thread_time() + 1.5 * LIMIT
    while time.thread_time() < end:
        pass


def _pause() -> None:
    time.sleep(1.5 * LIMIT)


def report(stalls: Mapping[str, Stall]) -> str:
    """Return what was measured, as a page of Markdown."""
    machine = f"QGIS {Qgis.QGIS_VERSION}, Python {platform.python_version()}, {os.cpu_count()} cores"
    load = os.getloadavg()[0]
    lines = [
        "# The form on a slow server",
        "",
        f"Written by `make bench`, in the real QGIS on a virtual screen; every request takes {LATENCY:g} s more than",
        "it would. A stall is the longest time in one step in which the main thread did not come round to mouse,",
        f"keyboard and painting: that between two ticks of a timer of {TICK * 1000:g} ms. *Own* is what QGIS worked",
        "itself, and on a machine that is not busy also what it waited for, such as a lock; *by the clock* has what",
        "the machine did meanwhile, too. Of frames there are 60 a second.",
        "",
        f"{machine}; server and client share the machine, of which {load:.1f} programs wanted a core.",
        (
            f"No step should take more than {LIMIT * 1000:.0f} ms of its own; `make desktop ARGS=dialog_speed` fails "
            f"at {_TOO_MUCH * 1000:.0f} ms."
        ),
        "",
        "| step | own | frames lost | by the clock |",
        "| --- | ---: | ---: | ---: |",
        *(
            f"| {name} | {stall.own * 1000:.0f} ms{' (too long)' * (stall.own > LIMIT)} | {stall.frames} "
            f"| {stall.seen * 1000:.0f} ms |"
            for name, stall in stalls.items()
        ),
    ]
    return "\n".join([*lines, ""])
