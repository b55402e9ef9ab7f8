"""What plugins.qgis.org looks for in the code of an uploaded version, with its own tools and codes.

Any finding of bandit or detect-secrets keeps a version from being accepted; those of flake8 are shown to its users.
The codes stand in `repository_rules.json`, as the repository has them (qgis/QGIS-Plugins-Website, July 2026).
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

RULES: dict[str, Any] = json.loads(Path(__file__).with_name("repository_rules.json").read_text(encoding="utf-8"))
# The repository does not read these for secrets.
_NOT_READ_FOR_SECRETS = ("metadata.txt", ".secrets.baseline")


def blocking(folder: Path, tools: Path) -> Iterator[str]:
    """Yield a sentence for each finding that keeps a version out of the repository.

    Args:
        folder: the plugin's folder, unpacked from its zip.
        tools: the folder of the programs bandit, detect-secrets and flake8.

    Raises:
        RuntimeError: a program fails.
    """
    command = [str(tools / "bandit"), "--quiet", "--recursive", "--format=json", "-t", ",".join(RULES["bandit"])]
    for found in json.loads(_output([*command, folder.name], folder.parent))["results"]:
        yield f"{found['filename']}:{found['line_number']}: bandit {found['test_id']}: {found['issue_text']}"
    command = [str(tools / "detect-secrets"), "scan", "--all-files"]
    command += [f"--disable-plugin={name}" for name in RULES["secrets_off"]]
    for name, secrets in json.loads(_output([*command, folder.name], folder.parent))["results"].items():
        if Path(name).name not in _NOT_READ_FOR_SECRETS:
            for secret in secrets:
                yield f"{name}:{secret['line_number']}: detect-secrets: {secret['type']}"


def informational(folder: Path, tools: Path) -> list[str]:
    """Return what flake8 finds; arguments and errors as for `blocking`."""
    command = [str(tools / "flake8"), "--isolated", "--max-line-length=120", f"--select={','.join(RULES['flake8'])}"]
    return _output([*command, folder.name], folder.parent).splitlines()


def _output(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    # All three end with 1 where they find something.
    if done.returncode not in (0, 1) or (done.returncode == 1 and not done.stdout):
        raise RuntimeError(f"{Path(command[0]).name} failed: {done.stderr.strip()}")
    return done.stdout
