"""The shape that a layer is clipped to: none, the polygons of a layer, or the one that the layer has already."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Optional

from qgis.core import (
    QgsFeature,
    QgsFeatureIterator,
    QgsFeedback,
    QgsMapLayerProxyModel,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, pyqtSignal, pyqtSlot
from qgis.PyQt.QtWidgets import QWidget

from ...plugin.layer.clip import read_shapes, without_attributes
from ...plugin.layer.connect import ConnectedService
from ...plugin.layer.fitted_clip import fitted_clip
from ...plugin.options.check import Note
from ...plugin.options.clip import Clip
from ...plugin.options.wording import clip_in_words
from ...plugin.service.errors import CanceledError, ImageServerLayerError
from ...plugin.translation import tr, tr_n
from ..common.background import Background
from ..common.load_ui import load_ui
from ..common.section import updates_service
from ..common.service_crs import service_crs, unknown_crs

_Size = Optional[tuple[float, float]]
_Fitted = tuple[Clip, tuple[Note, ...]]


class ClipField(QWidget):
    """What to clip to. `changed` is emitted when the user has changed it, and again when a layer has been read for it.

    `cell_size` returns that of the layer, None for the service's own.
    """

    changed = pyqtSignal()

    def __init__(self, cell_size: Callable[[], _Size], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui(self, __file__)
        self._cell_size = cell_size
        self._known: ConnectedService | None = None
        # Kept, as Python's garbage collector takes the connections of a wrapper that nobody holds.
        self._project = QgsProject.instance()
        # The layer whose selection is followed, and the id of the one that was read.
        self._layer: QgsVectorLayer | None = None
        self._layer_id = ""
        self._kept: Clip | None = None
        self._read: Clip | None = None
        self._read_problem = self._note = ""
        self._background = Background(self)
        self.layer_box.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self._set_texts()
        self._connect()
        self._show()

    def clip(self) -> Clip | None:
        """Return the shape; None for none, and while a layer is being read for it."""
        if self.none_button.isChecked():
            return None
        return self._kept if self.kept_button.isChecked() else self._read

    def set_from(self, clip: Clip | None, known: ConnectedService | None) -> None:
        """Show a shape in the CRS of a service, None for none."""
        is_update, is_same = updates_service(known, self._known), known is not None and known is self._known
        self._known = known
        if clip == self.clip() and (is_update or (is_same and clip is not None)):
            self._show()
            return
        self._forget()
        self._kept = clip
        (self.none_button if clip is None else self.kept_button).setChecked(True)
        self._show()

    def input_problem(self) -> str:
        """Return why polygons of a layer are chosen, but there is no shape."""
        if not self.layer_button.isChecked() or self._read is not None:
            return ""
        if self._background.is_busy:
            return tr("The polygons of the layer are still being read.")
        return self._read_problem or tr("The project has no polygon layer to clip to.")

    def set_problem(self, problem: str) -> None:
        """Show what is wrong with the shape; that it is still being read is nothing wrong."""
        self.problem.set_text("" if self._background.is_busy else problem)

    def _set_texts(self) -> None:
        self.none_button.setText(tr("Nothing"))
        self.layer_button.setText(tr("Polygons of"))
        self.layer_box.setAccessibleName(tr("Layer to clip to"))
        self.result.setTextFormat(Qt.TextFormat.PlainText)

    def _connect(self) -> None:
        for button in (self.none_button, self.kept_button, self.layer_button):
            button.clicked.connect(lambda _checked: self._on_chosen())
        self.layer_box.activated.connect(lambda _index: self._on_layer_chosen())
        self.selected_box.clicked.connect(lambda _checked: self._on_layer_chosen())
        self.layer_box.layerChanged.connect(self._on_layers)
        # QGIS 3.22 does not tell when the first of several layers goes.
        self._project.layersRemoved.connect(self._on_layers_removed)

    def _on_chosen(self) -> None:
        if self.layer_button.isChecked():
            self._read_layer()
        else:
            self._background.cancel()
        self._show()
        self.changed.emit()

    def _on_layer_chosen(self) -> None:
        self.layer_button.setChecked(True)
        self._on_chosen()

    def _on_layers(self) -> None:
        """When the layer is removed, keep the shape that was read; otherwise look at the new layers."""
        layers = [self.layer_box.layer(index) for index in range(self.layer_box.count())]
        is_gone = self._layer_id not in [layer.id() for layer in layers if layer is not None]
        if self.layer_button.isChecked() and is_gone:
            if self._read is None:
                self._read_layer()
                self.changed.emit()
            else:
                self._kept = self._read
                self.kept_button.setChecked(True)
        self._show()

    # As a slot of Qt's own, it goes with the field: the project lives on when the plugin has been unloaded.
    @pyqtSlot("QStringList")  # type: ignore[untyped-decorator]
    def _on_layers_removed(self, ids: list[str]) -> None:
        if self._layer_id in ids:
            self._on_layers()

    # As a slot of Qt's own, it goes with the field: layers live on when the plugin has been unloaded.
    @pyqtSlot()  # type: ignore[untyped-decorator]
    def _on_selection(self) -> None:
        if self.layer_button.isChecked() and self.selected_box.isChecked():
            self._on_chosen()
        else:
            self._show()

    def _watch(self, layer: QgsVectorLayer | None) -> None:
        """Follow the selection of this layer, and no longer that of the former one."""
        if layer is self._layer:
            return
        if self._layer is not None and not sip.isdeleted(self._layer):
            self._layer.selectionChanged.disconnect(self._on_selection)
        self._layer = layer
        if layer is not None:
            layer.selectionChanged.connect(self._on_selection)

    def _read_layer(self) -> None:
        """Read the polygons of the layer that is chosen, in the background."""
        self._read, self._read_problem, self._note = None, "", ""
        layer, known = self.layer_box.currentLayer(), self._known
        self._layer_id = "" if layer is None else layer.id()
        if layer is None or known is None:
            self._background.cancel()
            return
        request = without_attributes()
        if self.selected_box.isChecked():
            if not layer.selectedFeatureCount():
                self._background.cancel()
                self._read_problem = tr("Nothing is selected in the layer; select polygons on the map.")
                return
            request.setFilterFids(layer.selectedFeatureIds())
        # A snapshot of the layer, which another thread may read.
        source = QgsVectorLayerFeatureSource(layer)
        name, layer_crs, crs = layer.name(), layer.crs(), service_crs(known)
        context, cell_size = self._project.transformContext(), self._cell_size()

        def read(feedback: QgsFeedback) -> _Fitted:
            features = _until_canceled(source.getFeatures(request), feedback)
            shapes = read_shapes(name, features, layer_crs)
            return fitted_clip(shapes, known.service, cell_size, crs, context)

        self._background.run(tr("Read the polygons of “{name}”").format(name=name), read, self._on_read, self._on_error)

    def _on_read(self, fitted: _Fitted) -> None:
        self._read, notes = fitted
        self._note = " ".join(note.text for note in notes)
        self._show()
        self.changed.emit()

    def _on_error(self, error: ImageServerLayerError) -> None:
        self._read_problem = error.message
        self._show()
        self.changed.emit()

    def _forget(self) -> None:
        self._background.cancel()
        self._read, self._read_problem, self._note = None, "", ""

    def _show(self) -> None:
        """Show what can be chosen, and what has come of the choice."""
        self._watch(self.layer_box.currentLayer())
        self.kept_button.setVisible(self._kept is not None)
        if self._kept is not None:
            polygons = clip_in_words(self._kept)
            self.kept_button.setText(tr("The shape in the layer ({polygons})").format(polygons=polygons))
        no_layer = "" if self.layer_box.count() else tr("The project has no polygon layer to clip to.")
        reason = unknown_crs(self._known) or no_layer
        for widget in (self.layer_button, self.layer_box):
            widget.setEnabled(not reason)
            widget.setToolTip(reason)
        count = 0 if self._layer is None else self._layer.selectedFeatureCount()
        self.selected_box.setVisible(bool(count) or self.selected_box.isChecked())
        self.selected_box.setEnabled(not reason)
        self.selected_box.setText(tr_n("Only the selected one", "Only the %n selected", count))
        self.result.setText(self._result())
        self.result.setVisible(bool(self.result.text()))

    def _result(self) -> str:
        if not self.layer_button.isChecked():
            return ""
        if self._background.is_busy:
            return tr("Reading the polygons…")
        if self._read is None:
            return ""
        corners = tr_n("%n corner", "%n corners", self._read.corner_count)
        return " ".join(filter(None, (f"{clip_in_words(self._read)}, {corners}.", self._note)))


def _until_canceled(features: QgsFeatureIterator, feedback: QgsFeedback) -> Iterator[QgsFeature]:
    for feature in features:
        if feedback.isCanceled():
            raise CanceledError(tr("The reading of the polygons was canceled."))
        yield feature
