"""The menu beside the buttons of the form: what has been chosen, as text or in a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsApplication, QgsFileUtils, QgsSettings
from qgis.PyQt.QtWidgets import QAction, QFileDialog, QMenu

from ...plugin.layer.options_file import load_options, save_options
from ...plugin.layer.request import LayerRequest
from ...plugin.layer.script import processing_script, python_script
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.translation import tr
from ..common.messages import show_error, tooltip

if TYPE_CHECKING:
    from .layer_form import LayerForm

_FOLDER = "image_server_layer/options_folder"


class FormMenu(QMenu):
    """Copy, save and load what a form shows."""

    def __init__(self, form: LayerForm) -> None:
        super().__init__(form)
        self._form = form
        self.setToolTipsVisible(True)
        copied = [
            self._add(
                "/mIconPythonFile.svg",
                tr("Copy as &Python"),
                tr("Copy a call of make_image_server_layer() that makes this layer"),
                lambda: self._copy(python_script),
            ),
            self._add(
                "/processingAlgorithm.svg",
                tr("Copy as P&rocessing Command"),
                tr("Copy a call of processing.run() that makes this layer"),
                lambda: self._copy(processing_script),
            ),
        ]
        self.addSeparator()
        saved = self._add(
            "/mActionFileSave.svg", tr("&Save Options…"), tr("Keep what was chosen in a file"), self._save
        )
        # Each with its tooltip for when a layer can be made.
        self._needing_layer = {action: action.toolTip() for action in (*copied, saved)}
        self._add("/mActionFileOpen.svg", tr("&Load Options…"), tr("Take service and options from a file"), self._load)
        if form.documents.adds:
            self._add(
                "/mActionAddLayer.svg",
                tr("Open Layer &File…"),
                tr("Take what a layer file or map of ArcGIS Pro, or a web map, says of image services"),
                self._open_document,
            )
        self.aboutToShow.connect(self._enable)

    def _add(self, icon: str, text: str, explanation: str, on_triggered: Callable[[], None]) -> QAction:
        action = self.addAction(QgsApplication.getThemeIcon(icon), text)
        action.setToolTip(explanation)
        action.triggered.connect(lambda _checked: on_triggered())
        return action

    def _enable(self) -> None:
        problem = self._form.problem()
        for action, text in self._needing_layer.items():
            action.setEnabled(not problem)
            action.setToolTip(tooltip(problem) or text)

    def _copy(self, script: Callable[[LayerRequest], str]) -> None:
        request = self._form.request()
        if request is None:
            return
        try:
            QgsApplication.clipboard().setText(script(request))
        except ImageServerLayerError as error:
            show_error(self._form.message_bar, error)
        else:
            self._form.message_bar.pushMessage(tr("Copied."), Qgis.MessageLevel.Success, 3)

    def _save(self) -> None:
        saved = self._form.saved()
        path, _ = QFileDialog.getSaveFileName(self._form, tr("Save Options"), self._folder(), self._filter())
        if saved is None or not path:
            return
        path = QgsFileUtils.ensureFileNameHasExtension(path, ["json"])
        self._with_file(path, lambda: save_options(Path(path), saved))

    def _load(self) -> None:
        filters = tr("Options of image server layers, and exported files that have them (*.json *.tif *.tiff)")
        path, _ = QFileDialog.getOpenFileName(self._form, tr("Load Options"), self._folder(), filters)
        if path:
            self._with_file(path, lambda: self._form.take(load_options(Path(path))))

    def _open_document(self) -> None:
        filters = tr("Layer files, maps and web maps of ArcGIS (*.lyrx *.mapx *.json)")
        path, _ = QFileDialog.getOpenFileName(self._form, tr("Open Layer File"), self._folder(), filters)
        if path:
            QgsSettings().setValue(_FOLDER, str(Path(path).parent))
            self._form.documents.open_file(Path(path))

    def _with_file(self, path: str, work: Callable[[], object]) -> None:
        QgsSettings().setValue(_FOLDER, str(Path(path).parent))
        try:
            work()
        except ImageServerLayerError as error:
            show_error(self._form.message_bar, error)

    def _folder(self) -> str:
        return str(QgsSettings().value(_FOLDER) or "")

    def _filter(self) -> str:
        return tr("Options of image server layers (*.json)")
