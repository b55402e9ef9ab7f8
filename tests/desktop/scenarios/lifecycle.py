"""Switch the plugin on, off and on again as the plugin manager does: it registers everything, and leaves nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from qgis import utils
from qgis.core import (
    QgsApplication,
    QgsDataProvider,
    QgsProject,
    QgsProviderRegistry,
)
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QAction, QApplication, QMenu, QToolBar, QWidget

from ..player import Steps
from ..profile import PACKAGE
from ..stage import Stage

ENTRY = "Add ArcGIS Image Server Layer…"


def steps(stage: Stage) -> Steps:
    utils.updateAvailablePlugins()
    assert PACKAGE in utils.available_plugins
    without = registrations(stage)
    assert not without["opens live layers"]
    assert without["modules"] == without["objects"] == []

    switch_on()
    source = source_of_live_layer(stage)
    with_plugin = registrations(stage, source)
    added = {title for title, actions in with_plugin["menus"] if ENTRY in actions}
    assert added == {"&Raster", "Add Layer"}, added
    offers_processing = utils.pluginMetadata(PACKAGE, "hasProcessingProvider") == "yes"
    assert ("imageserver" in with_plugin["processing"]) == offers_processing
    assert with_plugin["opens live layers"]

    (entry,) = (action for action in stage.iface.rasterMenu().actions() if action.text() == ENTRY)
    yield from photograph_menu(stage, stage.iface.rasterMenu())
    entry.trigger()
    yield lambda: any(window.isVisible() for window in windows())

    for _ in range(2):
        assert utils.unloadPlugin(PACKAGE)
        yield lambda: not windows() and not objects(stage)  # deleted by the event loop
        assert not (difference := changed(without, registrations(stage, source))), difference
        switch_on()
        load_console()
        assert not (difference := changed(with_plugin, registrations(stage, source))), difference


def photograph_menu(stage: Stage, menu: QMenu) -> Steps:
    """Leave a picture of a menu of the menu bar."""
    menu.popup(stage.iface.mainWindow().pos())
    yield menu.isVisible
    stage.photograph("lifecycle_menu", menu)
    menu.close()


def switch_on() -> None:
    """Load and start the plugin."""
    assert utils.loadPlugin(PACKAGE)
    assert utils.startPlugin(PACKAGE)


def changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return what is not the same in two states: of lists, what is in one of them only."""
    return {key: _difference(before[key], after[key]) for key in before if before[key] != after[key]}


def _difference(before: Any, after: Any) -> tuple[Any, Any]:
    if not isinstance(before, list):
        return before, after
    return [item for item in before if item not in after], [item for item in after if item not in before]


def load_console() -> None:
    """Load what a script of the user's has loaded. By a statement: QGIS keeps account of no other imports."""
    from image_server_layer import make_image_server_layer  # noqa: F401


def source_of_live_layer(stage: Stage) -> str:
    """Return the source of a layer that the plugin has made."""
    from image_server_layer import make_image_server_layer

    return str(make_image_server_layer(stage.server.service("Test/Single"), add_to_project=False).source())


def registrations(stage: Stage, source: str = "") -> dict[str, Any]:
    """Return where QGIS knows the plugin; `source` is that of a live layer."""
    window = stage.iface.mainWindow()
    return {
        "menus": [(menu.title(), texts(menu.actions())) for menu in window.menuBar().findChildren(QMenu)],
        "toolbars": [(bar.windowTitle(), texts(bar.actions())) for bar in window.findChildren(QToolBar)],
        "data sources": [provider.providerKey() for provider in QgsGui.sourceSelectProviderRegistry().providers()],
        "browser": [provider.name() for provider in QgsApplication.dataItemProviderRegistry().providers()],
        "browser menus": [provider.name() for provider in QgsGui.dataItemGuiProviderRegistry().providers()],
        "processing": [provider.id() for provider in QgsApplication.processingRegistry().providers()],
        "listeners": listeners(),
        "opens live layers": opens(source),
        "objects": objects(stage),
        "modules": modules(),
    }


def objects(stage: Stage) -> list[str]:
    """Return the kinds of the plugin's objects in the window."""
    children = stage.iface.mainWindow().findChildren(QObject)
    return sorted(type(child).__name__ for child in children if is_of_plugin(child))


def texts(actions: Iterable[QAction]) -> list[str]:
    """Return what the entries of a menu or toolbar are called."""
    return [action.text() for action in actions]


def windows() -> list[QWidget]:
    """Return the plugin's own windows, shown or not."""
    return [widget for widget in QApplication.topLevelWidgets() if is_of_plugin(widget)]


def is_of_plugin(thing: object) -> bool:
    """Whether the class of an object is one of the plugin's."""
    return type(thing).__module__.partition(".")[0] == PACKAGE


def modules() -> list[str]:
    """Return the plugin's modules that Python has loaded; packages, which QGIS leaves behind, hold no code here."""
    loaded = [(name, module) for name, module in sys.modules.items() if name.partition(".")[0] == PACKAGE]
    return sorted(name for name, module in loaded if not hasattr(module, "__path__"))


def listeners() -> list[int]:
    """Return how many slots listen to the signals of objects that outlive the plugin."""
    project = QgsProject.instance()
    signals: list[tuple[QObject, Any]] = [
        (project, project.layersAdded),
        (project, project.layersRemoved),
        (project, project.readMapLayer),
        (project, project.readProject),
        (project, project.writeMapLayer),
    ]
    return [sender.receivers(signal) for sender, signal in signals]


def opens(source: str) -> bool:
    """Whether QGIS can make a data provider of a live layer's source. It knows the key for good, once it has it."""
    options = QgsDataProvider.ProviderOptions()
    provider = QgsProviderRegistry.instance().createProvider("imageserver", source, options)
    return provider is not None and provider.isValid()
