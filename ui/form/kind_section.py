"""The part of the form that chooses between pixel values and a picture."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ...plugin.backend.choice import PICTURE, VALUES, Choice
from ...plugin.layer.summary import Kinds
from ...plugin.translation import tr
from ..common.load_ui import load_ui


class KindSection(QWidget):
    """Follows what is proposed until the user chooses."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui(self, __file__)
        self._provider: str | None = None
        self.values_button.setText(tr("Pixel &values"))
        self.picture_button.setText(tr("&Picture"))
        self._buttons = {VALUES: self.values_button, PICTURE: self.picture_button}
        for provider, button in self._buttons.items():
            # `clicked` comes from the user only.
            button.clicked.connect(lambda _checked, chosen=provider: self._choose(chosen))
        self.show_kinds(None)

    def provider(self) -> str | None:
        """Return the provider that the user chose, None for the one that is proposed."""
        return self._provider

    def possible_provider(self) -> str | None:
        """Return the provider that the user chose, None where there is none, or it cannot be had any more."""
        return self._provider if self._provider and self._buttons[self._provider].isEnabled() else None

    def set_provider(self, provider: str | None) -> None:
        """Take a choice, or None for none; `show_kinds` shows it."""
        self._provider = provider if provider in self._buttons else None

    def show_kinds(self, kinds: Kinds | None) -> None:
        """Show what there is to choose from, and what is not and why; None where there is no service."""
        against = ("", "") if kinds is None else (kinds.against_values, kinds.against_picture)
        texts = (
            tr("The numbers of every band, to identify, style, calculate with and export."),
            tr("An image that the server draws and colors for each view, asked for with QGIS' authentication."),
        )
        labels = (self.values_label, self.picture_label)
        for button, label, reason, text in zip(self._buttons.values(), labels, against, texts):
            button.setEnabled(kinds is not None and not reason)
            button.setToolTip("")
            # A reason is there to be read.
            label.setEnabled(kinds is not None)
            label.setText(reason or text)
            button.setAccessibleDescription(reason or text)
        choice, proposed = (kinds.choice, kinds.proposed) if kinds else (None, None)
        # Qt lets no button of a group be unchecked but by checking another one.
        for provider, button in self._buttons.items():
            button.setAutoExclusive(False)
            button.setChecked(choice is not None and choice.provider == provider)
            button.setAutoExclusive(True)
        reason = _in_words(proposed) if proposed else ""
        note = choice.note if choice else ""
        self.reason_label.setText("\n".join(filter(None, (reason, note))))
        self.reason_label.setVisible(bool(reason or note))

    def _choose(self, provider: str) -> None:
        self._provider = provider
        self.changed.emit()


def _in_words(proposed: Choice) -> str:
    values, picture = tr("Pixel values are proposed: {reason}"), tr("A picture is proposed: {reason}")
    return (values if proposed.provider == VALUES else picture).format(reason=proposed.reason)
