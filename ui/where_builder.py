"""QGIS' query builder on the fields of a mosaic's catalogue."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsFeature, QgsVectorLayer
from qgis.gui import QgsQueryBuilder
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QGroupBox, QLabel, QPushButton, QSplitter, QWidget

from ..plugin.options.catalog_search import attribute_text, table_fields
from ..plugin.service.catalog import CatalogRaster, Page
from ..plugin.service.description import Field
from ..plugin.translation import tr
from .catalog_tasks import CatalogQuestion
from .section import KnownService

# How many rasters the lists of values are taken from.
_SAMPLE = 1000
# What asks QGIS' own engine instead of the server, or has no counterpart there.
_NOT_FOR_SERVERS = ("btnILike", "mUseUnfilteredLayer")


class WhereBuilder(QgsQueryBuilder):
    """Builds a where clause. Lists of values come from a sample of the catalogue, read in the background.

    The service must have a catalogue.
    """

    def __init__(self, known: KnownService, where: str, parent: QWidget | None = None) -> None:
        self._fields = table_fields(known.service.mosaic) if known.service.mosaic else []
        # The builder wants a layer; it outlives the C++ side only through this reference.
        self._layer = _empty_layer(self._fields, known.service.name)
        super().__init__(self._layer, parent)
        self.setSql(where)
        self.setWindowTitle(tr("Where Clause of {name}").format(name=known.service.name))
        self._hide_what_does_not_apply()
        self.findChild(QLabel, "lblDataUri").setText(tr("The rasters of the mosaic for which this is true are drawn."))
        self.findChild(QLabel, "lblDataUri").setTextFormat(Qt.TextFormat.PlainText)
        self.findChild(QGroupBox, "groupBox3").setTitle(tr("Where clause"))
        hint = QLabel(
            tr(
                "Dates are written as {day} or {moment}, in UTC. Lists of values hold the first {count} rasters."
            ).format(day="DATE '2001-12-31'", moment="TIMESTAMP '2001-12-31 23:59:59'", count=_SAMPLE)
        )
        hint.setWordWrap(True)
        splitter = self.findChild(QSplitter, "splitter_2")
        splitter.addWidget(hint)
        splitter.setCollapsible(splitter.count() - 1, False)
        self._sample = CatalogQuestion(self)
        self._sample.ask(known, lambda catalog: catalog.rasters(limit=_SAMPLE), self._add_sample, lambda _: None)

    def accept(self) -> None:
        """Take the clause as it is: only the server can say whether it is right."""
        QDialog.done(self, QDialog.DialogCode.Accepted)

    def done(self, result: int) -> None:
        """Stop reading."""
        self._sample.cancel()
        super().done(result)

    def _hide_what_does_not_apply(self) -> None:
        for name in _NOT_FOR_SERVERS:
            widget = self.findChild(QWidget, name)
            if widget is not None:
                widget.hide()
        kept = QDialogButtonBox.StandardButton
        box = self.findChild(QDialogButtonBox)
        standard = [box.button(button) for button in (kept.Ok, kept.Cancel)]
        for button in box.findChildren(QPushButton):
            is_clear = box.buttonRole(button) == QDialogButtonBox.ButtonRole.ActionRole and "lear" in button.text()
            button.setVisible(button in standard or is_clear)

    def _add_sample(self, page: Page) -> None:
        self._layer.dataProvider().addFeatures([self._feature(raster) for raster in page.rasters])

    def _feature(self, raster: CatalogRaster) -> QgsFeature:
        feature = QgsFeature(self._layer.fields())
        values = (raster.attributes.get(field.name) for field in self._fields)
        feature.setAttributes(
            [
                attribute_text(value, field)
                if isinstance(value, str) or (field.is_date and value is not None)
                else value
                for value, field in zip(values, self._fields)
            ]
        )
        return feature


def _empty_layer(fields: Iterable[Field], name: str) -> QgsVectorLayer:
    """Return a layer without rasters that has the fields of the catalogue; dates are texts, as a clause has them."""
    columns = "&".join(f"field={_encoded(field.name)}:{_type(field)}" for field in fields)
    return QgsVectorLayer(f"None?{columns}", name, "memory")


def _type(field: Field) -> str:
    if field.is_integer:
        return "int8"
    return "double" if field.is_numeric else "string"


def _encoded(name: str) -> str:
    return bytes(QUrl.toPercentEncoding(name)).decode()
