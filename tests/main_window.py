"""A main window for the plugin to enter: real menus, toolbars and message bar, where pytest-qgis has stubs."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsLayerTreeModel,
    QgsLocator,
    QgsLocatorFilter,
    QgsMapLayer,
    QgsNetworkAccessManager,
    QgsNetworkReplyContent,
    QgsProject,
    QgsProviderMetadata,
)
from qgis.gui import (
    QgsCustomDropHandler,
    QgsGui,
    QgsLayerTreeView,
    QgsMapCanvas,
    QgsMapLayerConfigWidgetFactory,
    QgsMessageBar,
    QgsOptionsWidgetFactory,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEventLoop, QMetaMethod, QObject, Qt, QThread, QTimer
from qgis.PyQt.QtWidgets import QAction, QApplication, QDockWidget, QMainWindow, QMenu, QToolBar

PACKAGE = "image_server_layer"


class Interface:
    """What `iface` is in QGIS, as far as the plugin asks for it."""

    def __init__(self) -> None:
        self.window = QMainWindow()
        self.canvas = QgsMapCanvas(self.window)
        self.canvas.setRenderFlag(False)
        self.window.setCentralWidget(self.canvas)
        self.bar = QgsMessageBar(self.window)
        self.layer_menu, self.raster_menu = (self.window.menuBar().addMenu(title) for title in ("Layer", "Raster"))
        self.add_layer_menu = self.layer_menu.addMenu("Add Layer")
        self.layer_bar, self.plugin_bar = (self.window.addToolBar(title) for title in ("Layers", "Plugins"))
        self.tree = QgsLayerTreeView(self.window)
        self.tree_model = QgsLayerTreeModel(QgsProject.instance().layerTreeRoot(), self.window)
        self.tree.setModel(self.tree_model)
        self.active_layer: QgsMapLayer | None = None
        self.actions_of_layers: dict[QAction, list[QgsMapLayer]] = {}
        self.properties_pages: list[QgsMapLayerConfigWidgetFactory] = []
        self.options_pages: list[QgsOptionsWidgetFactory] = []
        self.locator = QgsLocator(self.window)
        self.drop_handlers: list[QgsCustomDropHandler] = []
        self.reloads_of_connections = 0

    def reloadConnections(self) -> None:
        self.reloads_of_connections += 1

    def mainWindow(self) -> QMainWindow:
        return self.window

    def mapCanvas(self) -> QgsMapCanvas:
        return self.canvas

    def messageBar(self) -> QgsMessageBar:
        return self.bar

    def layerTreeView(self) -> QgsLayerTreeView:
        return self.tree

    def rasterMenu(self) -> QMenu:
        return self.raster_menu

    def layerToolBar(self) -> QToolBar:
        return self.layer_bar

    def pluginToolBar(self) -> QToolBar:
        return self.plugin_bar

    def addToolBarIcon(self, action: QAction) -> None:
        self.plugin_bar.addAction(action)

    def removeToolBarIcon(self, action: QAction) -> None:
        self.plugin_bar.removeAction(action)

    def insertAddLayerAction(self, action: QAction) -> None:
        self.add_layer_menu.addAction(action)

    def removeAddLayerAction(self, action: QAction) -> None:
        self.add_layer_menu.removeAction(action)

    def addCustomActionForLayerType(self, action: QAction, _menu: str, _type: object, _all_layers: bool) -> None:
        self.actions_of_layers[action] = []

    def addCustomActionForLayer(self, action: QAction, layer: QgsMapLayer) -> None:
        self.actions_of_layers[action].append(layer)

    def removeCustomActionForLayerType(self, action: QAction) -> bool:
        return self.actions_of_layers.pop(action, None) is not None

    def registerMapLayerConfigWidgetFactory(self, factory: QgsMapLayerConfigWidgetFactory) -> None:
        self.properties_pages.append(factory)

    def unregisterMapLayerConfigWidgetFactory(self, factory: QgsMapLayerConfigWidgetFactory) -> None:
        self.properties_pages.remove(factory)

    def registerOptionsWidgetFactory(self, factory: QgsOptionsWidgetFactory) -> None:
        self.options_pages.append(factory)

    def unregisterOptionsWidgetFactory(self, factory: QgsOptionsWidgetFactory) -> None:
        self.options_pages.remove(factory)

    def registerLocatorFilter(self, found: QgsLocatorFilter) -> None:
        self.locator.registerFilter(found)

    def deregisterLocatorFilter(self, found: QgsLocatorFilter) -> None:
        self.locator.deregisterFilter(found)

    def registerCustomDropHandler(self, handler: QgsCustomDropHandler) -> None:
        self.drop_handlers.append(handler)

    def unregisterCustomDropHandler(self, handler: QgsCustomDropHandler) -> None:
        self.drop_handlers.remove(handler)

    def addDockWidget(self, area: Qt.DockWidgetArea, dock: QDockWidget) -> None:
        self.window.addDockWidget(area, dock)

    def removeDockWidget(self, dock: QDockWidget) -> None:
        self.window.removeDockWidget(dock)

    def activeLayer(self) -> QgsMapLayer | None:
        return self.active_layer


def registrations(iface: Interface) -> dict[str, Any]:
    """Return every place where QGIS, Qt or Python knows the plugin, and what is there."""
    delete_what_is_due()
    gc.collect()
    window = iface.mainWindow()
    return {
        "menus": [(menu.title(), _texts(menu.actions())) for menu in window.menuBar().findChildren(QMenu)],
        "toolbars": [(bar.windowTitle(), _texts(bar.actions())) for bar in window.findChildren(QToolBar)],
        "actions of layers": [action.text() for action in iface.actions_of_layers],
        "properties pages": [factory.title() for factory in iface.properties_pages],
        "options pages": [factory.title() for factory in iface.options_pages],
        "locator": [found.name() for found in iface.locator.filters()],
        "drop handlers": len(iface.drop_handlers),
        "messages": len(iface.messageBar().items()),
        "data sources": [provider.providerKey() for provider in QgsGui.sourceSelectProviderRegistry().providers()],
        "browser": [provider.name() for provider in QgsApplication.dataItemProviderRegistry().providers()],
        "browser menus": [provider.name() for provider in QgsGui.dataItemGuiProviderRegistry().providers()],
        "processing": [provider.id() for provider in QgsApplication.processingRegistry().providers()],
        "listeners": {type(sender).__name__: _listeners(sender) for sender in _senders(iface)},
        "timers": len(window.findChildren(QTimer)),
        "threads": len(threading.enumerate()) + len(_alive(QThread)),
        "tasks": QgsApplication.taskManager().count(),
        "signs": [
            (node.name(), len(iface.layerTreeView().indicators(node)))
            for node in QgsProject.instance().layerTreeRoot().findLayers()
        ],
        "objects": sorted(type(thing).__name__ for thing in _alive(QObject) if _is_of_plugin(thing)),
        # In whatever order Qt has them.
        "windows": sorted(type(widget).__name__ for widget in QApplication.topLevelWidgets() if _is_of_plugin(widget)),
    }


def delete_what_is_due() -> None:
    """Let Qt delete what was handed to `deleteLater`, and what is handed to it meanwhile."""
    for _ in range(3):
        loop = QEventLoop()
        QTimer.singleShot(0, loop.quit)
        loop.exec()


def changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return what is not the same in two states."""
    return {key: (before[key], after[key]) for key in before if before[key] != after[key]}


