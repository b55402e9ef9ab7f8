"""*Export image server layer* with one file for each polygon, each locked raster, each date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)

from image_server_layer.plugin.options.time_range import moment_text
from image_server_layer.tests.export.exports import files_in
from image_server_layer.tests.imageserver.climate import MOMENTS, water_value
from image_server_layer.tests.processing.running import EXPORT, Log, new_context, run
from image_server_layer.tests.reading import Array
from image_server_layer.tests.truth import covered_by, landsat_extent, shown_by

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

LANDSAT = "Olinda/Landsat"


class StopAtSecond(Log):
    """A feedback that cancels when the second file begins."""

    def pushInfo(self, info: str) -> None:  # noqa: N802
        if info.startswith("scene_b"):
            self.cancel()


def pixels_of(path: Path) -> Array:
    found: Array = gdal.Open(str(path)).ReadAsArray()
    return found


def rectangle(left: int, top: int, columns: int, rows: int) -> QgsGeometry:
    return QgsGeometry.fromRect(QgsRectangle(*landsat_extent(left, top, columns, rows)))


def fields(*named: tuple[str | None, QgsGeometry]) -> QgsVectorLayer:
    """Return polygons with names in the project."""
    layer = QgsVectorLayer("Polygon?crs=EPSG:31985&field=name:string", "fields", "memory")
    for name, shape in named:
        feature = QgsFeature(layer.fields())
        feature["name"] = name
        feature.setGeometry(shape)
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    return layer


def export(server: ImageServerProcess, folder: Path, log: Log | None = None, **parameters: Any) -> dict[str, Any]:
    given = {"IN_IMAGE_SERVICE": server.service(LANDSAT), "OUTPUT": str(folder / "scene.tif"), **parameters}
    return run(EXPORT, log or Log(), **given)


def test_each_polygon_has_a_file_of_its_own(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer = fields(
        ("North", rectangle(10, 20, 30, 40)), ("a/b", rectangle(60, 90, 7, 5)), (None, rectangle(0, 0, 3, 3))
    )
    log = Log()
    outputs = export(
        image_server, tmp_path, log, MASK=layer, EACH="POLYGON", NAME_FIELD="name", MOSAIC_METHOD="NORTH_WEST"
    )
    names = ["scene_North.tif", "scene_a_b.tif", "scene_3.tif"]
    assert outputs["FILES"] == [str(tmp_path / name) for name in names]
    assert (outputs["FAILED"], outputs["MISSING_COUNT"]) == ("", 0)
    assert files_in(tmp_path) == sorted(names)
    assert pixels_of(tmp_path / names[0]).shape == (6, 40, 30)
    np.testing.assert_array_equal(pixels_of(tmp_path / names[2])[:, :3, :3], shown_by(1)[:, :3, :3])
    assert "3 files are whole." in log.infos
    # The service is described once, and looked at once.
    assert len(image_server.requests(operation="exportImage")) == 3 + 1


def test_each_locked_raster_has_a_file_as_large_as_it(image_server: ImageServerProcess, tmp_path: Path) -> None:
    outputs = export(image_server, tmp_path, EACH="RASTER", LOCK_RASTERID="2;1;8;7")
    names = ["scene_LE07_path_214_row_65.tif", "scene_LE07_214065_NW.tif", "scene_Recife.tif", "scene_Recife_2.tif"]
    assert [Path(path).name for path in outputs["FILES"]] == names
    data = gdal.Open(str(tmp_path / names[1]))
    assert (data.RasterXSize, data.RasterYSize) == (160, 200)
    np.testing.assert_array_equal(data.ReadAsArray(), shown_by(1)[:, :200, :160])
    second = pixels_of(tmp_path / names[0])
    np.testing.assert_array_equal(second, shown_by(2)[:, :200, 110:260])
    assert data.GetMetadataItem("ACQUISITIONDATE") == "1999-08-11 12:41:07"
    assert data.GetMetadataItem("CLOUDCOVER") == "12.5"
    assert data.GetMetadataItem("IMAGE_SERVER_LAYER_RASTERS") == "LE07_214065_NW"
    assert data.GetMetadata("IMAGERY") == {"ACQUISITIONDATETIME": "1999-08-11 12:41:07", "CLOUDCOVER": "12.5"}


def test_each_date_has_a_file(image_server: ImageServerProcess, tmp_path: Path) -> None:
    outputs = export(image_server, tmp_path, EACH="DATE", TIME="2001")
    names = [Path(path).name for path in outputs["FILES"]]
    assert names == ["scene_2001-08-05_00_00_00.tif", "scene_2001-11-25_13_05_30.tif"]
    pixels = pixels_of(Path(outputs["FILES"][1]))
    np.testing.assert_array_equal(np.where(covered_by(4), pixels, 0), np.where(covered_by(4), shown_by(4), 0))
    data = gdal.Open(outputs["FILES"][1])
    assert data.GetMetadataItem("ACQUISITIONDATE") == "2001-11-25 13:05:30"


def test_each_value_of_a_time_dimension_has_a_file(image_server: ImageServerProcess, tmp_path: Path) -> None:
    service = image_server.service("Test/Water")
    given: dict[str, Any] = {"VARIABLE": "water_temp", "DIMENSIONS": "StdZ=-50"}
    outputs = export(image_server, tmp_path, IN_IMAGE_SERVICE=service, EACH="DATE", **given)
    assert len(outputs["FILES"]) == len(MOMENTS)
    for path, moment in zip(outputs["FILES"], MOMENTS):
        assert set(pixels_of(Path(path)).flat) == {water_value("water_temp", StdTime=moment, StdZ=-50.0)}
        date = moment_text(int(moment))
        metadata = gdal.Open(path).GetMetadata()
        # Of the slice, not of all that the catalog lists.
        assert metadata["ACQUISITIONDATE"] == date
        assert metadata["IMAGE_SERVER_LAYER_SLICE"] == f"water_temp; StdTime={date[:10]}; StdZ=-50"
        assert "IMAGE_SERVER_LAYER_RASTERS" not in metadata
        assert gdal.Open(path).GetMetadata("IMAGERY") == {"ACQUISITIONDATETIME": date}


def test_what_is_odd_of_all_is_said_once(image_server: ImageServerProcess, tmp_path: Path) -> None:
    log = Log()
    xmin, ymin, xmax, ymax = landsat_extent(0, 0, 150, 150)
    extent = QgsRectangle(xmin - 1e5, ymin, xmax, ymax)
    export(image_server, tmp_path, log, EACH="RASTER", LOCK_RASTERID="1;2", INPUT=None, TEMPLATE=extent)
    assert log.warnings == ["The extent reaches beyond the layer; what lies outside is left out."]


def test_what_fails_is_listed_and_does_not_lose_the_others(image_server: ImageServerProcess, tmp_path: Path) -> None:
    log = Log()
    layer = fields(
        ("in", rectangle(10, 20, 30, 40)), ("out", rectangle(5000, 5000, 7, 5)), ("too", rectangle(1, 1, 5, 5))
    )
    outputs = export(image_server, tmp_path, log, MASK=layer, EACH="POLYGON", NAME_FIELD="name")
    assert [Path(path).name for path in outputs["FILES"]] == ["scene_in.tif", "scene_too.tif"]
    assert outputs["FAILED"].startswith("out: The shapes to cut to")
    assert any(warning.startswith("1 file could not be written: out: ") for warning in log.warnings)


def test_what_is_whole_is_not_asked_for_again(image_server: ImageServerProcess, tmp_path: Path) -> None:
    shapes = [("a", rectangle(10, 20, 30, 40)), ("b", rectangle(60, 90, 7, 5)), ("c", rectangle(90, 90, 7, 5))]
    layer = fields(*shapes)
    given = {"MASK": layer, "EACH": "POLYGON", "NAME_FIELD": "name"}
    export(image_server, tmp_path, StopAtSecond(), **given)
    assert "scene_a.tif" in files_in(tmp_path)
    assert "scene.tif.files" in files_in(tmp_path)
    assert "scene_b.tif" not in files_in(tmp_path)
    image_server.clear()
    log = Log()
    outputs = export(image_server, tmp_path, log, **given)
    assert len(outputs["FILES"]) == 3
    assert "1 file is there already." in log.infos
    assert len(image_server.requests(operation="exportImage")) == 2 + 1
    assert files_in(tmp_path) == ["scene_a.tif", "scene_b.tif", "scene_c.tif"]


def test_a_file_that_was_changed_is_written_anew(image_server: ImageServerProcess, tmp_path: Path) -> None:
    layer = fields(("a", rectangle(10, 20, 30, 40)), ("out", rectangle(5000, 5000, 7, 5)))
    given = {"MASK": layer, "EACH": "POLYGON", "NAME_FIELD": "name"}
    export(image_server, tmp_path, **given)
    whole = pixels_of(tmp_path / "scene_a.tif")
    (tmp_path / "scene_a.tif").write_bytes(b"")
    export(image_server, tmp_path, **given)
    np.testing.assert_array_equal(pixels_of(tmp_path / "scene_a.tif"), whole)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"EACH": "POLYGON"}, "There are no polygons to make files of: give a layer of some to cut to."),
        (
            {"EACH": "RASTER"},
            "No raster is locked, so there are none to make files of: lock rasters by their ids or names.",
        ),
        ({"EACH": "DATE", "TIME": "2001", "LOCK_RASTERID": "1"}, "There is no date in 2001 to make a file of."),
        ({"EACH": "RASTER", "LOCK_RASTERID": "1;2", "LARGEST_SIZE": 1e-5}, "The 2 files would hold"),
        (
            {"EACH": "DATE", "IN_IMAGE_SERVICE": "Test/LercTiles"},
            "The service “Test/LercTiles” does not list its dates, so there cannot be a file for each.",
        ),
    ],
)
def test_what_cannot_be_is_one_sentence(
    image_server: ImageServerProcess, tmp_path: Path, given: dict[str, Any], message: str
) -> None:
    service = given.get("IN_IMAGE_SERVICE", LANDSAT)
    with pytest.raises(QgsProcessingException, match=message):
        export(image_server, tmp_path, **{**given, "IN_IMAGE_SERVICE": image_server.service(service)})
    assert files_in(tmp_path) == []


def test_files_are_opened_where_the_output_is(image_server: ImageServerProcess, tmp_path: Path) -> None:
    import processing

    project, context = QgsProject.instance(), new_context()
    output = QgsProcessingOutputLayerDefinition(str(tmp_path / "scene.tif"), project)
    parameters = {"IN_IMAGE_SERVICE": image_server.service(LANDSAT), "EACH": "RASTER", "LOCK_RASTERID": "1;2"}
    processing.run(EXPORT, {**parameters, "OUTPUT": output}, context=context, feedback=Log())
    loaded: dict[str, QgsProcessingContext.LayerDetails] = context.layersToLoadOnCompletion()
    assert sorted(Path(path).name for path in loaded) == ["scene_LE07_214065_NW.tif", "scene_LE07_path_214_row_65.tif"]
