"""Services that have ready-made tiles and draw images, too: what a view of a picture is drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.core import (
    QgsPointXY,
    QgsProject,
    QgsRaster,
    QgsRasterBandStats,
    QgsRasterBlockFeedback,
    QgsRasterLayer,
    QgsRectangle,
)

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.backend.windows import view_of
from image_server_layer.plugin.layer.edit import options_of, source_of
from image_server_layer.plugin.service.errors import OptionError
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.tests.clipping import clip_of, inside
from image_server_layer.tests.patience import meanwhile
from image_server_layer.tests.reading import gdal_dataset, qgis_pixels

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

CACHED = "Test/Cached"
HALF = 20037508.342787
FINEST, OWN = 19, 15
COLUMNS, ROWS = 300, 200


def size_of(level: int) -> float:
    """Return the size of a pixel of a level."""
    return 2 * HALF / 256 / 2**level


def view_on(level: int, column: int = 700, row: int = 800, scale: float = 1.0) -> QgsRectangle:
    """Return a view whose corner is one of a pixel of a level: so many pixels of level 15 from the service's own."""
    cell, own = size_of(level), size_of(OWN)
    left = round((-3885000.0 + column * own + HALF) / cell) * cell - HALF
    top = HALF - round((HALF + 890000.0 + row * own) / cell) * cell
    return QgsRectangle(left, top - ROWS * cell * scale, left + COLUMNS * cell * scale, top)


