"""A drop-down list of bands, with their names and wavelengths; a thousand of them are no burden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qgis.PyQt.QtCore import QObject, QStringListModel, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QListView, QWidget

from ...plugin.options.band_presets import Wavelengths
from ...plugin.service.image_service import Band
from ...plugin.translation import tr

# In characters: of the list as it stands in a form, and of its entries, the longest of which gives the width.
_LEAST_WIDTH = 8
_ENTRIES_MEASURED = 200
_WIDEST = 60


class BandChoices(QStringListModel):
    """The entries, which several lists may share: perhaps one for no choice, then the bands.

    They are texts that Qt has itself: it asks for each of thousands, several times over, before it opens a list.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bands: Sequence[Band] = ()
        self._wavelengths: Mapping[int, Wavelengths] = {}
        self._nothing = ""

    def show_bands(self, bands: Sequence[Band], nothing: str = "") -> None:
        """Show bands; `nothing` is what no choice is called, empty where there has to be one."""
        self._bands, self._nothing = bands, nothing
        self.setStringList(self._texts())

    def show_wavelengths(self, wavelengths: Mapping[int, Wavelengths]) -> None:
        """Show wavelengths by the numbers of their bands."""
        if wavelengths == self._wavelengths:
            return
        self._wavelengths = wavelengths
        shown = self.stringList()
        texts = self._texts()
        changed = [row for row, text in enumerate(texts) if text != shown[row]]
        if not changed:
            return
        # Once for all of them; what is chosen, and a list that is open, stay as they are.
        were_blocked = self.blockSignals(True)
        for row in changed:
            self.setData(self.index(row), texts[row])
        self.blockSignals(were_blocked)
        self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

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

    def _texts(self) -> list[str]:
        """Return what the entries say."""
        plain, full = tr("{number}: {name}"), tr("{band} ({shortest} – {longest} nm)")
        texts = [self._nothing] if self._nothing else []
        for band in self._bands:
            text, known = plain.format(number=band.number, name=band.name), self._wavelengths.get(band.number)
            if known is not None:
                text = full.format(band=text, shortest=f"{known.shortest:g}", longest=f"{known.longest:g}")
            texts.append(text)
        return texts


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
