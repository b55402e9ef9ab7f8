"""Buttons and a menu that take a color composite, where its bands are proven."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QAction, QMenu, QPushButton, QToolButton, QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.options.color_composites import ColorComposite, color_composites, role_in_words
from ...plugin.service.image_service import BandProperties
from ...plugin.service.plain_text import escaped
from ...plugin.translation import tr
from ..common.arrow_room import leave_room_for_arrow
from .preset import Preset, find_preset

# A composite takes so many bands.
_COLORS = 3


class PresetButtons(QObject):
    """The best known composites have buttons of their own, the others stand in a menu, with one band or three last.

    `taken` is emitted with the preset that was taken, `one_or_three_taken` with the last entry.
    """

    taken = pyqtSignal(object)
    one_or_three_taken = pyqtSignal()

    def __init__(self, buttons: Sequence[QPushButton], more: QToolButton, parent: QWidget) -> None:
        super().__init__(parent)
        self._buttons = buttons
        self._presets: list[Preset | None] = []
        self._actions: list[QAction] = []
        menu = QMenu(parent)
        menu.setToolTipsVisible(True)
        for place, composite in enumerate(color_composites()):
            action = QAction(composite.label, self)
            action.triggered.connect(lambda _checked, place=place: self.taken.emit(self._presets[place]))
            self._actions.append(action)
            if place >= len(buttons):
                menu.addAction(action)
        for button, action in zip(buttons, self._actions):
            button.setText(action.text())
            button.clicked.connect(lambda _checked, action=action: action.trigger())
        menu.addSeparator()
        self._one_or_three = menu.addAction("")
        self._one_or_three.triggered.connect(lambda _checked: self.one_or_three_taken.emit())
        more.setText(tr("More presets"))
        more.setMenu(menu)
        leave_room_for_arrow(more)

    def show_service(self, known: ConnectedService | None, properties: Sequence[BandProperties], note: str) -> None:
        """Let those presets be taken whose bands are proven, and say of the others why not.

        `note` is what there is to say of the wavelengths, which would prove them.
        """
        composites = color_composites()
        self._presets = [None if known is None else find_preset(each, known, properties) for each in composites]
        for action, composite, preset in zip(self._actions, composites, self._presets):
            if known is None:
                text = tr("Connect to a service to see its bands.")
            else:
                text = " ".join(filter(None, (_unproven(composite), note))) if preset is None else preset.in_words()
            action.setEnabled(preset is not None)
            action.setToolTip(escaped(text))
        for button, action in zip(self._buttons, self._actions):
            button.setEnabled(action.isEnabled())
            button.setToolTip(action.toolTip())

    def show_one_or_three(self, is_single: bool, band_count: int) -> None:
        """Offer three bands in place of one, or one in place of three."""
        self._one_or_three.setText(tr("Three bands as color") if is_single else tr("One band"))
        self._one_or_three.setEnabled(band_count >= _COLORS)


def _unproven(composite: ColorComposite) -> str:
    first, second, third = map(role_in_words, composite.roles)
    text = tr("Neither names nor wavelengths prove which bands are {first}, {second} and {third}.")
    return text.format(first=first, second=second, third=third)
