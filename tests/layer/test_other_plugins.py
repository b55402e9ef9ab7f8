"""Which other plugins change network requests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from qgis import utils

from image_server_layer.plugin.layer.other_plugins import plugins_that_rewrite_requests

METADATA = "[general]\nname={name}\nversion=1\nqgisMinimumVersion=3.0\n"
HARMLESS = "def classFactory(iface):\n    return Plugin()\nclass Plugin:\n    initGui = unload = lambda self: None\n"


def test_only_active_plugins_whose_code_registers_a_preprocessor_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugins = {"url_tidy": ("URL Tidy", "from . import network\n"), "idle": ("Idle", ""), "off": ("Off", "")}
    for package, (name, first_line) in plugins.items():
        (tmp_path / package).mkdir()
        (tmp_path / package / "metadata.txt").write_text(METADATA.format(name=name))
        (tmp_path / package / "__init__.py").write_text(first_line + HARMLESS)
    for package in ("url_tidy", "off"):
        code = "def register(manager, change):\n    manager.setRequestPreprocessor(change)\n"
        (tmp_path / package / "network.py").write_text(code)
    monkeypatch.setattr(utils, "plugin_paths", [str(tmp_path)])
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    utils.updateAvailablePlugins()
    try:
        for package in ("url_tidy", "idle"):
            assert utils.loadPlugin(package)
            assert utils.startPlugin(package)
        assert plugins_that_rewrite_requests() == ["URL Tidy"]
    finally:
        for package in ("url_tidy", "idle"):
            utils.unloadPlugin(package)
    assert plugins_that_rewrite_requests() == []
