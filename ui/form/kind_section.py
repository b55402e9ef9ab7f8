"""The part of the form that chooses between pixel values and a picture."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ...plugin.backend.source import Kind
from ...plugin.layer.kind import Kinds
from ...plugin.translation import tr
from ..common.load_ui import load_ui


class KindSection(QWidget):
    """Follows what is proposed until the user chooses."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui(self, __file__)
        self._kind: Kind | None = None
        self.values_button.setText(tr("Pixel &values"))
        self.picture_button.setText(tr("&Picture"))
        self._buttons = {Kind.VALUES: self.values_button, Kind.PICTURE: self.picture_button}
        for kind, button in self._buttons.items():
            # `clicked` is emitted for the user's clicks only.
            button.clicked.connect(lambda _checked, chosen=kind: self._choose(chosen))
        self.show_kinds(None)

    def kind(self) -> Kind | None:
        """Return the kind that the user chose, None for the one that is proposed."""
        return self._kind

    def possible_kind(self) -> Kind | None:
        """Return the kind that the user chose, None where there is none, or it cannot be had any more."""
        return self._kind if self._kind and self._buttons[self._kind].isEnabled() else None

    def set_kind(self, kind: Kind | None) -> None:
        """Take a choice, or None for none; `show_kinds` shows it."""
        self._kind = kind

    def show_kinds(self, kinds: Kinds | None) -> None:
        """Show what there is to choose from, and what is not and why; None where there is no service."""
        against = {} if kinds is None else kinds.against
        drawn = tr("An image that the server draws and colors for each view.")
        texts = {
            Kind.VALUES: tr("The numbers of every band, to identify, style, calculate with and export."),
            Kind.PICTURE: drawn if kinds is None else kinds.picture,
        }
        labels = {Kind.VALUES: self.values_label, Kind.PICTURE: self.picture_label}
        for kind, button in self._buttons.items():
            label, text, reason = labels[kind], texts[kind], against.get(kind, "")
            button.setEnabled(kinds is not None and not reason)
            button.setToolTip("")
            # Enabled, so that a reason can be read.
            label.setEnabled(kinds is not None)
            label.setText(reason or text)
            button.setAccessibleDescription(reason or text)
        choice = kinds.choice if kinds else None
        # Otherwise Qt would keep one button checked.
        for kind, button in self._buttons.items():
            button.setAutoExclusive(False)
            button.setChecked(choice is not None and choice.kind is kind)
            button.setAutoExclusive(True)
        note = choice.note if choice else ""
        self.reason_label.setText(note)
        self.reason_label.setVisible(bool(note))

    def _choose(self, kind: Kind) -> None:
        self._kind = kind
        self.changed.emit()
