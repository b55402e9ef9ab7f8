"""Pictures in the layer tree have the legend of their service, asked for in the background once for each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

from qgis.core import Qgis, QgsFeedback, QgsMapLayer, QgsMessageLog, QgsProject, QgsRasterLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer

from ...plugin.backend.source import LayerSource
from ...plugin.layer.edit import source_of
from ...plugin.layer.legend import has_own_legend, keep_legend, kept_legend, legend_key, read_legend, show_legend
from ...plugin.resources import LOG_TAG
from ...plugin.service.errors import AuthenticationError, CanceledError, ImageServerLayerError
from ...plugin.service.legend import LegendEntry
from ...plugin.service.warming import warm
from ...plugin.translation import tr
from ..common.background import Background


class _Question(NamedTuple):
    layer_id: str
    key: str
    source: LayerSource


class Legends(QObject):
    """Looks after the legends of the project's pictures from `start` to `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Kept, as Python's garbage collector takes the connections of a wrapper that nobody holds.
        self._project = QgsProject.instance()
        self._asking = Background(self)
        self._listened: dict[str, QgsRasterLayer] = {}
        # Legends that failed are not requested again in this session.
        self._failed: set[str] = set()
        # An edit changes source and style one after the other; the timer combines both.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._update)
        warm(self, self._later)

    def start(self) -> None:
        """Look after the layers that there are, and those to come."""
        self._project.layersAdded.connect(self._listen)
        self._project.layersWillBeRemoved.connect(self._forget)
        self._listen(self._project.mapLayers().values())

    def stop(self) -> None:
        """Give all layers back the legend that QGIS makes of their style."""
        self._project.layersAdded.disconnect(self._listen)
        self._project.layersWillBeRemoved.disconnect(self._forget)
        self._later.stop()
        self._asking.cancel()
        for layer in self._listened.values():
            if not sip.isdeleted(layer):
                self._show(layer, ())
        self._forget(list(self._listened))

    def _listen(self, layers: Iterable[QgsMapLayer]) -> None:
        for layer in layers:
            if isinstance(layer, QgsRasterLayer) and source_of(layer) is not None:
                self._listened[layer.id()] = layer
                layer.dataSourceChanged.connect(self._later.start)
                layer.rendererChanged.connect(self._later.start)
                self._later.start()

    def _forget(self, layer_ids: Iterable[str]) -> None:
        for layer_id in layer_ids:
            layer = self._listened.pop(layer_id, None)
            if layer is not None and not sip.isdeleted(layer):
                layer.dataSourceChanged.disconnect(self._later.start)
                layer.rendererChanged.disconnect(self._later.start)

    def _update(self) -> None:
        """Show what is known, and ask for the rest."""
        questions = []
        for layer_id, layer in self._listened.items():
            source = source_of(layer)
            if source is None or not has_own_legend(layer, source):
                self._show(layer, ())
                continue
            key = legend_key(source)
            entries = kept_legend(layer, key)
            self._show(layer, entries or ())
            if entries is None and key not in self._failed:
                questions.append(_Question(layer_id, key, source))
        if questions:
            # This replaces the reading under way, whose legends are among these unless nobody wants them any more.
            description = tr("Reading the legends of pictures")
            self._asking.run(description, partial(_answers, questions), self._keep, self._fail)

    def _show(self, layer: QgsRasterLayer, entries: tuple[LegendEntry, ...]) -> None:
        if not show_legend(layer, entries):
            return
        # The layer tree folds a layer whose legend is empty for a moment.
        for node in self._project.layerTreeRoot().findLayers():
            if node.layerId() == layer.id() and node.isExpanded():
                node.setExpanded(False)
                node.setExpanded(True)

    def _keep(self, answers: list[tuple[_Question, tuple[LegendEntry, ...] | None]]) -> None:
        was_dirty = self._project.isDirty()
        for question, entries in answers:
            layer = self._listened.get(question.layer_id)
            if entries is None:
                self._failed.add(question.key)
            elif layer is not None:
                keep_legend(layer, question.key, entries)
        # The layer looks the same as before, so the project counts as unchanged.
        self._project.setDirty(was_dirty)
        self._later.start()

    def _fail(self, error: ImageServerLayerError) -> None:
        if not isinstance(error, CanceledError):
            _log(error)


def _answers(
    questions: list[_Question], feedback: QgsFeedback
) -> list[tuple[_Question, tuple[LegendEntry, ...] | None]]:
    """Ask for all of them, on a thread of its own; None for those that do not come."""
    answers: list[tuple[_Question, tuple[LegendEntry, ...] | None]] = []
    known: dict[str, tuple[LegendEntry, ...] | None] = {}
    for question in questions:
        if question.key not in known:
            try:
                known[question.key] = read_legend(question.source, feedback)
            except (AuthenticationError, CanceledError):
                raise
            except ImageServerLayerError as error:
                _log(error)
                known[question.key] = None
        answers.append((question, known[question.key]))
    return answers


def _log(error: ImageServerLayerError) -> None:
    """Leave a note: a picture is as true without its legend."""
    text = tr("The legend of a picture could not be read: {reason}").format(reason=error.message)
    QgsMessageLog.logMessage(text, LOG_TAG, Qgis.MessageLevel.Info)
