"""A file that is no document, too large or broken is one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from image_server_layer.plugin.documents.document import DocumentError
from image_server_layer.plugin.documents.reader import parse_document, parse_document_text, read_document_file
from image_server_layer.tests.documents.examples import definition, layer_file

NEITHER = (
    "“{title}” is neither a layer file (.lyrx) or a map (.mapx) of ArcGIS Pro, nor the JSON of a web map: choose one "
    "of these."
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"PK\x03\x04",
        b"[1, 2]",
        b'"text"',
        b'{"type": "FeatureCollection", "features": []}',
        b'{"type": "CIMLayoutDocument"}',
        b'{"type": ["CIMLayerDocument"]}',
        b'{"layers": [',
        b"[" * 100_000,
        b'{"operationalLayers":[{"layers":' * 3000,
    ],
    ids=lambda content: repr(content[:20]),
)
def test_something_else_is_one_sentence(content: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_document(content, "x.lyrx")
    assert str(caught.value) == NEITHER.format(title="x.lyrx")


def test_a_file_of_200_mb_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.lyrx"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    with pytest.raises(DocumentError) as caught:
        read_document_file(path)
    assert str(caught.value) == (
        "“large.lyrx” is too large for a layer file: what is read has at most 16 MB and 600000 values."
    )


def test_a_file_that_is_not_there_or_a_folder_is_said(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone.lyrx", Path("/dev/zero")):
        with pytest.raises(DocumentError) as caught:
            read_document_file(path)
        assert str(caught.value) == f"There is no file {path}."


def test_a_byte_order_mark_does_not_matter() -> None:
    text = "\ufeff" + layer_file([definition("Coast")]).decode()
    assert [layer.name for layer in parse_document_text(text).layers] == ["Coast"]


@pytest.mark.parametrize("key", ["layers", "layerDefinitions", "mapDefinition"])
@pytest.mark.parametrize("value", ["null", "3", '"x"', "[]", "[null, 3, [], {}]", "{}"])
@pytest.mark.parametrize("kind", ["CIMLayerDocument", "CIMMapDocument"])
def test_broken_parts_are_no_layers(kind: str, key: str, value: str) -> None:
    content = f'{{"type": "{kind}", "{key}": {value}}}'.encode()
    assert parse_document(content, "x.lyrx").layers == ()
