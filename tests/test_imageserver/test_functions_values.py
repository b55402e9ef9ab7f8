"""Functions that look at each value on its own: Stretch, Remap, Mask, Colormap and ColormapToRGB."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from image_server_layer.tests.imageserver.functions import FunctionError, Statistics, Window
from image_server_layer.tests.test_imageserver.rasters import MemoryRaster, rule, with_nan

NAN = np.nan

ROW = np.array([[[0, 50, 100, 150, 200, NAN]]])
STATISTICS = (Statistics(50, 150, 100, 20),)


def row(**changes: Any) -> MemoryRaster:
    """One row of six pixels, the last without data."""
    return MemoryRaster(ROW, "F32", **changes)


def bands(*rows: list[float]) -> MemoryRaster:
    """One row a band, U8."""
    return MemoryRaster(np.array(rows)[:, np.newaxis].astype(np.float64), "U8")


# Stretch


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param({"StretchType": 0}, [0, 50, 100, 150, 200], id="none"),
        pytest.param({"StretchType": 5}, [0, 0, 127.5, 255, 255], id="minimum-maximum of the raster's statistics"),
        pytest.param(
            {"StretchType": 5, "Statistics": [[0, 200, 100, 70]]}, [0, 63.75, 127.5, 191.25, 255], id="statistics sent"
        ),
        pytest.param({"StretchType": 5, "DRA": True}, [0, 63.75, 127.5, 191.25, 255], id="dynamic range adjustment"),
        pytest.param(
            {"StretchType": 5, "DRA": True, "Statistics": [[0, 1, 0, 0]]},
            [0, 63.75, 127.5, 191.25, 255],
            id="dynamic range adjustment goes before statistics",
        ),
        pytest.param({"StretchType": 5, "Min": 10, "Max": 20}, [10, 10, 15, 20, 20], id="another output range"),
        pytest.param(
            {"StretchType": 3, "NumberOfStandardDeviations": 1, "Statistics": [[0, 200, 100, 100]]},
            [0, 63.75, 127.5, 191.25, 255],
            id="mean plus and minus one standard deviation",
        ),
        pytest.param(
            {"StretchType": 3, "Statistics": [[0, 200, 100, 25]]},
            [0, 0, 127.5, 255, 255],
            id="two standard deviations by default",
        ),
        pytest.param(
            {"StretchType": 3, "NumberOfStandardDeviations": 10},
            [0, 0, 127.5, 255, 255],
            id="not beyond the minimum and maximum",
        ),
        pytest.param(
            {"StretchType": 5, "UseGamma": True, "Gamma": [2], "Statistics": [[0, 200, 0, 0]]},
            [0, 127.5, 255 * 0.5**0.5, 255 * 0.75**0.5, 255],
            id="gamma",
        ),
        pytest.param(
            {"StretchType": 5, "Gamma": [2], "Statistics": [[0, 200, 0, 0]]},
            [0, 63.75, 127.5, 191.25, 255],
            id="gamma that is not used",
        ),
        pytest.param(
            {"StretchType": 5, "Statistics": [[100, 100, 100, 0]]}, [0, 0, 0, 255, 255], id="a band of one value"
        ),
        pytest.param({"StretchType": 4, "DRA": True}, [51, 102, 153, 204, 255], id="histogram equalization"),
        pytest.param(
            {"StretchType": 6, "DRA": True, "MinPercent": 25, "MaxPercent": 25},
            [0, 0, 127.5, 255, 255],
            id="a quarter clipped at each end",
        ),
        pytest.param(
            {"StretchType": 6, "DRA": True, "MinPercent": 0, "MaxPercent": 0},
            [0, 63.75, 127.5, 191.25, 255],
            id="nothing clipped",
        ),
    ],
)
def test_stretch_spreads_values_over_the_output(arguments: dict[str, Any], expected: list[float]) -> None:
    block = row(statistics=STATISTICS).after(rule("Stretch", "F64", **arguments))
    assert with_nan(block).ravel() == pytest.approx([*expected, NAN], nan_ok=True)


def test_stretch_gives_rounded_bytes_and_keeps_the_names_of_the_bands() -> None:
    raster = row(statistics=STATISTICS, band_names=("Elevation",))
    block = raster.after(rule("Stretch", StretchType=5))
    assert (block.pixel_type, block.band_names, block.pixels.dtype) == ("U8", ("Elevation",), np.uint8)
    assert block.pixels[0, 0, :5].tolist() == [0, 0, 128, 255, 255]
    assert block.valid[0, 0].tolist() == [True] * 5 + [False]


def test_stretch_can_fill_a_wider_type() -> None:
    block = row(statistics=STATISTICS).after(rule("Stretch", "U16", StretchType=5, Max=65535))
    assert block.pixels[0, 0, :5].tolist() == [0, 0, 32768, 65535, 65535]


@pytest.mark.parametrize("statistics", [[[0, 100, 0, 0], [0, 200, 0, 0]], [[0, 100, 0, 0]]])
def test_each_band_is_stretched_by_its_own_statistics_or_by_the_only_ones(statistics: list[list[float]]) -> None:
    block = bands([0, 50], [0, 50]).after(rule("Stretch", "F64", StretchType=5, Max=100, Statistics=statistics))
    second = 25 if len(statistics) == 2 else 50
    assert block.pixels[:, 0].tolist() == [[0, 50], [0, second]]


def test_statistics_follow_the_bands_through_extract_band() -> None:
    raster = bands([0, 50], [0, 50])
    raster.statistics = (Statistics(0, 100, 0, 0), Statistics(0, 50, 0, 0))
    block = raster.after(rule("Stretch", StretchType=5, Raster=rule("ExtractBand", BandIDs=[1])))
    assert block.pixels.tolist() == [[[0, 255]]]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param({"StretchType": 5}, [63.75, 127.5], id="minimum and maximum"),
        pytest.param({"StretchType": 6, "MinPercent": 0, "MaxPercent": 50}, [127.5, 255], id="percent clip"),
        pytest.param({"StretchType": 4}, [102, 153], id="equalization"),
    ],
)
def test_without_statistics_an_overview_of_the_whole_raster_gives_them(
    arguments: dict[str, Any], expected: list[float]
) -> None:
    part = Window(10.0, 10.0, 10.0, 10.0, 2, 1)
    assert row().after(rule("Stretch", "F64", **arguments), part).pixels[0, 0].tolist() == expected


def test_what_has_no_data_at_all_can_be_stretched() -> None:
    nothing = MemoryRaster(np.full((1, 2, 2), NAN), "F32")
    for stretch_type in (3, 4, 5, 6):
        assert not nothing.after(rule("Stretch", StretchType=stretch_type)).valid.any()


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"StretchType": 9}, "the StretchType 9 is not available; available are 0, 3, 4, 5 and 6."),
        (
            {"StretchType": 5, "Statistics": [[0, 1]]},
            "each entry of the argument Statistics must be a list of 4 numbers.",
        ),
        (
            {"StretchType": 5, "Statistics": [[0, 1, 0, 0], [0, 1, 0, 0]]},
            "the argument Statistics has 2 entries for 3 bands.",
        ),
        ({"StretchType": 5, "UseGamma": True, "Gamma": [0]}, "the argument Gamma must be positive."),
    ],
)
def test_stretch_refuses_what_it_cannot_do(arguments: dict[str, Any], text: str) -> None:
    with pytest.raises(FunctionError) as caught:
        bands([0, 1], [0, 1], [0, 1]).after(rule("Stretch", **arguments))
    assert str(caught.value) == f"Stretch function: {text}"


# Remap


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(
            {"InputRanges": [0, 100, 100, 200], "OutputValues": [7, 8]}, [7, 7, 8, 8, NAN], id="[least, most)"
        ),
        pytest.param(
            {"InputRanges": [0, 101, 100, 201], "OutputValues": [7, 8]}, [7, 7, 7, 8, 8], id="the first counts"
        ),
        pytest.param(
            {"InputRanges": [0, 51], "OutputValues": [7], "AllowUnmatched": True},
            [7, 7, 100, 150, 200],
            id="unmatched stay",
        ),
        pytest.param(
            {"InputRanges": [0, 51], "OutputValues": [7], "ReplacementValue": 9},
            [7, 7, 9, 9, 9],
            id="unmatched replaced",
        ),
        pytest.param(
            {"InputRanges": [0, 201], "OutputValues": [7], "NoDataRanges": [50, 51, 150, 200]},
            [7, NAN, 7, NAN, 7],
            id="nodata",
        ),
        pytest.param({"NoDataRanges": [50, 150], "AllowUnmatched": True}, [0, NAN, NAN, 150, 200], id="nodata only"),
        pytest.param({}, [NAN] * 5, id="nothing matches nothing"),
    ],
)
def test_remap_classifies_values(arguments: dict[str, Any], expected: list[float]) -> None:
    block = row().after(rule("Remap", **arguments))
    assert with_nan(block).ravel() == pytest.approx([*expected, NAN], nan_ok=True)
    assert block.pixel_type == "F32"


def test_remap_clamps_to_the_pixel_type_of_the_raster_unless_told_otherwise() -> None:
    ranges, outputs = [0, 10], [300.5]
    clamped = bands([5]).after(rule("Remap", InputRanges=ranges, OutputValues=outputs))
    wide = bands([5]).after(rule("Remap", "F32", InputRanges=ranges, OutputValues=outputs))
    assert (clamped.pixels.tolist(), wide.pixels.tolist()) == ([[[255]]], [[[300.5]]])


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"InputRanges": [0, 1, 2], "OutputValues": [1]}, "the argument InputRanges must be a list of pairs."),
        ({"InputRanges": [0, 1], "OutputValues": []}, "there are 1 InputRanges and 0 OutputValues."),
        ({"InputRanges": [0, "b"], "OutputValues": [1]}, "the argument InputRanges must be a number, not 'b'."),
    ],
)
def test_remap_refuses_ranges_without_a_value(arguments: dict[str, Any], text: str) -> None:
    with pytest.raises(FunctionError) as caught:
        row().after(rule("Remap", **arguments))
    assert str(caught.value) == f"Remap function: {text}"


# Mask


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        pytest.param({"NoDataValues": ["0"]}, [0, 0, 1, 1, 1], id="any band that is 0"),
        pytest.param({"NoDataValues": ["0"], "NoDataInterpretation": 1}, [0, 1, 1, 1, 1], id="all bands that are 0"),
        pytest.param({"NoDataValues": ["0 5", "9"]}, [0, 0, 1, 0, 0], id="several values, band by band"),
        pytest.param({"NoDataValues": [0]}, [0, 0, 1, 1, 1], id="a number instead of a text"),
        pytest.param({"IncludedRanges": [1, 5]}, [0, 1, 1, 1, 1], id="no band within the range"),
        pytest.param({"IncludedRanges": [5, 5, 7, 7]}, [0, 0, 1, 1, 1], id="ranges band by band"),
        pytest.param({"IncludedRanges": [1, 9], "NoDataValues": ["5"]}, [0, 1, 1, 0, 0], id="both"),
        pytest.param({}, [1, 1, 1, 1, 1], id="nothing asked for"),
    ],
)
def test_mask_hides_pixels_in_all_bands(arguments: dict[str, Any], kept: list[int]) -> None:
    block = bands([0, 0, 1, 5, 5], [0, 1, 7, 9, 5]).after(rule("Mask", **arguments))
    assert block.valid[:, 0].astype(int).tolist() == [kept, kept]


def test_mask_refuses_what_is_no_number() -> None:
    with pytest.raises(FunctionError) as caught:
        bands([0]).after(rule("Mask", NoDataValues=["zero"]))
    assert str(caught.value) == "Mask function: the argument NoDataValues must hold numbers, not ['zero']."
    with pytest.raises(FunctionError, match=r"NoDataInterpretation must be 0 or 1, not 2\.$"):
        bands([0]).after(rule("Mask", NoDataInterpretation=2))


# Colormap

COLORS = [[1, 255, 0, 0], [3, 0, 128, 0], [200, 1, 2, 3]]


def test_a_colormap_is_given_to_the_values_as_they_are() -> None:
    block = bands([1, 2, 3, 200]).after(rule("Colormap", Colormap=COLORS))
    assert block.colormap == {1: (255, 0, 0), 3: (0, 128, 0), 200: (1, 2, 3)}
    assert (block.pixels.tolist(), block.pixel_type) == ([[[1, 2, 3, 200]]], "U8")


def test_colors_become_three_bands_and_a_value_without_a_color_becomes_nodata() -> None:
    block = bands([1, 2, 3, 200, 255]).after(rule("ColormapToRGB", Raster=rule("Colormap", Colormap=COLORS)))
    assert (block.pixel_type, block.band_names, block.pixels.dtype) == ("U8", ("Red", "Green", "Blue"), np.uint8)
    expected = [[255, NAN, 0, 1, NAN], [0, NAN, 128, 2, NAN], [0, NAN, 0, 3, NAN]]
    assert np.array_equal(with_nan(block)[:, 0], expected, equal_nan=True)


@pytest.mark.parametrize(
    ("raster", "wrong", "text"),
    [
        (
            bands([1]),
            rule("Colormap", ColormapName="NDVI"),
            "Colormap function: a Colormap, a list of [value, red, green, blue], or a ColorrampName is required.",
        ),
        (
            bands([1], [1]),
            rule("Colormap", Colormap=COLORS),
            "Colormap function: the raster must have one band, not 2.",
        ),
        (
            row(),
            rule("Colormap", Colormap=COLORS),
            "Colormap function: the raster must be of an integer pixel type, not F32.",
        ),
        (
            bands([1]),
            rule("Colormap", Colormap=[[1, 0, 0, 256]]),
            "Colormap function: colors must be between 0 and 255.",
        ),
        (bands([1]), rule("ColormapToRGB"), "ColormapToRGB function: the raster has no colormap."),
    ],
)
def test_a_colormap_that_does_not_fit_is_refused(raster: MemoryRaster, wrong: dict[str, Any], text: str) -> None:
    with pytest.raises(FunctionError) as caught:
        raster.after(wrong)
    assert str(caught.value) == text
