"""Take the danger out of objects that Python made and C++ disconnects: a deadlock that would freeze QGIS for good.

When the receiver of a signal is deleted, Qt tells the sender while it holds a lock, one of a few that all objects
share. For a sender that Python made, PyQt then waits for Python: the first time only, to learn that nothing is
overridden. The thread that has Python may meanwhile be waiting for that very lock, as the network thread does when it
sends a request. Seen with native stacks in QGIS 3.22 and 3.40.
"""

from __future__ import annotations

from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject


def warm(*senders: QObject) -> None:
    """Let PyQt learn, at a harmless moment, what it would else ask when a receiver of these objects is deleted."""
    for sender in senders:
        sender.objectNameChanged.connect(_nothing)
        sender.objectNameChanged.disconnect(_nothing)


def warm_all(root: QObject) -> None:
    """Do so for an object, and for all below it: a window calls this when all its widgets are there."""
    for thing in (root, *root.findChildren(QObject)):
        if sip.ispycreated(thing):
            warm(thing)


def _nothing() -> None:
    """Be connected."""
