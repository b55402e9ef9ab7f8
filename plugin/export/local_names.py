"""Where files of a server lie in a folder here: their ids are texts of a stranger, and may be any path of any system.

Folders in them are kept, as far as they name places below the chosen folder. What stands beside a file on the server
(`scene.tif`, `scene.tif.ovr`, `scene.tfw`) stands beside it here, under the same stem.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ..service.plain_text import clean_line

LIST_NAME = "source_rasters.json"
"""The file that lists the others."""
PART = ".part"
"""The end of the name of a file that is not whole yet."""

# The last folders only, and in bytes of UTF-8: some systems take no paths of more than 260 characters.
_MOST_FOLDERS = 4
_LONGEST, _LONGEST_ENDING = 80, 30
# Of these, what numbers take.
_NUMBERS = 8

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
# Devices of Windows, whatever follows the dot, and with blanks before it, too.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")
_OURS = (PART, f"{PART}.json")


def safe_path(file_id: str) -> PurePosixPath:
    """Return the place of a file below a folder: relative, without steps up, and fit for every file system."""
    if "://" in file_id:
        try:
            # What follows the path may be a secret.
            file_id = unquote(urlsplit(file_id).path)
        except ValueError:
            file_id = file_id.partition("://")[2]
    parts = [part.strip() for part in re.split(r"[/\\]+", file_id)]
    if parts and _DRIVE.match(parts[0]):
        parts[0] = parts[0][2:]
    names = [name for name in map(_safe, parts) if name]
    name = names.pop() if names else "file"
    if name.casefold() == LIST_NAME or name.casefold().endswith(_OURS):
        name = f"{name}_"
    return PurePosixPath(*names[-_MOST_FOLDERS:], name)


def local_paths(
    file_ids: Iterable[str],
    known: Mapping[str, PurePosixPath],
    is_free: Callable[[str, PurePosixPath], bool] = lambda _id, _path: True,
) -> dict[str, PurePosixPath]:
    """Return a place for each file; no two of them are the same, for systems that know no case neither.

    `known` are those that have one already. `is_free` says whether a file may lie at a place.
    """
    taken = {_folded(path) for path in known.values()}
    found: dict[str, PurePosixPath] = {}
    groups: dict[tuple[str, str], dict[str, PurePosixPath]] = {}
    for file_id in dict.fromkeys(file_ids):
        if file_id in known:
            found[file_id] = known[file_id]
            continue
        # By where they lie on the server: what becomes the same only here is not of the same raster.
        folder, name = _split(file_id)
        groups.setdefault((folder, name.partition(".")[0]), {})[file_id] = safe_path(file_id)
    for group in groups.values():
        number = 1
        placed = group
        while _collides(placed, taken) or not all(is_free(file_id, path) for file_id, path in placed.items()):
            number += 1
            placed = _numbered(group, number)
        for file_id, path in placed.items():
            taken.add(_folded(path))
            found[file_id] = path
    return found


def _collides(placed: Mapping[str, PurePosixPath], taken: set[str]) -> bool:
    return any(_folded(path) in taken for path in placed.values())


def _numbered(group: Mapping[str, PurePosixPath], number: int) -> dict[str, PurePosixPath]:
    """Return the places with a number behind the stem; what differs in case only gets another one each."""
    placed: dict[str, PurePosixPath] = {}
    used: set[str] = set()
    for file_id, path in group.items():
        stem, dot, ending = path.name.partition(".")
        stem = _cut(stem, _LONGEST - _NUMBERS)
        name, further = f"{stem}_{number}{dot}{ending}", 1
        while name.casefold() in used:
            further += 1
            name = f"{stem}_{number}_{further}{dot}{ending}"
        used.add(name.casefold())
        placed[file_id] = path.with_name(name)
    return placed


def _split(file_id: str) -> tuple[str, str]:
    folder, _, name = file_id.replace("\\", "/").rpartition("/")
    return folder, name


def _folded(path: PurePosixPath) -> str:
    return unicodedata.normalize("NFC", str(path)).casefold()


def _safe(part: str) -> str:
    """Return a name without what means something to a file system; empty where nothing is left."""
    text = _UNSAFE.sub("_", clean_line(unicodedata.normalize("NFC", part))).strip(". ")
    if _DEVICE.match(text):
        text = f"_{text}"
    stem, dot, ending = text.partition(".")
    ending = _cut(f"{dot}{ending}"[-_LONGEST_ENDING:], _LONGEST_ENDING)
    return f"{_cut(stem, _LONGEST)}{ending}".strip(". ")


def _cut(text: str, length: int) -> str:
    return text.encode("utf-8", "ignore")[:length].decode("utf-8", "ignore")
