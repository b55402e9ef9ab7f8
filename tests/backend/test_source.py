"""The portable text of a layer: complete, small, harmless, and opened by GDAL as it is."""

from __future__ import annotations

import json
import math
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from osgeo import gdal, osr

from image_server_layer.plugin.backend.shapes import inside_clip
from image_server_layer.plugin.backend.source import PARAMETERS, PICTURE_BANDS, Kind, LayerSource, SourceBand
from image_server_layer.plugin.backend.source_reader import BrokenSourceError, NewerSourceError, read_layer_source
from image_server_layer.plugin.options.clip import Clip
from image_server_layer.plugin.options.grid import Grid
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.attribute_table import AttributeTableRow
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.tests.backend.engine import opened, source_of, through_gdal, whole_view
from image_server_layer.tests.truth import elevation, land_cover

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

ODD = """' " | & < > ]]> % # é 漢 \N{ROCKET} &amp; &#124; </Metadata> <MDI key='layer'>"""
WKT = (
    'PROJCS["é",GEOGCS["GCS",DATUM["D",SPHEROID["S",6378137,298.25]],PRIMEM["G",0],UNIT["Degree",0.0174]],UNIT["m",1]]'
)
VALUES = LayerSource(
    service_url="https://host.example.org/arcgis/rest/services/Folder/Name/ImageServer",
    service_name="Folder/Name",
    kind=Kind.VALUES,
    options_json='{"v":1}',
    parameters={"adjustAspectRatio": "false", "format": "tiff", "compression": "LZ77"},
    grid=Grid(Extent(300000.0, 9062230.0, 350010.0, 9100000.0), 5001, 3777, (10.0, 10.0)),
    bands=(SourceBand("Red"), SourceBand("Green"), SourceBand("Blue")),
    data_type="UInt16",
    reference="31985",
    crs="EPSG:31985",
    largest_image=(15000, 4100),
)
FULL = replace(
    VALUES,
    service_name=ODD,
    options_json='{"v":99,"where":"' + ODD.replace('"', "'") + '"}',
    parameters={
        **dict.fromkeys(sorted(PARAMETERS), ODD),
        **dict.fromkeys(("mosaicRule", "renderingRule"), json.dumps({ODD: ODD})),
        "format": "tiff",
        "bandIds": "3,0,11",
    },
    grid=Grid(Extent(-35.2, -8.03984, -34.04736, -7.4), 1801, 1333, (0.00064, 0.00048)),
    bands=(
        SourceBand(ODD, -9999.0, -1.5, 1e300, 0.1, 1 / 3),
        SourceBand("", math.inf and 3.4028234663852886e38, 0.0, 0.0, 0.0, 0.0),
        SourceBand("x", None, 1.0, 2.0),
    ),
    data_type="Float32",
    reference='{"wkt":"PROJCS[\\"é\\"]"}',
    crs=WKT,
    largest_image=(1, 2**31 - 1),
    follows_view=True,
    stretches_by_view=True,
    is_thematic=True,
    is_elevation=True,
    classes=(
        AttributeTableRow(1.5, ODD, (0, 128, 255), {"VALUE": 1.5, ODD: ODD, "Count": 12}),
        AttributeTableRow(-3.0, "", None, {"VALUE": -3, ODD: "", "Count": None}),
    ),
    access=Access("abc1234", "https://maps.example.org/?a=1&b=|", 0.5),
    nodata_together=(1.0, -2.5, 3e38),
)
PICTURE = replace(
    VALUES,
    kind=Kind.PICTURE,
    parameters={"adjustAspectRatio": "false", "format": "png32", "transparent": "true"},
    bands=tuple(map(SourceBand, PICTURE_BANDS)),
    data_type="Byte",
)


CLIP = Clip(
    (
        (
            ((300000.5, 9062240.0), (350000.0, 9080000.25), (310000.0, 9100000.0)),
            ((305000.0, 9070000.0), (310000.0, 9070000.0), (310000.0, 9080000.0)),
        ),
        (((340000.0, 9095000.0), (341000.0, 9095000.0), (341000.0, 9096000.0)),),
    )
)
CLIPPED = replace(FULL, grid=VALUES.grid, clip=CLIP)
CLIPPED_PICTURE = replace(PICTURE, clip=CLIP)


