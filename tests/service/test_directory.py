"""Addresses of services directories, in every form that leads to one."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.service.address import Connection
from image_server_layer.plugin.service.directory import DirectoryAddress, parse_directory_address
from image_server_layer.plugin.service.errors import AddressError

ROOT = "https://h.org/arcgis/rest/services"
CONNECTIONS = {
    "My server": Connection("My server", f"{ROOT}?token=abc", authcfg="a1b2c3d", referer="https://x.org/"),
}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (ROOT, DirectoryAddress(ROOT)),
        (f" <{ROOT}/> ", DirectoryAddress(ROOT)),
        (f"{ROOT}?f=html", DirectoryAddress(ROOT)),
        (f"{ROOT}/#top", DirectoryAddress(ROOT)),
        ("h.org/arcgis/rest/services", DirectoryAddress(ROOT)),
        ("https://h.org/arcgis/services/Olinda", DirectoryAddress(ROOT, "Olinda")),
        ("HTTPS://H.org:443/arcgis/REST/Services/Olinda", DirectoryAddress(ROOT, "Olinda")),
        (f"{ROOT}/%C3%A7%C3%A3o%201/", DirectoryAddress(ROOT, "ção 1")),
        (f"{ROOT}/Olinda/Landsat/ImageServer", DirectoryAddress(ROOT, "Olinda")),
        (f"{ROOT}/Landsat/ImageServer?f=json", DirectoryAddress(ROOT)),
        (f"{ROOT}/Olinda?token=xyz&f=json", DirectoryAddress(ROOT, "Olinda", "xyz")),
        ("My server", DirectoryAddress(ROOT, "", "abc", "a1b2c3d", "https://x.org/")),
        ("My server/Olinda", DirectoryAddress(ROOT, "Olinda", "abc", "a1b2c3d", "https://x.org/")),
    ],
)
def test_an_address_is_read(text: str, address: DirectoryAddress) -> None:
    assert parse_directory_address(text, CONNECTIONS) == address


GUESSES = ("https://www.h.org/server/rest/services", "https://www.h.org/rest/services")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://h.org/arcgis", DirectoryAddress(ROOT)),
        ("https://h.org/arcgis/?token=xyz", DirectoryAddress(ROOT, "", "xyz")),
        ("https://h.org/arcgis/rest/", DirectoryAddress(ROOT)),
        ("h.org/arcgis/rest", DirectoryAddress(ROOT)),
        ("https://h.org/image", DirectoryAddress("https://h.org/image/rest/services")),
        ("https://h.org/gis/arcgis", DirectoryAddress("https://h.org/gis/arcgis/rest/services")),
        ("https://www.h.org", DirectoryAddress("https://www.h.org/arcgis/rest/services", guesses=GUESSES)),
        ("www.h.org/", DirectoryAddress("https://www.h.org/arcgis/rest/services", guesses=GUESSES)),
        (
            "http://h:6080",
            DirectoryAddress(
                "http://h:6080/arcgis/rest/services",
                guesses=("http://h:6080/server/rest/services", "http://h:6080/rest/services"),
            ),
        ),
        ("A site", DirectoryAddress(ROOT, "", None, "a1b2c3d", "https://x.org/")),
    ],
)
def test_a_host_or_a_site_is_looked_at(text: str, address: DirectoryAddress) -> None:
    site = Connection("A site", "https://h.org/arcgis", authcfg="a1b2c3d", referer="https://x.org/")
    assert parse_directory_address(text, {site.name: site}) == address


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("nowhere", "nowhere"),
        ("dem.tif", "dem.tif"),
        ("https://h.org/some/page", "https://h.org/some/page"),
        ("https://me:secret@h.org", "https://h.org"),
        ("ftp://h.org/arcgis/rest/services", "ftp://h.org/arcgis/rest/services"),
        (f"{ROOT}/Olinda/Places/MapServer", f"{ROOT}/Olinda/Places/MapServer"),
        ("0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef"),
        ("https://me:secret@h.org/arcgis/rest/services?token=xyz", "https://h.org/arcgis/rest/services"),
    ],
)
def test_what_is_none_is_an_error_that_names_it(text: str, shown: str) -> None:
    with pytest.raises(AddressError) as raised:
        parse_directory_address(text, CONNECTIONS)
    assert str(raised.value) == (
        f"“{shown}” is not the address of a services directory: give a URL that ends with /rest/services or with one "
        "of its folders, or the name of a saved connection."
    )


def test_a_token_is_not_in_the_representation() -> None:
    assert "xyz" not in repr(parse_directory_address(f"{ROOT}?token=xyz"))
