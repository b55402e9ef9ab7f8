"""The part of the form that chooses bands and their order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from qgis.core import QgsApplication, QgsFeedback
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QAbstractItemView, QAction, QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.options.band_presets import known_wavelengths, natural_color
from ...plugin.options.check import effective_bands
from ...plugin.options.layer_options import LayerOptions
from ...plugin.service.errors import ImageServerLayerError, OptionError
from ...plugin.service.image_service import Band, BandProperties
from ...plugin.translation import tr
from ..common.background import Background
from ..common.field_message import FieldMessage
from ..common.load_ui import load_ui
from ..common.not_of_tiles import enable
from ..common.plain_header import show_no_selection
from ..common.scrolling import bring_into_sight
from ..common.section import Section
from .bands_model import WAVELENGTH, BandsModel
from .color_pickers import ColorPickers
from .preset import Preset
from .preset_buttons import PresetButtons

_ROWS_SHOWN = 8
# Enough rows to find the width of a column, and few enough for a service of a thousand bands.
_ROWS_MEASURED = 30
# How many bands the pickers show, all of them.
_PICKED = (1, 3)


class BandsSection(Section):
    """The bands that come out of the processing template: red, green and blue, presets, and a table to tick and drag.

    `raw_bands_chosen` is emitted with a preset of bands of the raw pixels; `choose` takes it, once there are these.
    """

    raw_bands_chosen = pyqtSignal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui(self, __file__)
        # As it was read, and with its band as the variable of the options has it.
        self._read: ConnectedService | None = None
        self._known: ConnectedService | None = None
        self._properties: tuple[BandProperties, ...] = ()
        self._wavelength_note = ""
        self._are_columns_due = False
        # What was given, as long as the user has not changed it: it may name bands that are not there.
        self._given: tuple[int, ...] | None = None
        self._background = Background(self)
        self._model = BandsModel(self)
        self._model.edited.connect(self._on_edited)
        self.pickers = ColorPickers(self)
        self.pickers.picked.connect(self.choose)
        self.pickers_layout.addWidget(self.pickers)
        self._message = FieldMessage(self)
        self.vertical_layout.addWidget(self._message)
        self._set_up_view()
        self._set_up_buttons()
        self._show_table(False)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.set_from(LayerOptions(), None)

    def set_from(self, options: LayerOptions, known: ConnectedService | None) -> None:
        """Show the bands of what comes out of the template, and which of them are chosen."""
        given, before, self._read = self._given, self._read, known
        is_other = known is None or before is None or known.service is not before.service
        shown = None if known is None else known.of_variable(options)
        bands = () if shown is None else shown.output.bands
        is_same_output = known is not None and before is not None and known.output is before.output
        # The band may be another variable's now.
        is_same_output = is_same_output and self._bands() == bands
        if not is_same_output:
            self._known = shown
        if is_other:
            self._ask_for_wavelengths(known)
        enable(self, "bands", known)
        self._given, hint = _effective(options, known)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        if not is_same_output or self._given != given:
            self._model.show_bands(bands, self._given, are_raw=self._are_raw())
        if not is_same_output:
            self.pickers.show_output(None if self._known is None else self._known.output)
            self._show_wavelengths()
            self._fit_view()
        self._show_choice()

    def follow(self, options: LayerOptions) -> None:
        """Name the band by the variable that the options ask for now, without telling anything."""
        if self._read is not None and self._read.of_variable(options).output.bands != self._bands():
            self.set_from(options, self._read)

    def apply_to(self, options: LayerOptions) -> LayerOptions:
        """Return the options with the bands that were chosen, in their order; None is all of them as they come."""
        return replace(options, bands=self._given)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show what is wrong with the bands."""
        self._message.set_text(problems.get("bands", ""))

    def _set_up_view(self) -> None:
        self.label.setText(tr("&Bands"))
        self.label.setBuddy(self.pickers.pickers[0])
        self.view.setAccessibleName(tr("Bands"))
        self.view.setToolTip(tr("Tick the bands to get, and drag them into the order to get them in."))
        self.view.setModel(self._model)
        show_no_selection(self.view.header())
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
        self.all_button.clicked.connect(lambda _checked: self.choose(None))
        buttons = (self.natural_color_button, self.color_infrared_button)
        self._presets = PresetButtons(buttons, self.more_presets_button, self)
        self._presets.taken.connect(self._take)
        self._presets.one_or_three_taken.connect(self._take_one_or_three)
        self.more_button.setText(tr("More bands…"))
        self.more_button.setAutoDefault(False)
        self.more_button.setToolTip(tr("Any number of bands, in any order, in a table."))
        self.more_button.toggled.connect(self._show_table)

    def _move_action(self, text: str, icon: str, shortcut: str, on_triggered: Callable[[], None]) -> QAction:
        action = QAction(QgsApplication.getThemeIcon(f"/{icon}"), text, self)
        action.setShortcut(QKeySequence(shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _checked: on_triggered())
        self.view.addAction(action)
        return action

    def _bands(self) -> tuple[Band, ...]:
        return () if self._known is None else self._known.output.bands

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
            bands = self._bands()
            wavelengths = known_wavelengths(bands, self._properties, are_raw=self._are_raw())
            self._model.show_wavelengths(wavelengths)
            names = [band.name for band in bands]
            self.pickers.show_wavelengths(wavelengths, natural_color(names, wavelengths))
        self._presets.show_service(self._known, self._properties, self._wavelength_note)
        self._are_columns_due = True
        if self.more_button.isChecked():
            self._fit_columns()

    def _fit_columns(self) -> None:
        """Give the columns of the table the width of their texts, those without any none; once it is looked at."""
        if not self._are_columns_due:
            return
        self._are_columns_due = False
        for column in range(WAVELENGTH, self._model.columnCount()):
            self.view.setColumnHidden(column, not self._model.has_texts(column))
        for column in range(self._model.columnCount()):
            if not self.view.isColumnHidden(column):
                self.view.resizeColumnToContents(column)

    def _show_choice(self) -> None:
        """Let the pickers show what the table does, and open it where they cannot show all of it."""
        self.pickers.show_choice(self._given)
        self._presets.show_one_or_three(self.pickers.is_single(), len(self._bands()))
        if self._given is not None and len(self._given) not in _PICKED:
            self.more_button.setChecked(True)

    def _show_table(self, shown: bool) -> None:
        for widget in (self.view, self.up_button, self.down_button):
            widget.setVisible(shown)
        if shown:
            self._fit_columns()
            self._fit_view()
            bring_into_sight(self.view)

    def _take_one_or_three(self) -> None:
        """Go from three bands to the first of them, or from one to three."""
        if self.pickers.is_single():
            self.choose(self.pickers.as_composite())
        else:
            self.choose(((self._given or self.pickers.as_composite())[0],))

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
            self._model.show_bands(self._bands(), bands, are_raw=self._are_raw())
            self.view.scrollToTop()
            self._take_choice(bands)

    def _take(self, preset: Preset | None) -> None:
        if preset is None:
            return
        # What the template yields may yet have to be read.
        if preset.are_raw:
            self.raw_bands_chosen.emit(preset.bands)
        else:
            self.choose(preset.bands)

    def _on_edited(self) -> None:
        self._take_choice(self._model.chosen())

    def _take_choice(self, bands: tuple[int, ...] | None) -> None:
        self._given = bands
        self._show_choice()
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
        # The problem is shown elsewhere; the choice stays until the user changes it.
        return options.bands, ""
    return bands, "" if note is None else note.text
