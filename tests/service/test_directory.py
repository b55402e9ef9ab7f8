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


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("nowhere", "nowhere"),
        ("https://h.org/arcgis", "https://h.org/arcgis"),
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
