"""Small images of a service, drawn by the server: a few at a time, in an order that may change meanwhile."""

from __future__ import annotations

import base64
import binascii
import threading
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

import numpy as np
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QImage

from ..options.grid import Grid
from ..options.layer_options import LayerOptions
from ..service.access import Access
from ..service.crs import request_reference
from ..service.errors import ImageServerLayerError, ResponseError
from ..service.extent import Extent
from ..service.image_files import image_content
from ..service.image_service import ImageService
from ..service.pace import Pace
from ..service.transport import Request
from .export_image import parameters_for, view_request
from .pixels import Array, read_picture, read_small_picture
from .source import Kind

if TYPE_CHECKING:
    from ..service.response import Response
    from ..service.transport import Transport

# Fewer than there are connections to the server, which the preview shares.
AT_A_TIME = 3
# Limits on a thumbnail that the publisher has put into the description.
_MOST_PUBLISHED_PIXELS = 1024 * 1024
_LONGEST_PUBLISHED = 2 * 2**20
# In bytes: what a file may be longer than its pixels.
_SLACK_BYTES = 2**20


@dataclass(frozen=True)
class Thumbnail:
    """All that decides how a small image looks. Equal ones look the same.

    Attributes:
        service_url: canonical address of the service.
        access: how it is asked.
        parameters: all those of `exportImage`, in order.
        size: columns and rows.
    """

    service_url: str
    access: Access
    parameters: tuple[tuple[str, str], ...]
    size: tuple[int, int]


@dataclass(frozen=True)
class Arrival:
    """What became of a thumbnail: the drawn image, the published one, or a sentence that says why there is none.

    Attributes:
        thumbnail: what was wanted.
        image: what it looks like; None where there is a problem.
        problem: why it cannot be drawn; empty where it was.
        is_published: whether the image is only what the service's publisher has put there.
    """

    thumbnail: Thumbnail
    image: QImage | None
    problem: str = ""
    is_published: bool = False


def thumbnail_of(
    service: ImageService, access: Access, options: LayerOptions, area: Extent, size: tuple[int, int]
) -> Thumbnail:
    """Return the thumbnail that shows all of `area` (in the service's CRS) in so many columns and rows.

    Its pixels are square on the ground, as old servers draw no others.

    Raises:
        OptionError: the options name a function that the service does not have.
    """
    shrink = max(1.0, size[0] / service.max_image_width, size[1] / service.max_image_height)
    columns, rows = (max(1, int(length / shrink)) for length in size)
    cell = max(area.width / columns, area.height / rows)
    (x, y), half_width, half_height = area.center, columns * cell / 2, rows * cell / 2
    extent = Extent(x - half_width, y - half_height, x + half_width, y + half_height)
    parameters = parameters_for(Kind.PICTURE, options, service, service, service.extent.center)
    window = Grid(extent, columns, rows, (cell, cell))
    asked = view_request(parameters, request_reference(service.spatial_reference), window)
    return Thumbnail(service.url, access, tuple(asked.items()), (columns, rows))


