"""A file on its way: what is left of a run before is gone on with where it is of the same file, and else forgotten."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

import pytest

from image_server_layer.plugin.export.part_file import PartFile
from image_server_layer.plugin.export.target_file import NoSpaceError
from image_server_layer.plugin.service.errors import FileError

KEY, SIZE, VALIDATOR = "a key", 20, '"version 1"'
NOTES = {"file": KEY, "size": SIZE, "validator": VALIDATOR}


def left(folder: Path, content: bytes = b"0123456789", notes: Any = NOTES) -> Path:
    """Leave a part of a file as a run before does; return the path of the whole one."""
    path = folder / "scene.tif"
    path.with_name("scene.tif.part").write_bytes(content)
    path.with_name("scene.tif.part.json").write_text(notes if isinstance(notes, str) else json.dumps(notes), "ascii")
    return path


def part_file(path: Path, size: int | None = SIZE, key: str = KEY, grown: list[int] | None = None) -> PartFile:
    return PartFile(path, size, key, (grown if grown is not None else []).append)


def there(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_part_of_the_same_file_is_gone_on_with(tmp_path: Path) -> None:
    grown: list[int] = []
    file = part_file(left(tmp_path), grown=grown)
    assert (file.offset, file.size, file.validator) == (10, SIZE, VALIDATOR)
    file.begin(10, VALIDATOR)
    file.write(b"abcdefghij")
    file.publish()
    file.close()
    assert there(tmp_path) == {"scene.tif": b"0123456789abcdefghij"}
    assert sum(grown) == SIZE


@pytest.mark.parametrize(
    ("content", "notes"),
    [
        (b"0123456789", {**NOTES, "file": "another key"}),
        (b"0123456789", {**NOTES, "size": SIZE + 1}),
        (b"0123456789", {**NOTES, "size": None}),
        (b"0123456789", {**NOTES, "validator": "x\r\nX-Evil: 1"}),
        (b"0123456789", {key: NOTES[key] for key in ("file", "size")}),
        (b"0123456789", "{"),
        (b"0123456789", "[]"),
        (b"0123456789" * 2, NOTES),
        (b"0123456789" * 3, NOTES),
        (b"", NOTES),
    ],
    ids=[
        *("another file", "another size", "no size", "line breaks", "no version", "broken", "a list", "whole"),
        *("too long", "empty"),
    ],
)
def test_what_is_of_no_use_is_begun_anew(tmp_path: Path, content: bytes, notes: Any) -> None:
    file = part_file(left(tmp_path, content, notes))
    assert (file.offset, file.validator) == (0, "")
    file.begin(0, "")
    file.write(b"new")
    file.publish()
    assert there(tmp_path)["scene.tif"] == b"new"


def test_what_the_server_has_changed_meanwhile_is_cut_off(tmp_path: Path) -> None:
    grown: list[int] = []
    file = part_file(left(tmp_path), None, grown=grown)
    assert file.offset == 0
    file = part_file(left(tmp_path, notes={**NOTES, "size": None}), None, grown=grown)
    file.begin(4, '"version 2"')
    file.write(b"x")
    file.close()
    assert there(tmp_path)["scene.tif.part"] == b"0123x"
    assert json.loads(there(tmp_path)["scene.tif.part.json"])["validator"] == '"version 2"'
    assert sum(grown) == file.offset == 5


@pytest.mark.parametrize(("validator", "stays"), [(VALIDATOR, True), ("", False)], ids=["a version", "no version"])
def test_half_a_file_stays_only_where_it_can_be_gone_on_with(tmp_path: Path, validator: str, stays: bool) -> None:
    file = part_file(tmp_path / "below" / "scene.tif")
    file.begin(0, validator)
    file.write(b"half")
    file.close()
    assert sorted(there(tmp_path / "below")) == (["scene.tif.part", "scene.tif.part.json"] if stays else [])


def test_a_disk_that_is_full_and_one_that_cannot_be_written_have_their_own_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = part_file(tmp_path / "scene.tif")
    file.begin(0, VALIDATOR)
    assert file._file is not None
    for code, kind in ((errno.ENOSPC, NoSpaceError), (errno.EIO, FileError)):

        def refuse(_piece: bytes, code: int = code) -> int:
            raise OSError(code, "no")

        with monkeypatch.context() as patched:
            patched.setattr(file, "_file", type("Refusing", (), {"write": staticmethod(refuse)})())
            with pytest.raises(kind):
                file.write(b"x")
    file.close()
