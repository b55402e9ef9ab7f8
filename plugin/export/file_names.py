"""Names of several files after what they hold: fit for every file system, and each one only once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

# In bytes of UTF-8. It leaves room for the suffixes of the files beside an unfinished one.
_LONGEST = 100
# Letters and digits of all scripts are safe, and these; other characters have a meaning on some system.
_UNSAFE = re.compile(r"[^\w.+-]+")


def file_names(path: Path, titles: Iterable[str]) -> list[Path]:
    """Return a path for each title: that of `path` with the title behind it, `scene_Recife.tif`.

    Names that differ in case only are the same to some file systems, so the second one gets a number.
    """
    taken: set[str] = set()
    found = []
    for title in titles:
        cleaned = _cleaned(title)
        name, number = cleaned, 1
        while name.casefold() in taken:
            number += 1
            name = f"{cleaned}_{number}"
        taken.add(name.casefold())
        found.append(path.with_name(f"{path.stem}_{name}{path.suffix}"))
    return found


def _cleaned(title: str) -> str:
    text = _UNSAFE.sub("_", unicodedata.normalize("NFC", title))
    text = text.encode("utf-8", "ignore")[:_LONGEST].decode("utf-8", "ignore")
    return text.strip("._") or "_"
