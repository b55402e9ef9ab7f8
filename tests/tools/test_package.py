"""The check of the plugin's zip finds each fault, and nothing in a zip that is right."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import pytest

from image_server_layer.tests.tools.package import FOLDER, TRANSLATIONS, make, placeholders, problems

METADATA = """[general]
name=Image Server Layer
description=Raster layers from ArcGIS image services
about=What the tool of ArcGIS does, and more.
version=1.2.0
qgisMinimumVersion=3.22
qgisMaximumVersion=4.99
author=Somebody
email=somebody@example.org
homepage=https://example.org/plugin
tracker=https://example.org/plugin/issues
repository=https://example.org/plugin
license=GPL-2.0-or-later
category=Raster
icon=resources/icon.svg
tags=raster, arcgis
changelog=1.2.0: faster
  1.1.0: first release
hasProcessingProvider=yes
experimental=False
"""
FILES = {
    "__init__.py": "",
    "metadata.txt": METADATA,
    "LICENSE": "GPL",
    "README.md": "",
    "CHANGELOG.md": "# Changelog\n\n## [1.2.0] - 2026-11-29\n\nFaster.\n\n## [1.1.0] - 2026-01-02\n",
    "plugin/plugin.py": "",
    "ui/dialog.ui": "",
    "resources/icon.svg": "<svg/>",
}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return a zip in which everything is right."""
    file = tmp_path / "plugin.zip"
    with ZipFile(file, "w") as zip_file:
        for name, text in FILES.items():
            zip_file.writestr(f"{FOLDER}/{name}", text)
    return file


def without(archive: Path, left_out: str) -> Path:
    """Return a zip that lacks a file of another one."""
    file = archive.with_name("other.zip")
    with ZipFile(archive) as source, ZipFile(file, "w") as target:
        for name in source.namelist():
            if name != f"{FOLDER}/{left_out}":
                target.writestr(name, source.read(name))
    return file


def test_a_right_zip_has_no_problems(archive: Path) -> None:
    assert list(problems(archive)) == []


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("other/x.py", "The zip holds image_server_layer, other instead of the one folder image_server_layer."),
        (f"{FOLDER}/tests/test_x.py", "Too much or too little in image_server_layer: tests."),
        (f"{FOLDER}/plugin/../../x.py", f"{FOLDER}/plugin/../../x.py is no plain relative path."),
        (f"{FOLDER}/plugin/C:x.py", f"{FOLDER}/plugin/C:x.py is no plain relative path."),
        (f"{FOLDER}/plugin/a\\b.py", f"{FOLDER}/plugin/a\\b.py is no plain relative path."),
        *(
            (f"{FOLDER}/plugin/x{suffix}", f"{FOLDER}/plugin/x{suffix} is no source.")
            for suffix in (".pyc", ".so", ".dll", ".dylib", ".sh", ".bat", ".cmd", ".ps1")
        ),
        (f"{FOLDER}/plugin/__pycache__/x", f"{FOLDER}/plugin/__pycache__/x is hidden or left over."),
        (f"{FOLDER}/plugin/.coverage", f"{FOLDER}/plugin/.coverage is hidden or left over."),
    ],
)
def test_what_does_not_belong_into_the_zip_is_named(archive: Path, name: str, problem: str) -> None:
    with ZipFile(archive, "a") as zip_file:
        zip_file.writestr(name, "")
    assert list(problems(archive)) == [problem]


def test_an_absolute_path_is_named(archive: Path) -> None:
    with ZipFile(archive, "a") as zip_file:
        zip_file.writestr("/etc/x.py", "")
    assert "/etc/x.py is no plain relative path." in list(problems(archive))


def test_a_link_is_named(archive: Path) -> None:
    entry = ZipInfo(f"{FOLDER}/plugin/x.py")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with ZipFile(archive, "a") as zip_file:
        zip_file.writestr(entry, "/etc/passwd")
    assert list(problems(archive)) == [f"{FOLDER}/plugin/x.py is a link."]


def test_what_could_be_run_as_a_program_is_named(archive: Path) -> None:
    entry = ZipInfo(f"{FOLDER}/plugin/x.py")
    entry.external_attr = (stat.S_IFREG | 0o755) << 16
    folder = ZipInfo(f"{FOLDER}/plugin/")
    folder.external_attr = (stat.S_IFDIR | 0o755) << 16
    with ZipFile(archive, "a") as zip_file:
        zip_file.writestr(folder, "")
        zip_file.writestr(entry, "")
    assert list(problems(archive)) == [f"{FOLDER}/plugin/x.py is marked as a program."]


def test_a_damaged_file_is_named(archive: Path) -> None:
    content = archive.read_bytes()
    archive.write_bytes(content.replace(b"<svg/>", b"<svg>>"))
    assert list(problems(archive)) == [f"{FOLDER}/resources/icon.svg is damaged."]


