"""What raster functions work on: a window onto a raster, and the block of pixels read for it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]

# The pixel types of the ArcGIS REST API.
_NUMPY_TYPES: dict[str, np.dtype[Any]] = {
    "U1": np.dtype(np.uint8),
    "U2": np.dtype(np.uint8),
    "U4": np.dtype(np.uint8),
    "U8": np.dtype(np.uint8),
    "S8": np.dtype(np.int8),
    "U16": np.dtype(np.uint16),
    "S16": np.dtype(np.int16),
    "U32": np.dtype(np.uint32),
    "S32": np.dtype(np.int32),
    "F32": np.dtype(np.float32),
    "F64": np.dtype(np.float64),
}
_INTEGER_RANGES = {
    "U1": (0, 1),
    "U2": (0, 3),
    "U4": (0, 15),
    "U8": (0, 2**8 - 1),
    "S8": (-(2**7), 2**7 - 1),
    "U16": (0, 2**16 - 1),
    "S16": (-(2**15), 2**15 - 1),
    "U32": (0, 2**32 - 1),
    "S32": (-(2**31), 2**31 - 1),
}

PIXEL_TYPES = tuple(_NUMPY_TYPES)


class FunctionError(Exception):
    """A rendering rule that cannot be carried out; the text is what the service answers."""


class Statistics(NamedTuple):
    """Statistics of one band, in the order in which the Stretch function takes them."""

    minimum: float
    maximum: float
    mean: float
    standard_deviation: float


@dataclass(frozen=True)
class Window:
    """A north-up grid of cells in the service's CRS; (xmin, ymax) is the outer corner of the upper left cell."""

    xmin: float
    ymax: float
    cell_x: float
    cell_y: float
    columns: int
    rows: int

    @property
    def xmax(self) -> float:
        return self.xmin + self.columns * self.cell_x

    @property
    def ymin(self) -> float:
        return self.ymax - self.rows * self.cell_y

    @property
    def x_centers(self) -> Array:
        return self.xmin + (np.arange(self.columns) + 0.5) * self.cell_x

    @property
    def y_centers(self) -> Array:
        return self.ymax - (np.arange(self.rows) + 0.5) * self.cell_y

    def grown(self, cells: int) -> Window:
        """The same grid with `cells` more cells at each side."""
        return replace(
            self,
            xmin=self.xmin - cells * self.cell_x,
            ymax=self.ymax + cells * self.cell_y,
            columns=self.columns + 2 * cells,
            rows=self.rows + 2 * cells,
        )

    def overview(self, most_cells: int) -> Window:
        """The same extent in larger cells, at most `most_cells` a side; the last cells may reach beyond the extent."""
        step = math.ceil(max(self.columns, self.rows) / most_cells)
        return replace(
            self,
            cell_x=self.cell_x * step,
            cell_y=self.cell_y * step,
            columns=math.ceil(self.columns / step),
            rows=math.ceil(self.rows / step),
        )

    def covering(self, other: Window, cell_x: float, cell_y: float) -> Window:
        """The part of this window's grid, continued in cells of another size, that covers `other`."""
        left = math.floor((other.xmin - self.xmin) / cell_x)
        right = math.ceil((other.xmax - self.xmin) / cell_x)
        top = math.floor((self.ymax - other.ymax) / cell_y)
        bottom = math.ceil((self.ymax - other.ymin) / cell_y)
        columns, rows = max(right - left, 1), max(bottom - top, 1)
        return Window(self.xmin + left * cell_x, self.ymax - top * cell_y, cell_x, cell_y, columns, rows)


@dataclass
class Block:
    """The pixels of a window, band by band.

    Args:
        pixels: (bands, rows, columns), of the NumPy type of `pixel_type`.
        valid: (bands, rows, columns); False is NoData.
        pixel_type: "U8", "F32" and so on, as the ArcGIS REST API writes them.
        band_names: one name a band.
        colormap: pixel value → (red, green, blue), for one band.
        statistics: of the whole raster, one entry a band; empty = not known.
        wavelengths: the middle wavelength of each band in nanometers; empty = not known.
    """

    pixels: Array
    valid: Mask
    pixel_type: str
    band_names: tuple[str, ...]
    colormap: dict[int, tuple[int, int, int]] | None = None
    statistics: tuple[Statistics, ...] = ()
    wavelengths: tuple[float | None, ...] = ()

    @property
    def band_count(self) -> int:
        return len(self.pixels)

    def bands(self, indices: Sequence[int]) -> Block:
        """The bands at these 0-based positions, in this order."""
        chosen = list(indices)
        return Block(
            self.pixels[chosen],
            self.valid[chosen],
            self.pixel_type,
            tuple(self.band_names[index] for index in chosen),
            self.colormap,
            tuple(self.statistics[index] for index in chosen) if self.statistics else (),
            tuple(self.wavelengths[index] for index in chosen) if self.wavelengths else (),
        )

    def numbers(self) -> Array:
        """The pixels as float64, NaN where there is no data."""
        return np.where(self.valid, self.pixels.astype(np.float64), np.nan)


Reader = Callable[[Window], Block]


def block_of_numbers(values: Array, pixel_type: str, band_names: tuple[str, ...] | None = None) -> Block:
    """A block of what was computed: (bands, rows, columns) of float64, where NaN and infinity are NoData."""
    valid = np.isfinite(values)
    return Block(np.where(valid, values, 0), valid, pixel_type, band_names or numbered_bands(len(values)))


def numbered_bands(count: int) -> tuple[str, ...]:
    """The names that ArcGIS gives to bands without a name of their own."""
    return tuple(f"Band_{number}" for number in range(1, count + 1))


def converted(block: Block, pixel_type: str) -> Block:
    """The block in another pixel type; what is in it already stays as it is.

    Numbers are rounded to the nearest integer (halves upward) where the type is an integer, and clamped to the range of
    the type. NaN becomes NoData.

    Raises:
        FunctionError: no such pixel type.
    """
    if pixel_type not in PIXEL_TYPES:
        raise FunctionError(f"The output pixel type {pixel_type} is invalid. Valid are {', '.join(PIXEL_TYPES)}.")
    numpy_type = _NUMPY_TYPES[pixel_type]
    if block.pixel_type == pixel_type and block.pixels.dtype == numpy_type:
        return block
    valid = block.valid & np.isfinite(block.pixels)
    pixels = np.where(valid, block.pixels, 0)
    if numpy_type.kind == "f":
        limits = np.finfo(numpy_type)
        pixels = np.clip(pixels.astype(np.float64), limits.min, limits.max)
    else:
        # float64 and int64 hold the limits of every integer type exactly; float32 does not.
        pixels = np.floor(pixels.astype(np.float64) + 0.5) if pixels.dtype.kind == "f" else pixels.astype(np.int64)
        pixels = np.clip(pixels, *_INTEGER_RANGES[pixel_type])
    return replace(block, pixels=pixels.astype(numpy_type), valid=valid, pixel_type=pixel_type)


def common_pixel_type(pixel_types: Sequence[str]) -> str:
    """The least pixel type that holds the values of all of these."""
    if len(set(pixel_types)) == 1:
        return pixel_types[0]
    common = np.result_type(*(_NUMPY_TYPES[name] for name in pixel_types))
    # From the end, for the narrow types share their NumPy type with U8; and NumPy's int64 is no pixel type.
    return next((name for name in reversed(PIXEL_TYPES) if _NUMPY_TYPES[name] == common), "F64")
