"""*Add a Layer for Each Date…*: a group of layers, in the order of their dates, above the one that they come from.

That is a layer of the project, or one that the form has made and not added.
"""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsLayerTreeGroup, QgsMapLayer, QgsProject, QgsRasterLayer
from qgis.gui import QgisInterface
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, Qt

from ...plugin.layer.date_group import date_group
from ...plugin.layer.dated_layers import DatedLayers, can_be_dated, dates_of_layer, what_is_counted
from ...plugin.layer.edit import options_of, source_of
from ...plugin.service.warming import warm
from ...plugin.translation import tr, tr_n
from ..common.announcements import Announcements, Step
from ..time.date_layers_dialog import DateLayersDialog


class DateLayers(QObject):
    """Asks in a window, one at a time, which dates are wanted; what was added can be taken back at once."""

    def __init__(self, iface: QgisInterface, announcements: Announcements, parent: QObject | None = None) -> None:
        super().__init__(parent)
        warm(self)
        self._iface, self._announcements = iface, announcements
        # Kept, as Python's garbage collector takes the connections of a wrapper that nobody holds.
        self._project = QgsProject.instance()
        self.dialog: DateLayersDialog | None = None
        # One that is in no project.
        self._new: QgsRasterLayer | None = None

    def start(self) -> None:
        """Wait to be asked."""

    def stop(self) -> None:
        """Close the window, with what it is doing."""
        if self.dialog is not None and not sip.isdeleted(self.dialog):
            self.dialog.reject()
            self.dialog.deleteLater()
        self.dialog = self._new = None

    def show(self, layer: QgsRasterLayer) -> None:
        """Ask which dates of a layer are wanted; it need not be in the project."""
        source, options = source_of(layer), options_of(layer)
        if not can_be_dated(layer) or source is None or options is None:
            return
        self.stop()
        layer_id = layer.id()
        self._new = None if self._project.mapLayer(layer_id) is layer else layer
        self.dialog = dialog = DateLayersDialog(
            layer.name(),
            what_is_counted(source),
            lambda feedback: dates_of_layer(source, options, feedback),
            self._iface.mainWindow(),
        )
        dialog.buttons.accepted.connect(lambda: self._make(layer_id))
        dialog.made.connect(lambda layers: self._add(layers, layer_id))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _layer(self, layer_id: str) -> QgsMapLayer | None:
        return self._new if self._new is not None else self._project.mapLayer(layer_id)

    def _make(self, layer_id: str) -> None:
        layer = self._layer(layer_id)
        if self.dialog is None:
            return
        if not isinstance(layer, QgsRasterLayer) or not can_be_dated(layer):
            # It was removed, or changed, while the window was open.
            self.dialog.reject()
            return
        self.dialog.make_with(DatedLayers(layer).make)

    def _add(self, layers: Sequence[QgsRasterLayer], layer_id: str) -> None:
        """Put the layers into a group right above the one that they come from."""
        root = self._project.layerTreeRoot()
        node, layer = root.findLayer(layer_id), self._layer(layer_id)
        place = root if node is None else node.parent()
        self._new = None
        self._project.addMapLayers(list(layers), False)
        plays = not self._iface.mapCanvas().temporalRange().isInfinite()
        group = date_group("" if layer is None else layer.name(), layers, is_visible=plays)
        place.insertChildNode(0 if node is None else place.children().index(node), group)
        self._project.setDirty(True)
        ids = [made.id() for made in layers]
        text = tr_n(
            "%n layer was added, in the group “{group}”.", "%n layers were added, in the group “{group}”.", len(ids)
        )
        said = [text.format(group=group.name())]
        if not plays:
            said.append(
                tr("The group is switched off: show it once QGIS' temporal controller plays, or one layer of it.")
            )
        undo = Step(tr("Undo"), lambda: self._remove(group, ids), closes=True)
        self._announcements.say(self._iface.messageBar(), " ".join(said), [undo])

    def _remove(self, group: QgsLayerTreeGroup, ids: Sequence[str]) -> None:
        """Take back what was added; a group into which the user has put something else stays."""
        self._project.removeMapLayers([layer_id for layer_id in ids if self._project.mapLayer(layer_id) is not None])
        if not sip.isdeleted(group) and group.parent() is not None and not group.children():
            group.parent().removeChildNode(group)
        self._project.setDirty(True)
