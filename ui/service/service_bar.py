"""A service that has been taken, in one line: what it is, and the way to another one."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QImage, QPixmap, QResizeEvent
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.translation import tr
from ..common.messages import tooltip


class ServiceBar(QFrame):
    """`change_requested` asks for another service, `refresh_requested` for the same one read anew."""

    change_requested = pyqtSignal()
    refresh_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.thumbnail_label = QLabel()
        self.thumbnail_label.setAccessibleName(tr("Thumbnail of the service"))
        self.thumbnail_label.hide()
        self.name_label, self.lock_label, self.summary_label = QLabel(), QLabel(), _Line()
        self.refresh_button, self.change_button = QToolButton(), QPushButton(tr("Change…"))
        font = self.name_label.font()
        font.setBold(True)
        self.name_label.setFont(font)
        self.name_label.setTextFormat(Qt.TextFormat.PlainText)
        size = self.fontMetrics().height()
        self.lock_label.setPixmap(QgsApplication.getThemeIcon("/lockedGray.svg").pixmap(size, size))
        self.lock_label.setToolTip(tr("The service is asked with credentials."))
        self.refresh_button.setIcon(QgsApplication.getThemeIcon("/mActionRefresh.svg"))
        self.refresh_button.setAutoRaise(True)
        self.refresh_button.setToolTip(tr("Read the description of the service anew"))
        self.refresh_button.setAccessibleName(tr("Refresh"))
        self.change_button.setAutoDefault(False)
        self.change_button.setToolTip(tr("Connect to another service, or with other credentials"))
        self.refresh_button.clicked.connect(lambda _checked: self.refresh_requested.emit())
        self.change_button.clicked.connect(lambda _checked: self.change_requested.emit())
        layout = QHBoxLayout(self)
        margins = layout.contentsMargins()
        layout.setContentsMargins(margins.left(), margins.top() // 3, margins.top() // 3, margins.bottom() // 3)
        layout.addWidget(self.thumbnail_label)
        for widget in (self.name_label, self.lock_label, self.summary_label, self.refresh_button, self.change_button):
            layout.addWidget(widget, 1 if widget is self.summary_label else 0)

    def show_service(self, known: ConnectedService | None, summary: str) -> None:
        """Show a service; `summary` says in short what it is."""
        self.name_label.setText("" if known is None else known.service.name)
        self.lock_label.setVisible(known is not None and bool(known.access.authcfg))
        self.summary_label.set_text(summary)
        lines = () if known is None else (known.service.url, summary, known.service.description)
        self.setToolTip(tooltip("\n".join(filter(None, lines))))

    def show_thumbnail(self, image: QImage | None) -> None:
        """Show a picture of the service, as high as the buttons are; None for none."""
        self.thumbnail_label.setVisible(image is not None)
        if image is not None:
            scale = image.devicePixelRatio()
            height = round(self.change_button.sizeHint().height() * scale)
            small = QPixmap.fromImage(image).scaledToHeight(height, Qt.TransformationMode.SmoothTransformation)
            small.setDevicePixelRatio(scale)
            self.thumbnail_label.setPixmap(small)


class _Line(QLabel):
    """One line of plain text, cut where there is no more room."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def set_text(self, text: str) -> None:
        """Show a text, as much of it as there is room for."""
        self._text = text
        self.setAccessibleName(text)
        self._cut()

    def minimumSizeHint(self) -> QSize:
        """Return the height of a line, as the width may be anything."""
        return QSize(0, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text anew."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width()))
