"""While QGIS' temporal controller plays: the next frames are fetched before they are shown.

They are drawn as the map canvas will draw them, and the image is thrown away: so exactly what will be asked for is then
in the store of recent views, whatever the projection and the resampling; and a frame that is shown while it is still
on its way waits for that request rather than asking again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qgis.core import QgsDateTimeRange, QgsMapSettings, QgsRasterLayer, QgsTemporalNavigationObject
from qgis.gui import QgisInterface, QgsMapCanvas
from qgis.PyQt.QtCore import QObject, QTimer

from ...plugin.provider.recent_views import DEFAULT_MAX_BYTES
from ...plugin.provider.source_provider import KEY
from ...plugin.service.warming import warm_all
from ..preview.drawing import Drawing

_FRAMES = 2
# In bytes, for all frames ahead: the rest of the store is for views that are, or were, on screen.
_MOST = DEFAULT_MAX_BYTES // 2
# In milliseconds: how often to check whether the controller still plays.
_LOOK = 200


class FramesAhead(QObject):
    """Fetches one frame at a time, `_FRAMES` of them ahead; none while nothing plays, and none of a view that is gone.

    What the canvas shows comes first: a frame ahead begins when the canvas has drawn its own.
    """

    def __init__(self, iface: QgisInterface, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas: QgsMapCanvas = iface.mapCanvas()
        self._drawing = Drawing(self)
        self._drawing.drawn.connect(lambda _image: self._on_fetched())
        self._drawing.failed.connect(lambda _reason: self._on_fetched())
        self._frame: int | None = None
        self._fetched: set[int] = set()
        # The state is polled, as PyQt cannot connect to `stateChanged` in QGIS 3.22.
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK)
        self._clock.timeout.connect(self._look)
        warm_all(self)

    def start(self) -> None:
        """Look at the canvas from now on."""
        self._canvas.mapCanvasRefreshed.connect(self._go_on)
        for signal in self._changes_of_the_view():
            signal.connect(self.cancel)

    def stop(self) -> None:
        """Fetch no more."""
        self._canvas.mapCanvasRefreshed.disconnect(self._go_on)
        for signal in self._changes_of_the_view():
            signal.disconnect(self.cancel)
        self.cancel()

    def cancel(self) -> None:
        """Give up what is under way, and forget which frames are there: they are of another view."""
        self._clock.stop()
        self._drawing.stop()
        self._frame = None
        self._fetched.clear()

    def _changes_of_the_view(self) -> tuple[Any, ...]:
        canvas = self._canvas
        return canvas.extentsChanged, canvas.layersChanged, canvas.destinationCrsChanged, canvas.rotationChanged

    def _look(self) -> None:
        if self._playing() is None:
            self.cancel()

    def _playing(self) -> QgsTemporalNavigationObject | None:
        """Return the controller while it plays frames; None else."""
        found = self._canvas.temporalController()
        if not isinstance(found, QgsTemporalNavigationObject):
            return None
        is_animated = found.navigationMode() == QgsTemporalNavigationObject.NavigationMode.Animated
        is_idle = found.animationState() == QgsTemporalNavigationObject.AnimationState.Idle
        return found if is_animated and not is_idle else None

    def _go_on(self) -> None:
        """Fetch the first of the next frames that is not there yet."""
        controller = self._playing()
        if controller is None:
            self.cancel()
            return
        self._clock.start()
        upcoming = _upcoming(controller)
        self._fetched.intersection_update(upcoming)
        if self._drawing.is_busy:
            if self._frame in (*upcoming, controller.currentFrameNumber()):
                return
            self._drawing.stop()
        self._frame = next((number for number in upcoming if number not in self._fetched), None)
        if self._frame is None:
            return
        frame = controller.dateTimeRangeForFrameNumber(self._frame)
        settings = _map_of(self._canvas, frame)
        if settings is not None:
            self._drawing.draw(settings)

    def _on_fetched(self) -> None:
        if self._frame is not None:
            self._fetched.add(self._frame)
        self._go_on()


def _upcoming(controller: QgsTemporalNavigationObject) -> tuple[int, ...]:
    """Return the numbers of the frames that are shown next, as far as there are any."""
    current, count = controller.currentFrameNumber(), controller.totalFrameCount()
    is_backward = controller.animationState() == QgsTemporalNavigationObject.AnimationState.Reverse
    numbers: Iterable[int] = (current + (-step if is_backward else step) for step in range(1, _FRAMES + 1))
    if controller.isLooping() and count > 0:
        numbers = (number % count for number in numbers)
    return tuple(number for number in dict.fromkeys(numbers) if 0 <= number < count and number != current)


def _map_of(canvas: QgsMapCanvas, frame: QgsDateTimeRange) -> QgsMapSettings | None:
    """Return the map of a frame with the layers alone that are fetched; None for none, or too much to be kept."""
    layers = [layer for layer in canvas.layers() if _is_of_frame(layer, frame)]
    settings = QgsMapSettings(canvas.mapSettings())
    size, ratio = settings.outputSize(), settings.devicePixelRatio()
    pixels = size.width() * size.height() * ratio * ratio
    taken = pixels * sum(layer.bandCount() * layer.dataProvider().dataTypeSize(1) for layer in layers)
    if not layers or taken * _FRAMES > _MOST:
        return None
    settings.setLayers(layers)
    settings.setIsTemporal(True)
    settings.setTemporalRange(frame)
    return settings


def _is_of_frame(layer: object, frame: QgsDateTimeRange) -> bool:
    """Whether a layer is drawn by requests of ours, and has another picture in that frame."""
    if not isinstance(layer, QgsRasterLayer) or layer.providerType() != KEY or not layer.isValid():
        return False
    times = layer.temporalProperties()
    return bool(times.isActive() and times.isVisibleInTemporalRange(frame))
