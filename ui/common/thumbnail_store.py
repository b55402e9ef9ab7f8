"""Pictures that were drawn in this session, as many as fit into a few megabytes; the last ones looked at stay."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

from qgis.PyQt.QtGui import QImage

MOST_BYTES = 32 * 2**20


class ThumbnailStore:
    """Images by what they show. Main thread only."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._images: OrderedDict[Hashable, QImage] = OrderedDict()
        self._bytes = 0

    @property
    def bytes(self) -> int:
        """How much memory the images take."""
        return self._bytes

    def get(self, key: Hashable) -> QImage | None:
        """Return an image, which then counts as looked at."""
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        return image

    def put(self, key: Hashable, image: QImage) -> None:
        """Keep an image, and let go of those that nobody has looked at for longest."""
        self._drop(key)
        self._images[key] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > self._most_bytes and len(self._images) > 1:
            self._drop(next(iter(self._images)))

    def clear(self) -> None:
        """Keep nothing."""
        self._images.clear()
        self._bytes = 0

    def _drop(self, key: Hashable) -> None:
        image = self._images.pop(key, None)
        if image is not None:
            self._bytes -= image.sizeInBytes()


# Shared by all forms, also by later ones.
SESSION = ThumbnailStore()
