"""ContrastBrightness, Statistics, color ramps and the indexes of BandArithmetic, against plain NumPy."""

from __future__ import annotations

import numpy as np
import pytest

from image_server_layer.tests.imageserver.functions import FunctionError, Window
from image_server_layer.tests.test_imageserver.rasters import MemoryRaster, rule, with_nan

NAN = np.nan
BYTES = np.array([[[0, 50, 127, 128, 200, 255]]], np.float64)


@pytest.mark.parametrize(
    ("contrast", "brightness", "expected"),
    [
        (0, 0, [0, 50, 127, 128, 200, 255]),
        (0, 20, [51, 101, 178, 179, 251, 255]),
        (0, -20, [0, 0, 76, 77, 149, 204]),
        # Twice as far from the middle, and half as far.
        (50, 0, [0, 0, 127, 129, 255, 255]),
        (-50, 0, [64, 89, 127, 128, 164, 191]),
        (100, 0, [0, 0, 0, 255, 255, 255]),
        (-100, 0, [128] * 6),
    ],
)
def test_contrast_is_around_the_middle_and_brightness_moves(
    contrast: float, brightness: float, expected: list[int]
) -> None:
    raster = MemoryRaster(BYTES, "U8")
    block = raster.after(rule("ContrastBrightness", ContrastOffset=contrast, BrightnessOffset=brightness))
    assert block.pixels[0, 0].tolist() == expected
    assert block.pixel_type == "U8"


@pytest.mark.parametrize(
    ("raster", "offset", "text"),
    [
        (MemoryRaster(BYTES, "F32"), 0, "the raster must be of the pixel type U8, not F32."),
        (MemoryRaster(BYTES, "U8"), 101, "ContrastOffset and BrightnessOffset must be between -100 and 100."),
    ],
)
def test_contrast_refuses_what_it_cannot_do(raster: MemoryRaster, offset: float, text: str) -> None:
    with pytest.raises(FunctionError) as caught:
        raster.after(rule("ContrastBrightness", ContrastOffset=offset))
    assert str(caught.value) == f"ContrastBrightness function: {text}"


FIELD = np.array([[[1, 2, 3, 4], [5, 6, NAN, 8], [9, 10, 11, 12]]], np.float64)


@pytest.mark.parametrize(
    ("kind", "columns", "rows", "find"),
    [
        *((kind, 3, 3, find) for kind, find in enumerate((np.nanmin, np.nanmax, np.nanmean, np.nanstd), start=1)),
        (3, 1, 1, np.nanmean),
        (2, 1, 3, np.nanmax),
        (1, 5, 1, np.nanmin),
    ],
)
def test_statistics_are_those_of_the_neighbors(kind: int, columns: int, rows: int, find: object) -> None:
    block = MemoryRaster(FIELD, "F32").after(rule("Statistics", Type=kind, KernelColumns=columns, KernelRows=rows))
    padded = np.pad(FIELD[0], ((rows // 2,) * 2, (columns // 2,) * 2), constant_values=NAN)
    for row in range(3):
        for column in range(4):
            around = padded[row : row + rows, column : column + columns]
            expected = find(around) if np.isfinite(around).any() else NAN  # type: ignore[operator]
            assert with_nan(block)[0, row, column] == pytest.approx(expected, nan_ok=True, rel=1e-6)


def test_statistics_can_fill_holes_only() -> None:
    block = MemoryRaster(FIELD, "F32").after(rule("Statistics", Type=3, Columns=3, Rows=3, FillNoDataOnly=True))
    expected = FIELD.copy()
    expected[0, 1, 2] = np.nanmean(FIELD[0, :, 1:])
    assert with_nan(block) == pytest.approx(expected)


def test_statistics_of_a_part_know_what_lies_beside_it() -> None:
    part = Window(10.0, 30.0, 10.0, 10.0, 1, 1)
    block = MemoryRaster(FIELD, "F32").after(rule("Statistics", Type=2), part)
    assert block.pixels.tolist() == [[[6.0]]]


def test_a_ramp_colors_all_values_of_a_byte() -> None:
    colored = rule("Colormap", ColorrampName="Black to White")
    block = MemoryRaster(BYTES, "U8").after(rule("ColormapToRGB", Raster=colored))
    assert block.pixels[:, 0].tolist() == [[0, 50, 127, 128, 200, 255]] * 3
    with pytest.raises(FunctionError, match=r"a color ramp needs values of 8 bits at most, not U16\.$"):
        MemoryRaster(BYTES, "U16").after(colored)


BANDS = np.array([[[10.0]], [[20.0]], [[40.0]], [[90.0]]])
BLUE, GREEN, RED, INFRARED = (float(band[0, 0]) for band in BANDS)


@pytest.mark.parametrize(
    ("method", "bands", "expected"),
    [
        (9, "3 2 1", (GREEN - RED) / (GREEN + RED - BLUE)),
        (17, "4 2", INFRARED / GREEN - 1),
        (18, "4 2", (GREEN - INFRARED) / (GREEN + INFRARED)),
        (19, "4 3 1", 2.5 * (INFRARED - RED) / (INFRARED + 6 * RED - 7.5 * BLUE + 1)),
        (20, "3 1", RED / BLUE),
        (21, "4 3", INFRARED / RED),
        (22, "4 2", INFRARED / GREEN),
    ],
)
def test_an_index_is_its_formula(method: int, bands: str, expected: float) -> None:
    block = MemoryRaster(BANDS, "F32").after(rule("BandArithmetic", Method=method, BandIndexes=bands))
    assert block.pixels[0, 0, 0] == pytest.approx(expected)
