"""Whether a time is one of the service's, and in which words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from image_server_layer.plugin.options.arcgis_arguments import time
from image_server_layer.plugin.options.check import check
from image_server_layer.plugin.options.check_time import times_in_words
from image_server_layer.plugin.options.date_groups import DateGroup, group_dates
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.time_range import TimeRange
from image_server_layer.plugin.service.image_service import ImageService
from image_server_layer.plugin.service.time_info import CatalogDate, TimeInfo, parse_time_info
from image_server_layer.tests.options.services import LANDSAT


def moment(text: str) -> int:
    found = time(text)
    assert found is not None
    assert found.begin is not None
    return found.begin


FIRST, LAST = moment("1999-08-11 12:41:07"), moment("2002-10-27 12:36:10")
WITH_TIMES = replace(LANDSAT, time=TimeInfo("AcquisitionDate", "", FIRST, LAST))


def errors(options: LayerOptions, service: ImageService) -> list[tuple[str, str]]:
    return [(error.option, error.message) for error in check(options, service).errors]


@pytest.mark.parametrize("text", ["2000", "1999-08-11", "../1999", "2002-10-27 12:36:10/..", "1990/2010", ""])
def test_a_time_of_the_service_is_fine(text: str) -> None:
    assert errors(LayerOptions(time=time(text)), WITH_TIMES) == []


@pytest.mark.parametrize("text", ["1999-08-10", "2003", "2002-10-27 12:36:11/..", "../1998"])
def test_a_time_outside_is_refused_with_the_times_that_there_are(text: str) -> None:
    message = (
        f"The service “Olinda/Landsat” has nothing of {text}; its times, in UTC, reach from 1999-08-11 to 2002-10-27."
    )
    assert errors(LayerOptions(time=time(text)), WITH_TIMES) == [("time", message)]


def test_a_service_without_times_says_so() -> None:
    text = "The service “Olinda/Landsat” tells no times of its pixels; leave out “{}”."
    assert errors(LayerOptions(time=time("2000")), LANDSAT) == [("time", text.format("Time"))]
    assert errors(LayerOptions(nearest_date=True), LANDSAT) == [("nearest_date", text.format("Nearest date"))]


def test_where_the_service_does_not_tell_its_limits_every_time_is_tried() -> None:
    service = replace(LANDSAT, time=TimeInfo("AcquisitionDate"))
    assert errors(LayerOptions(time=time("1900")), service) == []
    assert times_in_words(service) == ""


def test_the_nearest_date_means_nothing_beside_a_fixed_time() -> None:
    notes = check(LayerOptions(time=time("2000"), nearest_date=True), WITH_TIMES).notes
    text = "The option “Nearest date” has no effect: a layer of a fixed time does not follow the temporal controller."
    assert [(note.option, note.text) for note in notes] == [("nearest_date", text)]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (None, None),
        ({}, None),
        ({"timeExtent": []}, None),
        ({"startTimeField": "D", "endTimeField": None, "timeExtent": [1, 2]}, TimeInfo("D", "", 1, 2)),
        ({"startTimeField": "D", "endTimeField": "E", "timeExtent": ["1", 2.0]}, TimeInfo("D", "E", 1, 2)),
        ({"timeExtent": [1, 1]}, TimeInfo("", "", 1, 1)),
        ({"startTimeField": "D", "timeExtent": [2, 1]}, TimeInfo("D")),
        ({"startTimeField": "D", "timeExtent": [None, 1]}, TimeInfo("D")),
        ({"startTimeField": "D", "timeExtent": [0, 1e300]}, TimeInfo("D")),
        ({"startTimeField": "D", "timeExtent": [float("nan"), 1]}, TimeInfo("D")),
    ],
)
def test_time_info_is_read_as_servers_write_it(told: object, expected: TimeInfo | None) -> None:
    assert parse_time_info(told) == expected


def groups(*texts: str) -> list[object]:
    dates = [TimeRange(*range_) for range_ in map(time, texts) if range_ is not None]
    found = group_dates([CatalogDate(date.begin or 0, date.end or 0, 1) for date in dates])
    return [_shown(group) for group in found]


def _shown(group: DateGroup) -> object:
    return (str(group.time), group.count, [_shown(part) for part in group.parts]) if group.parts else str(group.time)


def test_dates_are_grouped_by_year_month_and_day_without_needless_steps() -> None:
    assert groups(
        "1999-08-11 12:41:07",
        "2000-05-09 12:39:55",
        "2000-05-09 13:00:00",
        "2000-12-03 00:00:00",
        "2001-03-01 00:00:00",
        "2001-03-02 00:00:00",
    ) == [
        "1999-08-11 12:41:07",
        ("2000", 3, [("2000-05-09", 2, ["2000-05-09 12:39:55", "2000-05-09 13:00:00"]), "2000-12-03"]),
        ("2001-03", 2, ["2001-03-01", "2001-03-02"]),
    ]


def test_dates_that_last_are_what_they_are() -> None:
    assert groups("2017", "2018", "2019-01/2019-03") == ["2017", "2018", "2019-01/2019-03"]
