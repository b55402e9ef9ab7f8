"""Brings thumbnails home: off the main thread, what is wanted now and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QImage

from ...plugin.backend.thumbnails import Thumbnail, ThumbnailQueue
from ...plugin.layer.thumbnails import draw_thumbnails
from ...plugin.service.access import Access
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.warming import warm
from ...plugin.translation import tr
from .background import Background
from .thumbnail_store import SESSION

# In milliseconds: how often arrivals are looked for.
_POLL = 80


class ThumbnailLoader(QObject):
    """One task for all that is wanted.

    `arrived` says that there is more to paint, and `polled`, again and again while something is under way, that it is
    time to see what is still wanted.
    """

    arrived = pyqtSignal()
    polled = pyqtSignal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._queue: ThumbnailQueue | None = None
        self._access = Access()
        self._published: dict[Thumbnail, QImage] = {}
        self._problems: dict[Thumbnail, str] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL)
        warm(self._timer)
        self._timer.timeout.connect(self._poll)

    @property
    def is_busy(self) -> bool:
        """Whether something is being asked for."""
        return self._background.is_busy

    def image(self, thumbnail: Thumbnail) -> QImage | None:
        """Return what a thumbnail looks like, None where it has not come."""
        return SESSION.get(thumbnail)

    def published(self, thumbnail: Thumbnail) -> QImage | None:
        """Return what the publisher has put there, which may show something else."""
        return self._published.get(thumbnail)

    def problem(self, thumbnail: Thumbnail) -> str:
        """Return why it cannot be drawn; empty where it can, or is not known yet."""
        return self._problems.get(thumbnail, "")

    def want(self, access: Access, wanted: Mapping[Thumbnail, str]) -> None:
        """Ask for these, the first first, as far as they are not there; stop everything else that is under way.

        Each has the picture that is published for it, base64, empty for none. What has failed is not asked for again.
        """
        missing = {
            thumbnail: published
            for thumbnail, published in wanted.items()
            if thumbnail not in self._problems and SESSION.get(thumbnail) is None
        }
        if self._queue is not None and access == self._access and self._background.is_busy:
            self._queue.want(missing)
        elif missing:
            self._access = access
            self._start(missing)
        else:
            self.stop()

    def keep(self, wanted: Iterable[Thumbnail]) -> None:
        """Stop what is under way but for these, and ask for nothing new."""
        if self._queue is not None:
            self._queue.keep(wanted)

    def forget(self) -> None:
        """Let what has failed be asked for again."""
        self._problems.clear()
        self._published.clear()

    def forget_session(self) -> None:
        """Let everything be asked for again."""
        self.stop()
        SESSION.clear()

    def stop(self) -> None:
        """Ask for nothing any more."""
        self._timer.stop()
        queue, self._queue = self._queue, None
        if queue is not None:
            queue.want({})
            self._take(queue)
        self._background.cancel()

    def _start(self, missing: Mapping[Thumbnail, str]) -> None:
        queue, access = ThumbnailQueue(), self._access
        queue.want(missing)
        self._queue = queue

        def draw(feedback: QgsFeedback) -> None:
            draw_thumbnails(queue, access, feedback)

        text = tr("Drawing thumbnails")
        self._background.run(text, draw, lambda _result: self._end(queue), lambda error: self._fail(queue, error))
        self._timer.start()

    def _poll(self) -> None:
        if self._queue is not None:
            self._take(self._queue)
        self.polled.emit()

    def _end(self, queue: ThumbnailQueue) -> None:
        self._timer.stop()
        self._queue = None
        self._take(queue)
        # For thumbnails that were wanted at the last moment.
        self.polled.emit()

    def _fail(self, queue: ThumbnailQueue, error: ImageServerLayerError) -> None:
        self._problems.update(dict.fromkeys(queue.wanted(), error.message))
        self._timer.stop()
        self._queue = None
        self._take(queue)
        self.arrived.emit()

    def _take(self, queue: ThumbnailQueue) -> None:
        arrivals = queue.arrivals()
        for arrival in arrivals:
            if arrival.image is None:
                self._problems[arrival.thumbnail] = arrival.problem
            elif arrival.is_published:
                self._published[arrival.thumbnail] = arrival.image
            else:
                SESSION.put(arrival.thumbnail, arrival.image)
                self._published.pop(arrival.thumbnail, None)
        if arrivals:
            self.arrived.emit()
