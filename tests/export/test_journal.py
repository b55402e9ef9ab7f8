"""The journal of an export: what it says of a file is true, or it says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from image_server_layer.plugin.export.journal import Entry, Journal
from image_server_layer.plugin.provider.statistics import Moments
from image_server_layer.plugin.service.errors import FileError

ENTRIES = {0: Entry(11, (Moments(),)), 7: Entry(2**32 - 1, ()), 3: Entry(0, (Moments(), Moments()))}


def journal(folder: Path, key: str = "a key") -> Journal:
    return Journal(folder / "scene.tif.journal", key)


def written(folder: Path, *, is_closed: bool) -> Path:
    """Write a journal; return its path."""
    one = journal(folder)
    one.begin({0: ENTRIES[0]})
    one.note(7, ENTRIES[7])
    one.note(3, ENTRIES[3])
    if is_closed:
        one.note_closed()
    one.close()
    return folder / "scene.tif.journal"


@pytest.mark.parametrize("is_closed", [True, False])
def test_what_is_noted_comes_back_and_whether_the_file_was_closed(tmp_path: Path, is_closed: bool) -> None:
    written(tmp_path, is_closed=is_closed)
    assert journal(tmp_path).read() == (ENTRIES, is_closed)


def test_that_of_another_export_says_nothing(tmp_path: Path) -> None:
    written(tmp_path, is_closed=True)
    assert journal(tmp_path, "another key").read() == ({}, False)


def test_wherever_it_breaks_off_what_stands_before_is_true(tmp_path: Path) -> None:
    path = written(tmp_path, is_closed=True)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        found, was_closed = journal(tmp_path).read()
        assert found.items() <= ENTRIES.items()
        # All but the break of the last line.
        assert was_closed == (length == len(whole) - 1)


@pytest.mark.parametrize("line", ["null", "[]", "[1]", '["x", 1, []]', "[1, 2, [1]]", "7", "{}"])
def test_what_it_never_writes_ends_it(tmp_path: Path, line: str) -> None:
    path = written(tmp_path, is_closed=False)
    lines = path.read_text("ascii").splitlines()
    path.write_text("\n".join([*lines[:2], line, *lines[2:]]), "ascii")
    assert journal(tmp_path).read() == ({0: ENTRIES[0]}, False)


def test_a_journal_begun_anew_forgets_the_former(tmp_path: Path) -> None:
    written(tmp_path, is_closed=True)
    one = journal(tmp_path)
    one.begin({})
    one.close()
    assert journal(tmp_path).read() == ({}, False)


def test_one_that_cannot_be_begun_anew_says_what_it_said(tmp_path: Path) -> None:
    path = written(tmp_path, is_closed=True)
    (tmp_path / "scene.tif.journal.new").mkdir()
    with pytest.raises(FileError, match=r"scene\.tif\.journal cannot be written"):
        journal(tmp_path).begin({})
    assert journal(tmp_path).read() == (ENTRIES, True)
    assert path.exists()
