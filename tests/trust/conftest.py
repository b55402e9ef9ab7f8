"""What the attacks need: bounds, so that a hole costs a test and not the machine."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.core import QgsProject

import image_server_layer
from image_server_layer.tests.main_window import Interface
from image_server_layer.tests.ui.forms import idle
from image_server_layer.tests.ui.waiting import delete, wait_until

_SPARE_BYTES = 2 * 2**30
_HERE = Path(__file__).parent
# Its cells wait for servers most of the time, and any process can have any of them.
_SHARED_OUT = "test_matrix.py"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have all other tests of a file in one process, where a run has several (`--dist loadgroup`)."""
    for item in items:
        if item.path.parent == _HERE and item.path.name != _SHARED_OUT:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture
def bounded_memory() -> Iterator[None]:
    """Let the process grow by 2 GB at most; beyond that, Python raises `MemoryError`."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + _SPARE_BYTES, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.fixture
def windows(project: QgsProject) -> Iterator[Interface]:
    """The plugin in a main window; nothing is under way when it goes."""
    image_server_layer.start()
    interface = Interface()
    interface.window.show()
    yield interface
    wait_until(idle)
    delete(interface.window)
    project.clear()
    image_server_layer.stop()
