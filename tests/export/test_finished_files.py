"""Which of several files are whole: those that this very export has made, as long as nobody has changed them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from image_server_layer.plugin.export.finished_files import FinishedFiles
from image_server_layer.plugin.service.errors import FileError


def noted(folder: Path) -> FinishedFiles:
    """Return the journal of a folder, as a later run reads it."""
    journal = FinishedFiles(folder / "several.journal")
    journal.read()
    return journal


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file that is noted as whole."""
    path = tmp_path / "scene_1.tif"
    path.write_bytes(b"whole")
    noted(tmp_path).note(path, "a key")
    return path


def test_a_file_counts_for_the_export_that_has_made_it_and_for_no_other(tmp_path: Path, file: Path) -> None:
    assert noted(tmp_path).holds(file, "a key")
    assert not noted(tmp_path).holds(file, "another key")
    assert not noted(tmp_path).holds(tmp_path / "scene_2.tif", "a key")


def test_a_file_that_was_changed_or_is_gone_does_not_count(tmp_path: Path, file: Path) -> None:
    changed = file.stat().st_mtime_ns
    file.write_bytes(b"whole and more")
    os.utime(file, ns=(changed, changed))
    assert not noted(tmp_path).holds(file, "a key")
    file.write_bytes(b"WHOLE")
    os.utime(file, ns=(changed + 10**9, changed + 10**9))
    assert not noted(tmp_path).holds(file, "a key")
    file.unlink()
    assert not noted(tmp_path).holds(file, "a key")


@pytest.mark.parametrize("text", ["", "{", "[]", "[1]", "null", '["scene_1.tif", "a key", null, 1]', "é"])
def test_a_journal_that_cannot_be_read_notes_nothing(tmp_path: Path, file: Path, text: str) -> None:
    (tmp_path / "several.journal").write_text(text, encoding="utf-8")
    assert not noted(tmp_path).holds(file, "a key")


def test_what_was_noted_stays_where_no_more_can_be(tmp_path: Path, file: Path) -> None:
    second = tmp_path / "scene_2.tif"
    second.write_bytes(b"whole")
    (tmp_path / "several.journal.new").mkdir()
    with pytest.raises(FileError, match=r"several\.journal cannot be written"):
        noted(tmp_path).note(second, "a key")
    assert noted(tmp_path).holds(file, "a key")
