"""Several files are called after what they hold, in names that every file system takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from image_server_layer.plugin.export.file_names import file_names

SCENE = Path("/data/scene.tif")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Recife", "scene_Recife.tif"),
        ("Jaboatão dos Guararapes", "scene_Jaboatão_dos_Guararapes.tif"),
        ("../../etc/passwd", "scene_etc_passwd.tif"),
        ('a\\b:c*?"<>|\0\n', "scene_a_b_c.tif"),
        ("2001-08-05 12:39:55", "scene_2001-08-05_12_39_55.tif"),
        ("...", "scene__.tif"),
        ("", "scene__.tif"),
        ("\ud800", "scene__.tif"),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    assert file_names(SCENE, [title]) == [SCENE.with_name(name)]


def test_each_name_is_there_once() -> None:
    names = [path.name for path in file_names(SCENE, ["Recife", "recife", "Recife", "Recife_2"])]
    assert names == ["scene_Recife.tif", "scene_recife_2.tif", "scene_Recife_3.tif", "scene_Recife_2_2.tif"]
    assert len({name.casefold() for name in names}) == 4


def test_a_name_is_short_enough_for_what_stands_beside_it() -> None:
    (path,) = file_names(SCENE, ["ü" * 500])
    assert len(f"{path.name}.journal".encode()) < 255
