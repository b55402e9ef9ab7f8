"""A server that fails, in whatever way and at whatever moment, costs a sentence and nothing else."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from image_server_layer.plugin.layer import running
from image_server_layer.plugin.layer.connect import connect
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.address import parse_address
from image_server_layer.plugin.service.errors import NetworkError
from image_server_layer.tests.trust.effort import IS_THOROUGH, keep_figures
from image_server_layer.tests.trust.hostile_process import HostileServer
from image_server_layer.tests.trust.matrix import LONGEST_STANDSTILL, cells, tried
from image_server_layer.tests.trust.moments import SERVICE, TIMEOUT, Moments, in_background

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

_CELLS = list(cells())
# A prime, so that the short form meets other faults at each moment.
_EACH = 1 if IS_THOROUGH else 17


@pytest.fixture(scope="module")
def hostile_server(image_server_process: ImageServerProcess) -> Iterator[HostileServer]:
    # Whatever file this process has had before.
    image_server_process.reset()
    running.start()
    # Python stands still to look for garbage, the longer the more there is: what these tests hold themselves is not
    # looked through.
    gc.collect()
    gc.freeze()
    with HostileServer(image_server_process.origin) as server:
        yield server
    gc.unfreeze()
    running.stop()


@pytest.fixture(scope="module")
def moments(hostile_server: HostileServer) -> Iterator[Moments]:
    found = Moments(hostile_server)
    yield found
    found.close()


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


@pytest.mark.parametrize(
    ("origin", "sentence"),
    [
        ("https://127.0.0.1:{port}", "127.0.0.1:"),
        ("http://no-such-host.invalid", "no-such-host.invalid"),
        ("http://127.0.0.1:9", "127.0.0.1:9, or the proxy on the way to it, refuses the connection"),
    ],
)
def test_an_address_that_leads_nowhere_costs_a_sentence(
    image_server: ImageServerProcess, origin: str, sentence: str
) -> None:
    place = origin.format(port=image_server.origin.rpartition(":")[2])
    address = parse_address(f"{place}/arcgis/rest/services/{SERVICE}/ImageServer")
    came, standstill = in_background(lambda: connect(address, Access(timeout=TIMEOUT)))
    assert isinstance(came, NetworkError)
    assert sentence in came.message
    assert standstill <= LONGEST_STANDSTILL
