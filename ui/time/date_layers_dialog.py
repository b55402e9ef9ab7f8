"""Asks which dates of a layer become layers, counts them, and makes these, a few at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from qgis.core import QgsFeedback, QgsRasterLayer
from qgis.PyQt.QtCore import QLocale, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ...plugin.layer.dated_layers import MOST_LAYERS, frames_in
from ...plugin.options.date_ranges import DatedFrame, dated_frames
from ...plugin.options.sentences import shortened
from ...plugin.options.time_range import TimeRange
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.time_info import CatalogDates
from ...plugin.service.warming import warm_all
from ...plugin.translation import tr, tr_n
from ..common.background import Background
from ..common.field_message import FieldMessage
from .dates_field import DatesField

# Made between two looks at mouse and keyboard.
_AT_A_TIME = 4
_CHARACTERS = 60


class DateLayersDialog(QDialog):
    """`made` tells the layers, the earliest first, as a list, once all of them are there.

    Args:
        name: of the layer whose dates they are.
        counted: what the counts of the dates are of, such as rasters.
        read: returns the dates; it is called on another thread.
        parent: the window that it belongs to.
    """

    made = pyqtSignal(object)

    def __init__(
        self, name: str, counted: str, read: Callable[[QgsFeedback], CatalogDates], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Add a Layer for Each Date"))
        self._dates: tuple[TimeRange, ...] = ()
        self._chosen: TimeRange | None = None
        self._make: Callable[[DatedFrame], QgsRasterLayer] | None = None
        self._layers: list[QgsRasterLayer] = []
        self._to_make: list[DatedFrame] = []
        self.sentence = QLabel(
            tr(
                "Each date of “{name}” becomes a layer of its own, with the same style, in a group. QGIS' temporal "
                "controller shows each at its date."
            ).format(name=shortened(name)),
            self,
        )
        self.state, self.problem = QLabel(tr("Reading the dates…"), self), FieldMessage(self)
        self.dates = DatesField(self)
        self.dates.set_headers(tr("Dates of the layer (UTC)"), counted)
        self.all_button = QPushButton(tr("All Dates"), self)
        self.until_next_box = QCheckBox(tr("Show each date until the next one"), self)
        self.until_next_box.setToolTip(
            tr("Without this, a date is shown as long as it lasts, and nothing between one and the next.")
        )
        self.progress = QProgressBar(self)
        self.buttons = QDialogButtonBox(self)
        self.add_button = self.buttons.addButton(tr("Add Layers"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.cancel_button = self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self.dates.picked.connect(self._on_picked)
        self.all_button.clicked.connect(lambda _checked: self._on_picked(None))
        self.until_next_box.clicked.connect(lambda _checked: self._show())
        self.buttons.rejected.connect(self.reject)
        self._reading = Background(self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        warm_all(self)
        self._show()
        task = tr("Read the dates of “{name}”").format(name=name)
        self._reading.run(task, read, self._on_read, self._on_failed)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        for label in (self.sentence, self.state):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        for widget in (self.sentence, self.dates, self.all_button, self.until_next_box, self.state, self.problem):
            column.addWidget(widget)
        column.setAlignment(self.all_button, Qt.AlignmentFlag.AlignLeft)
        column.setStretch(1, 1)
        column.addWidget(self.progress)
        column.addWidget(self.buttons)
        self.progress.hide()
        self.add_button.setDefault(True)
        # Wide enough for a date and its count, and for the sentence in three lines.
        self.resize(self.fontMetrics().averageCharWidth() * _CHARACTERS, self.sizeHint().height())

    def make_with(self, make: Callable[[DatedFrame], QgsRasterLayer]) -> None:
        """Begin to make the layers that are chosen; `make` is called for each, here."""
        frames = self.frames()
        if not 0 < len(frames) <= MOST_LAYERS or self._timer.isActive():
            return
        self._make, self._to_make = make, list(frames)
        for widget in (self.dates, self.all_button, self.until_next_box, self.add_button):
            widget.setEnabled(False)
        self.progress.setRange(0, len(frames))
        self.progress.setValue(0)
        self.progress.show()
        self._timer.start(0)

    def frames(self) -> tuple[DatedFrame, ...]:
        """Return what is chosen: each date, with when its layer is shown."""
        return frames_in(dated_frames(self._dates, until_next=self.until_next_box.isChecked()), self._chosen)

    def done(self, result: int) -> None:
        """Stop what is under way, and forget what was made of it; called by QGIS and Qt."""
        self._reading.cancel()
        self._timer.stop()
        self._layers.clear()
        super().done(result)

    def _on_read(self, found: CatalogDates) -> None:
        self._dates = tuple(TimeRange(date.begin, date.end) for date in found.dates)
        self.dates.set_dates(found.dates)
        note = ""
        if not found.is_whole:
            note = tr("The service has more than {count} dates, of which the earliest are listed.").format(
                count=QLocale().toString(len(found.dates))
            )
        elif not self._dates:
            note = tr("None of the layer's rasters has a date.")
        self._note(note)
        self._show()
        if self._dates and self.cancel_button.hasFocus():
            # It had the keyboard only because nothing else could be used.
            self.dates.tree.setFocus()

    def _on_failed(self, error: ImageServerLayerError) -> None:
        self._note("")
        self.problem.set_text(tr("The dates could not be read: {reason}").format(reason=error.message))

    def _note(self, text: str) -> None:
        self.state.setText(text)
        self.state.setVisible(bool(text))

    def _on_picked(self, chosen: TimeRange | None) -> None:
        self._chosen = chosen
        if chosen is None:
            self.dates.select(None)
        self._show()

    def _show(self) -> None:
        """Count what would be made, and say where that is too much."""
        count = len(self.frames())
        too_many = tr("These are {count} layers; at most {most} are added at once. Choose fewer dates.").format(
            count=QLocale().toString(count), most=MOST_LAYERS
        )
        self.problem.set_text(too_many if count > MOST_LAYERS else "")
        for widget in (self.dates, self.all_button, self.until_next_box):
            widget.setEnabled(bool(self._dates))
        self.add_button.setEnabled(0 < count <= MOST_LAYERS)
        self.add_button.setText(tr_n("Add %n Layer", "Add %n Layers", count) if count else tr("Add Layers"))

    def _go_on(self) -> None:
        """Make some more, and tell all when there are no more to be made."""
        if self._make is None:
            return
        batch: Sequence[DatedFrame] = list(islice(self._to_make, _AT_A_TIME))
        del self._to_make[: len(batch)]
        self._layers += map(self._make, batch)
        self.progress.setValue(len(self._layers))
        if not self._to_make:
            self._timer.stop()
            layers, self._layers = self._layers, []
            self.made.emit(layers)
            self.accept()
