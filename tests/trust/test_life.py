"""Whatever ends in the middle of something leaves nothing behind, however often."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from qgis.core import QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsProject
from qgis.gui import QgsMapCanvas
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QObject, QSize, QTimer

import image_server_layer
from image_server_layer import ImageServerLayerError, classFactory, make_image_server_layer
from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.provider.layers import make_layer
from image_server_layer.plugin.provider.raster_provider import ImageServerProvider
from image_server_layer.tests.main_window import Interface, changed, delete_what_is_due, registrations
from image_server_layer.tests.memory import in_use
from image_server_layer.tests.provider.drawing import drawn, finished, started
from image_server_layer.tests.provider.sources import native_view, source_of
from image_server_layer.tests.trust.effort import effort, keep_figures
from image_server_layer.tests.trust.moments import in_background
from image_server_layer.tests.ui.forms import idle
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.ui.entry.dialog import AddLayerDialog
from image_server_layer.ui.form.layer_form import LayerForm

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess
    from image_server_layer.tests.imageserver.wire import Record

# What is kept once and for all, such as a cache that fills; what grows with each round grows beyond it.
_SPARE_MEGABYTES = 2.0
# In MB.
_MOST_PER_LOAD = 0.02


def memory() -> float:
    """Return how much memory this process has asked for and not given back, in MB."""
    gc.collect()
    return in_use()


def providers() -> int:
    """Return how many providers there are."""
    gc.collect()
    return sum(isinstance(thing, ImageServerProvider) for thing in gc.get_objects())


def timers() -> int:
    """Return how many timers of Qt are running on the objects that Python can see."""
    gc.collect()
    found = 0
    for thing in gc.get_objects():
        try:
            found += isinstance(thing, QTimer) and thing.isActive()
        except RuntimeError:
            continue
    return found


def _has_no_thread(iface: Interface) -> bool:
    """Whether the thread that speaks to the network is gone, which the plugin has ended."""
    return "NetworkThread" not in registrations(iface)["objects"]


def _knows(form: LayerForm) -> bool:
    return form.state.known is not None


@pytest.fixture
def iface() -> Iterator[Interface]:
    interface = Interface()
    yield interface
    delete(interface.window)


@pytest.fixture
def running(project: QgsProject) -> Iterator[QgsProject]:
    image_server_layer.start()
    yield project
    project.clear()
    image_server_layer.stop()


def _reload(iface: Interface, url: str, moment: float) -> None:
    """Switch the plugin on, begin to read a service, and switch it off in the middle of that."""
    plugin = classFactory(iface)
    plugin.initGui()
    plugin._entries.open(url)
    let_pass(moment)
    plugin.unload()
    plugin.deleteLater()
    delete_what_is_due()


@pytest.mark.usefixtures("project")
def test_loads_and_unloads_leave_nothing(image_server: ImageServerProcess, iface: Interface) -> None:
    url = image_server.service("Olinda/Landsat")
    image_server.settings(latency=0.05)
    count = effort(6, 30)
    for number in range(3):
        _reload(iface, url, 0.1 * number)
    wait_until(idle)
    wait_until(partial(_has_no_thread, iface))
    before, at_first, clocks = registrations(iface), memory(), timers()
    for number in range(count):
        _reload(iface, url, 0.3 * number / count)
    wait_until(idle)
    grown = memory() - at_first
    keep_figures("life", {"loads and unloads": count, "MB more after each load": round(grown / count, 4)})
    wait_until(partial(_has_no_thread, iface))
    assert changed(before, registrations(iface)) == {}
    assert timers() <= clocks
    assert grown < _MOST_PER_LOAD * count + _SPARE_MEGABYTES / 4


def _counts(server: ImageServerProcess) -> list[Record]:
    return [request for request in server.requests(operation="query") if "returnCountOnly" in request.query]


def test_the_plugin_goes_in_the_moment_a_count_comes_in(
    image_server: ImageServerProcess, iface: Interface, project: QgsProject
) -> None:
    del project
    count = effort(4, 30)
    image_server.settings(latency=0.03)
    for number in range(count):
        plugin = classFactory(iface)
        plugin.initGui()
        plugin._entries.open(image_server.service("Olinda/Landsat"))
        form = plugin._entries.dialog().form
        wait_until(partial(_knows, form))
        # The form counts the rasters now. From well before the answer to well after it.
        let_pass(0.12 * number / count)
        if number == count - 1:
            wait_until(lambda: _counts(image_server))
        plugin.unload()
        plugin.deleteLater()
        delete_what_is_due()
    wait_until(idle)
    counts = _counts(image_server)
    keep_figures("life", {"unloads while a count comes in": count, "counts under way then": len(counts)})
    assert counts


def test_windows_closed_in_mid_connect_leave_nothing(image_server: ImageServerProcess, running: QgsProject) -> None:
    count = effort(8, 50)
    image_server.settings(latency=0.05)
    canvas = QgsMapCanvas()
    dialogs = 0
    for number in range(count):
        dialog = AddLayerDialog(canvas)
        dialog.present()
        dialog.form.open(image_server.service("Olinda/Landsat"))
        let_pass(0.25 * number / count)
        dialog.close()
        delete(dialog)
        del dialog
        dialogs += 1
    wait_until(idle)
    delete(canvas)
    gc.collect()
    left = [thing for thing in gc.get_objects() if isinstance(thing, AddLayerDialog) and not sip.isdeleted(thing)]
    keep_figures("life", {"windows closed in mid-connect": dialogs, "windows left": len(left)})
    assert left == []
    assert not running.mapLayers()


def test_layers_removed_in_mid_draw_leave_nothing(image_server: ImageServerProcess, running: QgsProject) -> None:
    count = effort(8, 50)
    source = source_of(image_server, "Test/Huge")
    image_server.settings(latency=0.05)
    drawn(make_layer(source, "first"), native_view(source, 0, 0, 200, 200), (200, 200))
    at_first = memory()
    for number in range(count):
        layer = make_layer(source, f"layer {number}")
        running.addMapLayer(layer)
        job = started(layer, native_view(source, 10 * number, 0, 200, 200), (200, 200))
        let_pass(0.1 * number / count)
        running.removeMapLayer(layer.id())
        del layer
        finished(job)
        del job
    grown = memory() - at_first
    keep_figures(
        "life",
        {
            "layers removed in mid-draw": count,
            "providers left": providers(),
            "MB more after the removals": round(grown, 2),
        },
    )
    assert providers() == 0
    assert grown < _SPARE_MEGABYTES


def test_projects_switched_in_mid_draw_leave_nothing(
    image_server: ImageServerProcess, running: QgsProject, tmp_path: Path
) -> None:
    count = effort(3, 20)
    paths: list[str] = []
    for service in ("Test/Huge", "Olinda/Landsat"):
        make_image_server_layer(image_server.service(service))
        paths.append(str(tmp_path / f"{len(paths)}.qgz"))
        assert running.write(paths[-1])
        running.clear()
    image_server.settings(latency=0.05)
    for number in range(count):
        assert running.read(paths[number % 2])
        [layer] = running.mapLayers().values()
        job = started(layer, layer.extent(), (100, 100))
        let_pass(0.1 * number / count)
        running.clear()
        del layer
        finished(job)
        del job
    keep_figures("life", {"projects switched in mid-draw": count})
    assert providers() == 0


def test_twenty_layers_draw_together(image_server: ImageServerProcess, running: QgsProject) -> None:
    count = effort(6, 20)
    source, kinds = source_of(image_server, "Test/Huge"), list(Kind)
    picture = source_of(image_server, "Test/Huge", Kind.PICTURE)
    layers = [make_layer((source, picture)[number % len(kinds)], f"{number}") for number in range(count)]
    running.addMapLayers(layers)
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(layers[0].crs())
    settings.setExtent(native_view(source, 100, 100, 300, 200))
    settings.setOutputSize(QSize(300, 200))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    pixels, errors = finished(job)
    assert errors == []
    assert (pixels[3] == 255).all()
    keep_figures("life", {"layers drawn together": count})


def test_a_hundred_layers_are_made(image_server: ImageServerProcess, running: QgsProject) -> None:
    count = effort(8, 100)
    url = image_server.service("Olinda/Landsat")
    for _ in range(3):
        make_image_server_layer(url)
    running.clear()
    threads, at_first, children = threading.active_count(), memory(), _children()
    for number in range(count):
        make_image_server_layer(url, kind=("values", "picture")[number % 2])
        if number % 10 == 9:
            running.clear()
    running.clear()
    grown = memory() - at_first
    keep_figures("life", {"layers made": count, "MB more after the makes": round(grown, 2)})
    assert providers() == 0
    assert threading.active_count() <= threads
    assert _children() <= children
    assert grown < _SPARE_MEGABYTES


def _children() -> int:
    return len(QgsApplication.instance().findChildren(QObject))


def test_off_the_main_thread_no_layer_is_made_and_a_sentence_says_so(
    image_server: ImageServerProcess, running: QgsProject
) -> None:
    url = image_server.service("Olinda/Landsat")
    came, _ = in_background(lambda: make_image_server_layer(url))
    assert isinstance(came, ImageServerLayerError)
    assert "main thread only" in came.message
    caught: list[BaseException] = []

    def make() -> None:
        try:
            make_image_server_layer(url, add_to_project=False)
        except ImageServerLayerError as error:
            caught.append(error)

    thread = threading.Thread(target=make)
    thread.start()
    while thread.is_alive():
        QCoreApplication.processEvents()
        time.sleep(0.002)
    assert len(caught) == 1
    assert not running.mapLayers()
    assert image_server.requests() == []
