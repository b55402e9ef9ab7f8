"""A layer about to be: its pixels through the engine and through GDAL, its bands, and what is on the wire."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from osgeo import gdal

from image_server_layer.plugin.backend.source import Kind, SourceBand
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import ProcessingTemplate
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.attribute_table import AttributeTableRow
from image_server_layer.plugin.service.errors import OptionError
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.vocabulary import Interpolation, MosaicMethod, MosaicOperation
from image_server_layer.tests.backend.engine import (
    opened,
    prepared,
    source_of,
    through_gdal,
    view_pixels,
    whole_view,
)
from image_server_layer.tests.reading import exported
from image_server_layer.tests.truth import (
    BY_ID,
    COLUMNS,
    DATA_TYPES,
    NORTH_WEST,
    elevation,
    land_cover,
    landsat_extent,
    mosaic,
    ramps,
    typed,
)

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

LANDSAT = landsat_extent(0, 0, 349, 352)


@pytest.mark.parametrize(("pixel_type", "data_type"), DATA_TYPES.items())
def test_every_pixel_type_keeps_its_values(image_server: ImageServerProcess, pixel_type: str, data_type: str) -> None:
    layer = prepared(image_server, f"Test/{pixel_type}")
    assert (layer.source.data_type, layer.probe.data_type, layer.notes) == (data_type, data_type, ())
    np.testing.assert_array_equal(whole_view(layer.source), typed(pixel_type))
    np.testing.assert_array_equal(through_gdal(layer.source), typed(pixel_type))
    np.testing.assert_array_equal(layer.probe.pixels, typed(pixel_type)[:, :61, 16:80])


@pytest.mark.parametrize(
    ("service", "bands"),
    [("Test/Ones", 1), ("Test/TwoBands", 2), ("Test/Single", 1), ("Test/FourBands", 4), ("Test/FourBandsU8", 4)],
)
def test_no_band_of_values_is_taken_for_transparency(
    image_server: ImageServerProcess, service: str, bands: int
) -> None:
    source = source_of(image_server, service)
    expected = np.ones((1, 61, 97)) if service == "Test/Ones" else ramps(bands)
    np.testing.assert_array_equal(whole_view(source), expected)
    np.testing.assert_array_equal(through_gdal(source), expected)
    dataset = opened(source)
    for number in range(1, bands + 1):
        band = dataset.GetRasterBand(number)
        assert band.GetColorInterpretation() == gdal.GCI_Undefined
        assert band.GetMaskFlags() == (gdal.GMF_ALL_VALID if source.bands[number - 1].nodata is None else 8)


def test_bands_are_those_that_were_chosen_under_their_names(image_server: ImageServerProcess) -> None:
    source = source_of(image_server, "Olinda/Landsat", processing_template=ProcessingTemplate("None"), bands=(4, 1, 6))
    dataset = opened(source)
    names = [dataset.GetRasterBand(number).GetDescription() for number in (1, 2, 3)]
    assert names == [band.name for band in source.bands]
    all_bands = source_of(image_server, "Olinda/Landsat", processing_template=ProcessingTemplate("None"))
    assert [band.name for band in source.bands] == [all_bands.bands[at].name for at in (3, 0, 5)]
    order = np.array([3, 0, 5])
    np.testing.assert_array_equal(whole_view(source), mosaic(NORTH_WEST)[order])
    np.testing.assert_array_equal(through_gdal(all_bands), mosaic(NORTH_WEST))


def test_a_picture_is_what_the_server_draws(image_server: ImageServerProcess) -> None:
    source = source_of(
        image_server, "Olinda/Landsat", Kind.PICTURE, bands=(3, 2, 1), processing_template=ProcessingTemplate("None")
    )
    assert source.bands == tuple(map(SourceBand, ("Red", "Green", "Blue", "Alpha")))
    drawn = mosaic(NORTH_WEST)[[2, 1, 0]]
    covered = (drawn != 0).any(axis=0)
    expected = np.concatenate([drawn, 255 * covered[np.newaxis]])
    np.testing.assert_array_equal(whole_view(source), expected)
    np.testing.assert_array_equal(through_gdal(source), expected)
    dataset = opened(source)
    interpretations = [dataset.GetRasterBand(number).GetColorInterpretation() for number in (1, 2, 3, 4)]
    assert interpretations == [gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand, gdal.GCI_AlphaBand]


def test_a_picture_of_chosen_quality_is_a_jpeg(image_server: ImageServerProcess) -> None:
    source = source_of(image_server, "Test/FourBandsU8", Kind.PICTURE, compression_quality=100)
    assert source.parameters["format"] == "jpgpng"
    assert source.parameters["compressionQuality"] == "100"
    drawn = whole_view(source)
    np.testing.assert_allclose(drawn[:3].astype(int), ramps(3), rtol=0, atol=4)
    assert (drawn[3] == 255).all()
    np.testing.assert_array_equal(through_gdal(source), drawn)


EVERY_OPTION: dict[str, Any] = {
    "extent": Extent(*landsat_extent(20, 30, 100, 80)),
    "bands": (3, 2, 1),
    "processing_template": ProcessingTemplate(function={"rasterFunction": "Identity"}),
    "mosaic_method": MosaicMethod.ATTRIBUTE,
    "order_field": "CloudCover",
    "order_base_value": 5,
    "ascending": False,
    "mosaic_operation": MosaicOperation.MAX,
    "where": "CloudCover < 1000",
    "interpolation": Interpolation.CUBIC,
    "nodata": (0,),
    "nodata_matches_all": True,
}
ON_THE_WIRE = {
    "adjustAspectRatio": "false",
    "bandIds": "2,1,0",
    "renderingRule": '{"rasterFunction":"Identity"}',
    "mosaicRule": '{"mosaicMethod":"esriMosaicAttribute","where":"CloudCover < 1000","sortField":"CloudCover",'
    '"sortValue":5,"ascending":false,"mosaicOperation":"MT_MAX"}',
    "interpolation": "RSP_CubicConvolution",
    "noData": "0",
    "noDataInterpretation": "esriNoDataMatchAll",
    "imageSR": "31985",
    "bboxSR": "31985",
    "f": "image",
}
OF_KIND = {
    Kind.VALUES: {"format": "tiff", "compression": "LZ77"},
    Kind.PICTURE: {"format": "png32", "transparent": "true"},
}


@pytest.mark.parametrize("kind", Kind)
def test_probe_and_drawing_send_every_option_in_both_kinds(image_server: ImageServerProcess, kind: Kind) -> None:
    layer = prepared(image_server, "Olinda/Landsat", kind, **EVERY_OPTION)
    assert LayerOptions.from_json(layer.source.options_json) == LayerOptions(**EVERY_OPTION)
    view_pixels(layer.source)
    probing, drawing = image_server.requests(operation="exportImage")
    xmin, ymin, xmax, ymax = landsat_extent(20, 30, 100, 80)
    assert drawing.query == {
        **ON_THE_WIRE,
        **OF_KIND[kind],
        "bbox": f"{xmin},{ymin},{xmax},{ymax}",
        "size": "100,80",
    }
    assert drawing.method == "GET"
    probed = ",".join(map(str, landsat_extent(38, 38, 64, 64)))
    assert probing.query == {**drawing.query, "bbox": probed, "size": "64,64"}
    through_gdal(layer.source)
    by_gdal = image_server.requests(operation="exportImage")[-1].query
    assert by_gdal.items() >= {**ON_THE_WIRE, **OF_KIND[kind], "size": "100,80"}.items()


def test_values_are_pictured_without_loss_and_a_quality_is_not_sent(image_server: ImageServerProcess) -> None:
    source = source_of(image_server, "Test/Single", compression_quality=10)
    assert "compressionQuality" not in source.parameters
    np.testing.assert_array_equal(whole_view(source), ramps(1))


@pytest.mark.parametrize(("bands", "nodata"), [(None, (-9999, 0, 32767)), ((3, 1), (32767, -9999))])
def test_each_band_has_its_own_nodata(
    image_server: ImageServerProcess, bands: tuple[int, ...] | None, nodata: tuple[int, ...]
) -> None:
    source = source_of(image_server, "Test/NoDataPerBand", bands=bands)
    assert tuple(band.nodata for band in source.bands) == nodata
    dataset, values = opened(source), whole_view(source)
    for index, value in enumerate(nodata):
        np.testing.assert_array_equal(values[index] == value, COLUMNS < 10)
        masked = dataset.GetRasterBand(index + 1).GetMaskBand().ReadAsArray() == 0
        np.testing.assert_array_equal(masked, COLUMNS < 10)


@pytest.mark.parametrize(
    "declared", ["-3.4028234663852886e+38", -3.40282347e38, -3.4028234663852886e38, -3.402823466e38]
)
def test_the_least_number_is_nodata_however_it_is_printed(image_server: ImageServerProcess, declared: Any) -> None:
    image_server.patch("Olinda/ElevationDefault", {"noDataValue": declared, "noDataValues": [declared]})
    source = source_of(image_server, "Olinda/ElevationDefault", processing_template=ProcessingTemplate("None"))
    masked = whole_view(source)[0] == np.float32(source.bands[0].nodata or 0)
    np.testing.assert_array_equal(masked, elevation()[0] == -9999)
    dataset = opened(source)
    assert (dataset.GetRasterBand(1).GetMaskBand().ReadAsArray() == 0).sum() == 100


@pytest.mark.parametrize("declared", [70000, 0.5, "NaN", None])
def test_a_nodata_that_no_pixel_can_have_is_left_out(image_server: ImageServerProcess, declared: Any) -> None:
    image_server.patch("Test/FourBands", {"noDataValue": declared, "noDataValues": None})
    source = source_of(image_server, "Test/FourBands")
    assert {band.nodata for band in source.bands} == {None}
    np.testing.assert_array_equal(whole_view(source), ramps(4))


def test_nodata_together_takes_a_pixel_out_only_where_all_bands_have_theirs(image_server: ImageServerProcess) -> None:
    source = source_of(image_server, "Test/FourBandsU8", nodata=(20, 30, 40, 51), nodata_matches_all=True)
    assert list(source.nodata_together) == [20, 30, 40, 51]
    assert {band.nodata for band in source.bands} == {None}
    pixels = view_pixels(source)
    assert pixels.valid is not None
    assert pixels.valid.all()
    source = source_of(image_server, "Test/FourBandsU8", nodata=(20, 30, 40, 50), nodata_matches_all=True)
    pixels = view_pixels(source)
    np.testing.assert_array_equal(pixels.valid, ramps(1)[0] != 20)
    # GDAL knows no such thing, and takes each band for itself.
    dataset = opened(source)
    assert [dataset.GetRasterBand(number).GetNoDataValue() for number in (1, 2, 3, 4)] == [20, 30, 40, 50]
    # One value for all bands: the ramps never have it at once, and single bands keep it.
    source = source_of(image_server, "Test/FourBandsU8", nodata=(20,), nodata_matches_all=True)
    pixels = view_pixels(source)
    assert pixels.valid is not None
    assert pixels.valid.all()
    np.testing.assert_array_equal(pixels.values, ramps(4))


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        ({}, (1.0, 157.0)),
        ({"minValues": [0] * 4, "maxValues": [0] * 4, "meanValues": [0] * 4, "stdvValues": [0] * 4}, None),
        ({"minValues": ["NaN"] * 4}, None),
        ({"minValues": [-1] * 4}, None),
        ({"maxValues": [1e9] * 4}, None),
        ({"meanValues": [158] * 4}, None),
        ({"stdvValues": [-1] * 4}, None),
        ({"minValues": [9] * 4, "maxValues": [9] * 4, "meanValues": [9] * 4, "stdvValues": [0] * 4}, None),
        ({"meanValues": [], "stdvValues": []}, (1.0, 157.0)),
    ],
)
def test_statistics_are_the_services_where_they_can_be_true(
    image_server: ImageServerProcess, patch: dict[str, Any], expected: tuple[float, float] | None
) -> None:
    image_server.patch("Test/FourBands", patch)
    band = source_of(image_server, "Test/FourBands").bands[0]
    assert (band.minimum, band.maximum) == (expected or (None, None))
    assert (band.mean is None) == (expected is None or "meanValues" in patch)


def test_statistics_are_none_where_a_function_has_changed_the_pixels(image_server: ImageServerProcess) -> None:
    function = '{"rasterFunction":"Identity"}'
    raw = source_of(image_server, "Olinda/Landsat", processing_template=ProcessingTemplate("None"), bands=(2,))
    assert raw.bands[0].minimum is not None
    changed = source_of(image_server, "Olinda/Landsat", processing_template=function, bands=(2,))
    assert changed.bands[0] == replace(
        raw.bands[0], minimum=None, maximum=None, mean=None, standard_deviation=None, nodata=changed.bands[0].nodata
    )


def test_gdal_answers_with_the_statistics_without_a_pixel(image_server: ImageServerProcess) -> None:
    source = source_of(image_server, "Test/FourBands")
    band = source.bands[1]
    dataset = opened(source)
    found = dataset.GetRasterBand(2).GetStatistics(False, False)
    assert tuple(found) == (band.minimum, band.maximum, band.mean, band.standard_deviation)
    assert image_server.requests() == []


def test_heights_and_classes_are_known_for_what_they_are(image_server: ImageServerProcess) -> None:
    heights = source_of(image_server, "Olinda/Elevation")
    assert (heights.is_elevation, heights.is_thematic) == (True, False)
    for template in ("Hillshade", "Slope"):
        assert not source_of(image_server, "Olinda/Elevation", processing_template=template).is_elevation
    classes = source_of(image_server, "PuertoRico/LandCover")
    assert (classes.is_elevation, classes.is_thematic) == (False, True)
    assert classes.parameters["interpolation"] == "RSP_NearestNeighbor"
    chosen = source_of(image_server, "PuertoRico/LandCover", interpolation=Interpolation.CUBIC)
    assert chosen.parameters["interpolation"] == "RSP_CubicConvolution"
    np.testing.assert_array_equal(whole_view(classes), land_cover())


def test_names_stay_plain_text_and_classes_are_kept(image_server: ImageServerProcess) -> None:
    image_server.patch("Test/Ones", {"bandNames": ["<b>Land</b>"]})
    classes = (AttributeTableRow(1.0, "Water", (0, 0, 255)),)
    source = prepared(image_server, "Test/Ones", classes=classes).source
    assert [band.name for band in source.bands] == ["‹b›Land‹/b›"]
    assert source.classes == classes


@pytest.mark.parametrize(
    ("service", "options", "expected"),
    [
        ("Olinda/Landsat", {"mosaic_method": MosaicMethod.CENTER}, True),
        ("Olinda/Landsat", {"mosaic_method": MosaicMethod.NADIR}, True),
        ("Olinda/Landsat", {"mosaic_method": MosaicMethod.NORTH_WEST}, False),
        ("Olinda/Landsat", {}, False),
        ("Test/FourBands", {}, False),
    ],
)
def test_a_layer_follows_the_view_where_its_method_does(
    image_server: ImageServerProcess, service: str, options: dict[str, Any], expected: bool
) -> None:
    assert source_of(image_server, service, **options).follows_view is expected


def test_a_layer_follows_the_view_where_the_services_own_method_does(image_server: ImageServerProcess) -> None:
    image_server.patch("Olinda/Landsat", {"defaultMosaicMethod": "Center"})
    assert source_of(image_server, "Olinda/Landsat").follows_view
    assert not source_of(image_server, "Olinda/Landsat", mosaic_method=MosaicMethod.NORTH_WEST).follows_view


def test_access_and_limits_are_in_the_source(image_server: ImageServerProcess) -> None:
    image_server.patch("Olinda/Landsat", {"maxImageWidth": 300, "maxImageHeight": 200})
    access = Access(referer="https://maps.example.org/", timeout=7.5)
    source = prepared(
        image_server, "Olinda/Landsat", access=access, processing_template=ProcessingTemplate("None")
    ).source
    assert (source.access, source.largest_image) == (access, (300, 200))
    assert (source.service_url, source.service_name) == (image_server.service("Olinda/Landsat"), "Olinda/Landsat")
    assert (source.grid.columns, source.grid.rows, source.grid.extent) == (349, 352, LANDSAT)
    np.testing.assert_array_equal(whole_view(source), mosaic(NORTH_WEST))


def test_the_cells_are_as_asked_for(image_server: ImageServerProcess) -> None:
    source = source_of(
        image_server, "Olinda/Landsat", processing_template=ProcessingTemplate("None"), cell_size=(57.0, 57.0)
    )
    assert (source.grid.columns, source.grid.rows) == (175, 176)
    extent = source.grid.extent
    expected = exported(image_server, "Olinda/Landsat", extent, (175, 176), renderingRule='{"rasterFunction":"None"}')
    np.testing.assert_array_equal(whole_view(source), expected)


def test_an_extent_elsewhere_is_an_error_that_names_both(image_server: ImageServerProcess) -> None:
    with pytest.raises(OptionError, match="does not overlap the service's extent"):
        prepared(image_server, "Olinda/Landsat", extent=Extent(0, 0, 1, 1))


def test_a_viewpoint_is_the_middle_of_the_layer(image_server: ImageServerProcess) -> None:
    source = source_of(image_server, "Olinda/Landsat", mosaic_method=MosaicMethod.VIEWPOINT)
    x, y = Extent(*LANDSAT).center
    assert f'"viewpoint":{{"x":{x},"y":{y}' in source.parameters["mosaicRule"]


def test_a_locked_raster_is_all_that_is_drawn(image_server: ImageServerProcess) -> None:
    options: dict[str, Any] = {
        "mosaic_method": MosaicMethod.LOCK_RASTER,
        "lock_raster_ids": (3,),
        "processing_template": "None",
    }
    source = source_of(image_server, "Olinda/Landsat", **options)
    np.testing.assert_array_equal(whole_view(source), mosaic([3]))
    assert BY_ID[2] == 3
