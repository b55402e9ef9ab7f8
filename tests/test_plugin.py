"""The plugin comes into QGIS' window, and goes without a trace, as often as it is switched on and off."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsProject, QgsSettings
from qgis.gui import QgsGui
from qgis.PyQt.QtWidgets import QAction, QMenu

from image_server_layer import classFactory, make_image_server_layer
from image_server_layer.plugin.plugin import ImageServerLayerPlugin
from image_server_layer.plugin.translation import tr
from image_server_layer.tests import children
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.main_window import Interface, changed, delete_what_is_due, registrations
from image_server_layer.tests.patience import SOON
from image_server_layer.tests.ui.forms import idle
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.ui.common.thumbnail_store import SESSION
from image_server_layer.ui.entry.dialog import AddLayerDialog
from image_server_layer.ui.service.service_thumbnail import SIZE

ROOT = Path(__file__).absolute().parents[1]
ENTRY = "mActionAddImageServerLayer"
"""What Qt knows the entry by; its text is in the user's language."""


@pytest.fixture
def iface() -> Iterator[Interface]:
    """Return the window of a QGIS that has just been started."""
    interface = Interface()
    yield interface
    delete(interface.window)


def switch_on(iface: Interface) -> ImageServerLayerPlugin:
    """Make the plugin and start it, as QGIS does each time."""
    plugin = classFactory(iface)
    plugin.initGui()
    return plugin


def entry_of(menu: QMenu) -> QAction:
    """Return the plugin's entry in a menu."""
    (action,) = (action for action in menu.actions() if action.objectName() == ENTRY)
    return action


def open_form(iface: Interface) -> None:
    """Choose the entry in the Raster menu."""
    entry_of(iface.raster_menu).trigger()
    # The window is made in steps.
    wait_until(iface.window.findChild(AddLayerDialog).isVisible)


def look_at_the_page(iface: Interface) -> None:
    """Look at the page of the Data Source Manager, which QGIS deletes with its window."""
    (provider,) = QgsGui.sourceSelectProviderRegistry().providersByKey("imageserverlayer")
    page = provider.createDataSourceWidget(iface.window)
    page.show()
    delete(page)


def ask_for_a_pixel(iface: Interface) -> None:
    """Open the panel for pixels, with its tool in the user's hand."""
    (action,) = (action for action in iface.raster_menu.actions() if action.text() == "Image Server Pixel")
    action.trigger()
    assert iface.canvas.mapTool() is not None


def use_processing(iface: Interface) -> None:
    """Make an algorithm, as the toolbox does."""
    del iface
    assert QgsApplication.processingRegistry().createAlgorithmById("imageserver:makeimageserverlayer") is not None


def thumbnails_asked_for(server: ImageServerProcess) -> int:
    """Return how many thumbnails of functions the server was asked for."""
    own = "{},{}".format(*SIZE)
    return len([request for request in server.requests(operation="exportImage") if request.query["size"] != own])


def see_thumbnails_coming(iface: Interface, server: ImageServerProcess, count: int) -> None:
    """Connect to a service with many functions, and return while thumbnails are on their way, `count` of them so far.

    The server answers none of them.
    """
    open_form(iface)
    SESSION.clear()
    form = iface.window.findChild(AddLayerDialog).form
    form.preview.switch.setChecked(False)
    server.fault("hang")
    form.open(server.service("Test/ManyFunctions"))
    wait_until(lambda: thumbnails_asked_for(server) == count)


def do_nothing(iface: Interface) -> None:
    """Leave it at switching on and off."""


@pytest.mark.usefixtures("project")
def test_it_enters_the_window(iface: Interface) -> None:
    before = registrations(iface)
    plugin = switch_on(iface)
    after = changed(before, registrations(iface))
    text = entry_of(iface.raster_menu).text()
    plugin.unload()
    menus = {title for title, texts in after["menus"][1] if text in texts}
    assert menus == {"Raster", "Add Layer"}
    assert [texts for _, texts in after["toolbars"][1]].count([text, "Image Server Pixel"]) == 1
    assert set(after["data sources"][1]) - set(before["data sources"]) == {"imageserverlayer"}
    assert set(after["browser menus"][1]) - set(before["browser menus"]) == {"image_server_layer"}
    assert after["properties pages"] == (before["properties pages"], ["Image Server"])
    assert after["options pages"] == (before["options pages"], ["Image Server Layer"])
    assert after["locator"] == (before["locator"], ["image_server_layer"])
    assert after["drop handlers"] == (0, 2)
    assert set(after["processing"][1]) - set(before["processing"]) == {"imageserver"}


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("use", [do_nothing, open_form, look_at_the_page, ask_for_a_pixel, use_processing])
def test_it_leaves_nothing_behind(iface: Interface, use: Callable[[Interface], None]) -> None:
    # QGIS makes some things of its own when they are first needed.
    plugin = switch_on(iface)
    use(iface)
    plugin.unload()
    del plugin
    before = registrations(iface)
    plugin = switch_on(iface)
    use(iface)
    plugin.unload()
    # It takes itself away, and does not leave that to the end of its objects.
    assert changed(before, {**registrations(iface), "objects": []}) == {}
    del plugin
    assert changed(before, registrations(iface)) == {}
    assert before["objects"] == before["windows"] == []


