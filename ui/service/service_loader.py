"""Reads in the background what a service says of itself, and what comes out of its processing templates."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...plugin.layer.connect import ConnectedService, connect
from ...plugin.options.layer_options import LayerOptions
from ...plugin.service.access import Access
from ...plugin.service.address import PortalItem, ServiceAddress
from ...plugin.service.catalog import Catalog
from ...plugin.service.errors import ImageServerLayerError, OptionError, ServerError
from ...plugin.service.image_service import ImageService
from ...plugin.service.kept_answers import KEPT_ANSWERS
from ...plugin.translation import tr
from ..common.background import Background


class ServiceLoader(QObject):
    """Holds the service that was loaded last. Answers that come after they were superseded are dropped."""

    loaded = pyqtSignal(object)
    """A `ConnectedService`."""
    failed = pyqtSignal(object)
    """The `ImageServerLayerError` that came in place of a service. The one before stays."""
    counted = pyqtSignal(int)
    """How many rasters the mosaic has; some time after `loaded`, if at all."""
    output_described = pyqtSignal()
    """`output` has something new to say of the processing template that was asked for last."""
    busy_changed = pyqtSignal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._loading, self._counting, self._describing = Background(self), Background(self), Background(self)
        self._loading.busy_changed.connect(self.busy_changed)
        self._loaded: ConnectedService | None = None
        # What the server said of the output of each processing template.
        self._outputs: dict[str, ImageService | ServerError] = {}
        self._asked = ""
        # Why the request failed, as long as the options are the same. They are compared as text: nodata may be nan,
        # which is never equal, and the request would be repeated endlessly.
        self._failure: ImageServerLayerError | None = None
        self._options = ""

    @property
    def current(self) -> ConnectedService | None:
        """The service that was loaded last."""
        return self._loaded

    @property
    def is_busy(self) -> bool:
        """Whether a service is being loaded."""
        return self._loading.is_busy

    def load(self, address: ServiceAddress | PortalItem, access: Access) -> None:
        """Read the service that an address leads to, or what is known of it in this session."""
        text = tr("Reading the image service")
        self._loading.run(text, lambda feedback: connect(address, access, feedback), self._on_loaded, self.failed.emit)

    def ask_with(self, referer: str, timeout: float) -> None:
        """Ask the service that was loaded last with another Referer and timeout (seconds) from now on."""
        if self._loaded is not None:
            access = replace(self._loaded.access, referer=referer, timeout=timeout)
            self._loaded = replace(self._loaded, access=access)

    def cancel(self) -> None:
        """Stop loading a service. Small answers about the one that was loaded last may still come."""
        self._loading.cancel()

    def forget_kept(self) -> None:
        """Read the service that was loaded last anew, when it is asked for again."""
        if self._loaded is not None:
            KEPT_ANSWERS.forget(self._loaded.service.url)

    def forget(self) -> None:
        """Hold no service any more, and drop answers about it."""
        self._forget_answers()
        self._loaded = None

    def output(self, options: LayerOptions) -> ImageService | ImageServerLayerError | None:
        """Return the output of the processing template: its description, or why there is none.

        None while the server is being asked; `output_described` says when to look again. If the request failed on its
        way, it is repeated for other options, and when the service has been loaded again.
        """
        if self._loaded is None:
            return None
        former, self._options = self._options, repr(options)
        if former != self._options:
            self._failure = None
        try:
            rule = self._loaded.rule(options)
        except OptionError as error:
            return error
        if rule is None:
            return self._loaded.service
        key = json.dumps(rule, sort_keys=True)
        known = self._outputs.get(key) or self._failure
        if known is None and not (self._describing.is_busy and key == self._asked):
            self._describe(self._loaded, rule, key)
        return known

    def _on_loaded(self, loaded: ConnectedService) -> None:
        self._forget_answers()
        self._loaded = loaded
        self.loaded.emit(loaded)
        mosaic = loaded.service.mosaic
        if mosaic is not None and mosaic.has_catalog:
            # The number is not essential, so errors are not shown.
            self._counting.run(
                tr("Counting the rasters of “{name}”").format(name=loaded.service.name),
                lambda feedback: Catalog(loaded.client(feedback), loaded.service).count(),
                self.counted.emit,
                lambda _error: None,
            )

    def _forget_answers(self) -> None:
        self._counting.cancel()
        self._describing.cancel()
        self._outputs.clear()
        self._failure = None

    def _describe(self, loaded: ConnectedService, rule: Mapping[str, Any], key: str) -> None:
        def keep(output: ImageService | ServerError) -> None:
            self._outputs[key] = output
            self.output_described.emit()

        def fail(error: ImageServerLayerError) -> None:
            if isinstance(error, ServerError) and error.words:
                keep(error)
                return
            text = tr("{problem} Refresh asks the server again.")
            self._failure = ImageServerLayerError(text.format(problem=error.message), error.details)
            self.output_described.emit()

        self._asked = key
        self._describing.run(
            tr("Reading the processing template"),
            lambda feedback: loaded.client(feedback).describe(rule),
            keep,
            fail,
        )
