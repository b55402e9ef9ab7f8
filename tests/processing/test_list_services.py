"""*List image services* finds the image services of a server, folder by folder, and only those."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import QgsProcessingException, QgsSettings, QgsWkbTypes

from image_server_layer.tests.imageserver.services import NAMES
from image_server_layer.tests.processing.running import CREDENTIALS_WARNING, LIST, Log, run

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

Row = tuple[Any, ...]


def listed(server: str, log: Log | None = None) -> list[Row]:
    """Return the rows of the table."""
    outputs = run(LIST, log, SERVER=server, OUTPUT="memory:")
    table = outputs["OUTPUT"]
    assert [field.name() for field in table.fields()] == ["name", "folder", "url", "type"]
    assert table.wkbType() == QgsWkbTypes.NoGeometry
    rows = [tuple(feature.attributes()) for feature in table.getFeatures()]
    assert outputs["COUNT"] == len(rows)
    return rows


def row(server: ImageServerProcess, name: str) -> Row:
    folder, _, short_name = name.rpartition("/")
    return short_name, folder, server.service(name), "ImageServer"


def test_a_server_is_listed_with_all_its_folders(image_server: ImageServerProcess) -> None:
    assert sorted(listed(image_server.url)) == sorted(row(image_server, name) for name in NAMES)
    assert [request.path for request in image_server.requests()] == [
        "/arcgis/rest/services",
        "/arcgis/rest/services/Olinda",
        "/arcgis/rest/services/PuertoRico",
        "/arcgis/rest/services/Test",
    ]


@pytest.mark.parametrize("ending", ["/PuertoRico", "/PuertoRico/?f=html", "/PuertoRico/LandCover/ImageServer"])
def test_a_folder_is_listed_alone(image_server: ImageServerProcess, ending: str) -> None:
    assert listed(image_server.url + ending) == [row(image_server, "PuertoRico/LandCover")]


def test_a_saved_connection_is_listed_by_its_name(image_server: ImageServerProcess) -> None:
    QgsSettings().setValue("connections/arcgisfeatureserver/items/My server/url", image_server.url)
    assert listed("My server/PuertoRico") == [row(image_server, "PuertoRico/LandCover")]


def test_of_a_token_whose_value_the_dialog_left_out_is_said_that_it_has_no_effect(
    image_server: ImageServerProcess,
) -> None:
    log = Log()
    assert listed(f"{image_server.url}/PuertoRico?token=…", log) == [row(image_server, "PuertoRico/LandCover")]
    assert log.warnings == [CREDENTIALS_WARNING]
    assert not any("token" in request.url for request in image_server.requests())


def directory(*services: str, folders: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the arguments of a fault that answers with a directory."""
    body = {"folders": folders, "services": [{"name": name, "type": "ImageServer"} for name in services]}
    return {"status": 200, "body": json.dumps(body), "content_type": "application/json"}


def test_names_are_encoded_in_urls_and_stay_as_they_are_in_the_table(image_server: ImageServerProcess) -> None:
    image_server.fault("status", match="/services?f=json", **directory("<b>a?#&", folders=("ção 1",)))
    image_server.fault("status", match="/%C3%A7%C3%A3o%201?f=json", **directory("ção 1/x"))
    assert listed(image_server.url) == [
        ("<b>a?#&", "", f"{image_server.url}/%3Cb%3Ea%3F%23%26/ImageServer", "ImageServer"),
        ("x", "ção 1", f"{image_server.url}/%C3%A7%C3%A3o%201/x/ImageServer", "ImageServer"),
    ]


def test_a_closed_folder_is_left_out_with_a_warning(image_server: ImageServerProcess) -> None:
    image_server.fault("json_error", match="/services/Test", code=499, message="Token Required")
    log = Log()
    names = [name for name in NAMES if not name.startswith("Test/")]
    assert sorted(listed(image_server.url, log)) == sorted(row(image_server, name) for name in names)
    (warning,) = log.warnings
    host = image_server.origin.removeprefix("http://")
    assert warning == (
        f"The folder “Test” is left out: {host} wants credentials: choose an authentication "
        "configuration, or check the one that is chosen."
    )


def test_the_progress_grows_with_the_folders(image_server: ImageServerProcess) -> None:
    log, seen = Log(), list[float]()
    log.progressChanged.connect(seen.append)
    listed(image_server.url, log)
    assert seen[:3] == [25.0, 50.0, 75.0]


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (
            {"kind": "html"},
            (
                "{host} sent a web page (perhaps one to sign in on) instead of JSON: check whether it needs "
                "credentials, or try again later."
            ),
        ),
        (
            {"kind": "status", "status": 200, "body": "{}"},
            "{url} is not a services directory: give a URL that ends with /rest/services or with one of its folders.",
        ),
        (
            {"kind": "json_error", "code": 499, "message": "Token Required"},
            "{host} wants credentials: choose an authentication configuration, or check the one that is chosen.",
        ),
    ],
    ids=["web page", "something else", "secured"],
)
def test_a_directory_that_cannot_be_read_is_an_error(
    image_server: ImageServerProcess, fault: dict[str, Any], sentence: str
) -> None:
    image_server.fault(**fault, match="f=json")
    with pytest.raises(QgsProcessingException) as raised:
        run(LIST, SERVER=image_server.url, OUTPUT="memory:")
    host = image_server.origin.removeprefix("http://")
    assert str(raised.value) == sentence.format(url=image_server.url, host=host)


def test_what_is_no_directory_is_an_error_without_a_request(image_server: ImageServerProcess) -> None:
    log = Log()
    with pytest.raises(QgsProcessingException):
        run(LIST, log, SERVER="somewhere", OUTPUT="memory:")
    assert log.errors[0].startswith("“somewhere” is not the address of a services directory: give a URL that ends")
    assert image_server.requests() == []
