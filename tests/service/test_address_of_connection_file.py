"""ArcGIS connection paths: which server an `.ags` file stands for."""

from __future__ import annotations

from pathlib import Path

import pytest

from image_server_layer.plugin.service.address import ServiceAddress, parse_address
from image_server_layer.plugin.service.errors import AddressError

SERVICE = "https://gis.example.org/arcgis/rest/services/Olinda/Landsat/ImageServer"

# A connection file is an OLE compound document: texts among binary data.
HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256))
TAIL = b"\x00\x00\xff\xfe\x00"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "My server.ags"


@pytest.mark.parametrize(
    "content",
    [
        b"https://gis.example.org/arcgis/services",
        b"\x00\x11https://gis.example.org/arcgis/rest/services/\x00",
        "https://gis.example.org/arcgis/services".encode("utf-16-le"),
        b"\x01" + "HTTPS://gis.example.org/arcgis/services".encode("utf-16-le"),
        "https://gis.example.org/arcgis".encode("utf-16-le"),
        b"https://gis.example.org/arcgis/admin\x00",
        b"https://gis.example.org/arcgis/tokens\x00https://gis.example.org/arcgis/services\x00",
        b"http://www.esri.com/schemas/ArcGIS/10.8\x00https://gis.example.org/arcgis/rest\x00",
    ],
    ids=["ascii", "rest", "utf-16", "utf-16 at an odd byte", "site", "administration", "tokens", "namespace"],
)
def test_the_url_of_the_server_is_read_from_the_file(file: Path, content: bytes) -> None:
    file.write_bytes(HEAD + content + TAIL)
    assert parse_address(f"{file}/Olinda/Landsat.ImageServer") == ServiceAddress(SERVICE)


@pytest.mark.parametrize(
    "service",
    [
        r"\Olinda\Landsat.ImageServer",
        "/Olinda/Landsat.imageserver",
        r"\\Olinda\\Landsat.ImageServer/",
        "/Olinda\\Landsat.IMAGESERVER",
    ],
)
def test_folder_and_service_are_split_off_the_path(file: Path, service: str) -> None:
    file.write_bytes(b"https://gis.example.org/arcgis/services")
    assert parse_address(f'"{file}{service}"') == ServiceAddress(SERVICE)


@pytest.mark.parametrize("content", [b"", HEAD + TAIL, b"http://www.esri.com/schemas/ArcGIS/10.8", b"ftp://h/services"])
def test_a_file_that_names_no_server_asks_for_the_url(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(AddressError) as caught:
        parse_address(f"{file}/Olinda/Landsat.ImageServer")
    assert str(caught.value) == (
        f"“{file}” does not tell which server it stands for: give the URL of the service itself."
    )


@pytest.mark.parametrize(
    ("path", "file"),
    [
        (r"C:\Users\me\Server.ags\Olinda\Landsat.ImageServer", r"C:\Users\me\Server.ags"),
        (r"GIS Servers\arcgis on server.ags\Landsat.ImageServer", r"GIS Servers\arcgis on server.ags"),
    ],
)
def test_a_file_that_is_not_here_asks_for_the_url(path: str, file: str) -> None:
    with pytest.raises(AddressError) as caught:
        parse_address(path)
    assert str(caught.value) == (
        f"“{file}” does not tell which server it stands for: give the URL of the service itself."
    )


def test_a_service_of_another_type_is_refused(file: Path) -> None:
    file.write_bytes(b"https://gis.example.org/arcgis/services")
    with pytest.raises(AddressError, match="is a map service"):
        parse_address(f"{file}/Olinda/Places.MapServer")
