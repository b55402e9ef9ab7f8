"""Red, green and blue, each a band to choose; or one band alone."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QWidget

from ...plugin.options.band_presets import BLUE, GREEN, RED, Wavelengths
from ...plugin.options.color_composites import role_in_words, role_label
from ...plugin.service.image_service import ImageService
from ...plugin.translation import tr
from ..common.band_picker import BandChoices, BandPicker

_ROLES = (RED, GREEN, BLUE)
_COLORS = len(_ROLES)


class ColorPickers(QWidget):
    """Shows the first bands of a choice, one where there are less than three of them.

    `picked` is emitted with the bands that the user has made of the choice; None is all of them.
    """

    picked = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._output: ImageService | None = None
        self._chosen: tuple[int, ...] | None = None
        # The list used last, the bands before, and the bands after: arrow keys pick all entries that they pass.
        self._place: int | None = None
        self._before: tuple[int, ...] | None = None
        self._made: tuple[int, ...] | None = None
        # The bands to start from if none are chosen.
        self._natural: tuple[int, int, int] | None = None
        self._choices = BandChoices(self)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setColumnStretch(1, 1)
        self.labels = [QLabel() for _ in range(_COLORS)]
        self.pickers = [BandPicker(self._choices) for _ in range(_COLORS)]
        for row, (label, picker) in enumerate(zip(self.labels, self.pickers)):
            label.setBuddy(picker)
            layout.addWidget(label, row, 0)
            layout.addWidget(picker, row, 1)
            picker.picked.connect(lambda place=row: self._on_picked(place))
        self.show_output(None)

    def show_output(self, output: ImageService | None) -> None:
        """Offer the bands of what comes out of the processing template; None where there is no service."""
        self._output, self._natural = output, None
        bands = () if output is None else output.bands
        self._choices.show_bands(bands, tr("Automatic") if len(bands) > 1 else "")
        self.show_choice(None)

    def show_wavelengths(self, wavelengths: Mapping[int, Wavelengths], natural: tuple[int, int, int] | None) -> None:
        """Show what is known of the bands' wavelengths; `natural` are the bands of natural color, where proven."""
        self._choices.show_wavelengths(wavelengths)
        self._natural = natural

    def show_choice(self, chosen: tuple[int, ...] | None) -> None:
        """Show the bands that are chosen; None is all of them."""
        self._chosen = chosen
        count = self._count()
        names = [role_label(role) for role in _ROLES] if count == _COLORS else [tr("Band")]
        for place, (label, picker) in enumerate(zip(self.labels, self.pickers)):
            for widget in (label, picker):
                widget.setVisible(place < count)
            if place < count:
                label.setText(names[place])
                picker.setAccessibleName(names[place])
                picker.setToolTip(self._tip(place))
                picker.set_number(self._shown(place))

    def is_single(self) -> bool:
        """Whether there is one band to choose instead of three."""
        return self._count() == 1

    def as_composite(self) -> tuple[int, ...]:
        """Return three bands to begin with."""
        if self._natural is not None:
            return self._natural
        return tuple(range(1, _COLORS + 1))

    def _count(self) -> int:
        """Return how many pickers there are."""
        there = 0 if self._output is None else len(self._output.bands)
        count = there if self._chosen is None else len(self._chosen)
        return _COLORS if count >= _COLORS or self._output is None else 1

    def _shown(self, place: int) -> int | None:
        if self._chosen is not None:
            return self._chosen[place] if place < len(self._chosen) else None
        is_only = self._output is not None and len(self._output.bands) == 1
        return 1 if is_only else None

    def _tip(self, place: int) -> str:
        if self._count() == 1:
            return tr("The band to get.")
        is_all = self._chosen is None
        text = (
            tr("All bands are there; choose one to show as {color}.") if is_all else tr("The band to show as {color}.")
        )
        return text.format(color=role_in_words(_ROLES[place]))

    def _on_picked(self, place: int) -> None:
        if place != self._place or self._chosen != self._made:
            self._place, self._before = place, self._chosen
        self._made = self._with(place, self.pickers[place].number())
        self.picked.emit(self._made)

    def _with(self, place: int, number: int | None) -> tuple[int, ...] | None:
        """Return the choice with another band in a place; one that is there already changes places with it."""
        is_only = self._output is not None and len(self._output.bands) == 1
        if number is None or is_only:
            return None
        if self._before:
            bands = list(self._before)
        else:
            bands = list(self.as_composite()) if self._count() == _COLORS else [number]
        if number in bands:
            bands[bands.index(number)] = bands[place]
        bands[place] = number
        return tuple(bands)
