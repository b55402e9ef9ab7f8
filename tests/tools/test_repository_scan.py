"""The scan finds what plugins.qgis.org would refuse; runs where bandit, detect-secrets and flake8 are: without QGIS."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.tools.repository_scan import blocking, informational

TOOLS = Path(sys.executable).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a plugin in which there is nothing to find."""
    plugin = tmp_path / "image_server_layer"
    plugin.mkdir()
    (plugin / "metadata.txt").write_text("[general]\nname=x\n", encoding="utf-8")
    (plugin / "__init__.py").write_text('"""A plugin."""\n', encoding="utf-8")
    return plugin


def test_in_plain_code_there_is_nothing_to_find(folder: Path) -> None:
    assert list(blocking(folder, TOOLS)) == []
    assert informational(folder, TOOLS) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("def f(token=''):\n    return token\n", "bandit B107: Possible hardcoded password: ''"),
        ("from xml.sax.saxutils import escape\n", "bandit B406: "),
        ("import subprocess\n\nsubprocess.run('ls', shell=True)\n", "bandit B602: "),
        ("KEY = 'AKIA" + "IOSFODNN7EXAMPLE'\n", "detect-secrets: AWS Access Key"),
    ],
)
def test_what_keeps_a_version_out_is_found(folder: Path, code: str, found: str) -> None:
    (folder / "x.py").write_text(code, encoding="utf-8")
    sentences = list(blocking(folder, TOOLS))
    assert any(sentence.startswith("image_server_layer/x.py:") and found in sentence for sentence in sentences)


def test_what_bandit_is_told_to_pass_over_is_accepted(folder: Path) -> None:
    (folder / "x.py").write_text("def f(token=''):  # nosec B107\n    return token\n", encoding="utf-8")
    assert list(blocking(folder, TOOLS)) == []


def test_what_is_for_information_is_told(folder: Path) -> None:
    (folder / "x.py").write_text("import os\n\nif os.name == None:\n    pass\n", encoding="utf-8")
    assert list(blocking(folder, TOOLS)) == []
    (line,) = informational(folder, TOOLS)
    assert "E711" in line


def test_a_program_that_fails_is_no_clean_scan(folder: Path, tmp_path: Path) -> None:
    for name in ("bandit", "detect-secrets", "flake8"):
        (tmp_path / name).write_text("#!/bin/sh\necho no such option >&2\nexit 2\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    with pytest.raises(RuntimeError, match="bandit failed: no such option"):
        list(blocking(folder, tmp_path))
    with pytest.raises(RuntimeError, match="flake8 failed: no such option"):
        informational(folder, tmp_path)
