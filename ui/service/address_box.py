"""The field for the address of a service."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QWheelEvent
from qgis.PyQt.QtWidgets import QComboBox, QCompleter, QSizePolicy, QToolTip, QWidget

from ...plugin.translation import tr

_CHARACTERS = 20
_EXAMPLE = "https://…/rest/services/Name/ImageServer"


def is_document(text: str) -> bool:
    """Whether a text is meant as the JSON of a layer file or web map: no address begins so."""
    return text.lstrip("\ufeff \t\r\n").startswith("{")


class AddressBox(QComboBox):
    """Takes any text, and lists what there is to choose from, filtered as one types.

    `entered` is emitted for Return, which never reaches the buttons of a dialog, and for an entry that is chosen from a
    list. Neither leaving the field nor moving through the entries with the arrow keys is a choice.
    """

    entered = pyqtSignal()
    document_pasted = pyqtSignal(str)
    """The JSON of a document was pasted, which is not put into the field: it takes no more than 32767 characters."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_CHARACTERS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.completer().setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.completer().setFilterMode(Qt.MatchFlag.MatchContains)
        self.completer().setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.lineEdit().setClearButtonEnabled(True)
        self.lineEdit().setPlaceholderText(_EXAMPLE)
        self._is_moving = False
        self.activated.connect(self._on_activated)

    def set_choices(self, connections: Iterable[str], recent: Iterable[str]) -> None:
        """List the names of saved connections and the addresses used last; what is typed stays."""
        typed, cursor = self.currentText(), self.lineEdit().cursorPosition()
        blocked = self.blockSignals(True)
        self.clear()
        for icon, texts in (("/mIconConnect.svg", connections), ("/mIconRaster.svg", recent)):
            for text in texts:
                self.addItem(QgsApplication.getThemeIcon(icon), text)
        self.setCurrentIndex(-1)
        self.setEditText(typed)
        self.lineEdit().setCursorPosition(cursor)
        self.blockSignals(blocked)

    def show_beginning(self) -> None:
        """Show where the text begins, also if it is longer than the field."""
        self.lineEdit().setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Return."""
        has_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not has_control:
            # The popup would stay open if another widget handles the key.
            self.completer().popup().hide()
            event.accept()
            self.entered.emit()
            return
        if event.matches(QKeySequence.StandardKey.Paste) and is_document(QgsApplication.clipboard().text()):
            event.accept()
            self.document_pasted.emit(QgsApplication.clipboard().text())
            return
        self._is_moving = True
        super().keyPressEvent(event)
        self._is_moving = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave what is typed as it is: Qt would choose the entry that equals it."""
        blocked = self.lineEdit().blockSignals(True)
        super().focusOutEvent(event)
        self.lineEdit().blockSignals(blocked)

    def showPopup(self) -> None:
        """Open the list, or say that there is none yet."""
        if self.count():
            super().showPopup()
            return
        text = tr("There are no saved connections, and no services used before.")
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), text, self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the form, not the entries."""
        event.ignore()

    def _on_activated(self) -> None:
        if not self._is_moving:
            self.entered.emit()
