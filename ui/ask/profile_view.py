"""The profile of the points: over bands, time or another dimension, as a plot that can be copied and saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from qgis.core import QgsFileUtils, QgsSettings
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...plugin.service.plain_text import clean_line
from ...plugin.translation import tr
from ..common.arrow_room import leave_room_for_arrow
from ..common.field_message import FieldMessage
from .asked_point import AskedPoint
from .plot_data import as_csv
from .plot_widget import PlotWidget
from .profiles import Over, bands_plot, dimension_plot, dimension_titles, profile_bands

_FOLDER = "image_server_layer/profile_folder"


class ProfileView(QWidget):
    """Shows points; `wanted` says that their values over `dimension` are to be asked for, where that was not done."""

    wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: list[AskedPoint] = []
        self._titles: dict[str, str] = {}
        self.over = QComboBox()
        self.over.setAccessibleName(tr("What the profile goes over"))
        for text, over in (
            (tr("Over bands, as shown"), Over.BANDS),
            (tr("Over bands, before processing"), Over.RAW_BANDS),
            (tr("Over time"), Over.TIME),
        ):
            self.over.addItem(text, over)
        self._always = self.over.count()
        self.over.currentIndexChanged.connect(lambda _index: self._change())
        self.band = QComboBox()
        self.band.setAccessibleName(tr("Band of the profile"))
        self.band.activated.connect(lambda _index: self._draw())
        self.plot = PlotWidget()
        self.message = FieldMessage()
        self.copy = _menu_button(tr("Copy"), {tr("As Image"): self._copy_image, tr("As Text"): self._copy_text})
        self.save = _menu_button(tr("Save"), {tr("As CSV…"): self._save_csv, tr("As PNG…"): self._save_png})
        top = QHBoxLayout()
        top.addWidget(self.over)
        top.addWidget(self.band, 1)
        top.addStretch()
        top.addWidget(self.copy)
        top.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.plot, 1)
        layout.addWidget(self.message)
        self.show_points([])

    @property
    def dimension(self) -> str:
        """The name of the dimension that values are looked at over; empty over bands."""
        chosen = self.over.currentData()
        return "" if chosen in (Over.BANDS, Over.RAW_BANDS) else str(getattr(chosen, "value", chosen) or "")

    def show_points(self, points: Sequence[AskedPoint]) -> None:
        """Show these points."""
        self._points = list(points)
        self._offer_dimensions()
        self._draw()

    def _offer_dimensions(self) -> None:
        """List the dimensions that the points have; one that is chosen stays until it is not."""
        titles, chosen = dimension_titles(self._points), self.over.currentData()
        offered = [self.over.itemData(row) for row in range(self._always, self.over.count())]
        if isinstance(chosen, str):
            titles.setdefault(chosen, self._titles[chosen])
        self._titles = titles
        if offered == list(titles):
            return
        was_blocked = self.over.blockSignals(True)
        while self.over.count() > self._always:
            self.over.removeItem(self.over.count() - 1)
        for name, title in titles.items():
            self.over.addItem(tr("Over {dimension}").format(dimension=clean_line(title)), name)
        self.over.setCurrentIndex(max(0, self.over.findData(chosen)))
        self.over.blockSignals(was_blocked)

    def _offer_bands(self) -> None:
        """List the bands that the points have over the dimension."""
        names, chosen = profile_bands(self._points, self.dimension), self.band.currentData()
        if [self.band.itemData(row) for row in range(self.band.count())] != names:
            self.band.clear()
            for name in names:
                self.band.addItem(clean_line(name), name)
            self.band.setCurrentIndex(max(0, self.band.findData(chosen)))

    def _change(self) -> None:
        self._draw()
        if self.dimension:
            self.wanted.emit()

    def _draw(self) -> None:
        dimension = self.dimension
        if dimension:
            self._offer_bands()
        self.band.setVisible(bool(dimension) and self.band.count() > 1)
        if dimension:
            self.plot.set_plot(dimension_plot(self._points, dimension, str(self.band.currentData() or "")))
        else:
            self.plot.set_plot(bands_plot(self._points, raw=self.over.currentData() is Over.RAW_BANDS))
        has_something = any(line.places for line in self.plot.plot.series)
        self.copy.setEnabled(has_something)
        self.save.setEnabled(has_something)
        self.message.set_text(self._problem(has_something=has_something))

    def _problem(self, *, has_something: bool) -> str:
        """Return what is missing in the plot, in one sentence."""
        dimension = self.dimension
        if dimension:
            for point in self._points:
                if dimension in point.profile_errors:
                    return point.profile_errors[dimension].message
            profiles = [point.profiles[dimension] for point in self._points if dimension in point.profiles]
            notes = [profile.note for profile in profiles if profile.note]
            if notes:
                return notes[0]
        known = [place.y for line in self.plot.plot.series for place in line.places if place.y is not None]
        return tr("The points have no data.") if has_something and not known else ""

    def _copy_image(self) -> None:
        QApplication.clipboard().setImage(self.plot.image())

    def _copy_text(self) -> None:
        QApplication.clipboard().setText(as_csv(self.plot.plot.table(), "\t"))

    def _save_csv(self) -> None:
        text = as_csv(self.plot.plot.table())
        self._save(tr("Save Profile as CSV"), tr("CSV files (*.csv)"), "csv", lambda path: _write(path, text))

    def _save_png(self) -> None:
        image = self.plot.image()

        def write(path: Path) -> None:
            if not image.save(str(path), "PNG"):
                raise OSError(tr("the file cannot be written"))

        self._save(tr("Save Profile as PNG"), tr("PNG images (*.png)"), "png", write)

    def _save(self, title: str, filters: str, extension: str, write: Callable[[Path], None]) -> None:
        folder = str(QgsSettings().value(_FOLDER) or "")
        chosen, _ = QFileDialog.getSaveFileName(self.window(), title, folder, filters)
        if not chosen:
            return
        path = Path(QgsFileUtils.ensureFileNameHasExtension(chosen, [extension]))
        QgsSettings().setValue(_FOLDER, str(path.parent))
        try:
            write(path)
        except OSError as error:
            text = tr("The profile could not be saved as {path}: {reason}; choose another place.")
            self.message.set_text(text.format(path=path, reason=error.strerror or error))


def _write(path: Path, text: str) -> None:
    # Spreadsheets read UTF-8 only with a byte order mark.
    path.write_bytes(text.encode("utf-8-sig"))


def _menu_button(text: str, entries: dict[str, Callable[[], None]]) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    for label, do in entries.items():
        menu.addAction(label).triggered.connect(_calling(do))
    button.setMenu(menu)
    leave_room_for_arrow(button)
    return button


def _calling(do: Callable[[], None]) -> Callable[[bool], None]:
    return lambda _checked: do()
