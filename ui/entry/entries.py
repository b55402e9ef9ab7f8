"""All ways into the form: menus, toolbar, Data Source Manager, Browser, locator, drops; and the page of preferences."""

from __future__ import annotations

from qgis.gui import QgisInterface, QgsGui
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from ...plugin.resources import ADD_ICON
from ...plugin.service.warming import warm_all
from ...plugin.translation import tr
from ..form.target import Target
from .browser_menu import BrowserMenu
from .data_source_page import DataSourcePageProvider
from .dialog import AddLayerDialog
from .document_drop import DocumentDrop
from .locator import ServiceLocator
from .map_drop import MapDrop
from .options_page import OptionsPageFactory


class Entries(QObject):
    """Registers them with `start`, and takes them and the window away with `stop`.

    `target` is what the forms work for.
    """

    def __init__(self, iface: QgisInterface, target: Target, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._iface, self._target = iface, target
        self._dialog: AddLayerDialog | None = None
        self._action = QAction(QIcon(str(ADD_ICON)), tr("Add ArcGIS Image Server Layer…"), self)
        self._action.setObjectName("mActionAddImageServerLayer")
        self._action.setToolTip(tr("Add a layer from an ArcGIS image service"))
        self._action.triggered.connect(lambda _checked: self._present())
        # Builds the window in steps, so that mouse and keyboard stay responsive.
        self._building = QTimer(self)
        # Started anew after each step: a timer that repeats would take two of them before others have their turn.
        self._building.setSingleShot(True)
        self._building.setInterval(0)
        self._building.timeout.connect(self._build_on)
        self._page = DataSourcePageProvider(iface, self._target)
        self._browser_menu = BrowserMenu(self.open)
        self._drop = DocumentDrop(iface, target.announcements, self)
        self._map_drop = MapDrop(iface, target, self)
        self._options = OptionsPageFactory()
        # QGIS owns and deletes it.
        self._locator: ServiceLocator | None = None
        warm_all(self)

    def start(self) -> None:
        """Show the entries."""
        self._iface.insertAddLayerAction(self._action)
        self._iface.rasterMenu().addAction(self._action)
        # On the Plugins toolbar, as new profiles hide the one for layers.
        self._iface.addToolBarIcon(self._action)
        QgsGui.sourceSelectProviderRegistry().addProvider(self._page)
        QgsGui.dataItemGuiProviderRegistry().addProvider(self._browser_menu)
        self._drop.start()
        self._map_drop.start()
        self._iface.registerOptionsWidgetFactory(self._options)
        self._locator = ServiceLocator(self.open)
        self._iface.registerLocatorFilter(self._locator)

    def stop(self) -> None:
        """Take the entries away, and the window with whatever it is doing."""
        if self._locator is not None:
            self._iface.deregisterLocatorFilter(self._locator)
            self._locator = None
        self._iface.unregisterOptionsWidgetFactory(self._options)
        self._map_drop.stop()
        self._drop.stop()
        QgsGui.dataItemGuiProviderRegistry().removeProvider(self._browser_menu)
        QgsGui.sourceSelectProviderRegistry().removeProvider(self._page)
        self._iface.removeToolBarIcon(self._action)
        self._iface.rasterMenu().removeAction(self._action)
        self._iface.removeAddLayerAction(self._action)
        self._building.stop()
        if self._dialog is not None:
            self._dialog.build()
            self._dialog.close()
            self._dialog.deleteLater()
            self._dialog = None

    def dialog(self) -> AddLayerDialog:
        """Return the window, which is made when it is first needed."""
        is_awaited, window = self._building.isActive(), self._window()
        self._building.stop()
        window.build()
        if is_awaited:
            window.present()
        return window

    def _present(self) -> None:
        """Show the window; before the first time it is made, step by step, as that takes a quarter of a second."""
        if self._dialog is None:
            self._window()
            self._building.start()
        elif not self._building.isActive():
            self._dialog.present()

    def _build_on(self) -> None:
        self._building.start()
        if self._window().build_on():
            self.dialog()

    def _window(self) -> AddLayerDialog:
        """Return the window as far as it has been made."""
        if self._dialog is None:
            self._dialog = AddLayerDialog(
                self._iface.mapCanvas(), self._iface.messageBar(), self._iface.mainWindow(), self._target, at_once=False
            )
            self._dialog.form.connections_changed.connect(self._iface.reloadConnections)
        return self._dialog

    def open(self, address: str, authcfg: str = "", referer: str = "") -> None:
        """Open the window for the service, or the server, at an address."""
        self.dialog().present()
        self.dialog().form.open(address, authcfg, referer)
