"""Draws layers outside of the map canvas, on QGIS' own threads, one view at a time."""

from __future__ import annotations

import weakref
from functools import partial

from qgis.core import QgsMapRendererParallelJob, QgsMapSettings, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QSize, Qt, pyqtSignal, pyqtSlot
from qgis.PyQt.QtGui import QColor

# Deleting a job that draws would make the main thread wait for it, so each is kept until it ends.
_under_way: set[QgsMapRendererParallelJob] = set()


class Drawing(QObject):
    """The drawing under way, if any. A newer one supersedes it; a superseded drawing is never shown."""

    drawn = pyqtSignal(object)
    """The `QImage` of the view that was asked for."""
    failed = pyqtSignal(str)
    """Why there is none, or not all of it, in a sentence."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: QgsMapRendererParallelJob | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a view is being drawn."""
        return self._job is not None

    def start(self, layer: QgsRasterLayer, view: QgsRectangle, size: QSize) -> None:
        """Draw a view of a layer, in the layer's CRS, as an image of so many pixels."""
        settings = QgsMapSettings()
        settings.setLayers([layer])
        settings.setDestinationCrs(layer.crs())
        settings.setTransformContext(QgsProject.instance().transformContext())
        settings.setBackgroundColor(QColor(Qt.GlobalColor.transparent))
        settings.setExtent(view)
        settings.setOutputSize(size)
        self.draw(settings)

    def draw(self, settings: QgsMapSettings) -> None:
        """Draw a map."""
        self.stop()
        job = QgsMapRendererParallelJob(settings)
        end = _End(job)
        self.destroyed.connect(end.give_up)
        job.finished.connect(partial(_on_finished, job, end, weakref.ref(self)))
        self._job = job
        _under_way.add(job)
        job.start()

    def stop(self) -> None:
        """Draw no more; waits for nothing."""
        job, self._job = self._job, None
        if job is not None:
            job.cancelWithoutBlocking()

    def _land(self, job: QgsMapRendererParallelJob) -> None:
        if job is not self._job or job is None:
            return
        self._job = None
        errors = job.errors()
        if errors:
            self.failed.emit(errors[0].message)
        else:
            self.drawn.emit(job.renderedImage())


class _End(QObject):
    """Cancels a job when its owner is deleted; an object of its own, as slots of the owner are not called any more."""

    def __init__(self, job: QgsMapRendererParallelJob) -> None:
        super().__init__()
        self._job = job

    @pyqtSlot()  # type: ignore[untyped-decorator]
    def give_up(self) -> None:
        """Cancel the job without waiting for it."""
        if not sip.isdeleted(self._job):
            self._job.cancelWithoutBlocking()


def _on_finished(job: QgsMapRendererParallelJob, end: _End, owner: weakref.ref[Drawing]) -> None:
    _under_way.discard(job)
    drawing = owner()
    if drawing is not None and not sip.isdeleted(drawing):
        drawing._land(job)  # noqa: SLF001 - of this module
    end.deleteLater()
    job.deleteLater()
