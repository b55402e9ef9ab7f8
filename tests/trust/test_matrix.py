"""A server that fails, in whatever way and at whatever moment, costs a sentence and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from image_server_layer.plugin.layer import running
from image_server_layer.tests.trust.effort import IS_THOROUGH, keep_figures
from image_server_layer.tests.trust.hostile_server import HostileServer
from image_server_layer.tests.trust.matrix import cells, tried
from image_server_layer.tests.trust.moments import Moments

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

_CELLS = list(cells())
# A prime, so that the short form meets other faults at each moment.
_EACH = 1 if IS_THOROUGH else 17


@pytest.fixture(scope="module")
def hostile_server(image_server_process: ImageServerProcess) -> Iterator[HostileServer]:
    running.start()
    with HostileServer(image_server_process.origin) as server:
        yield server
    running.stop()


@pytest.fixture(scope="module")
def moments(hostile_server: HostileServer) -> Moments:
    return Moments(hostile_server)


@pytest.mark.parametrize(("fault", "moment"), _CELLS[::_EACH])
def test_a_failing_server_costs_a_sentence_and_nothing_else(
    fault: str, moment: str, moments: Moments, hostile_server: HostileServer
) -> None:
    cell = tried(fault, moment, moments, hostile_server)
    keep_figures(
        "matrix",
        {
            f"{fault}|{moment}": {
                "seconds": round(cell.seconds, 2),
                "requests": cell.requests,
                "standstill": round(cell.outcome.standstill, 3),
                "sentences": cell.outcome.sentences,
                "complete": cell.outcome.complete,
                "problems": cell.problems,
            }
        },
    )
    assert not cell.problems
