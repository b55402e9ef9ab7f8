"""Check that every Qt name reached through `qgis.PyQt` exists in PyQt6 too, spelled as it is there.

Run it where PyQt6 is installed: ``python tests/lint/qt6check.py FILE_OR_FOLDER...``. It finds names that Qt 6 lacks,
enumerators without their enumeration (``Qt.AlignLeft``), ``exec_()`` and imports past `qgis.PyQt`.
"""

from __future__ import annotations

import ast
import enum
import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Qt 6 moved these; qgis.PyQt offers them where Qt 5 had them.
MOVED = {
    ("QtWidgets", "QAction"): "QtGui",
    ("QtWidgets", "QActionGroup"): "QtGui",
    ("QtWidgets", "QShortcut"): "QtGui",
}


def qt6_name(module: str, name: str) -> object | None:
    """Return what PyQt6 has for `from qgis.PyQt.<module> import <name>`, or None."""
    try:
        return getattr(importlib.import_module(f"PyQt6.{MOVED.get((module, name), module)}"), name, None)
    except ModuleNotFoundError:
        return None


def spelling(owner: object, attribute: str) -> str:
    """Return how Qt 6 spells an attribute that `owner` does not have itself."""
    for name in dir(owner):
        member = getattr(owner, name, None)
        if isinstance(member, enum.EnumMeta) and attribute in member.__members__:
            return f"{getattr(owner, '__name__', owner)}.{name}.{attribute}"
    return "gone"


def complaints(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line and the words of everything in a module that Qt 6 would refuse."""
    known: dict[str, object] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        if node.module.split(".")[0] in ("PyQt5", "PyQt6"):
            yield node.lineno, f"import from {node.module}: use qgis.PyQt"
        elif node.module.startswith("qgis.PyQt."):
            for alias in node.names:
                found = qt6_name(node.module.split(".")[2], alias.name)
                if found is None:
                    yield node.lineno, f"{alias.name} is not in PyQt6"
                else:
                    known[alias.asname or alias.name] = found
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        if node.attr == "exec_":
            yield node.lineno, "exec_(): use exec()"
        elif isinstance(node.value, ast.Name):
            owner = known.get(node.value.id)
            if owner is not None and not hasattr(owner, node.attr):
                yield node.lineno, f"{node.value.id}.{node.attr} -> {spelling(owner, node.attr)}"


def main(arguments: list[str]) -> int:
    """Print what is wrong in the given files and folders; return 1 when anything is."""
    paths = [Path(argument) for argument in arguments]
    files = [file for path in paths for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    found = [
        f"{file}:{line}: {words}"
        for file in files
        for line, words in sorted(complaints(ast.parse(file.read_text(encoding="utf-8"))))
    ]
    if found:
        print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
