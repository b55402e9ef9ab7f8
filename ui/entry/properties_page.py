"""The page in Layer Properties of layers of image services: what is set, in words, and the way to change it."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer
from qgis.gui import QgsMapCanvas, QgsMapLayerConfigWidget, QgsMapLayerConfigWidgetFactory
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ...plugin.layer.edit import provider_of, source_of
from ...plugin.layer.editable import is_of_image_service
from ...plugin.layer.words import layer_in_words
from ...plugin.resources import ICON
from ...plugin.service.plain_text import escaped
from ...plugin.service.warming import warm_all
from ...plugin.translation import tr


class PropertiesPage(QgsMapLayerConfigWidget):
    """Shows a layer, and changes nothing by itself. `on_edit` opens the form for it."""

    def __init__(
        self, layer: QgsMapLayer, canvas: QgsMapCanvas, on_edit: Callable[[QgsRasterLayer], None], parent: QWidget
    ) -> None:
        super().__init__(layer, canvas, parent)
        # The window may outlive the layer.
        self._project, self._layer_id = QgsProject.instance(), layer.id()
        self._on_edit = on_edit
        self.setPanelTitle(tr("Image Server"))
        self.label = QLabel(_in_words(layer))
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton(QIcon(str(ICON)), tr("Edit Image Server Layer…"))
        self.button.setToolTip(tr("Closes this window as OK does, and opens the form with all choices of the layer."))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(lambda _checked: self._edit())
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.addWidget(self.label)
        layout.addLayout(row)
        layout.addStretch()
        warm_all(self)

    def apply(self) -> None:
        """Do nothing: there is nothing to choose here."""

    def shouldTriggerLayerRepaint(self) -> bool:
        """Return that the map stays as it is."""
        return False

    def _edit(self) -> None:
        """Let the window apply what was changed in it, so that it does not later undo what the form does."""
        project, layer_id, on_edit = self._project, self._layer_id, self._on_edit

        def edit() -> None:
            layer = project.mapLayer(layer_id)
            if layer is not None:
                on_edit(layer)

        window = self.window()
        if isinstance(window, QDialog):
            window.accept()
        # Later, when this modal window is gone.
        QTimer.singleShot(0, edit)


class PropertiesPageFactory(QgsMapLayerConfigWidgetFactory):
    """What QGIS makes the page with."""

    def __init__(self, on_edit: Callable[[QgsRasterLayer], None]) -> None:
        super().__init__(tr("Image Server"), QIcon(str(ICON)))
        self._on_edit = on_edit
        # QGIS holds the C++ half of a page only.
        self._page: PropertiesPage | None = None

    def supportsLayer(self, layer: QgsMapLayer) -> bool:
        """Return whether a layer shows an image service."""
        return is_of_image_service(layer, QgsProject.instance())

    def supportLayerPropertiesDialog(self) -> bool:
        """Return that the page belongs into Layer Properties."""
        return True

    def createWidget(
        self,
        layer: QgsMapLayer,
        canvas: QgsMapCanvas,
        dockWidget: bool,  # noqa: ARG002, N803 - QGIS'
        parent: QWidget,
    ) -> QgsMapLayerConfigWidget:
        """Return a new page."""
        self._page = PropertiesPage(layer, canvas, self._on_edit, parent)
        return self._page


def _in_words(layer: QgsMapLayer) -> str:
    source = source_of(layer)
    if source is None:
        text = tr("This layer shows an image service through QGIS' own provider, with nothing chosen.")
        return f"<p>{escaped(text)}</p>"
    first, *lines = layer_in_words(source, provider_of(layer))
    items = "".join(f"<li>{escaped(line)}</li>" for line in lines) or f"<li>{escaped(tr('The service decides.'))}</li>"
    return f"<p><b>{escaped(first)}</b><br>{escaped(source.service_url)}</p><ul>{items}</ul>"