def test_it_leaves_nothing_behind_with_its_layers_in_the_project(
    iface: Interface, project: QgsProject, image_server: ImageServerProcess
) -> None:
    plugin = switch_on(iface)
    make_image_server_layer(image_server.service("Olinda/Landsat"), mosaic_method="CENTER")
    plugin.unload()
    del plugin
    without = registrations(iface)
    plugin = switch_on(iface)
    with_plugin = registrations(iface)
    plugin.unload()
    del plugin
    assert changed(without, registrations(iface)) == {}
    plugin = switch_on(iface)
    assert changed(with_plugin, registrations(iface)) == {}
    plugin.unload()
    assert len(project.mapLayers()) == 1


@pytest.mark.usefixtures("project")
def test_it_leaves_nothing_behind_in_the_middle_of_thumbnails(
    iface: Interface, image_server: ImageServerProcess
) -> None:
    states = []
    for count in (3, 6):
        plugin = switch_on(iface)
        # As many as are under way at a time.
        see_thumbnails_coming(iface, image_server, count)
        plugin.unload()
        del plugin
        wait_until(idle, SOON)
        image_server.release()
        states.append(registrations(iface))
    assert changed(*states) == {}
    assert states[0]["objects"] == states[0]["windows"] == []
    let_pass(0.3)
    assert thumbnails_asked_for(image_server) == 6


@pytest.mark.usefixtures("project")
def test_nothing_grows_when_it_is_switched_on_and_off(iface: Interface) -> None:
    seen = []
    for _ in range(16):
        plugin = switch_on(iface)
        open_form(iface)
        plugin.unload()
        del plugin
        seen.append(registrations(iface))
    # In the first rounds QGIS and Qt make what they keep for good, and may still delete what earlier tests left.
    assert changed(seen[9], seen[-1]) == {}


@pytest.mark.usefixtures("project")
def test_the_window_goes_with_the_plugin(iface: Interface) -> None:
    plugin = switch_on(iface)
    open_form(iface)
    dialog = iface.window.findChild(AddLayerDialog)
    plugin.unload()
    assert not dialog.isVisible()
    delete_what_is_due()
    assert iface.window.findChild(AddLayerDialog) is None


@pytest.mark.usefixtures("project")
def test_what_is_shown_is_in_the_language_of_qgis(iface: Interface) -> None:
    QgsSettings().setValue("locale/overrideFlag", True)
    QgsSettings().setValue("locale/userLocale", "de")
    plugin = switch_on(iface)
    text = entry_of(iface.raster_menu).text()
    algorithm = QgsApplication.processingRegistry().algorithmById("imageserver:makeimageserverlayer").displayName()
    plugin.unload()
    assert text.endswith("Image-Server-Layer hinzufügen…")
    assert tr("Cell size") == "Cell size"
    assert algorithm == "Image-Server-Layer erstellen"


def test_a_reload_takes_the_old_code_with_it(tmp_path: Path, image_server: ImageServerProcess) -> None:
    image_server.settings(latency=0.1)
    package = tmp_path / "plugins"
    package.mkdir()
    (package / "image_server_layer").symlink_to(ROOT, target_is_directory=True)
    command = [sys.executable, "-m", "tests.reloading", str(package), image_server.service("Test/ManyFunctions")]
    done = children.run(command, cwd=ROOT, env={**os.environ, "HOME": str(tmp_path)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout.splitlines()[-1])
    assert report["changed"] == {}
    assert report["modules"] == []
    # QGIS keeps what it was given for the provider, which therefore knows nothing of the rest.
    assert report["classes"] == ["image_server_layer.plugin.provider.metadata.ImageServerMetadata"]