@pytest.mark.parametrize(
    "source",
    [VALUES, FULL, PICTURE, replace(PICTURE, parameters={"format": "jpg"}), CLIPPED, CLIPPED_PICTURE],
)
def test_what_is_written_is_read_back(source: LayerSource) -> None:
    text = source.text()
    assert read_layer_source(text) == source
    assert text.isascii()
    assert "|" not in text
    assert "\n" not in text


def test_not_a_number_is_read_back() -> None:
    source = replace(VALUES, data_type="Float32", bands=(SourceBand("a", math.nan),), nodata_together=())
    found = read_layer_source(source.text())
    assert found is not None
    assert math.isnan(found.bands[0].nodata or 0)
    together = replace(source, bands=(SourceBand("a"),), nodata_together=(math.nan,))
    found = read_layer_source(together.text())
    assert found is not None
    assert math.isnan(found.nodata_together[0])


def test_control_characters_become_blanks() -> None:
    source = replace(VALUES, service_name="a\nb\x00c", bands=(SourceBand("d\re\ud800f"),))
    found = read_layer_source(source.text())
    assert found is not None
    assert (found.service_name, found.bands[0].name) == ("a b c", "d e f")


@pytest.mark.parametrize("referer", ["https://x.example.org/?token=abcdef", "https://me:secret@x.example.org/"])
def test_a_referer_that_looks_like_a_secret_is_not_kept(referer: str) -> None:
    text = replace(VALUES, access=Access(referer=referer)).text()
    found = read_layer_source(text)
    assert found is not None
    assert found.access.referer == ""
    assert "abcdef" not in text
    assert "secret" not in text


def test_a_source_of_three_bands_is_a_few_thousand_characters() -> None:
    bands = tuple(SourceBand(f"Band {n}", 0.0, 123.25, 65535.0, 12345.678901234, 2345.678901234) for n in range(3))
    assert len(replace(VALUES, bands=bands).text()) < 5000
    assert len(PICTURE.text()) < 1500
    assert len(replace(VALUES, bands=bands, crs=WKT * 4, reference=WKT * 4).text()) < 12000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/data/a.tif",
        "\\\\host\\share\\a.tif",
        "<VRTDataset rasterXSize='1' rasterYSize='1'></VRTDataset>",
        "<GDAL_WMS></GDAL_WMS>",
        "  " + VALUES.text(),
        "contextualWMSLegend=0&url=https://host/ImageServer",
        VALUES.text().replace("image_server_layer", "another_plugin"),
    ],
)
def test_what_is_none_of_ours_is_left_alone(text: str) -> None:
    assert read_layer_source(text) is None


def test_a_later_version_is_said_to_be_one() -> None:
    text = VALUES.text().replace("<MDI key='version'>1<", "<MDI key='version'>5<")
    with pytest.raises(NewerSourceError, match=r"has version 5, and this plugin knows versions up to 4; update"):
        read_layer_source(text.replace('"kind"', '"sort"'))


