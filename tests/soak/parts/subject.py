"""What the uses of live layers have in common: the layers, files for results, and comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from osgeo import gdal
from qgis.core import QgsRasterLayer

from ..inside import Session

Array = npt.NDArray[Any]


class NotOfferedError(Exception):
    """This release of QGIS, or its Python, does not have it."""


@dataclass(frozen=True)
class Subject:
    """The live layers by name: values and picture of the raw Landsat mosaic, the elevation, the land cover."""

    session: Session
    layers: Mapping[str, QgsRasterLayer]

    @property
    def values(self) -> QgsRasterLayer:
        return self.layers["Landsat"]

    @property
    def picture(self) -> QgsRasterLayer:
        return self.layers["Landsat picture"]

    @property
    def elevation(self) -> QgsRasterLayer:
        return self.layers["Elevation"]

    @property
    def land_cover(self) -> QgsRasterLayer:
        return self.layers["Land cover"]

    def file(self, name: str) -> str:
        """Return the path of a result that nobody needs afterwards."""
        return str(self.session.files.folder / name)


def read(file: str | Path) -> Array:
    """Return (bands, rows, columns) of a raster file."""
    data = gdal.Open(str(file))
    assert data is not None, f"{file} is no raster."
    pixels = data.ReadAsArray()
    return pixels if pixels.ndim == 3 else pixels[np.newaxis]


def assert_same(found: Array, expected: Array) -> None:
    """Compare all pixels.

    Raises:
        AssertionError: with the number of those that differ.
    """
    assert found.shape == expected.shape, f"{found.shape} is not {expected.shape}."
    differing = int((found != expected).sum())
    assert differing == 0, f"{differing} of {expected.size} pixels differ."
