"""What is wrong with a field, in the line below it."""

from __future__ import annotations

from weakref import WeakSet

from qgis.core import QgsApplication
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

# Those that say something. To find them among the widgets of a form, Python would look at each of hundreds.
_saying: WeakSet[FieldMessage] = WeakSet()


def is_said(text: str, form: QWidget) -> bool:
    """Whether a sentence stands beside a field that can be seen in a form."""
    messages = [message for message in _saying if not sip.isdeleted(message) and form.isAncestorOf(message)]
    return any(message.text() == text and message.isVisibleTo(form) for message in messages)


class FieldMessage(QWidget):
    """A sentence with a warning sign, which takes no room while there is none. It is plain text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign, self._sentence = QLabel(), QLabel()
        size = self.fontMetrics().height()
        self._sign.setPixmap(QgsApplication.getThemeIcon("/mIconWarning.svg").pixmap(size, size))
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sentence.setWordWrap(True)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._sentence)
        self.hide()

    def text(self) -> str:
        """Return the sentence, empty where all is well."""
        return str(self._sentence.text())

    def set_text(self, text: str) -> None:
        """Show a sentence, or nothing."""
        (_saying.add if text else _saying.discard)(self)
        self._sentence.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
