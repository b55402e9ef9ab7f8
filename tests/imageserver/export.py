"""The exportImage operation: from a request to pixels, to the bytes of an image.

Source: "Export Image" of the REST reference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .encode import FORMATS, Encoding, encode
from .errors import ParameterError, ServiceError
from .functions import Block, Window
from .functions.block import PIXEL_TYPES, Array, converted
from .parameters import Parameters
from .pixels import array_raster, extent_of, sample
from .service import ImageService, Rule
from .spatial import Extent, same, spatial_reference, transform, transform_extent, wkt

INTERPOLATIONS = {
    "rsp_nearestneighbor": "Nearest",
    "rsp_bilinearinterpolation": "Bilinear",
    "rsp_cubicconvolution": "Cubic",
    "rsp_majority": "Majority",
}


@dataclass(frozen=True)
class ExportedImage:
    """The bytes of an image and the ground it shows."""

    data: bytes
    content_type: str
    suffix: str
    window: Window
    reference: dict[str, object]

    def to_json(self, href: str) -> dict[str, object]:
        return {
            "href": href,
            "width": self.window.columns,
            "height": self.window.rows,
            "extent": extent_of(self.window).to_json(self.reference),
            "scale": 0,
        }


def export_image(
    service: ImageService,
    parameters: Parameters,
    size: tuple[int, int] | None = None,
    alter: Callable[[Block], Block] | None = None,
) -> ExportedImage:
    """Answer an exportImage request.

    With `size`, instead of the size asked for, and with `alter`, which has the last word on the pixels, the answer is
    wrong on purpose.
    """
    if service.tiles_only:
        raise ServiceError(400, "The requested operation is not supported: the image service serves tiles only.")
    window, reference = _window(service, parameters, size)
    encoding = _encoding(parameters)
    rendering = service.rendering_rule(parameters)
    block = draw(service, parameters, window, reference, rendering)
    if encoding.format != "tiff" and block.pixel_type != "U8":
        block.statistics = service.described(rendering).statistics
    fill = service.no_data_after(block)
    bands = parameters.integers("bandIds")
    if bands:
        if not all(0 <= band < block.band_count for band in bands):
            raise ParameterError(f"Parameter 'bandIds' must be between 0 and {block.band_count - 1}.")
        block = block.bands(bands)
        fill = tuple(fill[band] for band in bands) if fill else None
    block, fill = _without(block, parameters, fill)
    block = _of_type(block, parameters)
    if fill and block.pixel_type not in ("F32", "F64") and not _holds(block.pixels.dtype, fill):
        fill = None
    if alter is not None:
        block, fill = alter(block), None
    data, content_type, suffix = encode(block, fill, window, wkt(reference), encoding)
    return ExportedImage(data, content_type, suffix, window, reference)


def _window(
    service: ImageService, parameters: Parameters, size: tuple[int, int] | None
) -> tuple[Window, dict[str, object]]:
    """The grid of the image, and its spatial reference."""
    reference = image_reference(service, parameters, "imageSR")
    box = parameters.numbers("bbox")
    if len(box) != 4 or box[0] >= box[2] or box[1] >= box[3]:
        raise ParameterError("Parameter 'bbox' must be <xmin>, <ymin>, <xmax>, <ymax>.")
    extent = transform_extent(Extent(*box), image_reference(service, parameters, "bboxSR"), reference)
    asked = parameters.integers("size") or (400, 400)
    if len(asked) != 2 or min(asked) < 1:
        raise ParameterError("Parameter 'size' must be <width>, <height>.")
    columns, rows = size or asked
    if columns > service.max_image_width or rows > service.max_image_height:
        raise ServiceError(400, "The requested image exceeds the size limit.")
    cell_x, cell_y = (extent.xmax - extent.xmin) / columns, (extent.ymax - extent.ymin) / rows
    # Before 10.3 there was no such parameter, and the box was always adjusted.
    if parameters.boolean("adjustAspectRatio", True) or service.version < 10.3:
        # The box grows about its center until the pixels are square.
        (x, y), cell = extent.center, max(cell_x, cell_y)
        return Window(x - cell * columns / 2, y + cell * rows / 2, cell, cell, columns, rows), reference
    return Window(extent.xmin, extent.ymax, cell_x, cell_y, columns, rows), reference


def image_reference(service: ImageService, parameters: Parameters, name: str) -> dict[str, object]:
    """The spatial reference that a parameter names, the service's own when it is not given."""
    text = parameters.text(name)
    return spatial_reference(text, name) if text else dict(service.reference)


