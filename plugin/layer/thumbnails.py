"""What thumbnails show: the same part of a service through each processing template, or one raster of a mosaic."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qgis.core import QgsFeedback

from ..backend.thumbnails import Thumbnail, ThumbnailQueue, thumbnail_of
from ..options.check import MOSAIC_OPTIONS
from ..options.layer_options import LayerOptions
from ..options.processing_template import SERVICE_DEFAULT, ProcessingTemplate
from ..service.access import Access
from ..service.catalog import CatalogRaster
from ..service.extent import Extent
from ..service.image_service import ImageService
from ..service.transport import Transport
from .connect import ConnectedService
from .lock import locked_to
from .preview import uncut_options

# Options that apply whatever the processing template is.
COMMON_OPTIONS = (*MOSAIC_OPTIONS, "time", "variable", "dimensions", "interpolation")


@dataclass(frozen=True)
class ThumbnailView:
    """What all thumbnails of a service have in common.

    Attributes:
        service: what it says of itself.
        access: how it is asked.
        options: `COMMON_OPTIONS`: which rasters there are, in which order, and resampling.
        area: what is looked at, in the service's CRS.
    """

    service: ImageService
    access: Access
    options: LayerOptions
    area: Extent

    @classmethod
    def of(cls, known: ConnectedService, options: LayerOptions, seen: Extent | None = None) -> ThumbnailView:
        """Return the view for the options of a layer.

        `seen` is what is looked at elsewhere, in the service's CRS; without it, all of the service is looked at.

        Raises:
            OptionError: the options make no grid.
        """
        service = known.service
        # Bands and nodata belong to the output of one template, and a thumbnail has its own cell size.
        common = replace(
            uncut_options(options, service),
            extent=None,
            cell_size=None,
            clip=None,
            snap_origin=None,
            bands=None,
            nodata=(),
            nodata_matches_all=None,
            compression_quality=None,
            processing_template=SERVICE_DEFAULT,
        )
        area = None if seen is None else seen.intersection(service.extent)
        return cls(service, known.access, common, area or service.extent)

    def through(self, template: ProcessingTemplate, size: tuple[int, int]) -> Thumbnail:
        """Return the thumbnail of a template, in so many columns and rows.

        Raises:
            OptionError: the service does not have the template.
        """
        options = replace(self.options, processing_template=template)
        return thumbnail_of(self.service, self.access, options, self.area, size)


def raster_thumbnail(known: ConnectedService, raster: CatalogRaster, size: tuple[int, int]) -> Thumbnail | None:
    """Return the thumbnail of one raster, locked, in so many columns and rows; None if it has no footprint."""
    box = raster.footprint
    if box is None or not box.is_valid():
        return None
    return thumbnail_of(known.service, known.access, locked_to(LayerOptions(), (raster.id,)), box, size)


def draw_thumbnails(queue: ThumbnailQueue, access: Access, feedback: QgsFeedback) -> None:
    """Draw the thumbnails of a service that a queue wants, on any thread, until it wants none.

    Raises:
        CanceledError: the feedback was canceled.
        AuthenticationError: QGIS' store of credentials is needed, and stays locked.
    """
    queue.draw(Transport(access, feedback))
