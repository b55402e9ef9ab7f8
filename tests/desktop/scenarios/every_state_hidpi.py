"""Every state of the form on a screen of twice as many pixels; see `every_state`."""

from __future__ import annotations

from ..player import Steps
from ..stage import Stage
from .every_state import seen


def steps(stage: Stage) -> Steps:
    yield from seen(stage, "hidpi")
