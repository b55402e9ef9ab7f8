"""A drop-down list of bands, with their names and wavelengths; a thousand of them are no burden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qgis.PyQt.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QListView, QWidget

from ...plugin.options.band_presets import Wavelengths
from ...plugin.service.image_service import Band
from ...plugin.translation import tr

# In characters: of the list as it stands in a form, and of its entries, the longest of which gives the width.
_LEAST_WIDTH = 8
_ENTRIES_MEASURED = 200
_WIDEST = 60


class BandChoices(QAbstractListModel):
    """The entries, which several lists may share: perhaps one for no choice, then the bands."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bands: Sequence[Band] = ()
        self._wavelengths: Mapping[int, Wavelengths] = {}
        self._nothing = ""

    def show_bands(self, bands: Sequence[Band], nothing: str = "") -> None:
        """Show bands; `nothing` is what no choice is called, empty where there has to be one."""
        self.beginResetModel()
        self._bands, self._nothing = bands, nothing
        self.endResetModel()

    def show_wavelengths(self, wavelengths: Mapping[int, Wavelengths]) -> None:
        """Show wavelengths by the numbers of their bands."""
        self._wavelengths = wavelengths
        if self._bands:
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def row_of(self, number: int | None) -> int:
        """Return the row of a band, or of no choice; -1 where there is none."""
        if number is None:
            return 0 if self._nothing else -1
        rows = (row for row, band in enumerate(self._bands) if band.number == number)
        row = next(rows, -1)
        return row if row < 0 else row + bool(self._nothing)

    def number_at(self, row: int) -> int | None:
        """Return the band in a row, None for no choice."""
        place = row - bool(self._nothing)
        return self._bands[place].number if 0 <= place < len(self._bands) else None

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Return the number of entries."""
        return 0 if parent is not None and parent.isValid() else len(self._bands) + bool(self._nothing)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what an entry shows."""
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        place = index.row() - bool(self._nothing)
        if place < 0:
            return self._nothing
        return self._text(self._bands[place])

    def _text(self, band: Band) -> str:
        known = self._wavelengths.get(band.number)
        named = tr("{number}: {name}").format(number=band.number, name=band.name)
        if known is None:
            return named
        text = tr("{band} ({shortest} – {longest} nm)")
        return text.format(band=named, shortest=f"{known.shortest:g}", longest=f"{known.longest:g}")


class BandPicker(QComboBox):
    """A list of bands to choose one from. `picked` is emitted when the user has."""

    picked = pyqtSignal()

    def __init__(self, choices: BandChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        # Else each change of a thousand entries would measure all of them.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST_WIDTH)
        view = QListView()
        view.setUniformItemSizes(True)
        self.setView(view)
        self.setModel(choices)
        self.activated.connect(lambda _row: self.picked.emit())

    def number(self) -> int | None:
        """Return the band that is chosen, None for no choice."""
        return self._choices.number_at(self.currentIndex())

    def set_number(self, number: int | None) -> None:
        """Choose a band; one that is not there is shown as none."""
        self.setCurrentIndex(self._choices.row_of(number))

    def showPopup(self) -> None:
        """Give the entries the room they need, also where the list itself is narrow."""
        metrics, rows = self.fontMetrics(), min(self.count(), _ENTRIES_MEASURED)
        widest = max((metrics.horizontalAdvance(self.itemText(row)) for row in range(rows)), default=0)
        width = min(widest, _WIDEST * metrics.averageCharWidth()) + 2 * metrics.height()
        self.view().setMinimumWidth(max(width, self.width()))
        super().showPopup()
