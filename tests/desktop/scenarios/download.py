"""Source rasters are downloaded from the menus of a layer and of its footprints, with the mouse: sizes first."""

from __future__ import annotations

import shutil
from pathlib import Path

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit, QPushButton, QTextEdit, QWidget

from ...imageserver.downloads import source_rasters
from ..hand import click, click_action, find, later, type_into
from ..player import Steps
from ..stage import Stage
from .around import NAME as NAME_OF_LAYER
from .around import context_menu, entry, footprints, quick_menu, window
from .dialog import settled

TITLE = "Download source rasters"


def steps(stage: Stage) -> Steps:
    from image_server_layer import make_image_server_layer

    service = stage.server.service("Test/SourceRasters")
    layer = make_image_server_layer(service, NAME_OF_LAYER, processing_template="None")
    QgsProject.instance().setCrs(layer.crs())
    yield from stage.draw(layer.extent())
    yield from sizes_are_told_and_files_come(stage, layer)
    yield from selected_footprints_are_downloaded(stage, layer)
    yield from reason_is_said(stage)


def dialog_of() -> Steps:
    """Wait for the dialog of the algorithm."""
    yield lambda: window(TITLE) is not None
    yield from settled()
    found = window(TITLE)
    assert isinstance(found, QDialog)
    return found


def run(dialog: QDialog, words: str) -> Steps:
    """Press *Run*, and wait until the log says so."""
    click(find(dialog, QPushButton, "Run"))
    yield lambda: words in log_of(dialog)
    yield from settled()


def said(dialog: QDialog) -> str:
    """Return what stands in the message bar of the dialog."""
    return "\n".join(label.text() for label in dialog.messageBar().findChildren(QLabel))


def log_of(dialog: QWidget) -> str:
    return "\n".join(edit.toPlainText() for edit in dialog.findChildren(QTextEdit))


def sizes_are_told_and_files_come(stage: Stage, layer: QgsRasterLayer) -> Steps:
    """The entry opens the dialog, which tells sizes by itself, and more than is allowed only after a click."""
    quick = yield from quick_menu(stage, layer)
    download = entry(quick, "Download Source Rasters…")
    yield download.isEnabled
    stage.photograph_screen("download_1_menu")
    later(lambda: click_action(quick, download))
    dialog = yield from dialog_of()
    yield lambda: "18 files of 8 rasters: 1.08 MiB" in said(dialog)
    yield from settled()
    stage.photograph("download_2_dialog", dialog)
    limit = dialog.mainWidget().wrappers["LARGEST_SIZE"]
    limit.setParameterValue(0.001, dialog.mainWidget().processing_context)
    yield lambda: "raise the largest size" in said(dialog)
    yield from settled()
    stage.photograph("download_3_too_much", dialog)
    click(find(dialog, QPushButton, "Allow 1 GB"))
    yield lambda: "raise the largest size" not in said(dialog)
    assert limit.parameterValue() == 1
    click(find(dialog, QCheckBox, "Open the rasters in the project"))
    folder = stage.folder / "sources"
    shutil.rmtree(folder, ignore_errors=True)
    edit = next(one for one in dialog.findChildren(QLineEdit) if "skip" in one.placeholderText().lower())
    type_into(edit, str(folder))
    stage.photograph("download_4_filled_in", dialog)
    yield from run(dialog, "18 files are whole.")
    stage.photograph("download_5_downloaded", dialog)
    dialog.close()
    yield lambda: window(TITLE) is None
    assert len(files_in(folder)) == len(source_rasters().source_files)
    yield from stage.draw()
    stage.photograph_screen("download_6_opened")
    opened = [one for one in QgsProject.instance().mapLayers().values() if one.providerType() == "gdal"]
    assert len(opened) == 8, opened
    QgsProject.instance().removeMapLayers([one.id() for one in opened])


def selected_footprints_are_downloaded(stage: Stage, layer: QgsRasterLayer) -> Steps:
    """The menu of a layer of footprints opens the dialog for what is selected."""
    quick = yield from quick_menu(stage, layer)
    click_action(quick, entry(quick, "Show Footprints"))
    yield footprints
    listed = footprints()
    assert listed is not None
    yield from stage.draw()
    listed.selectByExpression("OBJECTID IN (4, 7)")
    yield lambda: not stage.canvas.isDrawing()
    menu = yield from context_menu(stage, listed)
    yield menu.isVisible
    yield from settled()
    stage.photograph_screen("download_7_footprints_menu")
    later(lambda: click_action(menu, entry(menu, "Download Selected Source Rasters…")))
    dialog = yield from dialog_of()
    yield lambda: "2 files of 2 rasters" in said(dialog)
    yield from settled()
    stage.photograph("download_8_of_footprints", dialog)
    dialog.close()
    yield lambda: window(TITLE) is None


def reason_is_said(stage: Stage) -> Steps:
    """Where the service does not allow it, the entry is gray."""
    from image_server_layer import make_image_server_layer

    layer = make_image_server_layer(stage.server.service("Olinda/Landsat"), "Closed", processing_template="None")
    quick = yield from quick_menu(stage, layer)
    lock = entry(quick, "Lock Raster Here…")
    yield lock.isEnabled
    gray = entry(quick, "Download Source Rasters…")
    assert not gray.isEnabled()
    assert "does not allow downloads" in gray.toolTip()
    stage.photograph_screen("download_9_not_allowed")
    quick.close()


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != "source_rasters.json"]
