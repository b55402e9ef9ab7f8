"""Make the plugin's zip from the last commit, and check it by the rules of the plugin repository.

    python -m tests.tools.package ZIP TOOLS

What the zip leaves out stands in `.gitattributes`; the compiled translations go into it though they are not committed.
The rules are those of plugins.qgis.org, when a plugin is uploaded (its `validator.py` and its scan, for which TOOLS is
the folder of bandit, detect-secrets and flake8), and a few of our own.
"""

from __future__ import annotations

import re
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from configparser import ConfigParser
from configparser import Error as ConfigError
from datetime import date
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit
from zipfile import ZipFile, ZipInfo

from .repository_scan import blocking, informational

ROOT = Path(__file__).absolute().parents[2]
FOLDER = "image_server_layer"
MOST_BYTES = 25_000_000
CONTENT = {"__init__.py", "metadata.txt", "LICENSE", "README.md", "CHANGELOG.md", "plugin", "ui", "resources"}
"""What lies in the zip's folder: all of it, and nothing else."""
REQUIRED = ("name", "description", "about", "version", "qgisMinimumVersion", "author", "email", "tracker", "repository")
WANTED = ("qgisMaximumVersion", "homepage", "license", "category", "icon", "tags", "changelog", "hasProcessingProvider")
"""The repository does not insist on these, or not on all of them; QGIS and its users look for them."""
PATTERNS = {
    "version": r"\d+\.\d+(\.\d+)?",
    "qgisMinimumVersion": r"\d+\.\d+(\.\d+)?",
    "qgisMaximumVersion": r"\d+\.\d+(\.\d+)?",
    "author": r"[^/]+",
    "email": r"[^@\s]+@[^@\s]+\.[a-z]+",
    "hasProcessingProvider": r"yes|no",
    "category": r"Raster",
}
FLAGS = ("experimental", "deprecated", "server")
ADDRESSES = ("homepage", "tracker", "repository")
NO_SOURCE = (".pyc", ".so", ".pyd", ".dll", ".dylib", ".exe", ".sh", ".bat", ".cmd", ".ps1")
TRANSLATIONS = "resources/translations"


def main() -> int:
    """Make and check the zip; return the exit code."""
    file, tools = Path(sys.argv[1]), Path(sys.argv[2]).absolute()
    file.parent.mkdir(exist_ok=True)
    make(file)
    changes = subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, check=True, capture_output=True, text=True)
    if changes.stdout:
        print("There are uncommitted changes, which the package leaves out.", file=sys.stderr)
    found = list(problems(file))
    with TemporaryDirectory() as folder, ZipFile(file) as archive:
        archive.extractall(folder)
        found += blocking(Path(folder, FOLDER), tools)
        hints = informational(Path(folder, FOLDER), tools)
        metadata = _metadata(Path(folder, FOLDER, "metadata.txt").read_text(encoding="utf-8"))
    hints += placeholders(metadata)
    for hint in hints:
        print(f"Warning: {hint}")
    print("\n".join([*found, f"{file}: {file.stat().st_size / 1000:.0f} kB"]))
    return int(bool(found))


def make(file: Path, root: Path = ROOT) -> None:
    """Make the zip from the last commit and from the translations as they were compiled last."""
    command = ["git", "archive", "--format=zip", f"--output={file.absolute()}"]
    for compiled in sorted((root / TRANSLATIONS).glob("*.qm")):
        command += [f"--prefix={FOLDER}/{TRANSLATIONS}/", f"--add-file={compiled}"]
    subprocess.run([*command, f"--prefix={FOLDER}/", "HEAD"], cwd=root, check=True)


