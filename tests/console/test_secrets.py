"""A token in an address shows nowhere: not in a layer, a project file, an error, a log, or on the wire to GDAL."""

from __future__ import annotations

import traceback
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtXml import QDomDocument

from image_server_layer import ImageServerLayerError, make_image_server_layer
from image_server_layer.plugin.service.errors import AuthenticationError
from image_server_layer.tests.imageserver.security import TOKEN
from image_server_layer.tests.reading import qgis_pixels
from tests.sandbox import CLOSED_PORT

if TYPE_CHECKING:
    from qgis.core import QgsRasterLayer

    from image_server_layer.tests.imageserver.process import ImageServerProcess


@pytest.fixture
def log() -> Iterator[list[str]]:
    """Return what is written to QGIS' message log meanwhile."""
    messages: list[str] = []

    def record(message: str, tag: str, _: object) -> None:
        messages.append(f"{tag}: {message}")

    application_log = QgsApplication.messageLog()
    application_log.messageReceived.connect(record)
    yield messages
    application_log.messageReceived.disconnect(record)


@pytest.mark.parametrize(
    "address",
    ["?token={token}", "?f=json&token={token}", "/exportImage?bbox=1,2,3,4&TOKEN={token}", "/?Token={token}#x"],
)
def test_a_layer_is_made_without_the_token_and_says_so(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path, log: list[str], address: str
) -> None:
    url = image_server.service("Olinda/Landsat")
    layer = make_image_server_layer(url + address.format(token=TOKEN))
    qgis_pixels(layer)
    notes = layer.customProperty("image_server_layer/notes")
    assert "The token in the address was taken off; the service answers without it." in notes
    for file in ("map.qgs", "map.qgz"):
        assert project.write(str(tmp_path / file))
    with zipfile.ZipFile(tmp_path / "map.qgz") as archive:
        zipped = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    texts = [
        layer.source(),
        layer.name(),
        layer.htmlMetadata(),
        _as_xml(layer),
        (tmp_path / "map.qgs").read_text(encoding="utf-8"),
        *zipped,
        *notes,
        *log,
        *(f"{request.url} {request.headers} {request.body}" for request in image_server.requests()),
    ]
    assert [text for text in texts if TOKEN in text] == []


def _as_xml(layer: QgsRasterLayer) -> str:
    document = QDomDocument()
    layer.exportNamedMetadata(document, "")
    return str(document.toString())


@pytest.mark.parametrize(
    "address",
    [
        "{url}/Test/Secured/ImageServer?token={token}",
        "{url}/Test/SecuredReferer/ImageServer?token={token}",
        "{url}/Test/Secured/ImageServer/exportImage?f=image&token={token}",
        "{url}/Olinda/Missing/ImageServer?token={token}",
        "{url}/Olinda/Places/MapServer?token={token}",
        "{url}/Olinda?token={token}",
        "{url}?f=html&token={token}",
        "http://127.0.0.1:{closed}/arcgis/rest/services/X/ImageServer?token={token}",
        "http://me:{token}@127.0.0.1:{closed}/arcgis/rest/services/X/ImageServer",
        "ftp://host/arcgis/rest/services/X/ImageServer?token={token}",
        "nonsense?token={token}",
    ],
)
def test_no_error_holds_the_token(
    image_server: ImageServerProcess, project: QgsProject, log: list[str], address: str
) -> None:
    with pytest.raises(ImageServerLayerError) as caught:
        make_image_server_layer(address.format(url=image_server.url, closed=CLOSED_PORT, token=TOKEN))
    error = caught.value
    shown = [str(error), repr(error), error.message, error.details, *log]
    shown += [line for line in traceback.format_exception(error) if "File" not in line]
    assert [text for text in shown if TOKEN in text] == []
    assert [request.url for request in image_server.requests() if TOKEN in request.url] == []
    assert not project.mapLayers()


def test_a_secured_service_with_a_token_in_its_address_says_where_credentials_belong(
    image_server: ImageServerProcess, project: QgsProject
) -> None:
    with pytest.raises(AuthenticationError, match="a token in an address is not kept: store it as an authentication"):
        make_image_server_layer(f"{image_server.service('Test/Secured')}?token={TOKEN}")
    assert not project.mapLayers()


def test_a_server_that_repeats_credentials_does_not_get_them_shown(
    image_server: ImageServerProcess, project: QgsProject
) -> None:
    image_server.fault("json_error", "f=json", code=500, message=f"Failed: https://h/x?f=json&token={TOKEN}&a=1")
    with pytest.raises(ImageServerLayerError) as caught:
        make_image_server_layer(image_server.service("Olinda/Landsat"))
    assert TOKEN not in str(caught.value) + caught.value.details
    assert not project.mapLayers()