BROKEN = [
    ('"kind":"values"', '"kind":"film"'),
    ('"kind":"values"', '"kind":["values"]'),
    ('"kind":"values"', '"kind":"picture"'),
    ("key='service'>https://host.example.org", "key='service'>file:///etc"),
    ("key='service'>https://host.example.org", "key='service'>ftp://host.example.org"),
    ("key='service'>https://host.example.org", "key='service'>\\\\host.example.org"),
    ("key='service'>https://host.example.org", "key='service'>https://"),
    ("key='service'>https://host.example.org", "key='service'>https://user:word@host.example.org"),
    ("key='service'>https://host.example.org", "key='service'>https://host:99999"),
    ("key='service'>https://host.example.org", "key='service'>https://host:port"),
    ("key='service'>https://host.example.org", "key='service'>https://host:0"),
    ("key='service'>https://host.example.org", "key='service'>https://host.example.org\\share"),
    ("key='service'>https://host.example.org", "key='service'>https://[::1"),
    ("key='service'>https://host.example.org", "key='service'>https://ho st"),
    ("key='service'>https://host.example.org", "key='service'>https://host&#10;.example.org"),
    ("Name/ImageServer</MDI>", "Name/ImageServer?token=1</MDI>"),
    ("Name/ImageServer</MDI>", "Name/MapServer</MDI>"),
    ("<MDI key='service'>", "<MDI key='servant'>"),
    ("<MDI key='options'>", "<MDI key='option'>"),
    ("<MDI key='version'>1", "<MDI key='version'>one"),
    ("<MDI key='version'>1", "<MDI key='version'>"),
    ('"format":"tiff"', '"bbox":"0,0,1,1","format":"tiff"'),
    ('"format":"tiff"', '"token":"x","format":"tiff"'),
    ('"format":"tiff"', '"format":1'),
    ('"format":"tiff",', ""),
    ('"extent":[300000.0', '"extent":[NaN'),
    ('"extent":[300000.0', '"extent":[1e999'),
    ('"extent":[300000.0', '"extent":[1e200'),
    ('"extent":[300000.0', '"extent":[1' + "0" * 400),
    ('"extent":[300000.0', '"extent":["300000.0"'),
    ('"extent":[300000.0', '"extent":[true'),
    ('"extent":[300000.0', '"extent":[350010.0'),
    ('"extent":[300000.0', '"extent":[300000.0,1'),
    ('"extent":[300000.0', '"extent":[300009.0'),
    (
        '"extent":[300000.0,9062230.0,350010.0,9100000.0],"size":[5001,3777],"cell":[10.0,10.0]',
        '"extent":[-1e101,0.0,1e101,3777.0],"size":[1,3777],"cell":[2e101,1.0]',
    ),
    ('"size":[5001', '"size":[0'),
    ('"size":[5001', '"size":[-1'),
    ('"size":[5001', '"size":[5001.0'),
    ('"size":[5001', '"size":[4999'),
    ('"size":[5001', f'"size":[{2**31}'),
    ('"size":[5001', f'"size":[{"9" * 10000}'),
    ('"cell":[10.0', '"cell":[0'),
    ('"cell":[10.0', '"cell":[-10.0'),
    ('"cell":[10.0', '"cell":[1e-320'),
    ('"bands":[["Red"]', '"bands":[[]'),
    ('"bands":[["Red"]', '"bands":["Red"'),
    ('"bands":[["Red"]', '"bands":[[1]'),
    ('"bands":[["Red"]', '"bands":[["Red","x"]'),
    ('"bands":[["Red"]', '"bands":[["Red",1,2,3,4,5,6]'),
    ('"bands":[["Red"]', '"bands":[["a\\u000ab"]'),
    ('"bands":[["Red"]', '"bands":[["a\\ud800"]'),
    ('"bands":[["Red"],["Green"],["Blue"]]', '"bands":[]'),
    ('"type":"UInt16"', '"type":"CFloat64"'),
    ('"type":"UInt16"', '"type":{}'),
    ('"crs":"EPSG:31985"', '"crs":"/etc/passwd"'),
    ('"crs":"EPSG:31985"', '"crs":"https://evil.example.org/crs"'),
    ('"crs":"EPSG:31985"', '"crs":"\\\\\\\\host\\\\share"'),
    ('"crs":"EPSG:31985"', '"crs":3857'),
    ('"largest":[15000', '"largest":[0'),
    ('"largest":[15000', '"largest":[true'),
    ('"timeout":30.0', '"timeout":0'),
    ('"timeout":30.0', '"timeout":3601'),
    ('"timeout":30.0', '"timeout":-1'),
    ('"timeout":30.0', '"timeout":"30"'),
    ('"timeout":30.0', '"authcfg":"../../x","timeout":30.0'),
    ('"timeout":30.0', '"referer":"a\\u000d\\u000aX-Header: b","timeout":30.0'),
    ('"timeout":30.0', '"view":1,"timeout":30.0'),
    ('"timeout":30.0', '"together":[1],"timeout":30.0'),
    ('"timeout":30.0', '"together":[null,1,1],"timeout":30.0'),
    ('"timeout":30.0', '"classes":[[1,"a"]],"timeout":30.0'),
    ('"timeout":30.0', '"columns":["a"],"table":[["b"]],"timeout":30.0'),
    ('"timeout":30.0', '"classes":[[1,"a",null]],"columns":["a"],"table":[["b","c"]],"timeout":30.0'),
    ('"timeout":30.0', '"classes":[[1,"a",null]],"columns":["a"],"table":[[{}]],"timeout":30.0'),
    ('"timeout":30.0', '"classes":[[1,"a",null]],"columns":["a"],"table":[],"timeout":30.0'),
    ('"timeout":30.0', '"classes":[[1,"a",null]],"columns":[1],"table":[["b"]],"timeout":30.0'),
    ('"timeout":30.0', '"classes":[[1,"a",[1,2,256]]],"timeout":30.0'),
    ('"timeout":30.0', '"classes":[[1,"a",[1,2,-1]]],"timeout":30.0'),
    ('"timeout":30.0', '"classes":[[1,"a",[1,2,true]]],"timeout":30.0'),
    ('"timeout":30.0', '"classes":{},"timeout":30.0'),
    ('"timeout":30.0', '"images":true,"timeout":30.0'),
    ('"timeout":30.0', '"dates":[0],"times":[0,1],"time_dimension":"StdTime","timeout":30.0'),
    (
        '"timeout":30.0',
        (
            '"parameters":{"format":"tiff","mosaicRule":"{\\"multidimensionalDefinition\\":[1]}"},"dates":[0],'
            '"times":[0,1],"time_dimension":"StdTime","timeout":30.0'
        ),
    ),
    ('"timeout":30.0', '"clip":null,"timeout":30.0'),
    ('"timeout":30.0', '"clip":"POLYGON((0 0,1 0,1 1))","timeout":30.0'),
    ('"timeout":30.0', '"clip":[[[0,0,1,0]]],"timeout":30.0'),
    ('"timeout":30.0', '"clip":[[[0,0,1,0,1,1e101]]],"timeout":30.0'),
    ('"timeout":30.0', '"clip":[[[0,0,1,0,1,1' + "0" * 400 + ']]],"timeout":30.0'),
    ('"timeout":30.0', '"clip":[[[0,0,1,0,1,NaN]]],"timeout":30.0'),
    ('"timeout":30.0', '"clip":[[[' + "0,1," * 5000 + '1,0]]],"timeout":30.0'),
    ('"format":"tiff"', '"format":"tiff","mosaicRule":"no JSON"'),
    ('"format":"tiff"', '"format":"tiff","mosaicRule":"[]"'),
    ('"format":"tiff"', '"format":"tiff","mosaicRule":"{\\"a\\":\\"\\ud800\\"}"'),
    ('"format":"tiff"', '"format":"tiff","mosaicRule":"{\\"a\\":\\"\\ufffe\\"}"'),
    ('"format":"tiff"', '"format":"tiff","renderingRule":"' + "[" * 100_000 + '"'),
    ('{"name"', '[{"name"'),
    ('{"name"', "[" * 100_000 + '{"name"'),
    ('"name":"Folder/Name"', '"name":null'),
    ('"name":"Folder/Name"', f'"name":"{"x" * 20_001}"'),
]


