"""A small picture of the service that is shown, read in the background and kept for the session."""

from __future__ import annotations

from typing import NamedTuple

from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtGui import QImage

from ...plugin.layer.connect import ConnectedService
from ...plugin.layer.service_thumbnail import read_service_thumbnail
from ...plugin.service.preferences import wants_thumbnails
from ...plugin.translation import tr
from ..common.background import Background
from ..common.thumbnail_store import SESSION

SIZE = (160, 120)
"""Columns and rows in which it fits, in pixels of the screen before they are scaled."""


class _Key(NamedTuple):
    """All that decides how the thumbnail looks."""

    url: str
    authcfg: str
    referer: str
    scale: float


class ServiceThumbnail(QObject):
    """Reads the picture of one service at a time; `changed` says that `image` is another one."""

    changed = pyqtSignal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._reading = Background(self)
        self._key: _Key | None = None
        self._failed: set[_Key] = set()

    @property
    def image(self) -> QImage | None:
        """The picture of the service that was shown last; None without one."""
        return None if self._key is None else SESSION.get(self._key)

    @property
    def is_busy(self) -> bool:
        """Whether something is being read."""
        return self._reading.is_busy

    def show_service(self, known: ConnectedService | None, scale: float = 1.0) -> None:
        """Read the thumbnail of a service, for a screen with `scale` pixels in one; None for none.

        Reading that of another service is stopped. One that has failed is not requested again.
        """
        if known is None or not wants_thumbnails():
            self._show(None)
            return
        key = _Key(known.service.url, known.access.authcfg, known.access.referer, scale)
        self._show(key)
        if key in self._failed or SESSION.get(key) is not None:
            return
        size = (round(SIZE[0] * scale), round(SIZE[1] * scale))
        self._reading.run(
            tr("Reading the thumbnail of “{name}”").format(name=known.service.name),
            lambda feedback: read_service_thumbnail(known, size, feedback),
            lambda image: self._keep(key, image),
            lambda _error: self._keep(key, None),
        )
        self.changed.emit()

    def cancel(self) -> None:
        """Read nothing any more."""
        self._reading.cancel()

    def _show(self, key: _Key | None) -> None:
        self._reading.cancel()
        self._key = key
        self.changed.emit()

    def _keep(self, key: _Key, image: QImage | None) -> None:
        if image is None:
            self._failed.add(key)
        else:
            image.setDevicePixelRatio(key.scale)
            SESSION.put(key, image)
        self.changed.emit()
