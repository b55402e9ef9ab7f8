"""The field for the address of a service."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QComboBox, QCompleter, QSizePolicy, QWidget

from ..plugin.translation import tr

_CHARACTERS = 20


class AddressBox(QComboBox):
    """Takes any text, and lists what there is to choose from, filtered as one types.

    `entered` is emitted for Return, which never reaches the buttons of a dialog, and for an entry that is chosen.
    """

    entered = pyqtSignal()

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
        self.lineEdit().setPlaceholderText(tr("https://server/arcgis/rest/services/Folder/Name/ImageServer"))
        self.activated.connect(lambda _index: self.entered.emit())

    def set_choices(self, connections: Iterable[str], recent: Iterable[str]) -> None:
        """List the names of saved connections and the addresses used last; what is typed stays."""
        typed = self.currentText()
        self.clear()
        for icon, texts in (("/mIconConnect.svg", connections), ("/mIconRaster.svg", recent)):
            for text in texts:
                self.addItem(QgsApplication.getThemeIcon(icon), text)
        self.setCurrentIndex(-1)
        self.setEditText(typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Return."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            self.entered.emit()
        else:
            super().keyPressEvent(event)
