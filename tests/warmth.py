"""Which objects would make PyQt wait for Python, while Qt holds a lock, when a receiver of theirs is deleted."""

from __future__ import annotations

import gc
from collections.abc import Iterable

from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject

from image_server_layer.plugin.service import warming

PACKAGE = warming.__name__.partition(".plugin")[0]


def cold_below(root: QObject) -> list[str]:
    """Return what is cold of an object and all below it."""
    return _cold([root, *root.findChildren(QObject)])


def cold_of_the_plugin() -> list[str]:
    """Return what is cold of all objects of the plugin's own classes, wherever they are."""
    names = (f"{PACKAGE}.plugin", f"{PACKAGE}.ui")
    found = (thing for thing in gc.get_objects() if isinstance(thing, QObject))
    return _cold(thing for thing in found if type(thing).__module__.startswith(names))


def is_warm(thing: QObject) -> bool:
    """Whether PyQt knows by now that nothing of Python's is to be called when this object is disconnected.

    As long as it does not, it looks for a method of this name in the object itself, and calls it.
    """
    asked: list[object] = []
    thing.disconnectNotify = asked.append
    thing.objectNameChanged.connect(_nothing)
    thing.objectNameChanged.disconnect(_nothing)
    del thing.disconnectNotify
    return not asked


def _cold(things: Iterable[object]) -> list[str]:
    objects = [thing for thing in things if isinstance(thing, QObject) and not sip.isdeleted(thing)]
    return sorted(
        f"{type(thing).__name__} {thing.objectName()}"
        for thing in objects
        if sip.ispycreated(thing) and not is_warm(thing)
    )


def _nothing() -> None:
    """Be connected."""
