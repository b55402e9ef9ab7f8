"""What a service says of itself in a few lines, and what it looks like."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QImage, QPixmap
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.layer.describe import plain
from ...plugin.layer.summary import service_summary
from ...plugin.translation import tr
from .service_thumbnail import SIZE

# Characters of a description that are shown; the tooltip has all of it.
_LONGEST_SHOWN = 300


class ServiceFacts(QWidget):
    """Thumbnail, summary, description and copyright; what is not known takes no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.summary_label, self.description_label, self.copyright_label = QLabel(), QLabel(), QLabel()
        self.thumbnail_label = QLabel()
        self.thumbnail_label.setFrameShape(QFrame.Shape.StyledPanel)
        frame = 2 * self.thumbnail_label.frameWidth()
        self.thumbnail_label.setFixedSize(SIZE[0] + frame, SIZE[1] + frame)
        self.thumbnail_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.thumbnail_label.setAccessibleName(tr("Thumbnail of the service"))
        self.thumbnail_label.hide()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.thumbnail_label, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout()
        across.addLayout(layout, 1)
        for label in (self.summary_label, self.description_label, self.copyright_label):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(label)
        layout.addStretch()
        self.show_service(None)

    def summary(self) -> str:
        """Return in one line what the service is; empty without one."""
        return str(self.summary_label.text())

    def show_service(self, loaded: ConnectedService | None, raster_count: int | None = None) -> None:
        """Show a service, with the number of its rasters where that is known; None for none."""
        service = loaded.service if loaded else None
        description = " ".join(service.description.split()) if service else ""
        shown = description if len(description) <= _LONGEST_SHOWN else description[: _LONGEST_SHOWN - 1] + "…"
        rights = tr("Copyright: {holder}").format(holder=service.copyright) if service and service.copyright else ""
        summary = service_summary(service, raster_count) if service else ""
        texts = ((self.summary_label, summary), (self.description_label, shown), (self.copyright_label, rights))
        for label, text in texts:
            label.setText(text)
            label.setVisible(bool(text))
        self.description_label.setToolTip(plain(service.description) if service and shown != description else "")
        self.setVisible(service is not None)

    def show_thumbnail(self, image: QImage | None, *, is_coming: bool = False) -> None:
        """Show a picture of the service; what is still to come has its place already."""
        self.thumbnail_label.setPixmap(QPixmap() if image is None else QPixmap.fromImage(image))
        self.thumbnail_label.setVisible(image is not None or is_coming)
