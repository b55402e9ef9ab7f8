"""The page in the Data Source Manager, beside ArcGIS REST Server."""

from __future__ import annotations

from qgis.core import QgsProviderRegistry
from qgis.gui import QgisInterface, QgsAbstractDataSourceWidget, QgsSourceSelectProvider
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon, QShowEvent
from qgis.PyQt.QtWidgets import QDialog, QVBoxLayout, QWidget

from ...plugin.resources import ADD_ICON
from ...plugin.service.warming import warm_all
from ...plugin.translation import tr
from ..form.layer_form import LayerForm
from ..form.target import Target
from .dropped_service import DroppedService, ServiceDrop

# The place in the Data Source Manager; ArcGIS REST Server has 150.
_JUST_AFTER_ARCGIS_REST = 155


class DataSourcePage(QgsAbstractDataSourceWidget):
    """The form, made when the page is looked at for the first time."""

    def __init__(
        self,
        iface: QgisInterface,
        parent: QWidget | None,
        flags: Qt.WindowType,
        mode: QgsProviderRegistry.WidgetMode,
        target: Target,
    ) -> None:
        super().__init__(parent, flags, mode)
        self._iface, self._target = iface, target
        self.form: LayerForm | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        ServiceDrop(self).dropped.connect(self._open)

    def showEvent(self, event: QShowEvent) -> None:
        """Make the form, or bring its lists up to date."""
        if self.form is None:
            self.form = LayerForm(self._iface.mapCanvas(), self._iface.messageBar(), self, self._target)
            self.form.keep_preview_in_tab()
            # `reject` would only hide the page.
            self.form.close_requested.connect(lambda: self.window().close())
            self.form.connections_changed.connect(self._iface.reloadConnections)
            if isinstance(self.window(), QDialog):
                self.window().finished.connect(self.form.cancel)
            self._layout.addWidget(self.form)
            warm_all(self)
        self.form.refresh_choices()
        self.form.begin()
        super().showEvent(event)

    def refresh(self) -> None:
        """List connections as they are now; QGIS calls this when they have changed."""
        if self.form is not None:
            self.form.refresh_choices()

    def _open(self, dropped: DroppedService) -> None:
        if self.form is not None:
            self.form.open(*dropped)


class DataSourcePageProvider(QgsSourceSelectProvider):
    """What the Data Source Manager finds the page by."""

    def __init__(self, iface: QgisInterface, target: Target) -> None:
        super().__init__()
        self._iface, self._target = iface, target
        # QGIS holds the C++ half of a page only.
        self._page: DataSourcePage | None = None

    def providerKey(self) -> str:
        """Return the key of the pages' owner."""
        return "imageserverlayer"

    def text(self) -> str:
        """Return the title in the list of pages."""
        return tr("ArcGIS Image Server")

    def toolTip(self) -> str:
        """Return the tooltip in the list of pages."""
        return tr("Add a layer from an ArcGIS image service")

    def icon(self) -> QIcon:
        """Return the icon in the list of pages."""
        return QIcon(str(ADD_ICON))

    def ordering(self) -> int:
        """Return the place in the list of pages."""
        return int(QgsSourceSelectProvider.OrderRemoteProvider) + _JUST_AFTER_ARCGIS_REST

    def createDataSourceWidget(
        self,
        parent: QWidget | None = None,
        fl: Qt.WindowType = Qt.WindowType.Widget,
        widgetMode: QgsProviderRegistry.WidgetMode = QgsProviderRegistry.WidgetMode.Embedded,  # noqa: N803 - QGIS'
    ) -> QWidget:
        """Return a new page."""
        self._page = DataSourcePage(self._iface, parent, fl, widgetMode, self._target)
        return self._page