def placeholders(metadata: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each value of `metadata.txt` that must be made real before the zip can be uploaded.

    They stand there and nowhere else.
    """
    for key in ADDRESSES:
        if (urlsplit(metadata.get(key, "")).hostname or "").endswith("example.org"):
            yield f"metadata.txt: {key} is a placeholder; the repository wants an address that answers."
    if metadata.get("email", "").endswith("example.org"):
        yield "metadata.txt: email is a placeholder; the repository sends mail there, and wants it confirmed each year."


def problems(file: Path) -> Iterator[str]:
    """Yield a sentence for each rule that a plugin's zip breaks."""
    if file.stat().st_size > MOST_BYTES:
        yield f"The zip has more than {MOST_BYTES} bytes."
    with ZipFile(file) as archive:
        damaged = archive.testzip()
        if damaged:
            yield f"{damaged} is damaged."
        for entry in archive.infolist():
            yield from _entry_problems(entry)
        names = [PurePosixPath(name) for name in archive.namelist()]
        folders = sorted({path.parts[0] for path in names})
        if folders != [FOLDER]:
            yield f"The zip holds {', '.join(folders)} instead of the one folder {FOLDER}."
        content = {path.parts[1] for path in names if path.parts[0] == FOLDER and len(path.parts) > 1}
        if content != CONTENT:
            yield f"Too much or too little in {FOLDER}: {', '.join(sorted(content ^ CONTENT))}."
        if PurePosixPath(FOLDER, "metadata.txt") in names:
            yield from _metadata_problems(archive.read(f"{FOLDER}/metadata.txt").decode(), names)
            if PurePosixPath(FOLDER, "CHANGELOG.md") in names:
                texts = (archive.read(f"{FOLDER}/{name}").decode() for name in ("metadata.txt", "CHANGELOG.md"))
                yield from _version_problems(*texts)


def _entry_problems(entry: ZipInfo) -> Iterator[str]:
    name = entry.filename
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in name or "\\" in name or ":" in name:
        yield f"{name} is no plain relative path."
    elif path.suffix in NO_SOURCE:
        yield f"{name} is no source."
    elif any(part.startswith((".", "__MACOSX", "__pycache__")) for part in path.parts):
        yield f"{name} is hidden or left over."
    elif stat.S_ISLNK(entry.external_attr >> 16):
        yield f"{name} is a link."
    elif not entry.is_dir() and entry.external_attr >> 16 & 0o111:
        yield f"{name} is marked as a program."


def _metadata(text: str) -> Mapping[str, str]:
    """Return what `metadata.txt` says.

    Raises:
        ConfigError, KeyError: QGIS could not read it.
    """
    parser = ConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign] # as QGIS, which tells capitals apart
    parser.read_string(text)
    return dict(parser["general"])


def _version_problems(metadata_text: str, changes: str) -> Iterator[str]:
    """Yield what is wrong with the version's entry in the changelog: `## [1.2.0] - 2026-11-29`."""
    try:
        version = _metadata(metadata_text).get("version", "")
    except (ConfigError, KeyError):
        return  # said already, and so is a version that is none
    if not re.fullmatch(PATTERNS["version"], version):
        return
    entry = re.search(rf"^## \[{re.escape(version)}\] - (\S+)$", changes, re.MULTILINE)
    try:
        is_dated = entry is not None and bool(date.fromisoformat(entry[1]))
    except ValueError:
        is_dated = False
    if not is_dated:
        yield f"CHANGELOG.md has no entry with a date for version {version}, such as ## [{version}] - 2026-01-31."


def _metadata_problems(text: str, names: list[PurePosixPath]) -> Iterator[str]:
    try:
        metadata = _metadata(text)
    except (ConfigError, KeyError) as error:
        yield f"metadata.txt cannot be read: {error}"
        return
    missing = [key for key in (*REQUIRED, *WANTED) if not metadata.get(key)]
    if missing:
        yield f"metadata.txt lacks {', '.join(missing)}."
    if "supportsQt6" in metadata:
        yield "metadata.txt: supportsQt6 is no longer a key; qgisMaximumVersion says what is supported."
    given = {key: value for key, value in metadata.items() if value}
    patterns = {**PATTERNS, **dict.fromkeys(FLAGS, "True|False")}
    for key in patterns.keys() & given.keys():
        if not re.fullmatch(patterns[key], given[key]):
            yield f"metadata.txt: {key}={given[key]} is not as it should be."
    for key in given.keys() & set(ADDRESSES):
        address = urlsplit(given[key])
        if address.scheme != "https" or not address.hostname or "." not in address.hostname:
            yield f"metadata.txt: {key}={given[key]} is no web address."
    if "icon" in given and PurePosixPath(FOLDER, given["icon"]) not in names:
        yield f"metadata.txt: the icon {given['icon']} is not in the zip."
    if "changelog" in given and given.get("version", "") not in given["changelog"]:
        yield f"metadata.txt: the changelog does not speak of version {given.get('version')}."


if __name__ == "__main__":
    sys.exit(main())
