"""Whatever a server calls its files, they lie below the chosen folder, and no two of them at one place."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from image_server_layer.plugin.export.local_names import local_paths, safe_path


@pytest.mark.parametrize(
    ("file_id", "expected"),
    [
        (r".\Orthos2019\RGBNIR\01259900.tif", "Orthos2019/RGBNIR/01259900.tif"),
        ("../../../etc/passwd", "etc/passwd"),
        (r"..\..\Windows\System32\x.dll", "Windows/System32/x.dll"),
        (r"D:\archive\scene.tif", "archive/scene.tif"),
        ("C:scene.tif", "scene.tif"),
        (r"\\store\share\scene.tif", "store/share/scene.tif"),
        ("/vsis3/bucket/key.tif", "vsis3/bucket/key.tif"),
        ("https://images.example.org/a/%2e%2e/scene.tif?token=abc", "a/scene.tif"),
        ("con.tif", "_con.tif"),
        ("NUL", "_NUL"),
        ("con .tif", "_con .tif"),
        ("a/Aux  .b.tif/scene.tif", "a/_Aux  .b.tif/scene.tif"),
        ("console.tif", "console.tif"),
        ("ab:c<d>|e?.tif", "ab_c_d_e_.tif"),
        ("folder. /scene.tif. ", "folder/scene.tif"),
        ("a\x00b\n\u202egnp.tif", "ab gnp.tif"),
        ("Jaboatão/são.tif", "Jaboatão/são.tif"),
        ("source_rasters.json", "source_rasters.json_"),
        ("x.tif.part", "x.tif.part_"),
        ("1/2/3/4/5/6/scene.tif", "3/4/5/6/scene.tif"),
        ("", "file"),
        ("..", "file"),
    ],
)
def test_a_place_is_below_the_folder_and_fit_for_every_file_system(file_id: str, expected: str) -> None:
    assert str(safe_path(file_id)) == expected
    assert safe_path(expected) == PurePosixPath(expected)


def test_long_names_keep_their_ends() -> None:
    path = safe_path("x" * 300 + ".tif.aux.xml")
    assert path.name == "x" * 80 + ".tif.aux.xml"


def test_what_differs_in_case_only_gets_a_number_with_all_that_stands_beside_it() -> None:
    ids = ["d/Scene.tif", "d/Scene.tif.ovr", "d/scene.tif", "d/scene.tif.ovr", "d/scene.tfw"]
    assert [str(path) for path in local_paths(ids, {}).values()] == [
        "d/Scene.tif",
        "d/Scene.tif.ovr",
        "d/scene_2.tif",
        "d/scene_2.tif.ovr",
        "d/scene_2.tfw",
    ]


def test_places_of_before_are_kept_and_others_files_are_left_alone() -> None:
    known = {"d/scene.tif": PurePosixPath("d/scene_2.tif")}
    free = {"d/other_2.tif"}
    found = local_paths(["d/scene.tif", "d/other.tif"], known, lambda _id, path: str(path) in free)
    assert {name: str(path) for name, path in found.items()} == {
        "d/scene.tif": "d/scene_2.tif",
        "d/other.tif": "d/other_2.tif",
    }
