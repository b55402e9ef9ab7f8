"""QGIS' query builder on the fields of a mosaic's catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from qgis.core import QgsFeature, QgsFields, QgsVectorLayer
from qgis.gui import QgsQueryBuilder
from qgis.PyQt.QtCore import QLocale, QModelIndex, Qt, QTimer, QUrl
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QGroupBox,
    QLabel,
    QListView,
    QPushButton,
    QWidget,
)

from ...plugin.layer.connect import ConnectedService
from ...plugin.options.catalog_search import attribute_text, table_fields
from ...plugin.options.numerals import read_number
from ...plugin.service.catalog import Catalog, CatalogRaster
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.image_service import Field
from ...plugin.service.sql import identifier
from ...plugin.service.warming import warm_all
from ...plugin.translation import tr
from ..common.field_message import FieldMessage
from .catalog_tasks import CatalogQuestion, in_words
from .where_text import value_text, with_value, with_word

# How many rasters the lists of values are taken from.
_SAMPLE = 1000
# And how many of them QGIS' engine takes between two looks at mouse and keyboard.
_AT_A_TIME = 100
# What asks QGIS' own engine instead of the server, or has no counterpart there.
_NOT_FOR_SERVERS = ("btnILike", "mUseUnfilteredLayer", "lblProviderFilterInfo")
# Where the builder keeps the value that a text stands for.
_VALUE = Qt.ItemDataRole.UserRole + 1


class WhereBuilder(QgsQueryBuilder):
    """Builds a where clause. Lists of values come from a sample of the catalog, read in the background.

    Fields, operators and values are written as the server reads them, rather than as QGIS' own engine does. The service
    must have a catalog.
    """

    def __init__(self, known: ConnectedService, where: str, parent: QWidget | None = None) -> None:
        self._fields = table_fields(known.service.mosaic) if known.service.mosaic else []
        # The builder wants a layer; it outlives the C++ side only through this reference.
        self._layer = _empty_layer(self._fields, known.service.name)
        super().__init__(self._layer, parent)
        self._begin_with(where)
        self.setWindowTitle(tr("Where Clause of {name}").format(name=known.service.name))
        self._field_list = self.findChild(QListView, "lstFields")
        self._value_list = self.findChild(QListView, "lstValues")
        self._values_box = self.findChild(QGroupBox, "groupBox2")
        self._values_label, self._values_problem = QLabel(), FieldMessage()
        self._set_texts()
        self._leave_what_applies()
        self._write_for_servers()
        self._sample = CatalogQuestion(self)
        # What the layer is still to have of the sample, and what will be said of it.
        self._features: list[QgsFeature] = []
        self._sample_in_words = ""
        self._adding = QTimer(self)
        self._adding.setSingleShot(True)
        self._adding.setInterval(0)
        self._adding.timeout.connect(self._add_some)
        warm_all(self)
        self._read_sample(known)

    @property
    def is_reading(self) -> bool:
        """Whether values are still to come."""
        return self._sample.is_busy or bool(self._adding.isActive())

    def accept(self) -> None:
        """Take the clause as it is: only the server can say whether it is right."""
        self.done(QDialog.DialogCode.Accepted)

    def done(self, result: int) -> None:
        """Stop reading."""
        self._sample.cancel()
        self._adding.stop()
        super().done(result)

    def _begin_with(self, where: str) -> None:
        self.setSql(where)
        editor = self.codeEditorWidget()
        last_line = editor.lines() - 1
        editor.setCursorPosition(last_line, len(editor.text(last_line)))

    def _set_texts(self) -> None:
        self.findChild(QLabel, "lblDataUri").setText(tr("The rasters of the mosaic for which this is true are drawn."))
        self.findChild(QLabel, "lblDataUri").setTextFormat(Qt.TextFormat.PlainText)
        self.findChild(QGroupBox, "groupBox3").setTitle(tr("Where clause"))
        hint = QLabel(
            tr("Dates are written as {day} or {moment}, in UTC.").format(
                day="DATE '2001-12-31'", moment="TIMESTAMP '2001-12-31 23:59:59'"
            )
        )
        hint.setWordWrap(True)
        self._values_label.setWordWrap(True)
        _add_rows(self._values_box.layout(), self._values_label)
        _add_rows(self.layout(), hint, self._values_problem, self.findChild(QDialogButtonBox))

    def _leave_what_applies(self) -> None:
        for name in _NOT_FOR_SERVERS:
            widget = self.findChild(QWidget, name)
            # Not every release has all of them.
            if widget is not None:
                widget.hide()
        box, standard = self.findChild(QDialogButtonBox), QDialogButtonBox.StandardButton
        for button in box.buttons():
            if box.standardButton(button) not in (standard.Ok, standard.Cancel):
                box.removeButton(button)
        # QGIS has one, but nothing tells it from the others except its text, which is translated.
        clear = box.addButton(tr("&Clear"), QDialogButtonBox.ButtonRole.ResetRole)
        clear.clicked.connect(lambda: self.setSql(""))

    def _write_for_servers(self) -> None:
        fields, values, not_equal = self._field_list, self._value_list, self.findChild(QPushButton, "btnNotEqual")
        not_equal.setText("<>")
        for signal, write in (
            (not_equal.clicked, lambda: self._write("<> ", with_word)),
            (fields.doubleClicked, lambda index: self._write(identifier(self._field(index).name), with_word)),
            (values.doubleClicked, lambda index: self._write(self._value_text(index), with_value)),
        ):
            signal.disconnect()
            signal.connect(write)
        # QGIS takes note of another field only when it is clicked; until then the values are those of the one before.
        fields.selectionModel().currentChanged.connect(lambda index, _: fields.clicked.emit(index))

    def _field(self, index: QModelIndex) -> Field:
        return self._fields[index.row()]

    def _value_text(self, index: QModelIndex) -> str:
        return value_text(index.data(_VALUE), self._field(self._field_list.currentIndex()))

    def _write(self, text: str, join: Callable[[str, str], str]) -> None:
        """Write at the cursor, in place of what is selected. `join` lets the text follow what stands before it."""
        editor = self.codeEditorWidget()
        selected = editor.getSelection() if editor.hasSelectedText() else editor.getCursorPosition() * 2
        first_line, start, last_line, end = selected
        before = "".join(map(editor.text, range(first_line))) + editor.text(first_line)[:start]
        editor.setSelection(0, 0, last_line, end)
        editor.insertText(join(before, text))
        editor.setFocus()

    def _read_sample(self, known: ConnectedService) -> None:
        fields, columns = self._fields, self._layer.fields()

        def read(catalog: Catalog) -> tuple[list[QgsFeature], bool]:
            page = catalog.rasters(limit=_SAMPLE)
            return [_feature(raster, fields, columns) for raster in page.rasters], page.has_more

        self._values_box.setEnabled(False)
        self._values_label.setText(tr("Reading values…"))
        self._sample.ask(known, read, lambda sample: self._add_sample(*sample), self._say_why_there_are_none)

    def _add_sample(self, features: list[QgsFeature], has_more: bool) -> None:
        text = tr("Values of the first {count} rasters") if has_more else tr("Values of all {count} rasters")
        self._sample_in_words = text.format(count=QLocale().toString(len(features)))
        self._features = features
        self._add_some()

    def _add_some(self) -> None:
        """Let the layer have some more of the sample, and its values be used once it has all of them."""
        self._layer.dataProvider().addFeatures(self._features[:_AT_A_TIME])
        del self._features[:_AT_A_TIME]
        if self._features:
            self._adding.start()
        else:
            self._values_label.setText(self._sample_in_words)
            self._values_box.setEnabled(True)

    def _say_why_there_are_none(self, error: ImageServerLayerError) -> None:
        self._values_label.hide()
        self._values_problem.set_text(tr("The values cannot be read: {reason}").format(reason=in_words(error)))
        self._values_box.setEnabled(True)


def _add_rows(layout: QGridLayout, *widgets: QWidget) -> None:
    """Add widgets at the bottom, each as wide as the layout; one that stands further up is moved there."""
    for widget in widgets:
        layout.addWidget(widget, layout.rowCount(), 0, 1, layout.columnCount())


def _empty_layer(fields: Iterable[Field], name: str) -> QgsVectorLayer:
    """Return a layer without rasters that has the fields of the catalog; dates are texts, as a clause has them."""
    columns = "&".join(f"field={_encoded(field.name)}:{_type(field)}" for field in fields)
    return QgsVectorLayer(f"None?{columns}", name, "memory")


def _type(field: Field) -> str:
    if field.is_integer:
        return "int8"
    return "double" if field.is_numeric else "string"


def _encoded(name: str) -> str:
    return bytes(QUrl.toPercentEncoding(name)).decode()


def _feature(raster: CatalogRaster, fields: Iterable[Field], columns: QgsFields) -> QgsFeature:
    feature = QgsFeature(columns)
    feature.setAttributes([_attribute(raster.attributes.get(field.name), field) for field in fields])
    return feature


def _attribute(value: Any, field: Field) -> Any:
    """Return a value that the layer takes: a single one of another type would keep all others out."""
    if field.is_numeric:
        return read_number(value)
    return None if value is None else attribute_text(value, field)
