"""Every state of the form in German; see `every_state`."""

from __future__ import annotations

from ..player import Steps
from ..stage import Stage
from .every_state import seen


def steps(stage: Stage) -> Steps:
    yield from seen(stage, "german")
