"""The part of the form that says of which time the pixels are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.options.arcgis_arguments import time as read_time
from ...plugin.options.check_time import times_in_words
from ...plugin.options.layer_options import LayerOptions
from ...plugin.options.time_range import TimeRange
from ...plugin.service.catalog_dates import lists_dates, read_dates
from ...plugin.service.errors import ImageServerLayerError, OptionError
from ...plugin.service.time_info import CatalogDates, TimeInfo
from ...plugin.translation import tr, tr_n
from ..common.background import Background
from ..common.form_rows import align_labels
from ..common.load_ui import load_ui
from ..common.section import Section
from .dates_field import DatesField


class TimeSection(Section):
    """A line for an instant or a range, and the dates that the service has, to choose from.

    The dates are read when the section is first seen. Hidden where the service tells no times, unless one was chosen.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui(self, __file__)
        self._known: ConnectedService | None = None
        self._read: tuple[str, TimeInfo | None] | None = None
        self._is_setting = False
        self._problems: Mapping[str, str] = {}
        self._reading = Background(self)
        self.dates = DatesField(self)
        self.tree = self.dates.tree
        self.time_layout.insertWidget(self.time_layout.indexOf(self.problem) + 1, self.dates)
        self._set_texts()
        self.edit.textChanged.connect(self._on_typed)
        self.dates.picked.connect(self._on_picked)
        self.nearest_box.clicked.connect(lambda _checked: self._on_changed())
        self.retry_button.clicked.connect(lambda _checked: self._read_dates())
        self.set_from(LayerOptions(), None)

    def set_from(self, options: LayerOptions, known: ConnectedService | None) -> None:
        """Show a time, without emitting anything."""
        self._is_setting = True
        self._known = known
        info = None if known is None else known.service.time
        if options.time != self._time() or (options.time is None and known is None):
            self.edit.setText("" if options.time is None else str(options.time))
        asks_nearest = known is not None and (info is not None or not known.service.variables)
        self.nearest_box.setChecked(options.nearest_date and asks_nearest)
        self.setEnabled(known is not None)
        self._has_times = info is not None
        self._can_list = known is not None and lists_dates(known.service)
        source = None if known is None else (known.service.url, info)
        if source != self._read:
            self._reading.cancel()
            self._read = None
            self.dates.set_dates(())
            self.state_label.setText("")
        self.setVisible(
            known is not None and (info is not None or options.time is not None or self.nearest_box.isChecked())
        )
        self._show()
        self._is_setting = False
        if self.isVisible():
            self._read_dates()

    def apply_to(self, options: LayerOptions) -> LayerOptions:
        """Return `options` with the time, and with what is to be seen between dates; without a service as they are."""
        if self._known is None:
            return options
        if not self._has_times and not self.nearest_box.isChecked():
            # What a multidimensional service shows between dates is asked with its dimensions.
            return replace(options, time=self._time())
        return replace(options, time=self._time(), nearest_date=self.nearest_box.isChecked())

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show each problem beside its field."""
        self._problems = dict(problems)
        # What is selected in the list may be several dates.
        self._show(selects=False)

    def input_problems(self) -> dict[str, str]:
        """Return why a text is no time."""
        try:
            read_time(self.edit.text())
        except OptionError as error:
            return {error.option: error.message}
        return {}

    def showEvent(self, event: QShowEvent) -> None:
        """Read the dates as soon as somebody can see them."""
        super().showEvent(event)
        self._read_dates()

    def _set_texts(self) -> None:
        self.time_label.setText(tr("&Time"))
        self.edit.setPlaceholderText(tr("As the service does"))
        self.edit.setAccessibleName(tr("Time"))
        self.edit.setToolTip(
            tr(
                "In UTC: {year}, {month} or {day} for the whole of it, {instant} for an instant, {range} for a range, "
                "{open} for one without an end."
            ).format(
                year="2001",
                month="2001-08",
                day="2001-08-05",
                instant="2001-08-05 12:39:55",
                range="2001-08/2002-10",
                open="2001/..",
            )
        )
        self.nearest_box.setText(tr("Show the nearest date in between"))
        self.nearest_box.setToolTip(
            tr("Without this, a moment of the temporal controller that the service has nothing of shows nothing.")
        )
        self.retry_button.setText(tr("Retry"))
        self.retry_button.hide()
        for label in (self.sentence_label, self.state_label):
            label.setTextFormat(Qt.TextFormat.PlainText)
        align_labels(self.form_layout, self.edit)

    def _time(self) -> TimeRange | None:
        try:
            return read_time(self.edit.text())
        except OptionError:
            return None

    def _on_typed(self) -> None:
        if not self._is_setting:
            self._on_changed()

    def _on_picked(self, chosen: TimeRange) -> None:
        self._is_setting = True
        self.edit.setText(str(chosen))
        self._is_setting = False
        self._on_changed(selects=False)

    def _on_changed(self, *, selects: bool = True) -> None:
        self._problems = {}
        self._show(selects=selects)
        self.changed.emit()

    def _show(self, *, selects: bool = True) -> None:
        """Show what there is to know of the time that stands there."""
        problems = {**self._problems, **self.input_problems()}
        self.problem.set_text(problems.get("time", ""))
        self.nearest_problem.set_text(problems.get("nearest_date", ""))
        known, time = self._known, self._time()
        reach = times_in_words(known.service) if known is not None else ""
        sentence = tr("The layer shows that time only.")
        if time is None:
            sentence = tr("The layer follows QGIS' temporal controller; without it, the service decides.")
        self.sentence_label.setText(
            "\n".join(filter(None, (sentence, reach and tr("Times of the service: {range}.").format(range=reach))))
        )
        self.sentence_label.setVisible(self._has_times and not problems.get("time"))
        self.dates.setVisible(self._can_list)
        self.state_label.setVisible(bool(self.state_label.text()))
        self.nearest_box.setVisible(self._can_list or self.nearest_box.isChecked())
        self.nearest_box.setEnabled(time is None or self.nearest_box.isChecked())
        if selects:
            self.dates.select(time)

    def _read_dates(self) -> None:
        """Let the dates be read in the background, once for a service."""
        known = self._known
        if known is None or not self._can_list or self._reading.is_busy:
            return
        source = (known.service.url, known.service.time)
        if self._read == source and not self.retry_button.isVisible():
            return
        self._read = source
        self.retry_button.hide()
        self.state_label.setText(tr("Reading the dates…"))
        self.state_label.show()
        self._reading.run(
            tr("Read the dates of “{name}”").format(name=known.service.name),
            lambda feedback: read_dates(known.client(feedback), known.service),
            self._on_read,
            self._on_failed,
        )

    def _on_read(self, found: CatalogDates) -> None:
        self.dates.set_dates(found.dates)
        count = len(found.dates)
        text = tr_n("%n date", "%n dates", count)
        if not found.is_whole:
            text = tr("The service has more than {count} dates, of which the earliest are listed.").format(
                count=QLocale().toString(count)
            )
        self.state_label.setText(text)
        self._show()

    def _on_failed(self, error: ImageServerLayerError) -> None:
        self.state_label.setText(tr("The dates could not be read: {reason}").format(reason=error.message))
        self.retry_button.show()
        self._show()
