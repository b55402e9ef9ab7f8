"""A QGIS profile of its own with the plugin in it, so that the user's profile is never touched."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from configparser import RawConfigParser
from pathlib import Path

PACKAGE = "image_server_layer"
NAME = "image_server_layer"
_ROOT = Path(__file__).absolute().parents[2]

# Neither questions nor advice at the start, and none about settings of QGIS 2.
_SETTINGS: Mapping[str, Mapping[str, str]] = {
    "qgis": {"askToSaveProjectChanges": "false", "checkVersion": "false", "showTips": "false"},
    "migration": {"fileVersion": "2", "settings": "true"},
    "app": {r"projections\promptWhenMultipleTransformsExist": "false"},
    # No news from the web: the thread that asks for them makes QGIS 3.40.6 crash when it is left (QGIS' pull request
    # 62429 mended that). The first key is that of QGIS 3.22, the second that of 3.40 and 3.44.
    "core": {r"NewsFeed\httpsfeedqgisorg\disabled": "true", r"httpsfeedqgisorg\disabled": "true"},
}


def make_profile(
    folder: Path,
    plugin: Path = _ROOT,
    switched_on: bool = True,
    settings: Mapping[str, Mapping[str, str]] | None = None,
) -> list[str]:
    """Make the profile in `folder` unless it is there; return the arguments that make QGIS use it.

    Args:
        folder: holds all profiles that QGIS will know of.
        plugin: the checkout, which is linked, or the plugin's zip, which is unpacked.
        switched_on: whether QGIS loads the plugin when it starts.
        settings: further settings, by section.
    """
    profile = folder / "profiles" / NAME
    plugins, file = profile / "python" / "plugins", profile / "QGIS" / "QGIS3.ini"
    plugins.mkdir(parents=True, exist_ok=True)
    if plugin.suffix == ".zip":
        with zipfile.ZipFile(plugin) as archive:
            archive.extractall(plugins)
    elif not (plugins / PACKAGE).exists():
        (plugins / PACKAGE).symlink_to(plugin, target_is_directory=True)
    if not file.exists():
        file.parent.mkdir()
        ini = RawConfigParser()
        ini.optionxform = str  # type: ignore[assignment,method-assign] # QGIS' keys are case-sensitive
        ini.read_dict({"PythonPlugins": {PACKAGE: str(switched_on).lower()}, **_SETTINGS, **(settings or {})})
        with file.open("w", encoding="utf-8") as text:
            ini.write(text, space_around_delimiters=False)
    return ["--nologo", "--noversioncheck", "--profiles-path", str(folder), "--profile", NAME]
