"""Switch the plugin on, off and on again as the plugin manager does: it registers everything, and leaves nothing."""

from __future__ import annotations

import sys
from typing import Any

from qgis import utils
from qgis.core import QgsApplication, QgsBlockingNetworkRequest, QgsNetworkAccessManager, QgsProject
from qgis.core import QgsNetworkReplyContent as Reply
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import QObject, QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest
from qgis.PyQt.QtWidgets import QAction

from ..profile import PACKAGE
from ..stage import Stage, Steps

MENU = "Image Server Layer"


def steps(stage: Stage) -> Steps:
    utils.updateAvailablePlugins()
    assert PACKAGE in utils.available_plugins
    without = registrations(stage)
    assert without["requests rewritten"] is False
    assert without["modules"] == []

    switch_on()
    yield lambda: True
    with_plugin = registrations(stage)
    added = {
        key: [name for name in with_plugin[key] if name and name not in without[key]] for key in ("menu", "providers")
    }
    offers_processing = utils.pluginMetadata(PACKAGE, "hasProcessingProvider") == "yes"
    assert added == {"menu": [f"Add {MENU}…"], "providers": ["imageserver"] if offers_processing else []}, added
    assert with_plugin["requests rewritten"] is True
    stage.iface.rasterMenu().popup(stage.iface.mainWindow().menuBar().mapToGlobal(stage.iface.mainWindow().pos()))
    yield stage.iface.rasterMenu().isVisible
    stage.photograph("lifecycle_raster_menu", stage.iface.rasterMenu())
    stage.iface.rasterMenu().close()

    for _ in range(2):
        assert utils.unloadPlugin(PACKAGE)
        yield lambda: not actions_of_plugin(stage)  # deleted by the event loop
        assert not (difference := changed(without, registrations(stage))), difference
        switch_on()
        yield lambda: True
        assert not (difference := changed(with_plugin, registrations(stage))), difference


def changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return what is not the same in two states."""
    return {key: (before[key], after[key]) for key in before if before[key] != after[key]}


def switch_on() -> None:
    """Load and start the plugin."""
    assert utils.loadPlugin(PACKAGE)
    assert utils.startPlugin(PACKAGE)


def registrations(stage: Stage) -> dict[str, Any]:
    """Return where QGIS knows the plugin."""
    return {
        "menu": [action.text() for action in stage.iface.rasterMenu().actions()],
        "toolbars": [action.text() for action in stage.iface.pluginToolBar().actions()],
        "actions": actions_of_plugin(stage),
        "providers": sorted(provider.id() for provider in QgsApplication.processingRegistry().providers()),
        "browser": [provider.name() for provider in QgsApplication.dataItemProviderRegistry().providers()],
        "data sources": [provider.providerKey() for provider in QgsGui.sourceSelectProviderRegistry().providers()],
        "listeners": listeners(),
        "requests rewritten": rewrites_requests(stage),
        "modules": modules(),
    }


def actions_of_plugin(stage: Stage) -> list[str]:
    """Return the texts of the actions in the main window that bear the plugin's name."""
    return [action.text() for action in stage.iface.mainWindow().findChildren(QAction) if MENU in action.text()]


def modules() -> list[str]:
    """Return the plugin's modules that Python has loaded; packages, which QGIS leaves behind, hold no code here."""
    loaded = [(name, module) for name, module in sys.modules.items() if name.partition(".")[0] == PACKAGE]
    return sorted(name for name, module in loaded if not hasattr(module, "__path__"))


def listeners() -> list[int]:
    """Return how many slots listen to the signals of objects that outlive the plugin."""
    project, manager = QgsProject.instance(), QgsNetworkAccessManager.instance()
    signals: list[tuple[QObject, object]] = [
        (project, project.layersAdded),
        (project, project.layersRemoved),
        (project, project.readProject),
        (manager, manager.finished[Reply]),
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