def draw(
    service: ImageService,
    parameters: Parameters,
    window: Window,
    reference: dict[str, object],
    rendering: Rule | None,
) -> Block:
    """The pixels of a window, which may be of another spatial reference, after mosaic rule and rendering rule.

    Raw pixels are sampled right at the ground points of the image. A function works on a grid of the service's own
    spatial reference (it may look at neighbors), which is then sampled, to the nearest pixel.
    """
    rule = service.mosaic_rule(parameters)
    interpolation = service.resampling
    if parameters.text("interpolation"):
        interpolation = parameters.choice("interpolation", INTERPOLATIONS, "")
    x, y = window.x_centers[np.newaxis, :], window.y_centers[:, np.newaxis]
    native = same(reference, service.reference)
    if not native:
        x, y = transform(reference, service.reference, *np.broadcast_arrays(x, y))
    part = window if native else _around(service.grid, x, y)
    if part is None:
        return _nothing(service, window, rendering)
    view = service.view(part)
    if rendering is None:
        return service.sample(x, y, rule, view, interpolation)
    block = service.evaluate(rendering, service.reader(rule, view, interpolation), part)
    return block if native else _resampled(block, part, x, y)


def _around(grid: Window, x: Array, y: Array) -> Window | None:
    """A part of the service's grid, in pixels no finer than the image's, that holds all ground points of an image."""
    if np.isnan(x).all():
        return None
    box = Window(
        float(np.nanmin(x)), float(np.nanmax(y)), float(np.ptp(x[~np.isnan(x)])), float(np.ptp(y[~np.isnan(y)])), 1, 1
    )
    rows, columns = x.shape
    cell_x, cell_y = max(grid.cell_x, box.cell_x / columns), max(grid.cell_y, box.cell_y / rows)
    return grid.covering(box, cell_x, cell_y)


def _resampled(block: Block, window: Window, x: Array, y: Array) -> Block:
    pixels, inside = sample(array_raster(block.pixels, window, block.pixel_type), x, y, "Nearest")
    valid, _ = sample(array_raster(block.valid, window, "U1"), x, y, "Nearest")
    return replace(block, pixels=pixels, valid=valid & inside)


def _nothing(service: ImageService, window: Window, rendering: Rule | None) -> Block:
    """A window without any data."""
    like = service.described(rendering)
    shape = (like.band_count, window.rows, window.columns)
    return replace(like, pixels=np.zeros(shape, like.pixels.dtype), valid=np.zeros(shape, dtype=bool))


def _without(
    block: Block, parameters: Parameters, fill: tuple[float, ...] | None
) -> tuple[Block, tuple[float, ...] | None]:
    """The block without the pixels that the request calls "no data", and the values that stand for them.

    One value is for every band and takes out a pixel where any band has it; a list is band by band and takes out a
    pixel where all bands have theirs. noDataInterpretation says otherwise.
    """
    values = parameters.numbers("noData")
    if not values:
        return block, fill
    if len(values) not in (1, block.band_count):
        raise ParameterError(f"Parameter 'noData' must be one value or {block.band_count} values.")
    choices = {"esrinodatamatchany": "any", "esrinodatamatchall": "all"}
    default = "esriNoDataMatchAny" if len(values) == 1 else "esriNoDataMatchAll"
    matching = parameters.choice("noDataInterpretation", choices, default)
    per_band = values if len(values) == block.band_count else values * block.band_count
    matches = block.pixels == np.array(per_band)[:, np.newaxis, np.newaxis]
    gone = matches.any(axis=0) if matching == "any" else matches.all(axis=0)
    return replace(block, valid=block.valid & ~gone), tuple(per_band)


def _of_type(block: Block, parameters: Parameters) -> Block:
    choices = {name.lower(): name for name in (*PIXEL_TYPES, "UNKNOWN")}
    pixel_type = parameters.choice("pixelType", choices, "UNKNOWN")
    return block if pixel_type in ("UNKNOWN", block.pixel_type) else converted(block, pixel_type)


def _holds(dtype: np.dtype[Any], values: tuple[float, ...]) -> bool:
    """Whether a type of whole numbers has all these values."""
    limits = np.iinfo(dtype)
    return all(limits.min <= value <= limits.max for value in values)


def _encoding(parameters: Parameters) -> Encoding:
    quality = parameters.integer("compressionQuality", 75)
    if not 1 <= quality <= 100:
        raise ParameterError("Parameter 'compressionQuality' must be between 1 and 100.")
    return Encoding(
        format=parameters.choice("format", {name: name for name in FORMATS}, "jpgpng"),
        compression=parameters.choice("compression", {"none": "None", "lz77": "LZ77", "jpeg": "JPEG"}, "None"),
        quality=quality,
    )
