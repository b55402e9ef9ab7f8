"""Which rasters the picker lists: words, days, clouds, a clause, and those in view."""

from __future__ import annotations

from enum import Enum

from qgis.core import QgsApplication
from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QEvent, QObject, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QToolButton, QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.options.catalog_filter import CatalogFilter, cloud_field, date_fields, read_most_clouds
from ...plugin.service.errors import OptionError
from ...plugin.service.warming import warm
from ...plugin.translation import tr
from ..common.field_message import FieldMessage
from .day_edit import DayEdit
from .where_builder import WhereBuilder

# In milliseconds: a pause in typing or panning, after which the list is read anew.
_PAUSE = 400
# Widths of the fields for clouds and days, in characters.
_CLOUD_CHARACTERS, _DAY_CHARACTERS = 8, 17
_ROOM_AROUND_HINT = 3


class Area(Enum):
    """Where the rasters listed lie. Values are stable."""

    ANYWHERE = "anywhere"
    HERE = "here"
    CANVAS = "canvas"


class RasterFilters(QWidget):
    """The fields above the table. `changed` comes a moment after the last change, and at once with Enter."""

    changed = pyqtSignal()

    def __init__(self, known: ConnectedService, *, has_canvas: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = known
        mosaic = known.service.mosaic
        self._cloud_field = None if mosaic is None else cloud_field(mosaic)
        self.search_edit, self.where_edit, self.cloud_edit = (QgsFilterLineEdit(self) for _ in range(3))
        self.build_button = QToolButton(self)
        self.area_box, self.date_box = QComboBox(self), QComboBox(self)
        self.first_edit, self.last_edit = DayEdit(is_last=False, parent=self), DayEdit(is_last=True, parent=self)
        self.problem = FieldMessage(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        warm(self._pause)
        self._fill(has_canvas)
        self._compose()
        self._connect()

    @property
    def area(self) -> Area:
        """Where the rasters listed lie."""
        return Area(self.area_box.currentData())

    @property
    def is_set(self) -> bool:
        """Whether any filter is set."""
        lines = (self.search_edit, self.where_edit, self.cloud_edit, self.first_edit, self.last_edit)
        return self.area is not Area.ANYWHERE or any(line.text().strip() for line in lines)

    def value(self) -> CatalogFilter | None:
        """Return the filters; None if a field has an invalid value, which is said below it."""
        self.problem.set_text("")
        try:
            return CatalogFilter(
                words=self.search_edit.text(),
                date_field=self.date_box.currentData() or "",
                first_day=self.first_edit.day(),
                last_day=self.last_edit.day(),
                cloud_field="" if self._cloud_field is None else self._cloud_field.name,
                most_clouds=read_most_clouds(self.cloud_edit.text()),
                where=self.where_edit.text(),
            )
        except OptionError as error:
            self.problem.set_text(error.message)
            return None

    def clear(self) -> None:
        """Clear all filters."""
        for line in (self.search_edit, self.where_edit, self.cloud_edit, self.first_edit, self.last_edit):
            line.clear()
        self.area_box.setCurrentIndex(0)
        self._tell()

    def wait(self) -> None:
        """Emit a change after a pause."""
        self._pause.start()

    def stop(self) -> None:
        """Emit nothing any more, and close what is open."""
        self._pause.stop()
        for builder in self.findChildren(WhereBuilder):
            builder.reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter search at once, rather than press the default button of the window."""
        if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell()
            return True
        return bool(super().eventFilter(watched, event))

    def _fill(self, has_canvas: bool) -> None:
        self.search_edit.setPlaceholderText(tr("Name, another text, or id"))
        self.search_edit.setShowSearchIcon(True)
        self.where_edit.setPlaceholderText(tr("All rasters"))
        self.where_edit.setToolTip(tr("SQL on the fields of the catalog that picks rasters"))
        self.build_button.setText(tr("&Build…"))
        self.build_button.setIcon(QgsApplication.getThemeIcon("/mActionFilter2.svg"))
        self.build_button.setToolTip(tr("Build the clause from the fields of the catalog."))
        self.build_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.cloud_edit.setPlaceholderText(tr("Any"))
        if self._cloud_field is not None:
            text = tr("The highest value of {field}; rasters without one are left out.")
            self.cloud_edit.setToolTip(text.format(field=self._cloud_field.alias))
        for field in date_fields(self._known.service):
            self.date_box.addItem(field.alias, field.name)
        self.date_box.setToolTip(tr("The field that the days are of; rasters without a date are left out."))
        self.area_box.addItem(tr("Anywhere"), Area.ANYWHERE.value)
        self.area_box.addItem(tr("Only those in view below"), Area.HERE.value)
        if has_canvas:
            self.area_box.addItem(tr("Only those in QGIS' map view"), Area.CANVAS.value)
        for widget, name in (
            (self.search_edit, tr("Search")),
            (self.area_box, tr("Where the rasters lie")),
            (self.date_box, tr("Date field")),
            (self.first_edit, tr("First day")),
            (self.last_edit, tr("Last day")),
            (self.cloud_edit, tr("Highest cloud cover")),
            (self.where_edit, tr("Where clause")),
        ):
            widget.setAccessibleName(name)

    def _compose(self) -> None:
        # A theme may change the font.
        self.cloud_edit.ensurePolished()
        metrics = self.cloud_edit.fontMetrics()
        width = metrics.averageCharWidth()
        hint = metrics.horizontalAdvance(self.cloud_edit.placeholderText()) + _ROOM_AROUND_HINT * width
        self.cloud_edit.setFixedWidth(max(_CLOUD_CHARACTERS * width, hint))
        for edit in (self.first_edit, self.last_edit):
            edit.setFixedWidth(_DAY_CHARACTERS * width)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(_label(tr("&Search"), self.search_edit), 0, 0)
        grid.addLayout(_row(self.search_edit, self.area_box), 0, 1)
        dates = (
            _label(tr("&Date"), self.date_box),
            self.date_box,
            _label(tr("&from"), self.first_edit),
            self.first_edit,
            _label(tr("&to"), self.last_edit),
            self.last_edit,
        )
        clouds = (_label(tr("Cloud cover at &most"), self.cloud_edit), self.cloud_edit)
        used = [*dates] if self.date_box.count() else []
        used += clouds if self._cloud_field is not None else ()
        if used:
            row = _row(*used[1:])
            row.addStretch()
            grid.addWidget(used[0], 1, 0)
            grid.addLayout(row, 1, 1)
        for widget in {*dates, *clouds}.difference(used):
            widget.hide()
        grid.addWidget(_label(tr("&Where"), self.where_edit), 2, 0)
        grid.addLayout(_row(self.where_edit, self.build_button), 2, 1)
        grid.addWidget(self.problem, 3, 1)

    def _connect(self) -> None:
        self._pause.timeout.connect(self._tell)
        for line in (self.search_edit, self.where_edit, self.cloud_edit, self.first_edit, self.last_edit):
            line.textChanged.connect(lambda _text: self._pause.start())
            line.installEventFilter(self)
        self.area_box.currentIndexChanged.connect(lambda _row: self._tell())
        self.date_box.currentIndexChanged.connect(lambda _row: self._on_date_field())
        self.build_button.clicked.connect(lambda _checked: self._build())

    def _on_date_field(self) -> None:
        if self.first_edit.text().strip() or self.last_edit.text().strip():
            self._tell()

    def _tell(self) -> None:
        self._pause.stop()
        self.changed.emit()

    def _build(self) -> None:
        builder = WhereBuilder(self._known, self.where_edit.text(), self)
        builder.accepted.connect(lambda: self.where_edit.setText(builder.sql()))
        builder.finished.connect(builder.deleteLater)
        builder.open()


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text, buddy.parentWidget())
    label.setBuddy(buddy)
    return label


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    return row