@pytest.mark.parametrize(("found", "put"), BROKEN)
def test_a_strangers_source_is_broken_in_a_sentence(found: str, put: str) -> None:
    text = VALUES.text()
    assert found in text
    with pytest.raises(BrokenSourceError, match=r"^The layer's source is broken, so nothing is drawn; make the layer"):
        read_layer_source(text.replace(found, put, 1))


@pytest.mark.parametrize(
    ("found", "put"),
    [
        ("<MDI key='options'>", "<MDI key='options'>" + "x" * 1_000_001),
        ('"bands":[["Red"]', '"bands":[["Red"]' + ',["x"]' * 10_000),
        ('"timeout":30.0', '"times":[0,1],"dates":[0' + ",0" * 10_000 + '],"timeout":30.0'),
        ('"timeout":30.0', '"classes":[[1,"a",null]' + ',[1,"a",null]' * 65_536 + '],"timeout":30.0'),
    ],
    ids=["options", "bands", "dates", "classes"],
)
def test_more_than_any_service_has_would_only_keep_qgis_busy(found: str, put: str) -> None:
    text = VALUES.text()
    assert found in text
    with pytest.raises(BrokenSourceError):
        read_layer_source(text.replace(found, put, 1))


def test_a_source_beyond_any_size_is_not_looked_through() -> None:
    with pytest.raises(BrokenSourceError):
        read_layer_source(VALUES.text() + " " * 50_000_000)