def tiles_under(view: QgsRectangle, level: int) -> int:
    """Return how many tiles of 256 × 256 pixels of a level a view touches."""
    side = 256 * size_of(level)
    # Not the edges themselves, which lie between two pixels.
    within = view.buffered(-size_of(level) / 2)
    columns = int((within.xMaximum() + HALF) // side) - int((within.xMinimum() + HALF) // side) + 1
    rows = int((HALF - within.yMinimum()) // side) - int((HALF - within.yMaximum()) // side) + 1
    return columns * rows


def made(server: ImageServerProcess, **given: Any) -> QgsRasterLayer:
    """Return a picture, and forget what was asked for it."""
    layer = make_image_server_layer(server.service(CACHED), kind="picture", **given)
    server.clear()
    return layer


def asked(server: ImageServerProcess) -> tuple[int, int]:
    """Return how many tiles and how many images were asked for."""
    return len(server.requests("/tile/")), len(server.requests(operation="exportImage"))


@pytest.mark.parametrize("level", [17, 15, 13])
def test_a_view_on_the_pixels_of_a_level_is_what_the_server_draws(image_server: ImageServerProcess, level: int) -> None:
    layer, drawn = made(image_server), made(image_server, tiles=False)
    view = view_on(level)
    pixels = qgis_pixels(layer, view, (COLUMNS, ROWS))
    tiles, images = asked(image_server)
    assert (tiles, images) == (tiles_under(view, level), 0)
    assert np.array_equal(pixels, qgis_pixels(drawn, view, (COLUMNS, ROWS)))
    assert asked(image_server) == (tiles, 1)


def test_a_view_between_levels_is_blended_of_the_finer_one(image_server: ImageServerProcess) -> None:
    layer, drawn = made(image_server), made(image_server, tiles=False)
    view = view_on(15, scale=1.5)
    pixels = qgis_pixels(layer, view, (COLUMNS, ROWS)).astype(int)
    assert {record.path.split("/tile/")[1].split("/")[0] for record in image_server.requests("/tile/")} == {"15"}
    assert image_server.requests(operation="exportImage") == []
    # Where the values do not begin anew at 0 they rise by 1 in 8 pixels, which is all that a blend may differ by.
    differences = np.abs(pixels - qgis_pixels(drawn, view, (COLUMNS, ROWS)).astype(int))
    assert np.percentile(differences, 97) <= 1
    assert (pixels[3] == 255).all()


def test_two_pixels_are_blended_by_their_halves(image_server: ImageServerProcess) -> None:
    layer = made(image_server)
    view = view_on(15, scale=2.0)
    own = qgis_pixels(layer, view, (2 * COLUMNS, 2 * ROWS)).astype(float)
    # A thousandth more than twice as large would be the next level's.
    almost = QgsRectangle(
        view.xMinimum(),
        view.yMaximum() - view.height() * 0.998,
        *(view.xMinimum() + view.width() * 0.998, view.yMaximum()),
    )
    image_server.clear()
    pixels = qgis_pixels(layer, almost, (COLUMNS, ROWS))
    assert image_server.requests(operation="exportImage") == []
    mean = own.reshape(4, ROWS, 2, COLUMNS, 2).mean(axis=(2, 4))
    assert np.abs(pixels[:, :20, :20] - mean[:, :20, :20]).max() <= 1


def test_what_tiles_do_not_fit_is_an_image(image_server: ImageServerProcess) -> None:
    layer, drawn = made(image_server), made(image_server, tiles=False)
    closer = view_on(FINEST, scale=0.5)
    uneven = view_on(15)
    for view, size in ((closer, (COLUMNS, ROWS)), (uneven, (COLUMNS, ROWS // 4))):
        image_server.clear()
        pixels = qgis_pixels(layer, view, size)
        assert asked(image_server) == (0, 1)
        assert np.array_equal(pixels, qgis_pixels(drawn, view, size))


def test_pixels_of_a_level_are_known_at_every_scale_that_it_fits(image_server: ImageServerProcess) -> None:
    layer = made(image_server)
    view = view_on(15, scale=1.5)
    qgis_pixels(layer, view, (COLUMNS, ROWS))
    image_server.clear()
    inner = QgsRectangle(view)
    inner.scale(0.8)
    qgis_pixels(layer, inner, (COLUMNS, ROWS))
    assert asked(image_server) == (0, 0)


@pytest.mark.parametrize(
    "given", [{"band_index": "1;2;3"}, {"interpolation": "CUBIC"}, {"processing_template": "None"}, {"tiles": False}]
)
def test_an_option_that_tiles_cannot_have_makes_images(image_server: ImageServerProcess, given: dict[str, Any]) -> None:
    layer = make_image_server_layer(image_server.service(CACHED), kind="picture", **given)
    qgis_pixels(layer, view_on(15), (COLUMNS, ROWS))
    assert image_server.requests("/tile/") == []
    source = source_of(layer)
    assert source is not None
    assert source.tiles is None


def test_tiles_that_were_asked_for_are_had_or_refused(image_server: ImageServerProcess) -> None:
    url = image_server.service(CACHED)
    layer = make_image_server_layer(url, tiles=True)
    source, options = source_of(layer), options_of(layer)
    assert source is not None
    assert options is not None
    assert source.is_picture
    assert source.tiles is not None
    assert options.to_json() == '{"tiles":true,"v":4}'
    with pytest.raises(OptionError, match=r"without “Bands”\. Leave out “Ready-made tiles”") as caught:
        make_image_server_layer(url, tiles=True, band_index="1")
    assert caught.value.option == "tiles"
    with pytest.raises(OptionError, match="tiles of the service are pictures") as caught:
        make_image_server_layer(url, tiles=True, kind="values")
    assert caught.value.option == "tiles"
    with pytest.raises(OptionError, match=r"no ready-made pictures in tiles\. Leave out"):
        make_image_server_layer(image_server.service("Olinda/Landsat"), tiles=True)
    # What everybody gets of it may be asked for.
    make_image_server_layer(image_server.service("Test/Single"), kind="picture", tiles=False)
    with pytest.raises(OptionError, match="offers only ready-made tiles"):
        make_image_server_layer(image_server.service("Test/TilesOnly"), tiles=False)
    with pytest.raises(OptionError, match="“maybe” is neither tiles nor images"):
        make_image_server_layer(url, tiles="maybe")  # type: ignore[arg-type]


def test_values_identify_and_statistics_stay_the_services(image_server: ImageServerProcess) -> None:
    values = make_image_server_layer(image_server.service(CACHED))
    assert values.bandCount() == 3
    layer = made(image_server)
    point = view_on(15).center()
    layer.dataProvider().identify(QgsPointXY(point), QgsRaster.IdentifyFormatValue)
    assert len(image_server.requests(operation="identify")) == 1
    layer.dataProvider().sample(QgsPointXY(point), 1)
    layer.dataProvider().bandStatistics(1, QgsRasterBandStats.All, view_on(15), 1000)
    assert image_server.requests("/tile/") == []


def test_a_missing_tile_is_transparent_and_a_broken_one_is_told(image_server: ImageServerProcess) -> None:
    layer, drawn = made(image_server), made(image_server, tiles=False)
    # Of several tiles, the first of which fails.
    view, size, feedback = view_on(15, scale=2.0), (2 * COLUMNS, 2 * ROWS), QgsRasterBlockFeedback()
    truth = qgis_pixels(drawn, view, size)
    image_server.fault("status", match="/tile/", times=1, status=404)
    pixels = qgis_pixels(layer, view, size)
    hole = pixels[3] == 0
    assert 0 < hole.sum() < hole.size
    assert np.array_equal(pixels[:, ~hole], truth[:, ~hole])
    layer.dataProvider().reloadData()
    image_server.fault("status", match="/tile/", times=1, status=500)
    layer.dataProvider().block(4, view, *size, feedback)
    assert len(feedback.errors()) == 1
    assert "127.0.0.1" in feedback.errors()[0]


def test_tiles_that_are_none_make_a_layer_of_images_with_a_note(image_server: ImageServerProcess) -> None:
    url = image_server.service(CACHED)
    image_server.fault("status", match="/tile/", times=None, status=404)
    layer = make_image_server_layer(url, kind="picture")
    source = source_of(layer)
    assert source is not None
    assert source.tiles is None
    (note,) = layer.customProperty("image_server_layer/notes")
    assert note.startswith("The tiles of the service cannot be drawn from, so the server draws each view: There is no")
    with pytest.raises(Exception, match="There is no tile in the middle of the layer"):
        make_image_server_layer(url, tiles=True)


def test_a_shape_cuts_the_view_and_not_the_pixels_of_a_level(image_server: ImageServerProcess) -> None:
    view = view_on(15, scale=1.5)
    x, y = view.center().x(), view.center().y()
    shape = clip_of([[(x, y), (x + 900.3, y + 10.1), (x + 200.7, y + 480.9)]])
    layer = made(image_server, clip=shape.wkt())
    pixels = qgis_pixels(layer, view, (COLUMNS, ROWS))
    tiles, images = asked(image_server)
    assert tiles > 0
    assert images == 0
    grid = view_of(Extent(view.xMinimum(), view.yMinimum(), view.xMaximum(), view.yMaximum()), COLUMNS, ROWS)
    assert np.array_equal(pixels[3] == 255, inside(shape, grid))


def test_the_source_is_portable_and_shows_the_same(image_server: ImageServerProcess) -> None:
    part = "-3884000 -895000 -3880000 -892000"
    layer, drawn = made(image_server, template=part), made(image_server, template=part, tiles=False)
    assert "<Service name='TMS'>" in layer.source()
    pixels, truth = gdal_dataset(layer).ReadAsArray(), gdal_dataset(drawn).ReadAsArray()
    assert pixels.shape == truth.shape
    # The layer's pixels lie between those of the level, of which the nearest is shown.
    assert np.percentile(np.abs(pixels.astype(int) - truth.astype(int)), 95) <= 1
    clipped = made(image_server, clip=clip_of([[(-3884000, -895000), (-3880000, -895000), (-3880000, -892000)]]).wkt())
    assert "<Service name='AGS'>" in clipped.source()
    assert gdal_dataset(clipped).RasterCount == 4


def test_gdal_draws_tiles_or_images_as_it_says(image_server: ImageServerProcess) -> None:
    square = clip_of([[(-3884000, -895000), (-3880000, -895000), (-3880000, -892000)]])
    for given, service in (({}, "TMS"), ({"clip": square.wkt()}, "AGS")):
        layer = made(image_server, provider="gdal", **given)
        assert layer.providerType() == "gdal"
        assert f"<Service name='{service}'>" in layer.source()
        assert ("Drawn from the service's tiles" in layer.source()) == (service == "TMS")


def test_a_saved_layer_comes_back_and_says_what_it_is_drawn_from(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Any
) -> None:
    layer = make_image_server_layer(image_server.service(CACHED), "Tiles", kind="picture", tiles=True)
    before = source_of(layer)
    assert "Drawn from the service's tiles" in layer.source()
    project.write(str(tmp_path / "saved.qgs"))
    project.read(str(tmp_path / "saved.qgs"))
    (again,) = project.mapLayersByName("Tiles")
    assert again.providerType() == "imageserver"
    assert source_of(again) == before


@pytest.mark.parametrize("hanging", ["/tile/", "exportImage"])
def test_a_layer_of_both_is_made_in_two_round_trips(image_server: ImageServerProcess, hanging: str) -> None:
    image_server.fault("hang", match=hanging)
    # The one is asked for while the other is not answered.
    meanwhile(lambda: asked(image_server) == (1, 1), image_server.release)
    make_image_server_layer(image_server.service(CACHED), kind="picture")
    assert asked(image_server) == (1, 1)
    assert len(image_server.requests()) == 3
