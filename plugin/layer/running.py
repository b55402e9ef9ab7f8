"""Starts and stops what layers need while the plugin, or a script, works with them."""

from __future__ import annotations

from qgis.core import QgsProject

from ..provider import registration
from ..service import credentials, network
from ..service.kept_answers import KEPT_ANSWERS
from .own_properties import OwnProperties
from .project_file import ProjectFile


class _Running:
    """Counts the users, such as the plugin and scripts, and stops with the last one.

    A script that forgot `start` is not counted.
    """

    def __init__(self) -> None:
        self._users = 0
        self._looking_after: tuple[ProjectFile | OwnProperties, ...] = ()

    def start(self) -> None:
        self._users += 1
        if self._users == 1:
            self.ensure()

    def ensure(self) -> None:
        registration.start()
        if not self._looking_after:
            project = QgsProject.instance()
            self._looking_after = (ProjectFile(project), OwnProperties(project))
            for one in self._looking_after:
                one.start()

    def stop(self) -> None:
        self._users = max(0, self._users - 1)
        if not self._users and self._looking_after:
            for one in self._looking_after:
                one.stop()
            self._looking_after = ()
            KEPT_ANSWERS.clear()
            registration.stop()
            network.stop()
            credentials.stop()


_running = _Running()


def start() -> None:
    """Register the provider, and see to projects being portable on disk."""
    _running.start()


def stop() -> None:
    """Undo one `start`."""
    _running.stop()


def ensure_started() -> None:
    """Start for a script that forgot to; this lasts until the end, or the next `stop`."""
    _running.ensure()
