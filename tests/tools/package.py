"""Make the plugin's zip from the last commit, and check it by the rules of the plugin repository.

    python -m tests.tools.package ZIP

What the zip leaves out stands in `.gitattributes`. The rules are those of plugins.qgis.org, when a plugin is uploaded
(its `validator.py`), and a few of our own.
"""

from __future__ import annotations

import re
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from configparser import ConfigParser
from configparser import Error as ConfigError
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit
from zipfile import ZipFile, ZipInfo

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


def main() -> int:
    """Make and check the zip; return the exit code."""
    file = Path(sys.argv[1])
    file.parent.mkdir(exist_ok=True)
    command = ["git", "archive", "--format=zip", f"--prefix={FOLDER}/", f"--output={file.absolute()}", "HEAD"]
    subprocess.run(command, cwd=ROOT, check=True)
    changes = subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, check=True, capture_output=True, text=True)
    if changes.stdout:
        print("There are uncommitted changes, which the package leaves out.", file=sys.stderr)
    found = list(problems(file))
    print("\n".join([*found, f"{file}: {file.stat().st_size / 1000:.0f} kB"]))
    return int(bool(found))


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


def _entry_problems(entry: ZipInfo) -> Iterator[str]:
    name = entry.filename
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in name or "\\" in name or ":" in name:
        yield f"{name} is no plain relative path."
    elif path.suffix in (".pyc", ".so", ".pyd", ".dll", ".exe"):
        yield f"{name} is no source."
    elif any(part.startswith((".", "__MACOSX", "__pycache__")) for part in path.parts):
        yield f"{name} is hidden or left over."
    elif stat.S_ISLNK(entry.external_attr >> 16):
        yield f"{name} is a link."


def _metadata_problems(text: str, names: list[PurePosixPath]) -> Iterator[str]:
    parser = ConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign] # as QGIS, which tells capitals apart
    try:
        parser.read_string(text)
        metadata: Mapping[str, str] = dict(parser["general"])
    except (ConfigError, KeyError) as error:
        yield f"metadata.txt cannot be read: {error}"
        return
    missing = [key for key in (*REQUIRED, *WANTED) if not metadata.get(key)]
    if missing:
        yield f"metadata.txt lacks {', '.join(missing)}."
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
