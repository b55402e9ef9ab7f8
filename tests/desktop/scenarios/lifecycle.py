"""Switch the plugin on, off and on again as the plugin manager does: it registers everything, and leaves nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from qgis import utils
from qgis.core import (
    QgsApplication,
    QgsBlockingNetworkRequest,
    QgsNetworkAccessManager,
    QgsNetworkReplyContent,
    QgsProject,
)
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import QObject, QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest
from qgis.PyQt.QtWidgets import QAction, QApplication, QMenu, QToolBar, QWidget

from ..profile import PACKAGE
from ..stage import Stage, Steps

ENTRY = "Add ArcGIS Image Server Layer…"


def steps(stage: Stage) -> Steps:
    utils.updateAvailablePlugins()
    assert PACKAGE in utils.available_plugins
    without = registrations(stage)
    assert not without["requests rewritten"]
    assert without["modules"] == without["objects"] == []

    switch_on()
    with_plugin = registrations(stage)
    added = {title for title, actions in with_plugin["menus"] if ENTRY in actions}
    assert added == {"&Raster", "Add Layer"}, added
    offers_processing = utils.pluginMetadata(PACKAGE, "hasProcessingProvider") == "yes"
    assert ("imageserver" in with_plugin["processing"]) == offers_processing
    assert with_plugin["requests rewritten"]

    (entry,) = (action for action in stage.iface.rasterMenu().actions() if action.text() == ENTRY)
    yield from photograph_menu(stage, stage.iface.rasterMenu())
    entry.trigger()
    yield lambda: any(window.isVisible() for window in windows())

    for _ in range(2):
        assert utils.unloadPlugin(PACKAGE)
        yield lambda: not windows()  # deleted by the event loop
        assert not (difference := changed(without, registrations(stage))), difference
        switch_on()
        assert not (difference := changed(with_plugin, registrations(stage))), difference


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
    """Return what is not the same in two states."""
    return {key: (before[key], after[key]) for key in before if before[key] != after[key]}


def registrations(stage: Stage) -> dict[str, Any]:
    """Return where QGIS knows the plugin."""
    window = stage.iface.mainWindow()
    return {
        "menus": [(menu.title(), texts(menu.actions())) for menu in window.menuBar().findChildren(QMenu)],
        "toolbars": [(bar.windowTitle(), texts(bar.actions())) for bar in window.findChildren(QToolBar)],
        "data sources": [provider.providerKey() for provider in QgsGui.sourceSelectProviderRegistry().providers()],
        "browser": [provider.name() for provider in QgsApplication.dataItemProviderRegistry().providers()],
        "browser menus": [provider.name() for provider in QgsGui.dataItemGuiProviderRegistry().providers()],
        "processing": [provider.id() for provider in QgsApplication.processingRegistry().providers()],
        "listeners": listeners(),
        "requests rewritten": rewrites_requests(stage),
        "objects": sorted(type(child).__name__ for child in window.findChildren(QObject) if is_of_plugin(child)),
        "modules": modules(),
    }


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
    project, manager = QgsProject.instance(), QgsNetworkAccessManager.instance()
    signals: list[tuple[QObject, Any]] = [
        (project, project.layersAdded),
        (project, project.layersRemoved),
        (project, project.readProject),
        (manager, manager.finished[QgsNetworkReplyContent]),
    ]
    return [sender.receivers(signal) for sender, signal in signals]


def rewrites_requests(stage: Stage) -> bool:
    """Ask the server for what only a rewritten request can be answered with."""
    stage.server.clear()
    url = f"{stage.server.service('Test/Single')}#imageserverlayer:v=1&bandIds=0/legend"
    QgsBlockingNetworkRequest().get(QNetworkRequest(QUrl(url)), True)
    (request,) = stage.server.requests()
    assert request.operation in ("", "legend"), request.url
    return request.operation == "legend"