def _end_of_ours(text: str) -> int:
    """Return where our metadata have ended; what comes after is for GDAL."""
    return text.index("</Metadata>") + 20


def _cut(text: str) -> Iterator[str]:
    yield from (text[:length] for length in range(_end_of_ours(text)))


def _mutated(text: str) -> Iterator[str]:
    """Yield the text with characters replaced, doubled, dropped and swapped, in ways that are always the same."""
    dice = random.Random(7)  # noqa: S311
    letters = "<>&;'\"[]{}:,0123456789.-eE\\/ \n\x00\udc80Nan"
    for _ in range(3000):
        place, length = dice.randrange(_end_of_ours(text)), dice.choice((0, 1, 1, 2, 9))
        yield text[:place] + "".join(dice.choices(letters, k=dice.choice((0, 1, 1, 3)))) + text[place + length :]


@pytest.mark.parametrize("source", [VALUES, FULL, PICTURE, CLIPPED])
@pytest.mark.parametrize("damage", [_cut, _mutated])
def test_whatever_the_damage_there_is_a_source_or_a_sentence(source: LayerSource, damage: Any) -> None:
    for text in damage(source.text()):
        try:
            found = read_layer_source(text)
        except (BrokenSourceError, NewerSourceError):
            continue
        if found is not None:
            assert read_layer_source(found.text()) == found


def open_to_all(source: LayerSource) -> LayerSource:
    """Return the source of the same service, if that wanted no credentials, which GDAL knows nothing of."""
    return replace(source, access=replace(source.access, authcfg=""))


@pytest.mark.parametrize("source", [VALUES, FULL, PICTURE, CLIPPED, CLIPPED_PICTURE])
def test_gdal_opens_every_source_without_a_request(source: LayerSource) -> None:
    dataset = gdal.Open(open_to_all(source).text())
    assert dataset is not None, gdal.GetLastErrorMsg()
    assert (dataset.RasterXSize, dataset.RasterYSize) == (source.grid.columns, source.grid.rows)
    assert dataset.RasterCount == len(source.bands)
    left, width, _, top, _, height = dataset.GetGeoTransform()
    extent, (cell_x, cell_y) = source.grid.extent, source.grid.cell_size
    assert (left, top) == (extent.xmin, extent.ymax)
    assert (width, -height) == pytest.approx((cell_x, cell_y), rel=1e-12)
    if source.kind is Kind.VALUES:
        names = [dataset.GetRasterBand(number + 1).GetDescription() for number in range(len(source.bands))]
        assert names == [band.name for band in source.bands]
        assert dataset.GetMetadata("image_server_layer")["service"] == source.service_url


def test_only_what_is_clipped_needs_the_second_version() -> None:
    """Older plugins draw what they can, and never show what is clipped as a whole."""
    assert "<MDI key='version'>1</MDI>" in VALUES.text()
    assert "<MDI key='version'>2</MDI>" in CLIPPED.text()


