"""What the form shows is in the user's language, all of it: tried in one in which every text is put in brackets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.core import QgsProject, QgsSettings
from qgis.gui import QgisInterface, QgsAuthConfigSelect, QgsExtentWidget, QgsFilterLineEdit, QgsMessageBar
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QCalendarWidget,
    QComboBox,
    QDialogButtonBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)

from image_server_layer.plugin.translation import Translations
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.tools.translations import compile_to, texts, write
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.waiting import delete, wait_until
from image_server_layer.ui.entry.dialog import AddLayerDialog

OF_QGIS = (
    QCalendarWidget,
    QDialogButtonBox,
    QgsAuthConfigSelect,
    QgsExtentWidget,
    QgsFilterLineEdit,
    QgsMessageBar,
    QTabBar,
)
# What every language has as it is, and the button in QGIS' fields.
THE_SAME = {"clear", "https://…/rest/services/Name/ImageServer"}
FIELDS = "AcquisitionDate Best Category CenterX CenterY CloudCover HighPS LowPS MaxPS MinPS OBJECTID SOrder ZOrder"
DESCRIPTION = "Landsat 7 ETM+ of Olinda, Brazil, as a mosaic of eight overlapping rasters."
OF_THE_SERVICE = {DESCRIPTION, LANDSAT, "m", *FIELDS.split()}


@pytest.fixture
def _in_brackets(tmp_path: Path) -> Iterator[None]:
    """Set QGIS to a language in which “Add” is “⟦Add⟧”."""
    source = tmp_path / "image_server_layer_fi.ts"
    translations = {text: [f"⟦{text.source}⟧"] * (2 if text.is_plural else 1) for text in texts()}
    write(source, "fi", translations, translations)
    compile_to(source, source.with_suffix(".qm"))
    QgsSettings().setValue("locale/userLocale", "fi")
    language = Translations(tmp_path)
    language.start()
    yield
    language.stop()


@pytest.mark.usefixtures("_in_brackets")
def test_no_text_of_the_form_is_english(
    qgis_iface: QgisInterface, image_server: ImageServerProcess, project: QgsProject
) -> None:
    del project
    dialog = AddLayerDialog(qgis_iface.mapCanvas())
    dialog.show()
    assert english(dialog) == []
    dialog.form.open(image_server.service(LANDSAT))
    wait_until(lambda: not dialog.form.problem())
    assert [text for text in english(dialog) if text not in OF_THE_SERVICE and not text.startswith("EPSG:")] == []
    delete(dialog)


def english(dialog: QWidget) -> list[str]:
    """Return the texts of a window that nobody has translated, but for those that are QGIS' and Qt's own."""
    widgets = [widget for widget in dialog.findChildren(QWidget) if not belongs_to_qgis(widget)]
    found = [text for widget in widgets for text in said(widget)]
    return sorted({text for text in found if any(letter.isalpha() for letter in text) and "⟦" not in text} - THE_SAME)


def belongs_to_qgis(widget: QWidget | None) -> bool:
    """Whether a widget is part of one of QGIS', or a standard button."""
    while widget is not None:
        if isinstance(widget, OF_QGIS):
            return True
        widget = widget.parentWidget()
    return False


def said(widget: QWidget) -> list[str]:
    """Return all that a widget says."""
    found = [widget.toolTip(), widget.accessibleName(), widget.whatsThis()]
    if isinstance(widget, (QLabel, QAbstractButton)):
        found.append(widget.text())
    if isinstance(widget, (QGroupBox, QMenu)):
        found.append(widget.title())
    if isinstance(widget, QLineEdit):
        found.append(widget.placeholderText())
    if isinstance(widget, QMenu):
        found += [action.text() for action in widget.actions()]
    if isinstance(widget, QComboBox):
        found += [widget.itemText(row) for row in range(widget.count())]
    if isinstance(widget, QHeaderView) and widget.model() is not None:
        headers = (widget.model().headerData(column, widget.orientation()) for column in range(widget.count()))
        found += [header for header in headers if isinstance(header, str)]
    return found
