"""*Export image server layer*: a layer, or a service with options, as a file; cut, in other cells, in another CRS."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
)

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.layer.arguments import layer_request
from image_server_layer.plugin.layer.factory import build_layer
from image_server_layer.plugin.layer.options_file import load_options
from image_server_layer.plugin.layer.plan import plan_layer
from image_server_layer.plugin.layer.resolve import Arguments
from image_server_layer.tests.processing.running import EXPORT, Log, run
from image_server_layer.tests.reading import Array, exported, qgis_pixels
from image_server_layer.tests.truth import (
    LANDSAT_CELL,
    LANDSAT_ORIGIN,
    NORTH_WEST,
    elevation,
    land_cover,
    landsat_extent,
    mosaic,
    shown_by,
)

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

LANDSAT = "Olinda/Landsat"


def pixels_of(path: str) -> Array:
    pixels = gdal.Open(path).ReadAsArray()
    return pixels if pixels.ndim == 3 else pixels[np.newaxis]


def polygons(*shapes: QgsGeometry, crs: str = "EPSG:31985") -> QgsVectorLayer:
    """Return a layer of polygons in the project."""
    layer = QgsVectorLayer(f"Polygon?crs={crs}", "fields", "memory")
    for shape in shapes:
        feature = QgsFeature()
        feature.setGeometry(shape)
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    return layer


def refusal(**parameters: Any) -> str:
    log = Log()
    with pytest.raises(QgsProcessingException) as caught:
        run(EXPORT, log, **parameters)
    # What is found while the parameters are read is in the log only.
    return log.errors[0] if log.errors else str(caught.value)


def rectangle(left: int, top: int, columns: int, rows: int) -> QgsGeometry:
    """Return a part of the Landsat scene, given in its pixels."""
    return QgsGeometry.fromRect(QgsRectangle(*landsat_extent(left, top, columns, rows)))


def test_a_service_is_exported_with_its_default_order(image_server: ImageServerProcess, tmp_path: Path) -> None:
    log, path = Log(), str(tmp_path / "scene.tif")
    outputs = run(EXPORT, log, IN_IMAGE_SERVICE=image_server.service(LANDSAT), OUTPUT=path)
    assert outputs == {"OUTPUT": path, "MISSING": "", "MISSING_COUNT": 0, "FILES": [path], "FAILED": ""}
    np.testing.assert_array_equal(pixels_of(path), mosaic(NORTH_WEST))
    np.testing.assert_array_equal(qgis_pixels(QgsRasterLayer(path)), mosaic(NORTH_WEST))
    assert (log.warnings, log.errors) == ([], [])
    assert "1 tile is written." in log.infos
    # Rasters of several moments: GDAL's own domain, which has one, stays empty.
    assert "/" in gdal.Open(path).GetMetadataItem("ACQUISITIONDATE")
    assert (gdal.Open(path).GetMetadata("IMAGERY") or {}) == {}


def test_a_layer_is_exported_as_it_is(image_server: ImageServerProcess, tmp_path: Path) -> None:
    service, path = image_server.service(LANDSAT), str(tmp_path / "scene.tif")
    layer = make_image_server_layer(service, band_index="4;1", mosaic_method="LOCK_RASTER", lock_rasterid="3")
    run(EXPORT, INPUT=layer, OUTPUT=path)
    np.testing.assert_array_equal(pixels_of(path), qgis_pixels(layer))
    data = gdal.Open(path)
    assert data.GetMetadataItem("IMAGE_SERVER_LAYER_OPTIONS") == (
        '{"bands":[4,1],"lock_raster_ids":[3],"mosaic_method":"esriMosaicLockRaster","v":1}'
    )


@pytest.mark.parametrize("file_format", ["GTiff", "COG"])
def test_the_options_in_a_file_repeat_it(image_server: ImageServerProcess, tmp_path: Path, file_format: str) -> None:
    given: dict[str, Any] = {"BAND_INDEX": "4;1", "WHERE_CLAUSE": "Best < 70", "MOSAIC_METHOD": "NORTH_WEST"}
    first, again = str(tmp_path / "first.tif"), str(tmp_path / "again.tif")
    run(EXPORT, IN_IMAGE_SERVICE=image_server.service(LANDSAT), FORMAT=file_format, OUTPUT=first, **given)
    saved = load_options(Path(first))
    assert saved.kind is Kind.VALUES
    request = layer_request(QgsProject.instance(), saved.url)
    layer = build_layer(plan_layer(replace(request, arguments=Arguments(saved.options))))
    QgsProject.instance().addMapLayer(layer)
    run(EXPORT, INPUT=layer, OUTPUT=again)
    np.testing.assert_array_equal(pixels_of(again), pixels_of(first))
    assert pixels_of(first).shape[0] == 2


def test_a_part_of_a_layer_lies_on_its_grid(image_server: ImageServerProcess, tmp_path: Path) -> None:
    template = QgsRectangle(*landsat_extent(3, 5, 200, 180))
    layer = make_image_server_layer(image_server.service(LANDSAT), cell_size=57, template=template)
    path, log = str(tmp_path / "part.tif"), Log()
    xmin, ymin, xmax, ymax = landsat_extent(40, 60, 51, 33)
    run(EXPORT, log, INPUT=layer, TEMPLATE=QgsRectangle(xmin, ymin, xmax, ymax), OUTPUT=path)
    left, top = 18, 27  # (40 - 3) / 2 and (60 - 5) / 2, downwards
    found = pixels_of(path)
    np.testing.assert_array_equal(found, qgis_pixels(layer)[:, top : top + 17, left : left + 26])
    assert gdal.Open(path).GetGeoTransform()[0] == LANDSAT_ORIGIN[0] + (3 + 2 * 18) * LANDSAT_CELL
    assert log.warnings == []
    run(EXPORT, log, INPUT=layer, TEMPLATE=QgsRectangle(xmin, ymin, xmax + 1e5, ymax), OUTPUT=path)
    assert log.warnings == ["The extent reaches beyond the layer; what lies outside is left out."]


def test_shapes_leave_no_data_outside(image_server: ImageServerProcess, tmp_path: Path) -> None:
    path = str(tmp_path / "cut.tif")
    shapes = polygons(rectangle(10, 20, 30, 40), rectangle(60, 90, 7, 5))
    run(EXPORT, IN_IMAGE_SERVICE=image_server.service("Olinda/Elevation"), MASK=shapes, OUTPUT=path)
    data, truth = gdal.Open(path), elevation()
    origin, cell = data.GetGeoTransform()[::3], data.GetGeoTransform()[1]
    service = QgsRasterLayer(path).extent()
    assert service.xMinimum() <= LANDSAT_ORIGIN[0] + 10 * LANDSAT_CELL
    x = origin[0] + (np.arange(data.RasterXSize) + 0.5) * cell
    y = origin[1] - (np.arange(data.RasterYSize) + 0.5) * cell
    inside = np.zeros((len(y), len(x)), bool)
    for box in (landsat_extent(10, 20, 30, 40), landsat_extent(60, 90, 7, 5)):
        inside |= ((y > box[1]) & (y < box[3]))[:, np.newaxis] & ((x > box[0]) & (x < box[2]))
    assert 0 < inside.sum() < inside.size
    found, nodata = data.ReadAsArray(), data.GetRasterBand(1).GetNoDataValue()
    assert nodata == -9999
    assert (found[~inside] == nodata).all()
    assert np.isin(found[inside], truth).all()
    whole = str(tmp_path / "whole.tif")
    run(EXPORT, IN_IMAGE_SERVICE=image_server.service("Olinda/Elevation"), OUTPUT=whole)
    np.testing.assert_array_equal(pixels_of(whole), truth)
    left, top = (round((a - b) / cell) for a, b in zip(origin, gdal.Open(whole).GetGeoTransform()[::3]))
    part = truth[0, -top : -top + len(y), left : left + len(x)]
    np.testing.assert_array_equal(found[inside], part[inside])


def test_bytes_without_nodata_are_cut_by_a_mask(image_server: ImageServerProcess, tmp_path: Path) -> None:
    path = str(tmp_path / "cut.tif")
    triangle = QgsGeometry.fromWkt("Polygon((300050 9099900, 300400 9099900, 300050 9099500, 300050 9099900))")
    run(EXPORT, IN_IMAGE_SERVICE=image_server.service("Test/FourBandsU8"), MASK=polygons(triangle), OUTPUT=path)
    data = gdal.Open(path)
    band = data.GetRasterBand(1)
    assert (band.GetNoDataValue(), band.GetMaskFlags()) == (None, gdal.GMF_PER_DATASET)
    assert [data.GetRasterBand(n).GetColorInterpretation() == gdal.GCI_AlphaBand for n in (1, 2, 3, 4)] == [False] * 4
    mask = band.GetMaskBand().ReadAsArray() != 0
    assert 0.4 < mask.mean() < 0.6
    extent = tuple(QgsRasterLayer(path).extent().toRectF().getCoords())
    by_hand = exported(
        image_server,
        "Test/FourBandsU8",
        (extent[0], min(extent[1], extent[3]), extent[2], max(extent[1], extent[3])),
        (data.RasterXSize, data.RasterYSize),
    )
    np.testing.assert_array_equal(data.ReadAsArray()[:, mask], by_hand[:, mask])


def test_in_another_crs_the_server_resamples_and_nothing_is_made_up(
    image_server: ImageServerProcess, tmp_path: Path
) -> None:
    path = str(tmp_path / "degrees.tif")
    service = image_server.service("Test/U16")
    run(EXPORT, IN_IMAGE_SERVICE=service, TARGET_CRS="EPSG:4674", CELL_SIZE=0.0001, OUTPUT=path)
    data = gdal.Open(path)
    assert data.GetSpatialRef().GetAuthorityCode(None) == "4674"
    assert data.GetGeoTransform()[1::4] == (0.0001, -0.0001)
    (image,) = {request.query["imageSR"] for request in image_server.requests(operation="exportImage")} - {"31985"}
    assert image == "4674"
    valid = data.GetRasterBand(1).GetMaskBand().ReadAsArray() != 0
    assert 0 < (~valid).mean() < 0.1
    # Band 2 reads its greatest value less what the place is times its step, and so never 0 but at its end.
    assert (data.GetRasterBand(2).ReadAsArray()[valid] == 0).mean() < 0.01


def test_in_another_crs_the_metadata_are_of_the_part_that_is_exported(
    image_server: ImageServerProcess, tmp_path: Path
) -> None:
    given = {"IN_IMAGE_SERVICE": image_server.service(LANDSAT), "TEMPLATE": QgsRectangle(*landsat_extent(5, 5, 20, 20))}
    paths = [str(tmp_path / f"{name}.tif") for name in ("own", "degrees")]
    run(EXPORT, OUTPUT=paths[0], **given)
    degrees = QgsReferencedRectangle(given["TEMPLATE"], QgsCoordinateReferenceSystem("EPSG:31985"))
    run(EXPORT, OUTPUT=paths[1], **{**given, "TEMPLATE": degrees, "TARGET_CRS": "EPSG:4674", "CELL_SIZE": "0.0003"})
    listed = [gdal.Open(path).GetMetadataItem("IMAGE_SERVER_LAYER_RASTERS") for path in paths]
    assert listed[0] == listed[1]
    assert gdal.Open(paths[1]).GetMetadataItem("IMAGE_SERVER_LAYER_RASTER_COUNT") != "8"


def test_classes_keep_names_and_colors(image_server: ImageServerProcess, tmp_path: Path) -> None:
    path = str(tmp_path / "classes.tif")
    run(EXPORT, IN_IMAGE_SERVICE=image_server.service("PuertoRico/LandCover"), FORMAT="COG", OUTPUT=path)
    np.testing.assert_array_equal(pixels_of(path), land_cover())
    data = gdal.Open(path)
    band = data.GetRasterBand(1)
    assert band.GetColorTable().GetColorEntry(11) == (71, 107, 161, 255)
    table = band.GetDefaultRAT()
    names = [table.GetNameOfCol(column) for column in range(table.GetColumnCount())]
    assert names[:5] == ["Value", "Class", "Red", "Green", "Blue"]
    rows = {table.GetValueAsInt(row, 0): table.GetValueAsString(row, 1) for row in range(table.GetRowCount())}
    assert rows[11] == "Open Water"


def test_a_picture_is_exported_as_one(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT), kind="picture")
    path = str(tmp_path / "picture.tif")
    run(EXPORT, INPUT=layer, OUTPUT=path)
    np.testing.assert_array_equal(pixels_of(path), qgis_pixels(layer))
    assert gdal.Open(path).GetRasterBand(4).GetColorInterpretation() == gdal.GCI_AlphaBand


def test_a_template_that_stretches_what_is_in_sight_comes_with_a_warning(
    image_server: ImageServerProcess, tmp_path: Path
) -> None:
    log, rule = Log(), {"rasterFunction": "Stretch", "rasterFunctionArguments": {"StretchType": 5, "DRA": True}}
    service, path = image_server.service(LANDSAT), str(tmp_path / "scene.tif")
    run(EXPORT, log, IN_IMAGE_SERVICE=service, PROCESSING_TEMPLATE=json.dumps(rule), OUTPUT=path)
    assert [text.partition(",")[0] for text in log.warnings] == [
        "The processing template stretches each tile of the file by itself (dynamic range adjustment)"
    ]


def test_an_order_that_follows_the_view_is_frozen(image_server: ImageServerProcess, tmp_path: Path) -> None:
    log, path = Log(), str(tmp_path / "scene.tif")
    service = image_server.service(LANDSAT)
    run(EXPORT, log, IN_IMAGE_SERVICE=service, MOSAIC_METHOD="CLOSEST_TO_CENTER", OUTPUT=path)
    assert log.warnings == ["The order of the rasters follows the view, so it is frozen at the center of the layer."]
    assert "esriMosaicViewpoint" in image_server.requests(operation="exportImage")[-1].query["mosaicRule"]
    assert np.isin(pixels_of(path), [shown_by(raster) for raster in NORTH_WEST]).any()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "There is nothing to export: give a layer, or an image service."),
        ({"BAND_INDEX": "9"}, "The band “9” does not exist"),
        ({"TEMPLATE": "0,10,0,10"}, "does not overlap the service's extent"),
        ({"FILE_NODATA": -1}, "The nodata value -1 cannot stand in pixels of the type Byte; choose another."),
        ({"FILE_NODATA": 50}, "pixels with data of the value 50, which is to stand for no data"),
        ({"LARGEST_SIZE": 0.0001}, "raise LARGEST_SIZE, or choose larger cells or a smaller extent."),
    ],
)
def test_what_cannot_be_is_one_sentence(
    image_server: ImageServerProcess, tmp_path: Path, given: dict[str, Any], said: str
) -> None:
    service = {"IN_IMAGE_SERVICE": image_server.service(LANDSAT)} if given else {}
    assert said in refusal(**service, **given, OUTPUT=str(tmp_path / "scene.tif"))
    assert not (tmp_path / "scene.tif").exists()


def test_shapes_must_have_a_crs_and_be_where_the_layer_is(image_server: ImageServerProcess, tmp_path: Path) -> None:
    given = {"IN_IMAGE_SERVICE": image_server.service(LANDSAT), "OUTPUT": str(tmp_path / "scene.tif")}
    nowhere = polygons(rectangle(1, 1, 5, 5))
    nowhere.setCrs(QgsCoordinateReferenceSystem())
    assert refusal(**given, MASK=nowhere) == (
        "The polygon layer “fields” has no coordinate reference system; set one to cut to its shapes."
    )
    assert "cannot be transformed to" in refusal(**given, MASK=polygons(rectangle(1, 1, 5, 5), crs="EPSG:4326"))
    assert "do not overlap the layer's extent" in refusal(**given, MASK=polygons(rectangle(5000, 1, 5, 5)))
    assert refusal(**given, MASK=polygons()) == "The polygon layer “fields” has no polygons to cut to."


def test_a_layer_has_its_own_options(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT))
    text = refusal(INPUT=layer, WHERE_CLAUSE="1=1", OUTPUT=str(tmp_path / "scene.tif"))
    assert text.startswith("The layer has options of its own, so “")


def test_a_layer_of_others_is_refused(tmp_path: Path) -> None:
    path = str(tmp_path / "other.tif")
    gdal.GetDriverByName("GTiff").Create(path, 2, 2).FlushCache()
    # The project's: what is in the frames of an exception lives until the end, and QGIS does not.
    layer = QgsProject.instance().addMapLayer(QgsRasterLayer(path, "other"))
    text = refusal(INPUT=layer.id(), OUTPUT=str(tmp_path / "scene.tif"))
    assert text == "The layer “other” was not made by the plugin Image Server Layer, so it cannot be exported here."
