"""Rasters in memory for the tests of raster functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from image_server_layer.tests.imageserver.functions import Block, Context, Statistics, Window, evaluate

Array = npt.NDArray[Any]


@dataclass
class MemoryRaster:
    """An array, (bands, rows, columns), on a grid with its lower left corner at (0, 0). NaN is NoData."""

    values: Array
    pixel_type: str = "F64"
    cell_x: float = 10.0
    cell_y: float = 10.0
    band_names: tuple[str, ...] = ()
    statistics: tuple[Statistics, ...] = ()
    wavelengths: tuple[float | None, ...] = ()
    published: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def window(self) -> Window:
        """All of it."""
        _, rows, columns = self.values.shape
        return Window(0.0, rows * self.cell_y, self.cell_x, self.cell_y, columns, rows)

    def read(self, window: Window) -> Block:
        """The nearest pixel of each cell, found by plain loops."""
        bands, rows, columns = self.values.shape
        pixels = np.zeros((bands, window.rows, window.columns), self.values.dtype)
        valid = np.zeros(pixels.shape, bool)
        for i in range(window.rows):
            for j in range(window.columns):
                row = int((rows * self.cell_y - window.ymax + (i + 0.5) * window.cell_y) // self.cell_y)
                column = int((window.xmin + (j + 0.5) * window.cell_x) // self.cell_x)
                if 0 <= row < rows and 0 <= column < columns:
                    pixels[:, i, j] = self.values[:, row, column]
                    valid[:, i, j] = np.isfinite(self.values[:, row, column])
        names = self.band_names or tuple(f"Band_{number + 1}" for number in range(bands))
        return Block(pixels, valid, self.pixel_type, names)

    @property
    def context(self) -> Context:
        """What the service knows of it."""
        return Context(self.window, self.statistics, self.wavelengths)

    def after(self, rule: Mapping[str, Any], window: Window | None = None) -> Block:
        """The block that comes out of a rule."""
        return evaluate(rule, self.published, self.read, window or self.window, self.context)


def rule(function: str, pixel_type: str = "UNKNOWN", **arguments: object) -> dict[str, Any]:
    """A raster function object."""
    return {"rasterFunction": function, "rasterFunctionArguments": arguments, "outputPixelType": pixel_type}


def with_nan(block: Block) -> Array:
    """The pixels, NaN where there is no data."""
    return np.where(block.valid, block.pixels.astype(np.float64), np.nan)
