"""Questions to the catalog of a mosaic, asked in the background."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from qgis.core import QgsFeedback

from ...plugin.layer.connect import ConnectedService
from ...plugin.service.catalog import Catalog
from ...plugin.service.errors import ImageServerLayerError, ServerError
from ...plugin.translation import tr
from ..common.background import Background

_Answer = TypeVar("_Answer")


class CatalogQuestion(Background):
    """One question to a catalog at a time; a newer one supersedes it."""

    def ask(
        self,
        known: ConnectedService,
        work: Callable[[Catalog], _Answer],
        on_answer: Callable[[_Answer], None],
        on_error: Callable[[ImageServerLayerError], None],
    ) -> None:
        """Let `work` ask the catalog of a service on another thread, then hand over the answer on the main thread."""
        description = tr("Look into the catalog of “{name}”").format(name=known.service.name)
        self.run(description, lambda feedback: work(_catalog(known, feedback)), on_answer, on_error)


def has_catalog(known: ConnectedService | None) -> bool:
    """Whether there is a catalog to be asked."""
    return known is not None and known.service.mosaic is not None and known.service.mosaic.has_catalog


def in_words(error: ImageServerLayerError) -> str:
    """Return what a field says about an error: the server's own words, where it has some."""
    return (error.words if isinstance(error, ServerError) else "") or error.message


def _catalog(known: ConnectedService, feedback: QgsFeedback) -> Catalog:
    return Catalog(known.client(feedback), known.service)
