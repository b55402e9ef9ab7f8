"""Services of which users reported that something went wrong: their descriptions, and the right answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from image_server_layer.plugin.options.check import check
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.mosaic_rule import mosaic_rule
from image_server_layer.plugin.options.wording import in_words
from image_server_layer.plugin.service.attribute_table import parse_attribute_table
from image_server_layer.plugin.service.description import parse_description
from image_server_layer.plugin.service.image_service import Band, ImageService, SpatialReference
from image_server_layer.plugin.service.vocabulary import MosaicMethod

REPORTS = Path(__file__).parents[1] / "reports"
UNTIL_2020 = LayerOptions(where="Year <= 2020")


def report(name: str) -> dict[str, Any]:
    found = json.loads((REPORTS / f"{name}.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def described(name: str) -> ImageService:
    content = json.dumps(report(name)["root"]).encode()
    return parse_description(content, f"https://gis.example.org/arcgis/rest/services/{name}/ImageServer")


def test_a_mosaic_that_is_newest_first_by_descending_stays_so() -> None:
    service = described("mosaic_newest_first_by_descending")
    assert mosaic_rule(UNTIL_2020, service) == {
        "mosaicMethod": "esriMosaicAttribute",
        "where": "Year <= 2020",
        "sortField": "Year",
        "sortValue": "1900",
        "ascending": False,
        "mosaicOperation": "MT_FIRST",
    }
    assert ("Sort order", "Descending (by default)") in in_words(UNTIL_2020, service)


def test_a_mosaic_with_a_closed_catalog_takes_rules_and_is_not_asked() -> None:
    service = described("mosaic_closed_catalog")
    assert service.mosaic is not None
    assert not service.mosaic.has_catalog
    findings = check(UNTIL_2020, service)
    assert findings.errors == ()
    assert [note.option for note in findings.notes] == ["where"]
    rule = mosaic_rule(UNTIL_2020, service)
    assert rule is not None
    assert (rule["mosaicMethod"], rule["where"]) == ("esriMosaicAttribute", "Year <= 2020")


def test_statistics_that_are_all_zero_are_none() -> None:
    assert described("statistics_all_zero").bands == tuple(Band(number, f"Band_{number}") for number in range(1, 5))


def test_the_base_value_of_an_order_by_year_stays_the_text_that_it_is() -> None:
    service = described("landcover_10m_world")
    assert mosaic_rule(UNTIL_2020, service) == {
        "mosaicMethod": "esriMosaicAttribute",
        "where": "Year <= 2020",
        "sortField": "Year",
        "sortValue": "2050",
        "ascending": True,
        "mosaicOperation": "MT_FIRST",
    }
    assert service.bands[0].mean == pytest.approx(7.28, abs=0.01)


def test_a_table_that_only_a_function_has_gives_names_and_colors() -> None:
    rows = parse_attribute_table(report("landcover_10m_world")["answers"]["rasterAttributeTable"])
    assert [(row.value, row.label, row.color) for row in rows[:2]] == [
        (1, "Water", (26, 91, 171)),
        (2, "Trees", (53, 130, 33)),
    ]
    assert rows[0].attributes["Alpha"] == 255


def test_a_mosaic_may_be_ordered_by_a_field_of_texts() -> None:
    service = described("dtm_ordered_by_name")
    options = LayerOptions(mosaic_method=MosaicMethod.ATTRIBUTE)
    rule = mosaic_rule(options, service)
    assert rule is not None
    assert (rule["sortField"], rule["sortValue"]) == ("NAME", "0")
    assert check(options, service).errors == ()


def test_elevation_without_a_declared_nodata_value_has_none() -> None:
    assert described("elevation_with_voids").nodata == ()


def test_a_reference_in_text_is_that_of_the_plane_without_the_heights() -> None:
    reference = described("state_dem_wkt_feet").spatial_reference
    assert reference == SpatialReference(wkt=reference.wkt)
    assert "Foot_US" in reference.wkt
    assert "VERTCS" not in reference.wkt


@pytest.mark.parametrize("name", sorted(path.stem for path in REPORTS.glob("*.json")))
def test_every_reported_service_is_read(name: str) -> None:
    service = described(name)
    assert service.bands
    assert check(LayerOptions(), service).errors == ()