@pytest.mark.parametrize(
    "ring",
    [
        # Crossing itself, running along itself, far away, and larger than anything can be counted in.
        [(300500.0, 9090000.0), (340000.0, 9070000.0), (340000.0, 9090000.0), (300500.0, 9070000.0)],
        [(300500.0, 9090000.0), (340000.0, 9090000.0), (300500.0, 9090000.0), (340000.0, 9070000.0)],
        [(-1e100, -1e100), (1e100, -1e100), (1e100, 1e100)],
        [(-1e15, 9070000.0), (1e15, 9070000.0), (320000.0, 1e15)],
        [(320000.0, 9080000.0), (320000.0, 9080000.0), (320000.1, 9080000.1)],
    ],
)
def test_a_strangers_shape_is_an_answer_whatever_it_is(ring: list[tuple[float, float]]) -> None:
    clip = Clip(((tuple(ring),),))
    source = replace(VALUES, clip=clip)
    found = read_layer_source(source.text())
    assert found == source
    grid = Grid(Extent(300000.0, 9070000.0, 300500.0, 9070400.0), 50, 40, (10.0, 10.0))
    assert inside_clip(clip, grid).shape == (40, 50)
    assert gdal.Open(source.text()) is not None


def test_there_are_overviews_down_to_one_block() -> None:
    dataset = gdal.Open(VALUES.text())
    band = dataset.GetRasterBand(1)
    sizes = [(band.GetOverview(i).XSize, band.GetOverview(i).YSize) for i in range(band.GetOverviewCount())]
    assert sizes == [(2501, 1889), (1250, 944), (625, 472), (313, 236)]


@pytest.mark.parametrize(("columns", "rows"), [(1, 1), (5000, 1), (1, 5000), (512, 512), (513, 3), (2**30, 2)])
def test_gdal_opens_grids_of_any_shape(columns: int, rows: int) -> None:
    grid = Grid(Extent(0.0, 0.0, float(columns), float(rows)), columns, rows, (1.0, 1.0))
    for source in (VALUES, PICTURE):
        dataset = gdal.Open(replace(source, grid=grid).text())
        assert dataset is not None, gdal.GetLastErrorMsg()
        assert (dataset.RasterXSize, dataset.RasterYSize) == (columns, rows)


