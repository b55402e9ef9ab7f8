"""*Describe image service* tells what the service says: as a page that shows it letter by letter, and as JSON."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from qgis.core import QgsProcessingException

from image_server_layer import make_image_server_layer
from image_server_layer.tests.processing.running import CREDENTIALS_WARNING, DESCRIBE, Log, run

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

HOSTILE = '<img src="http://example.org/spy.png" onerror="alert(1)"/>&amp;'


class Page(HTMLParser):
    """The elements of a page, and the rows of its tables as a reader sees them."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.texts: list[str] = []
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self.feed(Path(path).read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, _: object) -> None:
        self.elements.add(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self._cell = self.rows[-1]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._cell = None

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self._cell is not None:
            self._cell[-1] += data


def test_the_outputs_are_the_properties_of_the_service(image_server: ImageServerProcess) -> None:
    url = image_server.service("Olinda/Landsat")
    assert run(DESCRIBE, IN_IMAGE_SERVICE=f"{url}/?f=pjson") == {
        "URL": url,
        "NAME": "Olinda/Landsat",
        "CRS_AUTHID": "EPSG:31985",
        "EXTENT": "288776.25,298722.75,9110728.75,9120760.75 [EPSG:31985]",
        "PIXEL_TYPE": "U8",
        "PIXEL_WIDTH": 28.5,
        "PIXEL_HEIGHT": 28.5,
        "WIDTH_IN_PIXELS": 349,
        "HEIGHT_IN_PIXELS": 352,
        "BAND_COUNT": 6,
    }


def test_the_page_holds_what_can_be_chosen(image_server: ImageServerProcess, tmp_path: Path) -> None:
    path = str(tmp_path / "landsat.html")
    outputs = run(DESCRIBE, IN_IMAGE_SERVICE=image_server.service("Olinda/Landsat"), OUTPUT_HTML=path)
    assert outputs["OUTPUT_HTML"] == path
    page = Page(path)
    assert ["Coordinate reference system", "EPSG:31985 - SIRGAS 2000 / UTM zone 25S"] in page.rows
    assert ["Size in pixels", "349 × 352"] in page.rows
    assert [row[:2] for row in page.rows if len(row) == 5] == [
        ["Number", "Name"],
        ["1", "Blue"],
        ["2", "Green"],
        ["3", "Red"],
        ["4", "NearInfrared_1"],
        ["5", "MidInfrared_1"],
        ["6", "MidInfrared_2"],
    ]
    assert ["NDVI", "Normalized difference vegetation index, -1 to 1."] in page.rows
    assert ['Water "&" Land + 100 % #1: ção', "A name that must be encoded."] in page.rows
    methods = "NORTH_WEST, CLOSEST_TO_CENTER, LOCK_RASTER, BY_ATTRIBUTE, CLOSEST_TO_NADIR, CLOSEST_TO_VIEWPOINT"
    assert ["Mosaic methods", f"{methods}, SEAMLINE, NONE"] in page.rows
    assert ["CloudCover", "CloudCover", "Double"] in page.rows


def test_the_page_holds_variables_with_their_dimensions(image_server: ImageServerProcess, tmp_path: Path) -> None:
    path = str(tmp_path / "water.html")
    run(DESCRIBE, IN_IMAGE_SERVICE=image_server.service("Test/Water"), OUTPUT_HTML=path)
    rows = Page(path).rows
    time = "StdTime (3, from 2020-01-01 00:00:00 to 2020-04-01 00:00:00)"
    assert ["water_temp", "degC", "Water <temperature>", f"{time}, StdZ (4, from -200 to 0 m)"] in rows
    assert ["heat", "J", "", "StdZ (2, from -500 to 0 m)"] in rows


def test_the_json_holds_the_whole_description(image_server: ImageServerProcess, tmp_path: Path) -> None:
    path = tmp_path / "elevation.json"
    image_server.patch("Test/Single", {"copyrightText": "ção", "noDataValues": ["NaN"]})
    run(DESCRIBE, IN_IMAGE_SERVICE=image_server.service("Test/Single"), OUTPUT_JSON=str(path))
    description = json.loads(path.read_text(encoding="utf-8"), parse_constant=pytest.fail)
    (band,) = description.pop("bands")
    assert (band["number"], band["name"], band["minimum"], band["maximum"]) == (1, "Band_1", 1.0, 157.0)
    description.pop("description")
    assert description == {
        "url": image_server.service("Test/Single"),
        "name": "Test/Single",
        "version": 10.91,
        "pixel_type": "F32",
        "spatial_reference": {"wkid": 31985, "latest_wkid": 31985, "wkt": ""},
        "extent": {"xmin": 300000.0, "ymin": 9099390.0, "xmax": 300970.0, "ymax": 9100000.0},
        "pixel_size": [10.0, 10.0],
        "copyright": "ção",
        "data_type": "esriImageServiceDataTypeGeneric",
        "nodata": ["NaN"],
        "functions": [],
        "allows_functions": True,
        "mosaic": None,
        "time": None,
        "is_multidimensional": False,
        "variables": [],
        "capabilities": ["Image", "Mensuration", "Metadata"],
        "is_cached": False,
        "tiles_only": False,
        "tiles": None,
        "max_image_width": 15000,
        "max_image_height": 4100,
        "max_record_count": 1000,
        "default_interpolation": "RSP_BilinearInterpolation",
        "has_attribute_table": False,
        "has_colormap": False,
        "columns": 97,
        "rows": 61,
        "default_function": "",
    }


def test_text_from_the_server_stays_text(image_server: ImageServerProcess, tmp_path: Path) -> None:
    hostile = {
        "name": HOSTILE,
        "description": HOSTILE,
        "copyrightText": HOSTILE,
        "serviceDataType": HOSTILE,
        "bandNames": [HOSTILE],
        "capabilities": HOSTILE,
        "rasterFunctionInfos": [{"name": HOSTILE, "description": HOSTILE, "help": HOSTILE}],
        "objectIdField": HOSTILE,
        "fields": [{"name": HOSTILE, "alias": HOSTILE, "type": HOSTILE}],
        "sortField": HOSTILE,
        "sortValue": HOSTILE,
    }
    image_server.patch("Test/Ones", hostile)
    path = str(tmp_path / "hostile.html")
    run(DESCRIBE, IN_IMAGE_SERVICE=image_server.service("Test/Ones"), OUTPUT_HTML=path)
    page = Page(path)
    assert page.elements == {"html", "head", "meta", "body", "h1", "h2", "p", "table", "tr", "th", "td"}
    # Description and copyright are read as HTML.
    assert sum(HOSTILE in text for text in page.texts) == 12


def test_a_layer_stands_for_its_service(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/U16"))
    assert run(DESCRIBE, IN_IMAGE_SERVICE=layer.id())["URL"] == image_server.service("Test/U16")


def test_a_portal_item_stands_for_its_service(image_server: ImageServerProcess) -> None:
    item = f"{image_server.origin}/portal/home/item.html?id=0123456789abcdef0123456789abcdef"
    assert run(DESCRIBE, IN_IMAGE_SERVICE=item)["NAME"] == "Olinda/Landsat"


def test_of_a_token_whose_value_the_dialog_left_out_is_said_that_it_has_no_effect(
    image_server: ImageServerProcess, tmp_path: Path
) -> None:
    html, json_file = tmp_path / "service.html", tmp_path / "service.json"
    address = f"{image_server.service('Test/U8')}?token=…"
    log = Log()
    outputs = run(DESCRIBE, log, IN_IMAGE_SERVICE=address, OUTPUT_HTML=str(html), OUTPUT_JSON=str(json_file))
    assert outputs["BAND_COUNT"] == 3
    assert log.warnings == [CREDENTIALS_WARNING]
    urls = [request.url for request in image_server.requests()]
    assert "token=" not in "".join([str(outputs), html.read_text(), *urls])


def test_a_file_that_cannot_be_written_is_an_error(image_server: ImageServerProcess, tmp_path: Path) -> None:
    path = tmp_path / "taken.html"
    path.mkdir()
    with pytest.raises(QgsProcessingException, match=rf"The file {path} cannot be written: Is a directory"):
        run(DESCRIBE, IN_IMAGE_SERVICE=image_server.service("Test/U8"), OUTPUT_HTML=str(path))
