"""Whatever is read, from whomever it comes, is taken or refused in a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.database import DirectoryBasedExampleDatabase

from image_server_layer.tests.trust import hostile, targets, targets_of_layers
from image_server_layer.tests.trust.effort import BUILD, IS_THOROUGH, effort, keep_figures
from image_server_layer.tests.trust.targets import Target

_FAILURES = DirectoryBasedExampleDatabase(BUILD / "failures")


@pytest.mark.usefixtures("bounded_memory")
@pytest.mark.timeout(900)
@pytest.mark.parametrize("target", [*targets.TARGETS, *targets_of_layers.TARGETS], ids=lambda target: target.name)
def test_anything_is_taken_or_refused_in_a_sentence(target: Target) -> None:
    tried = 0

    def attempt(given_input: Any) -> None:
        nonlocal tried
        tried += 1
        target(given_input)

    for known in hostile.corpus(target.name):
        attempt(known.encode("utf-8", "surrogatepass") if target.takes_bytes else known)
    run = settings(
        max_examples=effort(60, 1_000),
        deadline=None,
        database=_FAILURES if IS_THOROUGH else None,
        derandomize=not IS_THOROUGH,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    )
    run(given(target.inputs)(attempt))()
    keep_figures("fuzz", {target.name: tried})
