"""What fits a service, what does not, and in which words."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import pytest

from image_server_layer.plugin.options.check import Findings, Note, check, effective_bands, orderable_fields
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import RAW, ProcessingTemplate
from image_server_layer.plugin.service.errors import OptionError
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.image_service import Band, Field, ImageService
from image_server_layer.plugin.service.vocabulary import MosaicMethod, MosaicOperation
from image_server_layer.tests.options.services import ELEVATION, FIELDS, LANDSAT, MOSAIC, named_bands

HILLSHADE = dataclasses.replace(LANDSAT, bands=(Band(1, "Band_1"),))
"""What Landsat answers after a processing template of one band."""
BY_ATTRIBUTE = MosaicMethod.ATTRIBUTE
LOCK_RASTER = MosaicMethod.LOCK_RASTER


def mosaic(**changes: Any) -> ImageService:
    return dataclasses.replace(LANDSAT, mosaic=dataclasses.replace(MOSAIC, **changes))


def told(findings: Findings) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    errors = [(error.option, error.message) for error in findings.errors]
    return errors, [(note.option, note.text) for note in findings.notes]


@pytest.mark.parametrize(
    ("options", "service"),
    [
        (LayerOptions(), LANDSAT),
        (LayerOptions(), ELEVATION),
        (LayerOptions(bands=(4, 1), nodata=(0, 255), processing_template=RAW), LANDSAT),
        (LayerOptions(nodata=(0, 1, 2, 3), nodata_matches_all=True), LANDSAT),
        (LayerOptions(nodata=(math.nan,)), LANDSAT),
        (LayerOptions(processing_template=ProcessingTemplate("ndvi"), compression_quality=100), LANDSAT),
        (LayerOptions(extent=Extent(0, 0, 1500, 2500), cell_size=(3, 7)), LANDSAT),
        (LayerOptions(mosaic_method=MosaicMethod.CENTER, ascending=False, where="1=1"), LANDSAT),
        (LayerOptions(mosaic_method=BY_ATTRIBUTE, order_field="cloudcover", order_base_value=3.5), LANDSAT),
        (
            LayerOptions(mosaic_method=BY_ATTRIBUTE, order_field="AcquisitionDate", order_base_value="2010/12/31"),
            LANDSAT,
        ),
        (LayerOptions(lock_raster_ids=tuple(range(20))), LANDSAT),
        (LayerOptions(mosaic_method=LOCK_RASTER, lock_raster_ids=(1,)), mosaic(max_image_count=None)),
        (LayerOptions(mosaic_method=MosaicMethod.SEAMLINE), mosaic(allowed_methods=())),
        (LayerOptions(mosaic_method=MosaicMethod.VIEWPOINT, viewpoint=(1, 2)), LANDSAT),
        (LayerOptions(mosaic_operation=MosaicOperation.SUM), LANDSAT),
        # Without a catalog to look into, the field is the server's to judge.
        (LayerOptions(mosaic_method=BY_ATTRIBUTE, order_field="Season", order_base_value="x"), mosaic(fields=())),
        # What the service sorts by itself uses an order without being told the method.
        (LayerOptions(order_field="Best", order_base_value=1), mosaic(default_method=MosaicMethod.ATTRIBUTE)),
    ],
)
def test_what_fits_the_service_gives_nothing_to_tell(options: LayerOptions, service: ImageService) -> None:
    assert told(check(options, service)) == ([], [])


LISTED = "1 (Blue), 2 (Green), 3 (Red), 4 (Near Infrared)"
SINGLE = (
    "The service “Olinda/Elevation” is a single raster, so there are no rasters to choose from or to order; leave out "
)


@pytest.mark.parametrize(
    ("options", "service", "option", "message"),
    [
        (LayerOptions(bands=()), LANDSAT, "bands", "No band is chosen; choose at least one."),
        (LayerOptions(bands=(0,)), LANDSAT, "bands", f"The band “0” does not exist; choose from {LISTED}."),
        (LayerOptions(bands=(1, 5)), LANDSAT, "bands", f"The band “5” does not exist; choose from {LISTED}."),
        (
            LayerOptions(processing_template=ProcessingTemplate("NDWI")),
            LANDSAT,
            "processing_template",
            "The service “Olinda/Landsat” has no processing template “NDWI”; did you mean “NDVI”?",
        ),
        (
            LayerOptions(processing_template=ProcessingTemplate("NDVI")),
            dataclasses.replace(LANDSAT, allows_functions=False),
            "processing_template",
            (
                "The service “Olinda/Landsat” allows no processing templates; "
                "leave out “NDVI” to get its pixels as they are."
            ),
        ),
        (
            LayerOptions(extent=Extent(0, 0, 1, 1)),
            LANDSAT,
            "extent",
            (
                "The template extent 0 0 1 1 does not overlap the service's extent 1000 2000 2000 2600; "
                "both are xmin ymin xmax ymax in the service's coordinate reference system."
            ),
        ),
        (
            LayerOptions(cell_size=(0, 1)),
            LANDSAT,
            "cell_size",
            (
                "The cell size 0 × 1 is not a positive number; "
                "give it in units of the service's coordinate reference system."
            ),
        ),
        (
            LayerOptions(nodata=(0, 255)),
            LANDSAT,
            "nodata",
            "There are 2 nodata values (0, 255) for 4 bands; give one for all bands, or one for each.",
        ),
        (
            LayerOptions(nodata=(0, 255, 1), bands=(1, 2)),
            LANDSAT,
            "nodata",
            "There are 3 nodata values (0, 255, 1) for 2 bands; give one for all bands, or one for each.",
        ),
        (
            LayerOptions(compression_quality=101),
            LANDSAT,
            "compression_quality",
            "The compression quality 101 is not between 1 and 100.",
        ),
        (
            LayerOptions(mosaic_method=MosaicMethod.CENTER),
            mosaic(allowed_methods=(MosaicMethod.NONE, MosaicMethod.NORTH_WEST, MosaicMethod.ATTRIBUTE)),
            "mosaic_method",
            "The service does not allow the mosaic method CLOSEST_TO_CENTER; it allows NORTH_WEST, BY_ATTRIBUTE, NONE.",
        ),
        (
            LayerOptions(lock_raster_ids=(4,)),
            mosaic(allowed_methods=(MosaicMethod.NONE,)),
            "mosaic_method",
            "The service does not allow the mosaic method LOCK_RASTER; it allows NONE.",
        ),
        (
            LayerOptions(mosaic_method=BY_ATTRIBUTE),
            mosaic(sort_field=""),
            "order_field",
            (
                "The mosaic method By attribute needs an order field, and the service has none of its own; "
                "choose one of “OBJECTID”, “Best”, “CloudCover”, “AcquisitionDate”."
            ),
        ),
        (
            LayerOptions(mosaic_method=BY_ATTRIBUTE),
            mosaic(sort_field="", fields=()),
            "order_field",
            (
                "The mosaic method By attribute needs an order field, and the service has none of its own; "
                "choose one of the catalog's fields of numbers or dates."
            ),
        ),
        (
            LayerOptions(mosaic_method=BY_ATTRIBUTE, order_field="CloudCovers"),
            LANDSAT,
            "order_field",
            "The catalog has no field “CloudCovers”; choose one of “CloudCover”.",
        ),
        (
            LayerOptions(mosaic_method=BY_ATTRIBUTE, order_field="Zzz"),
            LANDSAT,
            "order_field",
            "The catalog has no field “Zzz”; choose one of “OBJECTID”, “Best”, “CloudCover”, “AcquisitionDate”.",
        ),
        (
            LayerOptions(mosaic_method=BY_ATTRIBUTE, order_field="Name", order_base_value=0),
            LANDSAT,
            "order_field",
            (
                "The field “Name” holds neither numbers nor dates, so nothing can be ordered by it; "
                "choose one of “OBJECTID”, “Best”, “CloudCover”, “AcquisitionDate”."
            ),
        ),
        (
            LayerOptions(mosaic_method=BY_ATTRIBUTE, order_field="CloudCover", order_base_value="cloudy"),
            LANDSAT,
            "order_base_value",
            (
                "The order base value “cloudy” is no number, but the field CloudCover holds numbers; "
                "write it with a decimal point and without blanks, as 3.5."
            ),
        ),
        (
            LayerOptions(mosaic_method=BY_ATTRIBUTE, order_field="AcquisitionDate", order_base_value=5),
            LANDSAT,
            "order_base_value",
            "The order base value “5” is no date, but the field AcquisitionDate holds dates; write it as 2010/12/31.",
        ),
        (
            LayerOptions(lock_raster_ids=tuple(range(21))),
            LANDSAT,
            "lock_raster_ids",
            "21 rasters are to be locked, and the service draws at most 20 at a time; lock fewer.",
        ),
        (LayerOptions(mosaic_method=MosaicMethod.NONE), ELEVATION, "mosaic_method", f"{SINGLE}“Mosaic method”."),
        (LayerOptions(order_field="Best"), ELEVATION, "order_field", f"{SINGLE}“Order field”."),
        (LayerOptions(order_base_value=0), ELEVATION, "order_base_value", f"{SINGLE}“Order base value”."),
        (LayerOptions(ascending=False), ELEVATION, "ascending", f"{SINGLE}“Sort order”."),
        (
            LayerOptions(mosaic_operation=MosaicOperation.FIRST),
            ELEVATION,
            "mosaic_operation",
            f"{SINGLE}“Mosaic operator”.",
        ),
        (LayerOptions(lock_raster_ids=(4,)), ELEVATION, "lock_raster_ids", f"{SINGLE}“Locked rasters”."),
        (LayerOptions(viewpoint=(0, 0)), ELEVATION, "viewpoint", f"{SINGLE}“Viewpoint”."),
        (LayerOptions(where="1=1"), ELEVATION, "where", f"{SINGLE}“Where clause”."),
    ],
)
def test_what_does_not_fit_is_one_sentence_that_names_value_and_remedy(
    options: LayerOptions, service: ImageService, option: str, message: str
) -> None:
    errors, _ = told(check(options, service))
    assert errors == [(option, message)]


def test_a_lock_that_the_service_forbids_is_an_error_even_without_rasters() -> None:
    findings = check(LayerOptions(mosaic_method=LOCK_RASTER), mosaic(allowed_methods=(MosaicMethod.CENTER,)))
    assert [error.option for error in findings.errors] == ["mosaic_method"]


@pytest.mark.parametrize("closed", [mosaic(can_query=False), mosaic(fields=(), object_id_field="")])
def test_where_the_catalog_is_closed_a_note_says_what_could_not_be_checked(closed: ImageService) -> None:
    options = LayerOptions(where="Best = 1", lock_raster_ids=(4, 2))
    text = "The service does not let its catalog be searched, so “{}” could not be checked."
    expected = [("where", text.format("Where clause")), ("lock_raster_ids", text.format("Locked rasters"))]
    assert told(check(options, closed)) == ([], expected)
    assert told(check(LayerOptions(), closed)) == ([], [])


@pytest.mark.parametrize(
    ("options", "service", "option", "text"),
    [
        (
            LayerOptions(mosaic_method=BY_ATTRIBUTE, order_base_value=5),
            LANDSAT,
            "order_field",
            "No order field is given, so the service's own is used: Best.",
        ),
        (
            LayerOptions(mosaic_method=BY_ATTRIBUTE),
            mosaic(sort_field="BEST"),
            "order_field",
            "No order field is given, so the service's own is used: BEST.",
        ),
        (  # what the service orders by itself is its own affair
            LayerOptions(mosaic_method=BY_ATTRIBUTE),
            mosaic(sort_field="Name"),
            "order_field",
            "No order field is given, so the service's own is used: Name.",
        ),
        (
            LayerOptions(mosaic_method=MosaicMethod.NORTH_WEST, order_field="Name"),
            LANDSAT,
            "order_field",
            "The option “Order field” has no effect: only the mosaic method By attribute uses it.",
        ),
        (
            LayerOptions(order_base_value=0),
            LANDSAT,
            "order_base_value",
            "The option “Order base value” has no effect: only the mosaic method By attribute uses it.",
        ),
        (
            LayerOptions(mosaic_method=MosaicMethod.CENTER, lock_raster_ids=tuple(range(50))),
            LANDSAT,
            "lock_raster_ids",
            "The option “Locked rasters” has no effect: only the mosaic method Lock raster uses it.",
        ),
        (
            LayerOptions(mosaic_method=LOCK_RASTER),
            LANDSAT,
            "lock_raster_ids",
            "No rasters to lock are given, so the service's own mosaic rule is used.",
        ),
        (
            LayerOptions(mosaic_method=MosaicMethod.VIEWPOINT),
            LANDSAT,
            "viewpoint",
            "No viewpoint is given, so the center of the extent is used.",
        ),
        (
            LayerOptions(mosaic_method=MosaicMethod.NADIR, viewpoint=(0, 0)),
            LANDSAT,
            "viewpoint",
            "The option “Viewpoint” has no effect: only the mosaic method Closest to viewpoint uses it.",
        ),
        (
            LayerOptions(nodata_matches_all=False),
            LANDSAT,
            "nodata_matches_all",
            ("The option “Nodata interpretation” has no effect: it belongs to nodata values, and none are given."),
        ),
    ],
)
def test_what_is_odd_but_harmless_is_a_note(
    options: LayerOptions, service: ImageService, option: str, text: str
) -> None:
    assert told(check(options, service)) == ([], [(option, text)])


def test_everything_is_told_at_once() -> None:
    options = LayerOptions(
        bands=(9,),
        processing_template=RAW,
        extent=Extent(0, 0, 1, 1),
        nodata=(1, 2),
        compression_quality=0,
        mosaic_method=BY_ATTRIBUTE,
        order_field="Name",
        viewpoint=(1, 2),
    )
    findings = check(options, LANDSAT)
    assert [error.option for error in findings.errors] == [
        "bands",
        "nodata",
        "extent",
        "order_field",
        "compression_quality",
    ]
    assert [note.option for note in findings.notes] == ["viewpoint"]


def test_bands_and_nodata_wait_for_what_comes_out_of_a_template() -> None:
    options = LayerOptions(bands=(7,), nodata=(1, 2, 3), processing_template=ProcessingTemplate("Hillshade"))
    assert check(options, LANDSAT) == Findings()
    assert [error.option for error in check(options, LANDSAT, HILLSHADE).errors] == ["bands", "nodata"]
    default = LayerOptions(bands=(7,))
    assert check(default, ELEVATION) == Findings()
    assert [error.option for error in check(default, ELEVATION, ELEVATION).errors] == ["bands"]


def test_bands_that_the_template_does_not_yield_are_a_note() -> None:
    findings = check(
        LayerOptions(bands=(1, 2, 3), processing_template=ProcessingTemplate("Hillshade")), LANDSAT, HILLSHADE
    )
    text = "The processing template does not yield the bands 1, 2, 3; all of its bands are used (1)."
    assert told(findings) == ([], [("bands", text)])


@pytest.mark.parametrize(
    ("wanted", "output", "bands", "note"),
    [
        (None, LANDSAT, None, None),
        ((3, "Blue"), LANDSAT, (3, 1), None),
        ((1,), HILLSHADE, (1,), None),
        # The sample of the ArcGIS tool: three bands of a template that yields one.
        (
            (1, 2, 3),
            HILLSHADE,
            None,
            "The processing template does not yield the bands 1, 2, 3; all of its bands are used (1).",
        ),
        (
            ("Red", 1),
            HILLSHADE,
            None,
            "The processing template does not yield the bands Red, 1; all of its bands are used (1).",
        ),
        (("R", 2), dataclasses.replace(LANDSAT, bands=named_bands("R", "G")), (1, 2), None),
        ((6,), dataclasses.replace(LANDSAT, bands=named_bands(*"abcdef")), (6,), None),
    ],
)
def test_bands_are_those_of_the_template_or_else_all(
    wanted: tuple[int | str, ...] | None, output: ImageService, bands: tuple[int, ...] | None, note: str | None
) -> None:
    assert effective_bands(wanted, LANDSAT, output) == (bands, None if note is None else Note("bands", note))


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ((1, 2, 5), "The band “5” does not exist; choose from 1."),
        (("Purple",), "The band “Purple” does not exist; choose from 1."),
    ],
)
def test_a_band_that_neither_service_nor_template_has_is_an_error(wanted: tuple[int | str, ...], message: str) -> None:
    with pytest.raises(OptionError) as raised:
        effective_bands(wanted, LANDSAT, HILLSHADE)
    assert (raised.value.option, raised.value.message) == ("bands", message)


def test_fields_to_order_by_are_whole_numbers_then_others_then_dates() -> None:
    fields = (*FIELDS, Field("MinPS", "MinPS", "esriFieldTypeSingle"), Field("Shape", "Shape", "esriFieldTypeGeometry"))
    assert [field.name for field in orderable_fields(fields)] == [
        "OBJECTID",
        "Best",
        "CloudCover",
        "MinPS",
        "AcquisitionDate",
    ]
