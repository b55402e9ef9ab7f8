"""Why a table has no rows, in the place of the rows."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAbstractScrollArea, QLabel, QPushButton, QVBoxLayout, QWidget


class EmptyNote(QWidget):
    """A sentence in the middle of a table, and a button that may help. It is plain text."""

    clicked = pyqtSignal()

    def __init__(self, table: QAbstractScrollArea, button_text: str) -> None:
        super().__init__(table.viewport())
        self.label, self.button = QLabel(self), QPushButton(button_text, self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label.setWordWrap(True)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(lambda _checked: self.clicked.emit())
        layout = QVBoxLayout(self)
        layout.addStretch()
        layout.addWidget(self.label)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
        over = QVBoxLayout(table.viewport())
        over.setContentsMargins(0, 0, 0, 0)
        over.addWidget(self)
        self.hide()

    def say(self, text: str, *, can_help: bool) -> None:
        """Show a sentence, or nothing for an empty one."""
        self.label.setText(text)
        self.button.setVisible(can_help)
        self.setVisible(bool(text))
