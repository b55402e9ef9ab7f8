"""The window of the form."""

from __future__ import annotations

from qgis.gui import QgsGui, QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from ...plugin.service.warming import warm_all
from ...plugin.translation import tr
from ..form.layer_form import LayerForm

# In characters and lines, so that it grows with the font, as far as the screen allows.
_COLUMNS, _LINES = 112, 44
# For the frame of the window, and some of the map beside it.
_LEFT_FREE = QSize(44, 40)


class AddLayerDialog(QDialog):
    """Stays open beside the map, keeps what was chosen while it is hidden, and remembers its size."""

    def __init__(
        self, canvas: QgsMapCanvas, main_bar: QgsMessageBar | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("ImageServerLayerDialog")
        self.setWindowTitle(tr("Add ArcGIS Image Server Layer"))
        self.form = LayerForm(canvas, main_bar, self)
        self.form.close_requested.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)
        metrics = self.fontMetrics()
        wanted = QSize(_COLUMNS * metrics.averageCharWidth(), _LINES * metrics.height())
        self.resize(wanted.boundedTo(QApplication.primaryScreen().availableSize() - _LEFT_FREE))
        QgsGui.enableAutoGeometryRestore(self)
        warm_all(self)

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