def _texts(actions: Iterable[QAction]) -> list[str]:
    return [action.text() for action in actions]


def _alive(kind: type[QObject]) -> list[QObject]:
    """Return the objects of a kind that Python holds and Qt has not deleted."""
    return [thing for thing in gc.get_objects() if isinstance(thing, kind) and not sip.isdeleted(thing)]


def _is_of_plugin(thing: object) -> bool:
    """Whether an object is the plugin's and should go with it; QGIS never lets a provider's metadata go."""
    if isinstance(thing, QgsProviderMetadata):
        return False
    name = type(thing).__module__
    return name.startswith((f"{PACKAGE}.plugin", f"{PACKAGE}.ui"))


def _senders(iface: Interface) -> list[QObject]:
    """Return the objects that outlive the plugin and whose signals it may listen to."""
    project = QgsProject.instance()
    return [
        project,
        project.layerTreeRoot(),
        QgsApplication.instance(),
        QgsApplication.taskManager(),
        QgsApplication.authManager(),
        QgsNetworkAccessManager.instance(),
        iface.mapCanvas(),
        iface.messageBar(),
        iface.mainWindow(),
    ]


def _listeners(sender: QObject) -> dict[str, int]:
    """Return how many slots listen to each signal of an object that has any."""
    meta = sender.metaObject()
    methods = [meta.method(number) for number in range(meta.methodCount())]
    names = {
        bytes(method.name()).decode() for method in methods if method.methodType() == QMetaMethod.MethodType.Signal
    }
    signals: dict[str, Any] = {}
    # Every thread's network manager listens for cookies: also one of QGIS' pool, which ends when it likes.
    for name in names - {"destroyed", "cookiesChanged"}:
        with suppress(AttributeError, TypeError):  # none that Python could listen to
            signals[name] = getattr(sender, name)
    if isinstance(sender, QgsNetworkAccessManager):
        signals["finished of content"] = sender.finished[QgsNetworkReplyContent]
    counts = {name: sender.receivers(signal) for name, signal in signals.items()}
    return {name: count for name, count in counts.items() if count}
