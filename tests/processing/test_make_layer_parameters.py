"""The parameters of *Make image server layer* are those of the function, in Processing's standard types."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtCore import QUrl

from image_server_layer import make_image_server_layer
from image_server_layer.tests.processing.running import DESCRIBE, EXPORT, LIST, MAKE

REQUIRED, OPTIONAL, ADVANCED = "required", "optional", "optional, advanced"
METHODS = [
    "SEAMLINE",
    "NORTH_WEST",
    "CLOSEST_TO_CENTER",
    "LOCK_RASTER",
    "BY_ATTRIBUTE",
    "CLOSEST_TO_NADIR",
    "CLOSEST_TO_VIEWPOINT",
    "NONE",
]
SERVICE = {"IN_IMAGE_SERVICE": "https://example.org/arcgis/rest/services/A/ImageServer"}
OPERATIONS = ["FIRST", "LAST", "MIN", "MAX", "MEAN", "BLEND", "SUM"]

DEFINITIONS = {
    MAKE: [
        ("IN_IMAGE_SERVICE", "string", REQUIRED, None),
        ("OUT_IMAGESERVER_LAYER", "string", OPTIONAL, None),
        ("TEMPLATE", "extent", OPTIONAL, None),
        ("BAND_INDEX", "string", OPTIONAL, None),
        ("MOSAIC_METHOD", "enum", OPTIONAL, METHODS),
        ("ORDER_FIELD", "string", OPTIONAL, None),
        ("ORDER_BASE_VALUE", "string", OPTIONAL, None),
        ("LOCK_RASTERID", "string", OPTIONAL, None),
        ("CELL_SIZE", "number", OPTIONAL, None),
        ("WHERE_CLAUSE", "string", OPTIONAL, None),
        ("PROCESSING_TEMPLATE", "string", OPTIONAL, None),
        ("TIME", "string", OPTIONAL, None),
        ("VARIABLE", "string", OPTIONAL, None),
        ("DIMENSIONS", "string", OPTIONAL, None),
        ("KIND", "enum", OPTIONAL, ["values", "picture"]),
        ("AUTHCFG", "authcfg", OPTIONAL, None),
        ("PROVIDER", "enum", ADVANCED, ["imageserver", "gdal"]),
        ("SLICE_ID", "number", ADVANCED, None),
        ("CLIP", "source", ADVANCED, None),
        ("SNAP_RASTER", "raster", ADVANCED, None),
        ("NEAREST_DATE", "boolean", ADVANCED, None),
        ("ASCENDING", "enum", ADVANCED, ["ASCENDING", "DESCENDING"]),
        ("MOSAIC_OPERATION", "enum", ADVANCED, OPERATIONS),
        ("VIEWPOINT", "point", ADVANCED, None),
        ("INTERPOLATION", "enum", ADVANCED, ["NEAREST", "BILINEAR", "CUBIC", "MAJORITY"]),
        ("NODATA", "string", ADVANCED, None),
        ("NODATA_INTERPRETATION", "enum", ADVANCED, ["ANY", "ALL"]),
        ("COMPRESSION_QUALITY", "number", ADVANCED, None),
        ("TILES", "enum", ADVANCED, ["TILES", "IMAGES"]),
        ("REFERER", "string", ADVANCED, None),
        ("TIMEOUT", "number", "required, advanced", 30),
    ],
    EXPORT: [
        ("INPUT", "raster", OPTIONAL, None),
        ("IN_IMAGE_SERVICE", "string", OPTIONAL, None),
        ("AUTHCFG", "authcfg", OPTIONAL, None),
        ("TEMPLATE", "extent", OPTIONAL, None),
        ("MASK", "source", OPTIONAL, None),
        ("EACH", "enum", REQUIRED, ["ALL", "POLYGON", "RASTER", "DATE"]),
        ("CELL_SIZE", "number", OPTIONAL, None),
        ("TARGET_CRS", "crs", OPTIONAL, None),
        ("FORMAT", "enum", REQUIRED, ["GTiff", "COG"]),
        ("COMPRESSION", "enum", REQUIRED, ["DEFLATE", "LZW", "ZSTD", "NONE"]),
        ("BAND_INDEX", "string", ADVANCED, None),
        ("MOSAIC_METHOD", "enum", ADVANCED, METHODS),
        ("ORDER_FIELD", "string", ADVANCED, None),
        ("ORDER_BASE_VALUE", "string", ADVANCED, None),
        ("LOCK_RASTERID", "string", ADVANCED, None),
        ("WHERE_CLAUSE", "string", ADVANCED, None),
        ("PROCESSING_TEMPLATE", "string", ADVANCED, None),
        ("TIME", "string", ADVANCED, None),
        ("VARIABLE", "string", ADVANCED, None),
        ("DIMENSIONS", "string", ADVANCED, None),
        ("KIND", "enum", ADVANCED, ["values", "picture"]),
        ("SLICE_ID", "number", ADVANCED, None),
        ("ASCENDING", "enum", ADVANCED, ["ASCENDING", "DESCENDING"]),
        ("MOSAIC_OPERATION", "enum", ADVANCED, OPERATIONS),
        ("VIEWPOINT", "point", ADVANCED, None),
        ("INTERPOLATION", "enum", ADVANCED, ["NEAREST", "BILINEAR", "CUBIC", "MAJORITY"]),
        ("NODATA", "string", ADVANCED, None),
        ("NODATA_INTERPRETATION", "enum", ADVANCED, ["ANY", "ALL"]),
        ("COMPRESSION_QUALITY", "number", ADVANCED, None),
        ("TILES", "enum", ADVANCED, ["TILES", "IMAGES"]),
        ("REFERER", "string", ADVANCED, None),
        ("TIMEOUT", "number", "required, advanced", 30),
        ("NAME_FIELD", "field", ADVANCED, None),
        ("FILE_NODATA", "number", ADVANCED, None),
        ("ALLOW_GAPS", "boolean", "required, advanced", False),
        ("LARGEST_SIZE", "number", "required, advanced", 5),
        ("OUTPUT", "rasterDestination", REQUIRED, None),
    ],
    DESCRIBE: [
        ("IN_IMAGE_SERVICE", "string", REQUIRED, None),
        ("AUTHCFG", "authcfg", OPTIONAL, None),
        ("REFERER", "string", ADVANCED, None),
        ("TIMEOUT", "number", "required, advanced", 30),
        ("OUTPUT_HTML", "fileDestination", OPTIONAL, None),
        ("OUTPUT_JSON", "fileDestination", OPTIONAL, None),
    ],
    LIST: [
        ("SERVER", "string", REQUIRED, None),
        ("AUTHCFG", "authcfg", OPTIONAL, None),
        ("REFERER", "string", ADVANCED, None),
        ("TIMEOUT", "number", "required, advanced", 30),
        ("OUTPUT", "sink", REQUIRED, None),
    ],
}
OUTPUTS = {
    MAKE: [("OUTPUT", "outputRaster"), ("URI", "outputString")],
    EXPORT: [
        ("OUTPUT", "outputRaster"),
        ("MISSING_COUNT", "outputNumber"),
        ("MISSING", "outputString"),
        ("FILES", "outputMultilayer"),
        ("FAILED", "outputString"),
    ],
    DESCRIBE: [
        ("OUTPUT_HTML", "outputHtml"),
        ("OUTPUT_JSON", "outputFile"),
        ("URL", "outputString"),
        ("NAME", "outputString"),
        ("CRS_AUTHID", "outputString"),
        ("EXTENT", "outputString"),
        ("PIXEL_TYPE", "outputString"),
        ("PIXEL_WIDTH", "outputNumber"),
        ("PIXEL_HEIGHT", "outputNumber"),
        ("WIDTH_IN_PIXELS", "outputNumber"),
        ("HEIGHT_IN_PIXELS", "outputNumber"),
        ("BAND_COUNT", "outputNumber"),
    ],
    LIST: [("OUTPUT", "outputVector"), ("COUNT", "outputNumber")],
}


def algorithm(name: str) -> QgsProcessingAlgorithm:
    return QgsApplication.processingRegistry().createAlgorithmById(name)


def described(parameter: QgsProcessingParameterDefinition) -> tuple[str, str, str, Any]:
    """Return name, type and flags of a parameter, and its keywords or its default."""
    flags = QgsProcessingParameterDefinition.Flag
    words = ["optional" if parameter.flags() & flags.FlagOptional else "required"]
    words += ["advanced"] if parameter.flags() & flags.FlagAdvanced else []
    if parameter.type() != "enum":
        return parameter.name(), parameter.type(), ", ".join(words), parameter.defaultValue()
    assert parameter.usesStaticStrings()
    assert parameter.defaultValue() == (parameter.options()[0] if words == ["required"] else None)
    return parameter.name(), parameter.type(), ", ".join(words), parameter.options()


@pytest.mark.parametrize("name", [MAKE, EXPORT, DESCRIBE, LIST])
def test_parameters_and_outputs_are_declared(name: str) -> None:
    found = algorithm(name)
    assert [described(parameter) for parameter in found.parameterDefinitions()] == DEFINITIONS[name]
    outputs = [(output.name(), output.type()) for output in found.outputDefinitions()]
    assert sorted(outputs) == sorted(OUTPUTS[name])


def test_the_parameters_of_make_are_the_keywords_of_the_function() -> None:
    keywords = list(inspect.signature(make_image_server_layer).parameters)
    keywords.remove("add_to_project")
    # In Processing, whoever chooses a layer says whether only what is selected is meant.
    keywords.remove("clip_selected")
    found = algorithm(MAKE)
    names = [parameter.name().lower() for parameter in found.parameterDefinitions()]
    assert names[:11] == keywords[:11]
    assert sorted(names) == sorted(keywords)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        (MAKE, "Make image server layer"),
        (EXPORT, "Export image server layer"),
        (DESCRIBE, "Describe image service"),
        (LIST, "List image services"),
    ],
)
def test_an_algorithm_presents_itself(name: str, title: str) -> None:
    found = algorithm(name)
    assert (found.displayName(), found.group(), found.groupId()) == (title, "Image services", "imageservices")
    assert "esri" in found.tags()
    assert found.shortDescription().endswith(".")
    assert found.shortHelpString().startswith("<p>")
    assert found.shortHelpString().endswith("</p>")
    assert "<h1" in Path(QUrl(found.helpUrl()).toLocalFile()).read_text(encoding="utf-8")
    assert not found.icon().isNull()
    assert found.svgIconPath().endswith("icon.svg")


@pytest.mark.parametrize("name", [MAKE, EXPORT, DESCRIBE, LIST])
def test_each_run_has_an_algorithm_of_its_own(name: str) -> None:
    first = algorithm(name)
    second = first.create()
    assert type(second) is type(first)
    assert second is not first
    assert second.id() == name


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [
        ({}, "Incorrect parameter value for IN_IMAGE_SERVICE"),
        ({**SERVICE, "MOSAIC_METHOD": "NEWEST"}, "Incorrect parameter value for MOSAIC_METHOD"),
        ({**SERVICE, "CELL_SIZE": -1}, "Incorrect parameter value for CELL_SIZE"),
        ({**SERVICE, "TEMPLATE": "somewhere"}, "Incorrect parameter value for TEMPLATE"),
        ({**SERVICE, "COMPRESSION_QUALITY": 101}, "Incorrect parameter value for COMPRESSION_QUALITY"),
    ],
)
def test_processing_itself_refuses_values_of_the_wrong_kind(parameters: dict[str, Any], complaint: str) -> None:
    assert algorithm(MAKE).checkParameterValues(parameters, QgsProcessingContext()) == (False, complaint)
