"""What GDAL takes for the moment, the clouds and the sensor of a file is said only where it is that."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.export.acquisition import imagery_items


@pytest.mark.parametrize(
    ("tags", "items"),
    [
        ({"ACQUISITIONDATE": "2001-11-25 13:05:30"}, {"ACQUISITIONDATETIME": "2001-11-25 13:05:30"}),
        ({"ACQUISITIONDATE": "2001-11-25T13:05:30.000Z"}, {"ACQUISITIONDATETIME": "2001-11-25 13:05:30"}),
        ({"ACQUISITIONDATE": "2001-11-25T13:05:30+02:00"}, {}),
        ({"ACQUISITIONDATE": "25.11.2001"}, {}),
        ({"CLOUDCOVER": "12.5"}, {"CLOUDCOVER": "12.5"}),
        ({"CLOUDCOVER": "0"}, {"CLOUDCOVER": "0"}),
        # One percent, or all of it.
        ({"CLOUDCOVER": "1"}, {}),
        ({"CLOUDCOVER": "0.25"}, {}),
        ({"CLOUDCOVER": "999"}, {}),
        ({"SENSORNAME": "Landsat 8"}, {"SATELLITEID": "Landsat 8"}),
    ],
)
def test_only_what_is_as_gdal_has_it_is_said(tags: dict[str, str], items: dict[str, str]) -> None:
    assert imagery_items(tags) == items