def test_overviews_are_the_servers_own_halvings(image_server: ImageServerProcess) -> None:
    source = source_of(image_server, "Test/Synthetic", bands=(2,))
    dataset = opened(source)
    band = dataset.GetRasterBand(1)
    coarsest = band.GetOverview(band.GetOverviewCount() - 1)
    pixels = coarsest.ReadAsArray().astype(np.int64) - 200_000_000
    columns = (np.arange(coarsest.XSize) + 0.5) * 5001 / coarsest.XSize
    rows = (np.arange(coarsest.YSize) + 0.5) * 3777 / coarsest.YSize
    assert np.abs(pixels % 10_000 + 0.5 - columns).max() <= 0.51
    assert np.abs(pixels // 10_000 + 0.5 - rows[:, np.newaxis]).max() <= 0.51


@pytest.mark.parametrize(
    ("service", "options", "patch"),
    [
        ("Test/SyntheticNonSquare", {}, {}),
        # The pixels of such a layer are squares, as the server draws no other.
        ("Test/SyntheticNonSquare", {}, {"currentVersion": 10.2}),
        ("Test/Version93", {}, {}),
        ("Test/FourBands", {}, {"currentVersion": 10.2}),
        ("Test/EsriCode", {}, {}),
        ("Test/WebMercator", {}, {}),
        ("Test/NaN", {}, {}),
    ],
)
def test_gdal_reads_what_the_engine_reads(
    image_server: ImageServerProcess, service: str, options: dict[str, Any], patch: dict[str, Any]
) -> None:
    image_server.patch(service, patch)
    for kind in Kind:
        source = source_of(image_server, service, kind, **options)
        np.testing.assert_array_equal(through_gdal(source), whole_view(source))


def test_no_block_is_larger_than_the_service_allows(image_server: ImageServerProcess) -> None:
    image_server.patch("Test/SyntheticNonSquare", {"maxImageWidth": 300, "maxImageHeight": 200})
    source = source_of(image_server, "Test/SyntheticNonSquare", bands=(1,))
    pixels = opened(source).ReadAsArray(290, 180, 701, 333)
    rows, columns = np.mgrid[180:513, 290:991]
    np.testing.assert_array_equal(pixels, 100_000_000 + rows * 10_000 + columns)
    sizes = [tuple(map(int, request.query["size"].split(","))) for request in image_server.requests("", "exportImage")]
    assert (max(size[0] for size in sizes), max(size[1] for size in sizes)) == (300, 200)


@pytest.mark.parametrize("kind", Kind)
def test_gdal_sends_the_referer_and_waits_no_longer_than_the_layer(
    image_server: ImageServerProcess, kind: Kind
) -> None:
    access = Access(referer="https://maps.example.org/a?b=1&c=2", timeout=7.5)
    source = replace(source_of(image_server, "Test/FourBandsU8", kind), access=access)
    through_gdal(source)
    assert {request.headers.get("referer") for request in image_server.requests()} == {access.referer}
    assert set(re.findall("<Timeout>(.*?)</Timeout>", source.text())) == {"8"}


def test_an_empty_answer_is_no_data_to_gdal(image_server: ImageServerProcess) -> None:
    source = source_of(image_server, "Test/NoDataPerBand")
    image_server.fault("status", status=204)
    np.testing.assert_array_equal(through_gdal(source)[:, 30, 40], [-9999, 0, 32767])


@pytest.mark.parametrize("service", ["Olinda/Elevation", "PuertoRico/LandCover"])
def test_a_reference_in_words_is_gdals_too(image_server: ImageServerProcess, service: str) -> None:
    expected = {"Olinda/Elevation": elevation(), "PuertoRico/LandCover": land_cover()}[service]
    for kind in Kind:
        source = source_of(image_server, service, kind)
        dataset, ours = opened(source), osr.SpatialReference()
        ours.SetFromUserInput(source.crs)
        theirs = osr.SpatialReference()
        theirs.ImportFromWkt(dataset.GetProjection())
        assert ours.IsSame(theirs, ["IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", "CRITERION=EQUIVALENT"])
        pixels = through_gdal(source)
        if kind is Kind.VALUES:
            np.testing.assert_array_equal(pixels, expected)
        sent = {(r.query["imageSR"], r.query["bboxSR"]) for r in image_server.requests("", "exportImage")}
        assert sent == {(source.reference, source.reference)}
        assert read_layer_source(source.text()) == source


def test_classes_are_gdals_color_table_and_names() -> None:
    classes = (AttributeTableRow(1.0, "Water & ice", (0, 0, 255)), AttributeTableRow(3.0, "Forest", (0, 128, 0)))
    source = replace(VALUES, bands=(SourceBand("Class"),), data_type="Byte", classes=classes)
    dataset = gdal.Open(source.text())
    band = dataset.GetRasterBand(1)
    assert band.GetCategoryNames() == ["", "Water & ice", "", "Forest"]
    assert band.GetColorInterpretation() == gdal.GCI_PaletteIndex
    table = band.GetColorTable()
    assert [table.GetColorEntry(index) for index in range(4)] == [
        (0, 0, 0, 0),
        (0, 0, 255, 255),
        (0, 0, 0, 0),
        (0, 128, 0, 255),
    ]
    without = replace(source, classes=(AttributeTableRow(1.0, "Water"), AttributeTableRow(300.0, "Far")))
    dataset = gdal.Open(without.text())
    band = dataset.GetRasterBand(1)
    assert (band.GetCategoryNames(), band.GetColorTable()) == (None, None)


def test_nothing_of_the_source_is_a_file_to_gdal() -> None:
    """Only documents and addresses of the service."""
    for source in map(open_to_all, (VALUES, FULL, PICTURE)):
        text = re.sub(r"<!\[CDATA\[<GDAL_WMS>.*?\]\]>", "", source.text())
        assert re.findall(r"<SourceFilename[^>]*>([^<]*)", text) == [""] * text.count("<SourceFilename")
        dataset = gdal.Open(source.text())
        assert [file for file in dataset.GetFileList() or [] if not file.startswith("<GDAL_WMS>")] == []
