"""The windows of the form: one to add layers, and one for each layer that is being edited."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import QgsProject, QgsRasterLayer
from qgis.gui import QgsGui, QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtCore import QEvent, QSize, Qt
from qgis.PyQt.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from ...plugin.layer.editable import EditableLayer
from ...plugin.service.warming import warm_all
from ...plugin.translation import tr
from ..common.announcements import Announcements
from ..common.polish import polish
from ..form.layer_form import LayerForm
from ..form.target import AddTarget, EditTarget, Target
from .dropped_service import ServiceDrop

# In characters and lines, so that it grows with the font, as far as the screen allows.
_COLUMNS, _LINES = 165, 42
# For the frame of the window, and some of the map beside it.
_LEFT_FREE = QSize(44, 40)


class LayerDialog(QDialog):
    """Stays open beside the map, keeps what was chosen while it is hidden, and remembers its size.

    One that is not made `at_once` is of no use before `build_on` has said that it is whole.
    """

    def __init__(
        self,
        canvas: QgsMapCanvas,
        target: Target,
        main_bar: QgsMessageBar | None = None,
        parent: QWidget | None = None,
        *,
        at_once: bool = True,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("ImageServerLayerDialog")
        self.form = LayerForm(canvas, main_bar, self, target, at_once=False)
        self.form.close_requested.connect(self.close)
        self._rest = self._build()
        if at_once:
            self.build()

    def build(self) -> None:
        """Make all that is still to be made of the window."""
        while not self.build_on():
            pass

    def build_on(self) -> bool:
        """Make some more of the window, for a few hundredths of a second; return whether that was all."""
        return next(self._rest, True)

    def _build(self) -> Iterator[bool]:
        while not self.form.build_on():
            yield False
        yield False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)
        metrics = self.fontMetrics()
        wanted = QSize(_COLUMNS * metrics.averageCharWidth(), _LINES * metrics.height())
        self.resize(wanted.boundedTo(QApplication.primaryScreen().availableSize() - _LEFT_FREE))
        QgsGui.enableAutoGeometryRestore(self)
        yield False
        self.form.fit(self.width())
        yield False
        for _ in polish(self):
            yield False
        yield False
        # Where each widget lies, which Qt would find out while it shows them.
        layout.activate()
        yield False
        warm_all(self)
        yield False

    def present(self) -> None:
        """Show the window in front of others."""
        self.form.refresh_choices()
        if not self.isVisible():
            self.form.begin()
        self.show()
        self.raise_()
        self.activateWindow()

    def done(self, result: int) -> None:
        """Stop what is under way, and hide; Esc and the title bar lead here too."""
        self.form.cancel()
        super().done(result)


class AddLayerDialog(LayerDialog):
    """Adds layers; without a `target` there is no way from them to what edits them."""

    def __init__(
        self,
        canvas: QgsMapCanvas,
        main_bar: QgsMessageBar | None = None,
        parent: QWidget | None = None,
        target: Target | None = None,
        *,
        at_once: bool = True,
    ) -> None:
        super().__init__(canvas, target or AddTarget(canvas), main_bar, parent, at_once=at_once)
        self.setWindowTitle(tr("Add ArcGIS Image Server Layer"))
        ServiceDrop(self).dropped.connect(lambda dropped: self.form.open(*dropped))


class EditLayerDialog(LayerDialog):
    """Edits one layer of the project; closed, it is of no more use."""

    def __init__(
        self,
        canvas: QgsMapCanvas,
        layer: QgsRasterLayer,
        found: EditableLayer,
        announcements: Announcements,
        main_bar: QgsMessageBar | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(canvas, EditTarget(layer, announcements, found.problem), main_bar, parent)
        self._layer_id, self._name = layer.id(), layer.name()
        self._show_title()
        self.form.edit(found, self._name)

    def changeEvent(self, event: QEvent) -> None:
        """Look at the layer's name whenever the user comes back to the window."""
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._follow_name()
        super().changeEvent(event)

    def _follow_name(self) -> None:
        """Call the layer as the layer tree does meanwhile, unless another name has been typed here."""
        layer = QgsProject.instance().mapLayer(self._layer_id)
        if layer is None or layer.name() == self._name:
            return
        former, self._name = self._name, layer.name()
        if self.form.name_edit.text() == former:
            self.form.show_name(self._name)
        self._show_title()

    def _show_title(self) -> None:
        self.setWindowTitle(tr("Edit Image Server Layer – {name}").format(name=self._name))
