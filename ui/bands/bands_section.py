"""The part of the form that chooses bands and their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, Optional

from qgis.core import QgsApplication, QgsFeedback
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QAbstractItemView, QAction, QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.options.band_presets import Wavelengths, color_infrared, known_wavelengths, natural_color
from ...plugin.options.check import effective_bands
from ...plugin.options.layer_options import LayerOptions
from ...plugin.service.errors import ImageServerLayerError, OptionError
from ...plugin.service.image_service import BandProperties
from ...plugin.service.plain_text import escaped
from ...plugin.translation import tr
from ..common.background import Background
from ..common.field_message import FieldMessage
from ..common.load_ui import load_ui
from ..common.section import Section
from .bands_model import WAVELENGTH, BandsModel

_ROWS_SHOWN = 8
# Enough to find the width of a column, and few enough for a service of a thousand bands.
_ROWS_MEASURED = 30

_Finder = Callable[[Sequence[str], Mapping[int, Wavelengths]], Optional[tuple[int, int, int]]]


class _Preset(NamedTuple):
    """Three bands as red, green and blue, by number, with their names.

    `are_raw`: they are those of the raw pixels; `needs_raw`: what the processing template yields is known to be other.
    """

    bands: tuple[int, int, int]
    names: tuple[str, ...]
    are_raw: bool
    needs_raw: bool

    def in_words(self) -> str:
        """Return what a tooltip says of it."""
        named = tr("{number} ({name})")
        shown = ", ".join(named.format(number=number, name=name) for number, name in zip(self.bands, self.names))
        if self.needs_raw:
            return tr("Bands {bands} of the raw pixels as red, green and blue.").format(bands=shown)
        return tr("Bands {bands} as red, green and blue.").format(bands=shown)


class BandsSection(Section):
    """A table of the bands that come out of the processing template: tick, drag, or take a preset.

    `raw_bands_chosen` is emitted with a preset of bands of the raw pixels; `choose` takes it, once there are these.
    """

    raw_bands_chosen = pyqtSignal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui(self, __file__)
        self._known: ConnectedService | None = None
        self._properties: tuple[BandProperties, ...] = ()
        self._wavelength_note = ""
        # What was given, as long as the user has not changed it: it may name bands that are not there.
        self._given: tuple[int, ...] | None = None
        self._background = Background(self)
        self._model = BandsModel(self)
        self._model.edited.connect(self._on_edited)
        self._message = FieldMessage(self)
        self.vertical_layout.addWidget(self._message)
        self._set_up_view()
        self._set_up_buttons()
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.set_from(LayerOptions(), None)

    def set_from(self, options: LayerOptions, known: ConnectedService | None) -> None:
        """Show the bands of what comes out of the template, and which of them are chosen."""
        before, self._known = self._known, known
        is_other = known is None or before is None or known.service is not before.service
        is_same_output = known is not None and before is not None and known.output is before.output
        if is_other:
            self._ask_for_wavelengths(known)
        self.setEnabled(known is not None)
        self._given, hint = _effective(options, known)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        bands = () if known is None else known.output.bands
        if not is_same_output or self._given != self._model.chosen():
            self._model.show_bands(bands, self._given, are_raw=self._are_raw())
        if not is_same_output:
            self._show_wavelengths()
            self._fit_view()

    def apply_to(self, options: LayerOptions) -> LayerOptions:
        """Return the options with the ticked bands in their order; None where that is all of them as they come."""
        return replace(options, bands=self._given)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show what is wrong with the bands."""
        self._message.set_text(problems.get("bands", ""))

    def _set_up_view(self) -> None:
        self.label.setText(tr("&Bands"))
        self.view.setAccessibleName(tr("Bands"))
        self.view.setToolTip(tr("Tick the bands to get, and drag them into the order to get them in."))
        self.view.setModel(self._model)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.view.header().setStretchLastSection(False)
        self.view.header().setResizeContentsPrecision(_ROWS_MEASURED)
        self.view.selectionModel().selectionChanged.connect(self._update_moves)
        self.view.horizontalScrollBar().rangeChanged.connect(lambda _least, _most: self._fit_view())
        self._up = self._move_action(tr("Move Up"), "mActionArrowUp.svg", "Alt+Up", self._move_up)
        self._down = self._move_action(tr("Move Down"), "mActionArrowDown.svg", "Alt+Down", self._move_down)
        self.up_button.setDefaultAction(self._up)
        self.down_button.setDefaultAction(self._down)

    def _set_up_buttons(self) -> None:
        self.all_button.setText(tr("All"))
        self.all_button.setToolTip(tr("All bands, in the order of the service."))
        self.natural_color_button.setText(tr("Natural color"))
        self.color_infrared_button.setText(tr("Color infrared"))
        self.all_button.clicked.connect(lambda _checked: self.choose(None))
        self.natural_color_button.clicked.connect(lambda _checked: self._take(self._natural_color))
        self.color_infrared_button.clicked.connect(lambda _checked: self._take(self._color_infrared))

    def _move_action(self, text: str, icon: str, shortcut: str, on_triggered: Callable[[], None]) -> QAction:
        action = QAction(QgsApplication.getThemeIcon(f"/{icon}"), text, self)
        action.setShortcut(QKeySequence(shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked: on_triggered())
        self.view.addAction(action)
        return action

    def _are_raw(self) -> bool:
        return self._known is not None and self._known.output == self._known.service

    def _ask_for_wavelengths(self, known: ConnectedService | None) -> None:
        """Forget those of another service, and ask this one, if there is one."""
        self._properties, self._wavelength_note = (), ""
        self._background.cancel()
        if known is None:
            return

        def ask(feedback: QgsFeedback) -> tuple[BandProperties, ...]:
            return known.client(feedback).band_properties()

        text = tr("Read the wavelengths of “{name}”").format(name=known.service.name)
        self._wavelength_note = tr("The service is being asked for its wavelengths…")
        self._background.run(text, ask, self._on_properties, self._on_no_properties)

    def _on_properties(self, properties: tuple[BandProperties, ...]) -> None:
        self._properties = properties
        self._wavelength_note = ""
        self._show_wavelengths()

    def _on_no_properties(self, error: ImageServerLayerError) -> None:
        self._wavelength_note = tr("The wavelengths could not be read: {reason}").format(reason=error.message)
        self._show_wavelengths()

    def _show_wavelengths(self) -> None:
        if self._known is not None:
            bands = self._known.output.bands
            self._model.show_wavelengths(known_wavelengths(bands, self._properties, are_raw=self._are_raw()))
        self._natural_color, self._color_infrared = self._preset(natural_color), self._preset(color_infrared)
        for button, preset, unproven in (
            (
                self.natural_color_button,
                self._natural_color,
                tr("Neither names nor wavelengths prove which bands are red, green and blue."),
            ),
            (
                self.color_infrared_button,
                self._color_infrared,
                tr("Neither names nor wavelengths prove which bands are near infrared, red and green."),
            ),
        ):
            button.setEnabled(preset is not None)
            why_not = " ".join(filter(None, (unproven, self._wavelength_note)))
            if self._known is None:
                why_not = tr("Connect to a service to see its bands.")
            button.setToolTip(escaped(why_not if preset is None else preset.in_words()))
        for column in range(WAVELENGTH, self._model.columnCount()):
            self.view.setColumnHidden(column, not self._model.has_texts(column))
        for column in range(self._model.columnCount()):
            if not self.view.isColumnHidden(column):
                self.view.resizeColumnToContents(column)

    def _preset(self, find: _Finder) -> _Preset | None:
        """Look for bands in what comes out of the template, or else in the raw pixels."""
        if self._known is None:
            return None
        outputs = [self._known.service] if self._are_raw() else [self._known.output, self._known.service]
        for output in outputs:
            is_raw = output is self._known.service
            names = [band.name for band in output.bands]
            found = find(names, known_wavelengths(output.bands, self._properties, are_raw=is_raw))
            if found is not None:
                named = tuple(names[number - 1] for number in found)
                return _Preset(found, named, self._are_raw() or is_raw, is_raw and not self._are_raw())
        return None

    def _fit_view(self) -> None:
        """Give the table the height of its rows, up to a limit."""
        rows = max(1, min(self._model.rowCount(), _ROWS_SHOWN))
        row_height = max(self.view.sizeHintForRow(0), self.fontMetrics().height())
        bar = self.view.horizontalScrollBar()
        frame = 2 * self.view.frameWidth() + (bar.sizeHint().height() if bar.maximum() else 0)
        self.view.setMinimumHeight(rows * row_height + self.view.header().sizeHint().height() + frame)
        self.view.setMaximumHeight(self.view.minimumHeight())
        self._update_moves()

    def choose(self, bands: tuple[int, ...] | None) -> None:
        """Take bands for the user, in their order; None is all of them."""
        if self._known is not None:
            self._model.show_bands(self._known.output.bands, bands, are_raw=self._are_raw())
            self.view.scrollToTop()
            self._on_edited()

    def _take(self, preset: _Preset | None) -> None:
        if preset is None:
            return
        # What the template yields may yet have to be read.
        if preset.are_raw:
            self.raw_bands_chosen.emit(preset.bands)
        else:
            self.choose(preset.bands)

    def _on_edited(self) -> None:
        self._given = self._model.chosen()
        self.hint.hide()
        self._update_moves()
        self.changed.emit()

    def _selected_rows(self) -> list[int]:
        # Not `selectedRows`, which asks for the flags of every cell.
        ranges = self.view.selectionModel().selection()
        return sorted({row for cells in ranges for row in range(cells.top(), cells.bottom() + 1)})

    def _update_moves(self) -> None:
        rows = self._selected_rows()
        self._up.setEnabled(bool(rows) and rows[0] > 0)
        self._down.setEnabled(bool(rows) and rows[-1] < self._model.rowCount() - 1)

    def _move_up(self) -> None:
        rows = self._selected_rows()
        self._model.move(rows, rows[0] - 1)
        self.view.scrollTo(self.view.currentIndex())

    def _move_down(self) -> None:
        rows = self._selected_rows()
        self._model.move(rows, rows[-1] + 2)
        self.view.scrollTo(self.view.currentIndex())


def _effective(options: LayerOptions, known: ConnectedService | None) -> tuple[tuple[int, ...] | None, str]:
    """Return the bands that will be asked for, and a sentence where those are not the ones in the options."""
    if known is None:
        return options.bands, ""
    try:
        bands, note = effective_bands(options.bands, known.service, known.output)
    except OptionError:
        # Whoever shows the options tells of the problem; the choice stays until the user changes it.
        return options.bands, ""
    return bands, "" if note is None else note.text