@pytest.mark.parametrize("name", ["__init__.py", "metadata.txt", "LICENSE", "README.md", "CHANGELOG.md"])
def test_a_missing_file_is_named(archive: Path, name: str) -> None:
    assert list(problems(without(archive, name))) == [f"Too much or too little in image_server_layer: {name}."]


@pytest.mark.parametrize(
    ("line", "instead", "problem"),
    [
        ("[general]", "[plugin]", "metadata.txt cannot be read: 'general'"),
        ("tracker=https://example.org/plugin/issues\n", "", "metadata.txt lacks tracker."),
        ("email=somebody@example.org", "email=", "metadata.txt lacks email."),
        ("somebody@example.org", "somebody", "metadata.txt: email=somebody is not as it should be."),
        ("version=1.2.0", "version=1", "metadata.txt: version=1 is not as it should be."),
        ("=3.22", "=3", "metadata.txt: qgisMinimumVersion=3 is not as it should be."),
        ("author=Somebody", "author=A/B", "metadata.txt: author=A/B is not as it should be."),
        ("experimental=False", "experimental=maybe", "metadata.txt: experimental=maybe is not as it should be."),
        (
            "experimental=False",
            "supportsQt6=yes",
            "metadata.txt: supportsQt6 is no longer a key; qgisMaximumVersion says what is supported.",
        ),
        ("homepage=https:", "homepage=http:", "metadata.txt: homepage=http://example.org/plugin is no web address."),
        ("icon.svg", "logo.svg", "metadata.txt: the icon resources/logo.svg is not in the zip."),
        ("1.2.0: faster", "1.1.9: faster", "metadata.txt: the changelog does not speak of version 1.2.0."),
    ],
)
def test_what_is_wrong_in_the_metadata_is_named(archive: Path, line: str, instead: str, problem: str) -> None:
    file = without(archive, "metadata.txt")
    with ZipFile(file, "a") as zip_file:
        zip_file.writestr(f"{FOLDER}/metadata.txt", METADATA.replace(line, instead))
    assert list(problems(file)) == [problem]


def test_a_percent_sign_that_the_repository_would_stumble_over_is_named(archive: Path) -> None:
    file = without(archive, "metadata.txt")
    with ZipFile(file, "a") as zip_file:
        zip_file.writestr(f"{FOLDER}/metadata.txt", METADATA.replace("and more", "100 % of it"))
    (problem,) = problems(file)
    assert problem.startswith("metadata.txt cannot be read: '%' must be followed by")


@pytest.mark.parametrize(
    "changes",
    ["## [1.1.0] - 2026-01-02", "## [1.2.0]", "## [1.2.0] - soon", "## [1.2.0] - 2026-13-01", "## [Unreleased]"],
)
def test_a_version_without_a_dated_entry_in_the_changelog_is_named(archive: Path, changes: str) -> None:
    file = without(archive, "CHANGELOG.md")
    with ZipFile(file, "a") as zip_file:
        zip_file.writestr(f"{FOLDER}/CHANGELOG.md", f"# Changelog\n\n{changes}\n")
    (problem,) = problems(file)
    assert problem.startswith("CHANGELOG.md has no entry with a date for version 1.2.0")


def test_placeholders_are_told_from_what_is_real() -> None:
    real = {
        "email": "somebody@example.com",
        "homepage": "https://example.com/x",
        "tracker": "https://example.com/x/issues",
        "repository": "https://example.com/x",
    }
    assert list(placeholders(real)) == []
    for key, value in real.items():
        (hint,) = placeholders({**real, key: value.replace("example.com", "example.org")})
        assert hint.startswith(f"metadata.txt: {key} is a placeholder")


def test_the_compiled_translations_lie_beside_their_sources_in_the_zip(tmp_path: Path) -> None:
    root, folder = tmp_path / "checkout", tmp_path / "checkout" / TRANSLATIONS
    folder.mkdir(parents=True)
    (root / "metadata.txt").write_text(METADATA, encoding="utf-8")
    (folder / "x_de.ts").write_text("German", encoding="utf-8")
    author = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        subprocess.run(["git", *author, *command], cwd=root, check=True)
    (folder / "x_de.qm").write_bytes(b"compiled")
    make(tmp_path / "plugin.zip", root)
    with ZipFile(tmp_path / "plugin.zip") as archive:
        files = {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
    assert files == {
        f"{FOLDER}/metadata.txt": METADATA.encode(),
        f"{FOLDER}/{TRANSLATIONS}/x_de.ts": b"German",
        f"{FOLDER}/{TRANSLATIONS}/x_de.qm": b"compiled",
    }
