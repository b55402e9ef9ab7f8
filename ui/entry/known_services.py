"""What the services of layers say of themselves, read in the background when a menu asks for it."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...plugin.backend.source import LayerSource
from ...plugin.layer.connect import connect
from ...plugin.service.address import ServiceAddress
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.image_service import ImageService
from ...plugin.translation import tr
from ..common.background import Background


class KnownServices(QObject):
    """Keeps what was read until the plugin goes, or it is forgotten; what failed is asked for again the next time."""

    changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # By address, credentials and Referer, as not everybody may see the same.
        self._found: dict[tuple[str, str, str], ImageService] = {}
        self._reading = Background(self)
        self._asked: tuple[str, str, str] | None = None
        self._failure: ImageServerLayerError | None = None

    def find(self, source: LayerSource) -> ImageService | ImageServerLayerError | None:
        """Return what is known of a layer's service, why nothing is, or None while it is being read (see `changed`)."""
        key = _key(source)
        if key in self._found:
            return self._found[key]
        return self._failure if key == self._asked else None

    def read(self, source: LayerSource) -> None:
        """Read what is not known, in place of what is being read for another layer."""
        key = _key(source)
        if key in self._found or (self._reading.is_busy and key == self._asked):
            return
        self._asked, self._failure = key, None
        address, access = ServiceAddress(source.service_url), source.access
        self._reading.run(
            tr("Reading the image service"),
            lambda feedback: connect(address, access, feedback).service,
            self._kept(key),
            self._fail,
        )

    def forget(self, source: LayerSource) -> None:
        """Read a layer's service anew the next time."""
        self._found.pop(_key(source), None)

    def stop(self) -> None:
        """Read no more."""
        self._reading.cancel()

    def _kept(self, key: tuple[str, str, str]) -> Callable[[ImageService], None]:
        def keep(service: ImageService) -> None:
            self._found[key] = service
            self.changed.emit()

        return keep

    def _fail(self, error: ImageServerLayerError) -> None:
        self._failure = error
        self.changed.emit()


def _key(source: LayerSource) -> tuple[str, str, str]:
    return source.service_url, source.access.authcfg, source.access.referer
