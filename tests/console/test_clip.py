"""A layer that is clipped to polygons: nothing is drawn, told, counted or written outside of them, in any kind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRaster,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedGeometry,
    QgsVectorLayer,
)

from image_server_layer import ImageServerLayerError, make_image_server_layer
from image_server_layer.plugin.backend.source_reader import read_layer_source
from image_server_layer.plugin.layer.edit import options_of
from image_server_layer.plugin.options.clip import MOST_CORNERS, Clip
from image_server_layer.plugin.options.grid import Grid
from image_server_layer.tests.clipping import clip_of, inside, no_data_of
from image_server_layer.tests.reading import gdal_dataset, gdal_pixels, grid_of, qgis_pixels
from image_server_layer.tests.truth import LANDSAT_CELL, NORTH_WEST, elevation, landsat_extent, mosaic, typed

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

# In the Landsat scene: a triangle with a hole, and a square. No edge goes through the center of a cell.
TRIANGLE = [(289503.0, 9119897.0), (296803.0, 9117701.0), (291405.0, 9112450.0)]
HOLE = [(291303.0, 9117757.0), (293443.0, 9117047.0), (292403.0, 9116097.0)]
SQUARE = [(296850.0, 9112950.0), (297950.0, 9112950.0), (297950.0, 9111850.0), (296850.0, 9111850.0)]
CLIP = clip_of([TRIANGLE, HOLE], [SQUARE])
WKT = CLIP.wkt()
# The same in columns and rows: what the box around it becomes on the service's own cells.
LEFT, TOP, COLUMNS, ROWS = 25, 30, 297, 283
# Of a small service whose values take up all of their type.
OUTSIDE = (
    "The shapes to clip to lie outside of the service's extent 288776.25 9110728.75 298722.75 9120760.75; "
    "choose others."
)
SMALL = clip_of([[(300103.0, 9099897.0), (300803.0, 9099701.0), (300405.0, 9099450.0)]])


def polygon_layer(*wkt: str, crs: str = "EPSG:31985", name: str = "fields") -> QgsVectorLayer:
    """Return a layer of polygons in the project."""
    layer = QgsVectorLayer(f"Polygon?crs={crs}", name, "memory")
    for text in wkt:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(text))
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    return layer


def ring(corners: int, radius: float = 4000.0) -> str:
    """Return a star around the middle of the Landsat scene, every corner of which counts."""
    angles = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    radii = np.where(np.arange(corners) % 2, radius, radius * 0.9)
    points = [f"{293750 + x:.3f} {9115740 + y:.3f}" for x, y in zip(radii * np.cos(angles), radii * np.sin(angles))]
    return f"POLYGON(({','.join([*points, points[0]])}))"


def test_values_are_those_of_the_service_inside_and_none_outside(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), clip=WKT)

    assert layer.extent().toString(3) == QgsRectangle(*landsat_extent(LEFT, TOP, COLUMNS, ROWS)).toString(3)
    wanted = inside(CLIP, grid_of(layer))
    assert 0.2 < wanted.mean() < 0.5
    expected = mosaic(NORTH_WEST)[:, TOP : TOP + ROWS, LEFT : LEFT + COLUMNS]
    pixels = qgis_pixels(layer)
    np.testing.assert_array_equal(pixels[:, wanted], expected[:, wanted])
    for band in (1, 6):
        np.testing.assert_array_equal(no_data_of(layer, band), ~wanted)


def test_nothing_of_it_is_on_the_wire(image_server: ImageServerProcess) -> None:
    image_server.clear()
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), clip=WKT)
    qgis_pixels(layer)

    drawn = [request for request in image_server.requests() if request.path.endswith("exportImage")]
    assert drawn
    for request in drawn:
        assert set(request.query) == {
            "adjustAspectRatio",
            "bbox",
            "bboxSR",
            "imageSR",
            "size",
            "format",
            "compression",
            "f",
        }
        assert request.method == "GET"


def test_a_picture_is_transparent_outside_in_every_view(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), kind="picture", clip=WKT)
    whole = make_image_server_layer(image_server.service("Olinda/Landsat"), kind="picture", add_to_project=False)
    grid = grid_of(layer)
    for columns, rows in ((grid.columns, grid.rows), (150, 140), (600, 560)):
        view = Grid(grid.extent, columns, rows, (grid.extent.width / columns, grid.extent.height / rows))
        wanted = inside(CLIP, view)
        pixels = qgis_pixels(layer, size=(columns, rows))
        reference = qgis_pixels(whole, layer.extent(), (columns, rows))
        np.testing.assert_array_equal(pixels[:, wanted], reference[:, wanted])
        assert not pixels[:, ~wanted].any()


def test_a_coarse_view_of_values_is_clipped_by_its_own_pixels(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), clip=WKT)
    grid, columns, rows = grid_of(layer), 99, 94
    view = Grid(grid.extent, columns, rows, (grid.extent.width / columns, grid.extent.height / rows))

    block = layer.dataProvider().block(1, layer.extent(), columns, rows)

    none = np.array([[block.isNoData(row, column) for column in range(columns)] for row in range(rows)])
    np.testing.assert_array_equal(none, ~inside(CLIP, view))


@pytest.mark.parametrize("pixel_type", ["U8", "U16", "S16", "U32", "S32", "F32", "F64"])
def test_every_type_is_clipped_and_portable(image_server: ImageServerProcess, pixel_type: str) -> None:
    layer = make_image_server_layer(image_server.service(f"Test/{pixel_type}"), clip=SMALL.wkt())
    grid = grid_of(layer)
    wanted = inside(SMALL, grid)
    left, top = round((grid.extent.xmin - 300000) / 10), round((9100000 - grid.extent.ymax) / 10)
    expected = typed(pixel_type)[:, top : top + grid.rows, left : left + grid.columns]

    np.testing.assert_array_equal(no_data_of(layer, 2), ~wanted)
    np.testing.assert_array_equal(qgis_pixels(layer)[:, wanted], expected[:, wanted])
    dataset = gdal_dataset(layer)
    for number in (1, 2, 3):
        band = dataset.GetRasterBand(number)
        pixels, nodata = band.ReadAsArray(), band.GetNoDataValue()
        none = np.isnan(pixels) if np.isnan(nodata) else pixels == nodata
        np.testing.assert_array_equal(none, ~wanted)
        np.testing.assert_array_equal(pixels[wanted], expected[number - 1][wanted])


def test_bytes_that_use_all_of_their_values_have_none_to_spare(image_server: ImageServerProcess) -> None:
    # 97 × 61 cells, and 256 values: all of them are inside.
    around = clip_of([[(300001.0, 9099999.0), (300969.0, 9099999.0), (300968.3, 9099391.7)]])
    layer = make_image_server_layer(image_server.service("Test/U8"), band_index=1, clip=around.wkt())
    wanted = inside(around, grid_of(layer))
    block = layer.dataProvider().block(1, layer.extent(), layer.width(), layer.height())

    assert len(np.unique(typed("U8")[0][wanted])) == 256
    assert block.dataType() == Qgis.DataType.Byte
    np.testing.assert_array_equal(no_data_of(layer), ~wanted)
    np.testing.assert_array_equal(qgis_pixels(layer)[0][wanted], typed("U8")[0][wanted])


def test_no_data_of_the_service_stays_so_inside(image_server: ImageServerProcess) -> None:
    address = image_server.service("Olinda/Elevation")
    whole = grid_of(make_image_server_layer(address, processing_template="None", add_to_project=False))
    xmin, ymax, (cell, _) = whole.extent.xmin, whole.extent.ymax, whole.cell_size
    # The sea is in rows 0 to 9 and columns 101 to 110.
    corners = [(xmin + x * cell, ymax - y * cell) for x, y in ((90.2, 0.1), (110.9, 0.1), (104.3, 30.4))]
    clip = clip_of([corners])

    layer = make_image_server_layer(address, processing_template="None", clip=clip.wkt())

    wanted = inside(clip, grid_of(layer))
    expected = elevation()[0][: layer.height(), 90 : 90 + layer.width()]
    assert (expected[wanted] == -9999).any()
    for pixels in (qgis_pixels(layer)[0], gdal_pixels(layer)[0]):
        np.testing.assert_array_equal(pixels, np.where(wanted, expected, -9999))


def test_each_band_keeps_its_own_no_data(image_server: ImageServerProcess) -> None:
    address = image_server.service("Test/NoDataPerBand")
    whole = make_image_server_layer(address, add_to_project=False)
    grid = grid_of(whole)
    (xmin, ymin, xmax, ymax), expected = grid.extent, qgis_pixels(whole)
    clip = clip_of([[(xmin + 11, ymin + 7), (xmax - 13, ymin + 99), (xmin + 203, ymax - 5)]])

    layer = make_image_server_layer(address, template=grid.extent, clip=clip.wkt())

    wanted = inside(clip, grid)
    for pixels in (qgis_pixels(layer), gdal_pixels(layer)):
        for band, nodata in enumerate(layer.dataProvider().sourceNoDataValue(number) for number in (1, 2, 3)):
            np.testing.assert_array_equal(pixels[band], np.where(wanted, expected[band], nodata))


def test_the_extent_may_be_given_beside_the_shape(image_server: ImageServerProcess) -> None:
    part = landsat_extent(20, 20, 100, 90)
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), template=part, clip=WKT)

    assert layer.extent().toString(3) == QgsRectangle(*part).toString(3)
    np.testing.assert_array_equal(no_data_of(layer), ~inside(CLIP, grid_of(layer)))


def test_what_is_known_of_the_whole_is_not_shown_clipped_nor_the_other_way_round(
    image_server: ImageServerProcess,
) -> None:
    part = landsat_extent(20, 20, 100, 90)
    whole = make_image_server_layer(image_server.service("Olinda/Landsat"), template=part)
    clipped = make_image_server_layer(image_server.service("Olinda/Landsat"), template=part, clip=WKT)

    for _ in range(2):
        assert not no_data_of(whole).any()
        np.testing.assert_array_equal(no_data_of(clipped), ~inside(CLIP, grid_of(clipped)))


def test_identify_and_sample_tell_what_is_drawn(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), clip=WKT)
    picture = make_image_server_layer(image_server.service("Olinda/Landsat"), kind="picture", clip=WKT)
    grid = grid_of(layer)
    wanted, pixels = inside(CLIP, grid), qgis_pixels(layer)
    on_edge = np.flatnonzero(np.diff(wanted[140].astype(int)))
    assert on_edge.size >= 2
    image_server.clear()
    for column in sorted({*on_edge.tolist(), *(on_edge + 1).tolist()}):
        # Not the center of the cell: the whole of it counts as drawn.
        x, y = grid.extent.xmin + (column + 0.9) * LANDSAT_CELL, grid.extent.ymax - 140.1 * LANDSAT_CELL
        point = QgsPointXY(x, y)
        told = layer.dataProvider().identify(point, QgsRaster.IdentifyFormatValue).results()
        value, is_there = layer.dataProvider().sample(point, 1)
        if wanted[140, column]:
            assert [told[band] for band in range(1, 7)] == pixels[:, 140, column].tolist()
            assert (value, is_there) == (pixels[0, 140, column], True)
        else:
            assert (told, is_there) == ({}, False)
            assert layer.dataProvider().identify(point, QgsRaster.IdentifyFormatText).results() == {}
            assert picture.dataProvider().identify(point, QgsRaster.IdentifyFormatHtml).results() == {}
            assert picture.dataProvider().sample(point, 1)[1] is False


def test_outside_nothing_is_asked(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), clip=WKT)
    image_server.clear()

    assert layer.dataProvider().sample(QgsPointXY(292400, 9116800), 1)[1] is False
    assert image_server.requests() == []


def test_statistics_are_of_the_pixels_inside(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), clip=WKT)
    expected = mosaic(NORTH_WEST)[3, TOP : TOP + ROWS, LEFT : LEFT + COLUMNS][inside(CLIP, grid_of(layer))]

    found = layer.dataProvider().bandStatistics(4)

    assert (found.elementCount, found.minimumValue, found.maximumValue) == (
        expected.size,
        expected.min(),
        expected.max(),
    )
    assert found.mean == pytest.approx(expected.mean())
    assert "STATISTICS_MEAN" not in (gdal_dataset(layer).GetRasterBand(4).GetMetadata() or {})


def test_gdal_draws_it_alone_at_every_level(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/Synthetic"), provider="gdal", clip=_in_the_large())
    live = make_image_server_layer(image_server.service("Test/Synthetic"), clip=_in_the_large())

    assert (layer.providerType(), layer.extent()) == ("gdal", live.extent())
    dataset = gdal_dataset(layer)
    band = dataset.GetRasterBand(1)
    assert band.GetOverviewCount() > 0
    for level in range(band.GetOverviewCount()):
        overview = band.GetOverview(level)
        pixels = overview.ReadAsArray()
        grid = grid_of(live)
        view = Grid(
            grid.extent,
            overview.XSize,
            overview.YSize,
            (grid.extent.width / overview.XSize, grid.extent.height / overview.YSize),
        )
        wanted = inside(live_clip(live), view)
        # 32 bits have no value to spare, so that GDAL has them in 64 with a fraction.
        wrong = ~np.isnan(pixels) != wanted
        # A cutline is taken to the cells of a level: those on its edge may fall either way.
        assert wrong.mean() < 0.01
        assert not np.isnan(pixels[overview.YSize // 2, overview.XSize // 2])


def live_clip(layer: QgsRasterLayer) -> Clip:
    source = read_layer_source(layer.source())
    assert source is not None
    assert source.clip is not None
    return source.clip


def _in_the_large() -> str:
    return "POLYGON((304003 9096007,340111 9098017,331009 9065031,304003 9096007))"


# What can be clipped to.


def test_a_layer_in_another_crs_is_taken_to_the_service(image_server: ImageServerProcess) -> None:
    to_degrees = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:31985"),
        QgsCoordinateReferenceSystem("EPSG:4674"),
        QgsProject.instance(),
    )
    shapes = []
    for polygon in QgsGeometry.fromWkt(WKT).asGeometryCollection():
        polygon.transform(to_degrees)
        shapes.append(polygon.asWkt(12))
    fields = polygon_layer(*shapes, crs="EPSG:4674")

    for given in (fields, fields.id(), "fields"):
        layer = make_image_server_layer(image_server.service("Olinda/Landsat"), clip=given)
        wanted = inside(CLIP, grid_of(layer))
        assert (no_data_of(layer) == wanted).sum() <= 2
        # Points were put on the edges to bend them, and taken away again where they do not bend.
        assert live_clip(layer).corner_count <= 30


def test_only_what_is_selected_may_be_wanted(image_server: ImageServerProcess) -> None:
    fields = polygon_layer(*(polygon.asWkt() for polygon in QgsGeometry.fromWkt(WKT).asGeometryCollection()))
    fields.selectByIds([2])

    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), clip=fields, clip_selected=True)

    assert layer.extent().contains(QgsRectangle(296850, 9111850, 297950, 9112950))
    assert layer.width() == 39
    assert live_clip(layer) == clip_of([SQUARE])
    options = options_of(layer)
    assert options is not None
    assert options.clip == clip_of([SQUARE])


def test_overlapping_polygons_are_one_shape(image_server: ImageServerProcess) -> None:
    fields = polygon_layer(
        "POLYGON((290000 9117000,292000 9117000,292000 9115000,290000 9115000,290000 9117000))",
        "POLYGON((291000 9116000,293000 9116000,293000 9114000,291000 9114000,291000 9116000))",
    )

    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), clip=fields)

    assert len(live_clip(layer).polygons) == 1
    middle = layer.dataProvider().sample(QgsPointXY(291500, 9115500), 1)
    assert middle[1]


@pytest.mark.parametrize(
    "given",
    [
        lambda: QgsGeometry.fromWkt(WKT),
        lambda: QgsReferencedGeometry(QgsGeometry.fromWkt(WKT), QgsCoordinateReferenceSystem("EPSG:31985")),
        lambda: f"  {WKT.lower()}",
    ],
)
def test_geometries_are_shapes_too(image_server: ImageServerProcess, given: Any) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), clip=given())
    np.testing.assert_array_equal(no_data_of(layer), ~inside(CLIP, grid_of(layer)))


def test_a_file_is_a_layer(image_server: ImageServerProcess, tmp_path: Path) -> None:
    path = tmp_path / "fields.geojson"
    path.write_text(
        '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::31985"}},'
        '"features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":'
        f"[{[[x, y] for x, y in (*SQUARE, SQUARE[0])]}]}}}}]}}",
        encoding="ascii",
    )
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), clip=path)
    assert (layer.width(), layer.height()) == (39, 39)


def test_a_shape_with_many_corners_is_simplified_by_less_than_a_cell(image_server: ImageServerProcess) -> None:
    angles = np.linspace(0, 2 * np.pi, 20_000, endpoint=False)
    points = [f"{293750 + 4000 * np.cos(angle):.4f} {9115740 + 4000 * np.sin(angle):.4f}" for angle in angles]
    layer = make_image_server_layer(
        image_server.service("Olinda/Landsat"), clip=f"POLYGON(({','.join([*points, points[0]])}))"
    )

    (note,) = [text for text in layer.customProperty("image_server_layer/notes") if "simplified" in text]
    kept = live_clip(layer).corner_count
    assert note == (
        f"The shapes to clip to are simplified by less than a cell, from 20000 corners to {kept}."
    )
    assert kept < 500
    grid = grid_of(layer)
    rows, columns = np.mgrid[: grid.rows, : grid.columns]
    x = grid.extent.xmin + (columns + 0.5) * LANDSAT_CELL - 293750
    y = grid.extent.ymax - (rows + 0.5) * LANDSAT_CELL - 9115740
    distance, none = np.hypot(x, y), no_data_of(layer)
    assert not none[distance < 4000 - LANDSAT_CELL].any()
    assert none[distance > 4000 + LANDSAT_CELL].all()


def test_a_source_with_the_largest_shape_stays_short(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), clip=ring(MOST_CORNERS))
    assert live_clip(layer).corner_count == MOST_CORNERS
    assert len(layer.source()) < 500_000
    assert gdal_pixels(layer).shape[0] == 6


# What cannot be clipped to.


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            lambda: polygon_layer(WKT, crs=""),
            "The polygon layer “fields” has no coordinate reference system; set one to clip to its shapes.",
        ),
        (polygon_layer, "The polygon layer “fields” is empty, so there is nothing to clip to."),
        (
            lambda: polygon_layer("POLYGON((290000 9117000,292000 9115000,292000 9117000,290000 9115000))"),
            "A polygon of the layer “fields” is not valid (Self-intersection); repair it with the algorithm Fix",
        ),
        (
            lambda: "POLYGON((290000 9117000,292000 9115000,292000 9117000,290000 9115000,290000 9117000))",
            "The polygon to clip to is not valid (Self-intersection); repair it first.",
        ),
        (
            lambda: "POLYGON((0 0,1 0,1 1,0 0))",
            OUTSIDE,
        ),
        (
            lambda: polygon_layer("POLYGON((10 50,11 50,11 51,10 50))", crs="EPSG:4326"),
            OUTSIDE,
        ),
        (
            lambda: "POLYGON((290001 9117001,290002 9117001,290002 9117002,290001 9117001))",
            "No cell of the layer, 28.5 × 28.5 in size, has its center in the shapes to clip to; choose larger",
        ),
        (lambda: "nowhere", "“nowhere” is no polygon layer that can be opened, and no polygon as WKT; give one to"),
        (lambda: 7, "“7” is no polygon layer that can be opened"),
        (lambda: "POLYGON((nan nan,1 0,1 1))", "is no polygon; give one as WKT"),
        (lambda: "POLYGON EMPTY", "“POLYGON EMPTY” is no polygon"),
        (lambda: QgsGeometry.fromWkt("POINT(290000 9117000)"), "is no polygon; give one as WKT"),
        (
            lambda: QgsVectorLayer("Point?crs=EPSG:31985", "dots", "memory"),
            "The layer “dots” has no polygons to clip to; choose a polygon layer.",
        ),
        (
            lambda: ring(9001),
            "The shapes to clip to have 9001 corners, simplified by half a cell still ",
        ),
        (
            lambda: polygon_layer(*[ring(50_001)] * 4),
            "The polygons of the layer “fields” have more than 200000 corners; select those to clip to, or simplify",
        ),
    ],
)
def test_what_cannot_be_clipped_to_is_said_in_a_sentence(
    image_server: ImageServerProcess, given: Any, sentence: str
) -> None:
    with pytest.raises(ImageServerLayerError) as caught:
        make_image_server_layer(image_server.service("Olinda/Landsat"), clip=given())
    assert sentence in caught.value.message
    assert not [layer for layer in QgsProject.instance().mapLayers().values() if isinstance(layer, QgsRasterLayer)]


def test_nothing_selected_is_said(image_server: ImageServerProcess) -> None:
    with pytest.raises(ImageServerLayerError, match="Nothing is selected in the layer “fields”; select polygons"):
        make_image_server_layer(image_server.service("Olinda/Landsat"), clip=polygon_layer(WKT), clip_selected=True)


def test_shape_and_extent_apart_are_said(image_server: ImageServerProcess) -> None:
    with pytest.raises(ImageServerLayerError, match=r"lie outside of the template extent .*; leave out one of them"):
        make_image_server_layer(
            image_server.service("Olinda/Landsat"),
            template=landsat_extent(300, 0, 20, 20),
            clip=clip_of([TRIANGLE]).wkt(),
        )
