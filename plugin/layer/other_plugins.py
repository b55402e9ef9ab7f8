"""Which other plugins change network requests: QGIS does not say, so their code is asked."""

from __future__ import annotations

import sys
from pathlib import Path

from qgis import utils

_CALL = b"setRequestPreprocessor"


def plugins_that_rewrite_requests() -> list[str]:
    """Return the names of the active plugins, but for this one, whose code registers a request preprocessor."""
    own = __name__.partition(".")[0]
    return [
        utils.pluginMetadata(package, "name")
        for package in utils.active_plugins
        if package != own and _registers_one(package)
    ]


def _registers_one(package: str) -> bool:
    modules = [
        module for name, module in list(sys.modules.items()) if name == package or name.startswith(f"{package}.")
    ]
    files = {Path(file) for file in (getattr(module, "__file__", None) for module in modules) if file}
    return any(file.suffix == ".py" and file.is_file() and _CALL in file.read_bytes() for file in files)
