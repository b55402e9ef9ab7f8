"""Every spelling of every keyword."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.service.vocabulary import (
    METHOD_KEYWORDS,
    Interpolation,
    MosaicMethod,
    MosaicOperation,
    find_interpolation,
    find_mosaic_method,
    find_mosaic_operation,
)

# REST API, service, tool, and what Pro's dialog, people and scripts make of it.
METHODS = {
    MosaicMethod.NONE: ["esriMosaicNone", "None", "NONE", "none"],
    MosaicMethod.CENTER: ["esriMosaicCenter", "Center", "CLOSEST_TO_CENTER", "ClosestToCenter", "closest to center"],
    MosaicMethod.NADIR: ["esriMosaicNadir", "Nadir", "CLOSEST_TO_NADIR", "Closest_To_Nadir"],
    MosaicMethod.VIEWPOINT: ["esriMosaicViewpoint", "Viewpoint", "CLOSEST_TO_VIEWPOINT", "esriMosaicViewPoint"],
    MosaicMethod.ATTRIBUTE: ["esriMosaicAttribute", "ByAttribute", "BY_ATTRIBUTE", "By attribute", "Attribute"],
    MosaicMethod.LOCK_RASTER: ["esriMosaicLockRaster", "LockRaster", "LOCK_RASTER", "Lock_Raster", "lock raster"],
    MosaicMethod.NORTH_WEST: ["esriMosaicNorthwest", "NorthWest", "Northwest", "NORTH_WEST", "north-west"],
    MosaicMethod.SEAMLINE: ["esriMosaicSeamline", "Seamline", "SEAMLINE"],
}


@pytest.mark.parametrize(("method", "text"), [(method, text) for method, texts in METHODS.items() for text in texts])
def test_a_mosaic_method_is_found_in_every_spelling_and_case(method: MosaicMethod, text: str) -> None:
    assert find_mosaic_method(text) is method
    assert find_mosaic_method(text.lower()) is method
    assert find_mosaic_method(f" {text.upper()} ") is method


@pytest.mark.parametrize("text", ["", "esriMosaic", "closest", "CLOSEST_TO_", "North", "Lock", "Sideways"])
def test_what_is_no_mosaic_method_is_not_found(text: str) -> None:
    assert find_mosaic_method(text) is None


def test_every_method_has_the_keyword_of_the_arcgis_tool() -> None:
    assert {METHOD_KEYWORDS[method] for method in MosaicMethod} == {
        "NONE",
        "CLOSEST_TO_CENTER",
        "CLOSEST_TO_NADIR",
        "CLOSEST_TO_VIEWPOINT",
        "BY_ATTRIBUTE",
        "LOCK_RASTER",
        "NORTH_WEST",
        "SEAMLINE",
    }
    assert all(find_mosaic_method(keyword) is method for method, keyword in METHOD_KEYWORDS.items())


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("FIRST", MosaicOperation.FIRST),
        ("Last", MosaicOperation.LAST),
        ("mt_min", MosaicOperation.MIN),
        ("MT_MAX", MosaicOperation.MAX),
        ("mean", MosaicOperation.MEAN),
        ("Blend", MosaicOperation.BLEND),
        (" SUM ", MosaicOperation.SUM),
        ("median", None),
        ("", None),
    ],
)
def test_a_mosaic_operation_is_found_in_every_spelling(text: str, operation: MosaicOperation | None) -> None:
    assert find_mosaic_operation(text) is operation


@pytest.mark.parametrize(
    ("text", "interpolation"),
    [
        ("NEAREST", Interpolation.NEAREST),
        ("RSP_NearestNeighbor", Interpolation.NEAREST),
        ("Bilinear", Interpolation.BILINEAR),
        ("rsp_bilinearinterpolation", Interpolation.BILINEAR),
        ("CUBIC", Interpolation.CUBIC),
        ("RSP_CubicConvolution", Interpolation.CUBIC),
        ("Majority", Interpolation.MAJORITY),
        ("RSP_Majority", Interpolation.MAJORITY),
        ("lanczos", None),
    ],
)
def test_an_interpolation_is_found_in_every_spelling(text: str, interpolation: Interpolation | None) -> None:
    assert find_interpolation(text) is interpolation