class ThumbnailQueue:
    """The thumbnails that are wanted, in their order, and those that have arrived.

    One thread wants thumbnails and takes arrivals, another one draws. A request that is not wanted any more is stopped.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # Each with the thumbnail that its publisher provides, as text.
        self._wanted: dict[Thumbnail, str] = {}
        # By the number of the request.
        self._asked: dict[int, Thumbnail] = {}
        self._unpacked: set[Thumbnail] = set()
        # Thumbnails that have come may be wanted again before anybody has looked.
        self._done: set[Thumbnail] = set()
        self._count = 0
        self._arrivals: SimpleQueue[Arrival] = SimpleQueue()

    def want(self, wanted: Mapping[Thumbnail, str]) -> None:
        """Want these thumbnails from now on, by preference in this order, and no others; none arrives twice.

        Each comes with its published image as the service has it: base64, empty for none.
        """
        with self._lock:
            self._wanted = {thumbnail: text for thumbnail, text in wanted.items() if thumbnail not in self._done}

    def keep(self, kept: Iterable[Thumbnail]) -> None:
        """Go on wanting only these, as far as they were wanted before."""
        kept = set(kept)
        with self._lock:
            self._wanted = {thumbnail: text for thumbnail, text in self._wanted.items() if thumbnail in kept}

    def wanted(self) -> tuple[Thumbnail, ...]:
        """Return the thumbnails that have not arrived yet."""
        with self._lock:
            return tuple(self._wanted)

    def arrivals(self) -> list[Arrival]:
        """Return the arrivals since the last call."""
        found = []
        while True:
            try:
                found.append(self._arrivals.get_nowait())
            except Empty:
                return found

    def draw(self, transport: Transport) -> None:
        """Request the thumbnails that are wanted, until none is.

        Raises:
            CanceledError: the transport's feedback was canceled.
            AuthenticationError: QGIS' store of credentials is needed, and stays locked.
        """
        with closing(transport.stream(self._next_request, Pace(AT_A_TIME), self._is_unwanted)) as coming:
            for number, answer in coming:
                with self._lock:
                    thumbnail = self._asked.pop(number)
                    self._wanted.pop(thumbnail, None)
                    self._done.add(thumbnail)
                self._arrivals.put(_arrival(thumbnail, answer))

    def _next_request(self) -> Request | None:
        with self._lock:
            asked = set(self._asked.values())
            wanted = dict(self._wanted)
        for thumbnail, published in wanted.items():
            if published and thumbnail not in self._unpacked:
                # All at once, so that they are shown while the others are on their way.
                self._unpacked.add(thumbnail)
                self._unpack(thumbnail, published)
        following = next((thumbnail for thumbnail in wanted if thumbnail not in asked), None)
        if following is None:
            return None
        with self._lock:
            self._asked[self._count] = following
            self._count += 1
        columns, rows = following.size
        return Request(
            f"{following.service_url}/exportImage",
            dict(following.parameters),
            max_bytes=8 * columns * rows + _SLACK_BYTES,
            always_get=True,
        )

    def _is_unwanted(self, number: int) -> bool:
        with self._lock:
            if self._asked[number] in self._wanted:
                return False
            del self._asked[number]
            return True

    def _unpack(self, thumbnail: Thumbnail, published: str) -> None:
        image = published_image(published)
        if image is not None:
            # Scaled down, so that there is memory for one of each function.
            smooth = Qt.TransformationMode.SmoothTransformation
            small = image.scaled(QSize(*thumbnail.size), Qt.AspectRatioMode.KeepAspectRatio, smooth)
            self._arrivals.put(Arrival(thumbnail, small, is_published=True))


def published_image(text: str) -> QImage | None:
    """Return the picture that a service has for one of its functions, None where that is none."""
    if len(text) > _LONGEST_PUBLISHED:
        return None
    try:
        # Some begin with `data:image/…;base64,`, as browsers want it.
        return picture_image(base64.b64decode(text.rpartition("base64,")[2], validate=False))
    except (binascii.Error, ValueError, ResponseError):
        return None


def picture_image(content: bytes) -> QImage:
    """Return a picture that was published, a PNG or JPEG, as an image.

    Raises:
        ResponseError: it is no such picture, or a large one.
    """
    return _image(read_small_picture(content, _MOST_PUBLISHED_PIXELS))


def _arrival(thumbnail: Thumbnail, answer: Response | ImageServerLayerError) -> Arrival:
    if isinstance(answer, ImageServerLayerError):
        return Arrival(thumbnail, None, answer.message)
    asked = dict(thumbnail.parameters)["format"]
    try:
        return Arrival(thumbnail, _image(read_picture(image_content(answer), thumbnail.size, asked)))
    except ImageServerLayerError as error:
        return Arrival(thumbnail, None, error.message)


def _image(pixels: Array) -> QImage:
    """Return red, green, blue and alpha (4, rows, columns) as an image that is painted fast."""
    _, rows, columns = pixels.shape
    # Kept until the image has been copied, as Qt only points to the bytes.
    content = np.ascontiguousarray(np.moveaxis(pixels, 0, -1)).tobytes()
    image = QImage(content, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
