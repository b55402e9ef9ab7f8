"""What a service looks like, in a small picture: the one that its publisher has put there, or else one it draws."""

from __future__ import annotations

from dataclasses import replace

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QImage

from ..backend.thumbnails import ThumbnailQueue, picture_image
from ..options.layer_options import LayerOptions
from ..options.processing_template import SERVICE_DEFAULT
from ..service.errors import AuthenticationError, CanceledError, ImageServerLayerError, NetworkError
from .connect import ConnectedService
from .thumbnails import ThumbnailView, draw_thumbnails

# In seconds: a thumbnail is not worth keeping a thread from other work for longer.
_PATIENCE = 10.0


def read_service_thumbnail(
    known: ConnectedService, size: tuple[int, int], feedback: QgsFeedback | None = None
) -> QImage | None:
    """Return a picture of a service that fits into so many columns and rows; None where there is none.

    Two requests at most, on any thread.

    Raises:
        CanceledError: the feedback was canceled.
        AuthenticationError: the service wants other credentials.
        NetworkError: the server cannot be reached.
    """
    feedback = feedback or QgsFeedback()
    known = replace(known, access=replace(known.access, timeout=min(known.access.timeout, _PATIENCE)))
    try:
        image = picture_image(known.client(feedback).thumbnail())
    except (AuthenticationError, CanceledError, NetworkError):
        raise
    except ImageServerLayerError:
        return _drawn(known, size, feedback)
    return image.scaled(QSize(*size), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _drawn(known: ConnectedService, size: tuple[int, int], feedback: QgsFeedback) -> QImage | None:
    """Return all of the service as it draws itself."""
    queue = ThumbnailQueue()
    queue.want({ThumbnailView.of(known, LayerOptions()).through(SERVICE_DEFAULT, size): ""})
    draw_thumbnails(queue, known.access, feedback)
    return next((arrival.image for arrival in queue.arrivals()), None)
