"""Answers that are not the description of an image service, and the sentence that each of them gets."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.service.description import parse_description
from image_server_layer.plugin.service.errors import NotAnImageServiceError
from image_server_layer.tests.service.root_documents import URL


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "an empty answer"),
        (b" \n", "an empty answer"),
        (b"<html><body>Sign in</body></html>", "a web page (perhaps one to sign in on)"),
        (b"\n<!DOCTYPE html>\n<html lang='en'>", "a web page (perhaps one to sign in on)"),
        (b"<?xml version='1.0'?><!-- x --><HTML>", "a web page (perhaps one to sign in on)"),
        (b'{"bandCount": 1', "something else"),
        (b"[1, 2]", "something else"),
        (b'"ImageServer"', "something else"),
        (b"null", "something else"),
        (b"\xff\xd8\xff\xe0", "something else"),
        (b"[" * 100_000, "something else"),
    ],
)
def test_what_is_no_json_object_is_named(content: bytes, what: str) -> None:
    with pytest.raises(NotAnImageServiceError) as caught:
        parse_description(content, URL)
    assert str(caught.value) == (
        f"{URL} sent {what} instead of the description of an image service: check the address, and whether it needs "
        "credentials."
    )


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b'{"currentVersion":10.91,"folders":["Olinda"],"services":[]}', "a folder of services"),
        (b'{"currentVersion":10.91,"mapName":"Layers","layers":[],"tables":[]}', "a map service"),
        (b'{"currentVersion":10.91,"layers":[],"tables":[],"hasStaticData":false}', "a feature service"),
        (b'{"currentVersion":10.91,"tasks":["Route"]}', "a geoprocessing service"),
        (b'{"currentVersion":10.91}', "another kind of resource"),
        (b"{}", "another kind of resource"),
    ],
)
def test_another_service_is_named(content: bytes, what: str) -> None:
    with pytest.raises(NotAnImageServiceError) as caught:
        parse_description(content, URL)
    assert str(caught.value) == f"{URL} is {what}, not an image service: check the address."


def test_a_byte_order_mark_and_stray_bytes_do_not_matter() -> None:
    content = '{"name":"Größe","pixelSizeX":1,"pixelSizeY":1,"extent":{"xmin":0,"ymin":0,"xmax":9,"ymax":9}}'
    assert parse_description(b"\xef\xbb\xbf" + content.encode(), URL).name == "Größe"
    assert parse_description(content.encode("latin-1"), URL).name == "Gr\ufffd\ufffde"
