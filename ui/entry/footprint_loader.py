"""*Show Footprints*: the rasters of a layer as polygons, read in the background by the algorithm that does so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsFillSymbol,
    QgsMapLayer,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject, QTimer

from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.plain_text import markless_line
from ...plugin.service.warming import warm
from ...plugin.translation import tr
from ..common.announcements import Announcements, Step
from ..common.messages import show_error, show_notes

_ALGORITHM = "imageserver:catalogtolayer"
# Outlines only, to leave the image visible.
_STYLE = {"style": "no", "outline_color": "230,97,1,255", "outline_width": "0.5"}


class _Feedback(QgsProcessingFeedback):
    """Keeps what the algorithm has to say, on whichever thread it says so."""

    def __init__(self) -> None:
        super().__init__(False)
        self.errors: list[str] = []
        self.warnings: list[str] = []
        warm(self)

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N803 - QGIS'
        """Keep what went wrong."""
        del fatalError
        self.errors.append(error)

    def pushWarning(self, warning: str) -> None:
        """Keep what is odd but harmless."""
        self.warnings.append(warning)


class _Run:
    """All that a run needs to the end; QGIS holds the C++ half of none of it."""

    def __init__(self, layer: QgsRasterLayer, project: QgsProject) -> None:
        self.layer_id, self.layer_name = layer.id(), layer.name()
        self.feedback, self.context = _Feedback(), QgsProcessingContext()
        self.context.setProject(project)
        self.task: QgsProcessingAlgRunnerTask | None = None


class FootprintLoader(QObject):
    """Adds the footprints of layers to the project, with progress and cancel in QGIS' list of tasks."""

    def __init__(self, iface: QgisInterface, announcements: Announcements, parent: QObject | None = None) -> None:
        super().__init__(parent)
        warm(self)
        self._iface, self._announcements = iface, announcements
        # Kept, as Python's garbage collector takes the connections of a wrapper that nobody holds.
        self._project = QgsProject.instance()
        # By the ids of the layers.
        self._under_way: dict[str, _Run] = {}

    def start(self) -> None:
        """Look after the layers of the project from now on."""
        self._project.layersWillBeRemoved.connect(self._cancel)

    def stop(self) -> None:
        """Cancel what is under way."""
        self._project.layersWillBeRemoved.disconnect(self._cancel)
        self._cancel(list(self._under_way))

    def show(self, layer: QgsRasterLayer) -> None:
        """Read the footprints of a layer, and add them; one time at once."""
        algorithm = QgsApplication.processingRegistry().algorithmById(_ALGORITHM)
        if algorithm is None or layer.id() in self._under_way:
            return
        run = _Run(layer, self._project)
        given = {"INPUT": layer.id(), "OUTPUT": "memory:"}
        run.task = task = QgsProcessingAlgRunnerTask(algorithm, given, run.context, run.feedback)
        warm(task)
        task.setDescription(markless_line(tr("Reading the footprints of “{name}”").format(name=layer.name())))
        if task.isCanceled():
            # The parameters could not be read.
            self._tell(run)
            return
        self._under_way[run.layer_id] = run
        # Not at once: a task that is added while QGIS handles the end of another may never begin.
        task.executed.connect(lambda is_done, results: QTimer.singleShot(0, lambda: self._land(run, is_done, results)))
        QgsApplication.taskManager().addTask(task)

    def _land(self, run: _Run, is_done: bool, results: dict[str, Any]) -> None:
        run.task = None
        if self._under_way.get(run.layer_id) is not run:
            return
        del self._under_way[run.layer_id]
        found = run.context.takeResultLayer(str(results.get("OUTPUT", ""))) if is_done else None
        if not isinstance(found, QgsVectorLayer):
            self._tell(run)
            return
        self._add(found, run)

    def _add(self, footprints: QgsVectorLayer, run: _Run) -> None:
        """Put the footprints right above their layer."""
        footprints.setName(tr("Footprints of {name}").format(name=run.layer_name))
        footprints.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(_STYLE)))
        self._project.addMapLayer(footprints, False)
        root = self._project.layerTreeRoot()
        node = root.findLayer(run.layer_id)
        group = root if node is None else node.parent()
        group.insertLayer(0 if node is None else group.children().index(node), footprints)
        self._project.setDirty(True)
        footprints_id = footprints.id()
        bar = self._iface.messageBar()
        show_notes(bar, [*run.feedback.errors, *run.feedback.warnings])
        text = tr("The footprints of “{name}” were added.").format(name=run.layer_name)
        self._announcements.say(bar, text, [Step(tr("Undo"), lambda: self._remove(footprints_id), closes=True)])

    def _remove(self, layer_id: str) -> None:
        layer: QgsMapLayer | None = self._project.mapLayer(layer_id)
        if layer is not None:
            self._project.removeMapLayer(layer_id)
            self._project.setDirty(True)

    def _tell(self, run: _Run) -> None:
        """Say why there are no footprints; nothing where the user did not want them any more."""
        if run.feedback.errors:
            show_error(self._iface.messageBar(), ImageServerLayerError(run.feedback.errors[-1]))

    def _cancel(self, layer_ids: Iterable[str]) -> None:
        for layer_id in layer_ids:
            run = self._under_way.pop(layer_id, None)
            if run is not None and run.task is not None:
                run.task.cancel()
