"""Rendering rules: chains, templates, pixel types, and the functions that choose and combine bands."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from image_server_layer.tests.imageserver.functions import Block, FunctionError, Statistics, Window, evaluate
from image_server_layer.tests.test_imageserver.rasters import MemoryRaster, rule, with_nan

NAN = np.nan


def landsat(**changes: Any) -> MemoryRaster:
    """Three bands of 2 × 2 pixels: red, near infrared and a band whose first pixel is NoData."""
    values = np.array([[[10, 20], [0, 200]], [[30, 20], [0, 100]], [[NAN, 1], [2, 3]]])
    names = {"band_names": ("Red", "NearInfrared", "Thermal")}
    return MemoryRaster(values, "F32", **{**names, **changes})


# What is published, and what the tests ask for


def test_no_function_at_all_leaves_the_pixels_as_they_are() -> None:
    for name in ("None", "Identity"):
        block = landsat().after({"rasterFunction": name})
        assert np.array_equal(with_nan(block), landsat().values, equal_nan=True)
        assert (block.pixel_type, block.band_names) == ("F32", ("Red", "NearInfrared", "Thermal"))


@pytest.mark.parametrize("name", ["Unknown", "none", "hillshade", ""])
def test_an_unknown_function_is_named(name: str) -> None:
    with pytest.raises(FunctionError) as caught:
        landsat().after({"rasterFunction": name})
    assert str(caught.value) == f"The raster function template {name} was not found."


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ({}, "A raster function must be an object with the member rasterFunction."),
        ({"rasterFunction": 5}, "A raster function must be an object with the member rasterFunction."),
        (
            {"rasterFunction": "Slope", "rasterFunctionArguments": [1]},
            "The arguments of the raster function Slope must be an object.",
        ),
        (rule("None", Raster="$7"), "The raster '$7' is invalid: only $$ and raster functions are available."),
        (rule("None", Raster={"url": "x"}), "A raster function must be an object with the member rasterFunction."),
        (
            rule("None", "U9"),
            "The output pixel type U9 is invalid. Valid are U1, U2, U4, U8, S8, U16, S16, U32, S32, F32, F64.",
        ),
    ],
)
def test_what_is_no_raster_function_is_refused_in_words(wrong: dict[str, Any], text: str) -> None:
    with pytest.raises(FunctionError) as caught:
        landsat().after(wrong)
    assert str(caught.value) == text


def test_functions_chain_by_their_raster() -> None:
    chain = rule("BandArithmetic", Method=0, BandIndexes="B1 - B2", Raster=rule("ExtractBand", BandIDs=[1, 0]))
    assert with_nan(landsat().after(chain)).tolist() == [[[20, 0], [0, -100]]]


def test_arguments_are_found_in_any_case_and_dollars_are_the_service() -> None:
    block = landsat().after(rule("ExtractBand", bandids=[1], RASTER="$$"))
    assert block.band_names == ("NearInfrared",)


def test_a_template_is_found_by_its_name_and_goes_before_a_well_known_function() -> None:
    published = {"Falschfarben é": rule("ExtractBand", BandIDs=[1, 0]), "Slope": rule("ExtractBand", BandIDs=[1])}
    raster = landsat(published=published)
    assert raster.after({"rasterFunction": "Falschfarben é"}).band_names == ("NearInfrared", "Red")
    assert raster.after({"rasterFunction": "Slope"}).band_names == ("NearInfrared",)


def test_a_template_may_bear_the_name_of_the_function_it_uses() -> None:
    raster = landsat(
        published={"None": {"rasterFunction": "None"}, "NDVI": rule("NDVI", VisibleBandID=0, InfraredBandID=1)}
    )
    assert raster.after({"rasterFunction": "None"}).band_count == 3
    assert raster.after({"rasterFunction": "NDVI"}).pixels[0, 0].tolist() == [150, 100]


def test_what_the_client_sends_goes_before_the_arguments_of_a_template() -> None:
    raster = landsat(published={"Index": rule("BandArithmetic", Method=0, BandIndexes="B1")})
    block = raster.after(rule("Index", bandindexes="B2 * 2"))
    assert with_nan(block).tolist() == [[[60, 40], [0, 200]]]


def test_a_template_works_on_the_raster_that_the_client_sends() -> None:
    doubled = rule("Arithmetic", Raster2=2, Operation=3)
    raster = landsat(published={"Difference": rule("BandArithmetic", Method=0, BandIndexes="B1 - B2", Raster=doubled)})
    swapped = rule("ExtractBand", BandIDs=[1, 0])
    assert with_nan(raster.after({"rasterFunction": "Difference"})).tolist() == [[[-40, 0], [0, 200]]]
    # What the template does to its raster before its last function is done to the client's raster, too.
    assert with_nan(raster.after(rule("Difference", Raster=swapped))).tolist() == [[[40, 0], [0, -200]]]
    other_name = {**rule("Difference", Source=swapped), "variableName": "Source"}
    assert with_nan(raster.after(other_name)).tolist() == [[[40, 0], [0, -200]]]


# Pixel types


@pytest.mark.parametrize(
    ("pixel_type", "numpy_type", "expected"),
    [
        ("U1", np.uint8, [0, 1, 0, 1, 1]),
        ("U2", np.uint8, [0, 3, 0, 3, 3]),
        ("U4", np.uint8, [0, 3, 0, 15, 15]),
        ("U8", np.uint8, [0, 3, 0, 255, 255]),
        ("S8", np.int8, [-128, 3, -2, 127, 127]),
        ("U16", np.uint16, [0, 3, 0, 300, 65535]),
        ("S16", np.int16, [-300, 3, -2, 300, 32767]),
        ("U32", np.uint32, [0, 3, 0, 300, 4294967295]),
        ("S32", np.int32, [-300, 3, -2, 300, 2147483647]),
        ("F32", np.float32, [-300, 2.5, -2.5, 300.4, 3.4028234663852886e38]),
        ("F64", np.float64, [-300, 2.5, -2.5, 300.4, 1e40]),
    ],
)
def test_an_output_pixel_type_rounds_halves_upward_and_clamps(
    pixel_type: str, numpy_type: type, expected: list[float]
) -> None:
    block = MemoryRaster(np.array([[[-300, 2.5, -2.5, 300.4, 1e40, NAN]]])).after(rule("None", pixel_type))
    assert (block.pixels.dtype, block.pixel_type) == (numpy_type, pixel_type)
    assert block.pixels[0, 0, :5].tolist() == np.array(expected, numpy_type).tolist()
    assert block.valid[0, 0].tolist() == [True] * 5 + [False]


def test_integers_are_clamped_without_wrapping_round() -> None:
    block = MemoryRaster(np.array([[[0, 2**32 - 1]]], np.uint32), "U32").after(rule("None", "S32"))
    assert block.pixels.tolist() == [[[0, 2**31 - 1]]]
    block = MemoryRaster(np.array([[[-5, 5]]], np.int16), "S16").after(rule("None", "U8"))
    assert block.pixels.tolist() == [[[0, 5]]]


def test_nan_that_counts_as_data_is_none_in_integers() -> None:
    block = Block(np.array([[[1.0, NAN]]]), np.array([[[True, True]]]), "F64", ("Band_1",))
    context = MemoryRaster(block.pixels).context
    result = evaluate(rule("None", "U8"), {}, lambda _: block, context.native, context)
    assert (result.pixels.tolist(), result.valid.tolist()) == ([[[1, 0]]], [[[True, False]]])


def test_single_precision_becomes_an_integer_without_losing_a_digit() -> None:
    large = MemoryRaster(np.array([[[2**23 + 1, 1e10]]], np.float32), "F32")
    assert large.after(rule("None", "U32")).pixels.tolist() == [[[2**23 + 1, 2**32 - 1]]]


def test_an_inner_pixel_type_is_applied_before_the_next_function() -> None:
    inner = rule("BandArithmetic", "U8", Method=0, BandIndexes="B1 / 4")
    block = landsat().after(rule("BandArithmetic", Method=0, BandIndexes="B1 * 4", Raster=inner))
    assert with_nan(block).tolist() == [[[12, 20], [0, 200]]]


# What comes out


def test_statistics_and_wavelengths_stay_with_their_bands_until_the_values_change() -> None:
    statistics = (Statistics(0, 200, 57, 83), Statistics(0, 100, 37, 37), Statistics(1, 3, 2, 0.8))
    raster = landsat(statistics=statistics, wavelengths=(660.0, 830.0, None))
    block = raster.after(rule("ExtractBand", "U16", BandIDs=[1]))
    assert (block.statistics, block.wavelengths) == ((Statistics(0, 100, 37, 37),), (830.0,))
    block = raster.after(rule("Slope"))
    assert (block.statistics, block.wavelengths) == ((), ())


def test_only_the_window_and_its_rim_are_read() -> None:
    windows = []

    class Watched(MemoryRaster):
        def read(self, window: Window) -> Block:
            windows.append(window)
            return super().read(window)

    part = Window(10.0, 20.0, 10.0, 10.0, 1, 2)
    watched = Watched(landsat().values)
    watched.after(rule("NDVI", VisibleBandID=0, InfraredBandID=1), part)
    watched.after(rule("Slope"), part)
    assert windows == [part, Window(0.0, 30.0, 10.0, 10.0, 3, 4)]


# Bands


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ({"BandIDs": [2, 0]}, ("Thermal", "Red")),
        ({"BandIDs": [1, 1]}, ("NearInfrared", "NearInfrared")),
        ({"BandNames": ["NearInfrared"], "BandIDs": [0], "BandWavelengths": [600]}, ("NearInfrared",)),
        ({"BandWavelengths": [655, 840], "BandIDs": [2]}, ("Red", "NearInfrared")),
        ({"BandWavelengths": [700], "MissingBandAction": 0}, ("Red",)),
        ({"BandWavelengths": [700], "MissingBandAction": 1, "WavelengthMatchTolerance": 50}, ("Red",)),
    ],
)
def test_extract_band_finds_bands_by_id_name_and_wavelength(arguments: dict[str, Any], names: tuple[str, ...]) -> None:
    raster = landsat(wavelengths=(660.0, 830.0, None))
    block = raster.after(rule("ExtractBand", **arguments))
    assert block.band_names == names
    expected = raster.values[[("Red", "NearInfrared", "Thermal").index(name) for name in names]]
    assert np.array_equal(with_nan(block), expected, equal_nan=True)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"BandIDs": [3]}, "there is no band of index 3; the raster has 3 bands."),
        ({"BandIDs": [-1]}, "there is no band of index -1; the raster has 3 bands."),
        ({"BandIDs": [0.5]}, "the argument BandIDs must be an integer, not 0.5."),
        ({"BandIDs": "0"}, "the argument BandIDs must be a list, not '0'."),
        ({}, "one of BandIDs, BandNames and BandWavelengths is required."),
        ({"BandNames": ["Green"]}, "there is no band Green; the raster has Red, NearInfrared, Thermal."),
        ({"BandWavelengths": [550]}, "the wavelengths of the bands are not known."),
    ],
)
def test_extract_band_refuses_bands_that_are_not_there(arguments: dict[str, Any], text: str) -> None:
    with pytest.raises(FunctionError) as caught:
        landsat().after(rule("ExtractBand", **arguments))
    assert str(caught.value) == f"ExtractBand function: {text}"


def test_extract_band_can_insist_on_a_wavelength() -> None:
    asked = rule("ExtractBand", BandWavelengths=[700], MissingBandAction=1, WavelengthMatchTolerance=39)
    with pytest.raises(FunctionError, match=r"^ExtractBand function: there is no band of the wavelength 700\.$"):
        landsat(wavelengths=(660.0, 830.0, None)).after(asked)


def test_composite_band_stacks_bands_in_the_type_that_holds_them_all() -> None:
    rasters = [rule("ExtractBand", "U8", BandIDs=[1]), "$$", rule("ExtractBand", "S16", BandIDs=[0])]
    block = landsat().after(rule("CompositeBand", Rasters=rasters))
    assert block.band_names == ("NearInfrared", "Red", "NearInfrared", "Thermal", "Red")
    assert block.pixel_type == "F32"
    assert np.array_equal(with_nan(block), landsat().values[[1, 0, 1, 2, 0]], equal_nan=True)


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        (("U8", "U8"), "U8"),
        (("U1", "U8"), "U8"),
        (("U8", "S8"), "S16"),
        (("U16", "S16"), "S32"),
        (("U8", "U16"), "U16"),
        (("U32", "S32"), "F64"),
        (("U8", "F32"), "F32"),
        (("S32", "F32"), "F64"),
    ],
)
def test_a_composite_has_the_least_common_pixel_type(types: tuple[str, str], expected: str) -> None:
    rasters = [rule("ExtractBand", pixel_type, BandIDs=[0]) for pixel_type in types]
    assert landsat().after(rule("CompositeBand", Rasters=rasters)).pixel_type == expected


def test_ndvi_is_scaled_to_0_to_200_and_nodata_where_both_bands_are_0() -> None:
    block = landsat().after(rule("NDVI", VisibleBandID=0, InfraredBandID=1))
    # (30 - 10) / 40, 0 / 40, 0 / 0 and (100 - 200) / 300, times 100 plus 100; 66.67 is rounded.
    assert (block.pixel_type, block.band_names, block.pixels.dtype) == ("U8", ("Band_1",), np.uint8)
    assert np.array_equal(with_nan(block), np.array([[[150, 100], [NAN, 67]]]), equal_nan=True)


@pytest.mark.parametrize(
    ("index", "last"),
    [
        pytest.param(rule("NDVI", VisibleBandID=0, InfraredBandID=1, ScientificOutput=True), -1 / 3, id="scientific"),
        pytest.param(rule("NDVI", "F32", VisibleBandID=0, InfraredBandID=1), 100 - 100 / 3, id="not rounded as F32"),
        pytest.param(rule("BandArithmetic", Method=1, BandIndexes="2 1"), -1 / 3, id="band arithmetic"),
    ],
)
def test_ndvi_comes_as_real_numbers_too(index: dict[str, Any], last: float) -> None:
    block = landsat().after(index)
    assert block.pixel_type == "F32"
    assert block.pixels[0, 1, 1] == pytest.approx(last)


def test_ndvi_needs_both_bands() -> None:
    with pytest.raises(FunctionError, match=r"^NDVI function: the argument InfraredBandID is required\.$"):
        landsat().after(rule("NDVI", VisibleBandID=0))


@pytest.mark.parametrize(
    ("method", "indexes", "expected"),
    [
        (0, "B1", [10, 20, 0, 200]),
        (0, "b1+B2*2", [70, 60, 0, 400]),
        (0, "(B1+B2)*2", [80, 80, 0, 600]),
        (0, "B1 - B2 - 1", [-21, -1, -1, 99]),
        (0, "B1 / 4 / 5", [0.5, 1, 0, 10]),
        (0, "b1 + (-b2)", [-20, 0, 0, 100]),
        (0, "--B1 * -1.5e0", [-15, -30, 0, -300]),
        (0, "B1 / B2", [1 / 3, 1, NAN, 2]),
        (0, "7", [7, 7, 7, 7]),
        (0, "B3 + .5", [NAN, 1.5, 2.5, 3.5]),
        (2, "2 1 0.5", [20 / 40.5 * 1.5, 0, 0, -100 / 300.5 * 1.5]),
        (10, "2 3", [NAN, 19 / 21, -1, 97 / 103]),
        (11, "2 1", [3, 1, NAN, 0.5]),
    ],
)
def test_band_arithmetic_follows_its_formula(method: int, indexes: str, expected: list[float]) -> None:
    block = landsat().after(rule("BandArithmetic", Method=method, BandIndexes=indexes))
    assert (block.pixel_type, block.band_names) == ("F32", ("Band_1",))
    assert with_nan(block).ravel() == pytest.approx(np.array(expected), nan_ok=True)


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("B4", "there is no band B4"),
        ("B1 + ", "it ends too early"),
        ("", "it ends too early"),
        ("(B1", "a closing parenthesis is missing"),
        ("B1 B2", "'B2' is not expected there"),
        ("B1)", "')' is not expected there"),
        ("B1 ** 2", "'*' is not expected there"),
        ("__import__('os')", "'_' has no meaning"),
        ("abs(B1)", "there is no band abs"),
        ("B1 = 5", "'=' has no meaning"),
        ("(" * 101 + "1" + ")" * 101, "it is nested too deeply"),
    ],
)
def test_band_arithmetic_reads_nothing_but_arithmetic(expression: str, reason: str) -> None:
    with pytest.raises(FunctionError) as caught:
        landsat().after(rule("BandArithmetic", Method=0, BandIndexes=expression))
    assert str(caught.value) == f"BandArithmetic function: the expression {expression!r} is invalid: {reason}."


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (
            {"Method": 3, "BandIndexes": "1 2"},
            "the method 3 is not available; available are 0, 1, 2, 9, 10, 11, 17, 18, 19, 20, 21, 22.",
        ),
        ({"Method": 1}, "the argument BandIndexes must be a text, not None."),
        ({"Method": 1, "BandIndexes": "2"}, "NDVI does not take the BandIndexes '2'."),
        ({"Method": 1, "BandIndexes": "two one"}, "BandIndexes must be band numbers, not 'two one'."),
        ({"Method": 1, "BandIndexes": "1.5 2"}, "BandIndexes must be band numbers, not '1.5 2'."),
        ({"Method": 1, "BandIndexes": "4 1"}, "there is no band of index 3; the raster has 3 bands."),
    ],
)
def test_predefined_band_arithmetic_refuses_wrong_bands(arguments: dict[str, Any], text: str) -> None:
    with pytest.raises(FunctionError) as caught:
        landsat().after(rule("BandArithmetic", **arguments))
    assert str(caught.value) == f"BandArithmetic function: {text}"


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (1, [13, 23, 3, 203]),
        (2, [7, 17, -3, 197]),
        (3, [30, 60, 0, 600]),
        (4, [10 / 3, 20 / 3, 0, 200 / 3]),
        (5, [1000, 8000, 0, 8000000]),
        (6, [1, 2, 0, 2]),
    ],
)
def test_arithmetic_computes_with_a_number(operation: int, expected: list[float]) -> None:
    red = rule("ExtractBand", BandIDs=[0])
    block = landsat().after(rule("Arithmetic", Raster=red, Raster2=3, Operation=operation))
    assert block.pixel_type == "F32"
    assert with_nan(block).ravel() == pytest.approx(expected)


def test_the_remainder_has_the_sign_of_the_dividend() -> None:
    block = landsat().after(rule("Arithmetic", Raster=-25, Raster2=rule("ExtractBand", BandIDs=[0]), Operation=6))
    assert np.array_equal(with_nan(block), np.array([[[-5, -5], [NAN, -25]]]), equal_nan=True)


def test_arithmetic_computes_with_rasters_band_by_band() -> None:
    red = rule("ExtractBand", BandIDs=[0])
    block = landsat().after(rule("Arithmetic", Raster="$$", Raster2=red, Operation=2))
    expected = landsat().values - landsat().values[[0]]
    assert np.array_equal(with_nan(block), expected, equal_nan=True)
    two = rule("ExtractBand", BandIDs=[0, 1])
    with pytest.raises(FunctionError, match=r"^Arithmetic function: the rasters have 3 and 2 bands\.$"):
        landsat().after(rule("Arithmetic", Raster="$$", Raster2=two))


def test_arithmetic_divides_by_zero_into_nodata() -> None:
    block = landsat().after(rule("Arithmetic", Raster=6, Raster2=rule("ExtractBand", BandIDs=[0]), Operation=4))
    assert np.array_equal(with_nan(block), np.array([[[0.6, 0.3], [NAN, 0.03]]], np.float32), equal_nan=True)
