"""Frames in which there is nothing: a server without a value for "no data" draws zeros, which nobody has measured.

Whether zeros are true is asked of the catalog, once for each time, and only where all that came is zero.
"""

from __future__ import annotations

import numpy as np
from qgis.core import QgsFeedback

from ..backend.pixel_types import numpy_type
from ..backend.source import Kind, LayerSource
from ..options.grid import Grid
from ..service.client import ImageServiceClient
from ..service.errors import CanceledError, ImageServerLayerError
from ..service.json_values import integer, text
from ..service.transport import Transport
from .view_reader import Drawn


def may_be_blank(source: LayerSource, drawn: Drawn) -> bool:
    """Whether all pixels that count as data are 0, in bands without a nodata value, so that there may be none."""
    if source.time_dimension:
        # Which values the dimension has is known: what is asked for is there.
        return False
    if source.kind is Kind.PICTURE or drawn.error is not None or any(band.nodata is not None for band in source.bands):
        return False
    values = drawn.values if drawn.valid is None else drawn.values[:, drawn.valid]
    return bool(values.size) and not values.any()


def has_nothing(source: LayerSource, feedback: QgsFeedback | None) -> bool:
    """Ask the catalog whether it has no raster at the time of a source. Without an answer, it is assumed to have one.

    Raises:
        CanceledError: the feedback was canceled.
    """
    parameters = {
        "where": text(source.mosaic_rule.get("where")) or "1=1",
        "time": source.parameters.get("time", ""),
        "returnCountOnly": "true",
        "f": "json",
    }
    client = ImageServiceClient(source.service_url, Transport(source.access, feedback))
    try:
        return integer(client.request("query", parameters).get("count")) == 0
    except CanceledError:
        raise
    except ImageServerLayerError:
        return False


def nothing(source: LayerSource, view: Grid) -> Drawn:
    """Return a view in which nothing is data, without asking anybody."""
    shape = (view.rows, view.columns)
    return Drawn(np.zeros((len(source.bands), *shape), numpy_type(source.data_type)), np.zeros(shape, np.bool_))


def without_pixels(drawn: Drawn) -> Drawn:
    """Return a view of the same size in which nothing is data."""
    return Drawn(drawn.values, np.zeros(drawn.values.shape[1:], np.bool_))
