"""Load, use and unload the plugin 11 times as QGIS' plugin manager does; prints what is left of it then, as JSON.

    python -m tests.reloading FOLDER SERVICE    (that holds the plugin; the address of a service to look at)

In a process of its own, because QGIS throws the plugin's modules away, and loads them anew.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections import Counter

from qgis import utils
from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import QApplication, QListView

from .main_window import PACKAGE, Interface, changed, registrations

TIMES = 11
# Every so often it is in the middle of asking for thumbnails; QGIS keeps some things of the first request for good.
BUSY_EVERY = 5
_PATIENCE = 60.0


def main() -> None:
    application = QgsApplication([], True)
    application.initQgis()
    utils.iface = Interface()
    utils.plugin_paths = [sys.argv[1]]
    sys.path.insert(0, sys.argv[1])
    utils.updateAvailablePlugins()
    once(sys.argv[2])
    without = registrations(utils.iface)
    for number in range(1, TIMES):
        once("" if number % BUSY_EVERY else sys.argv[2])
    modules = [name for name, module in sys.modules.items() if name.startswith(f"{PACKAGE}.") and module.__file__]
    report = {
        "changed": {key: repr(values) for key, values in changed(without, registrations(utils.iface)).items()},
        "modules": [name for name in modules if not hasattr(sys.modules[name], "__path__")],
        "classes": sorted(classes()),
    }
    sys.stdout.write(json.dumps(report) + "\n")
    sys.stdout.flush()
    application.exitQgis()


def once(service: str) -> None:
    """Switch the plugin on, open its window, have it draw thumbnails if there is a service, and switch it off."""
    if not (utils.loadPlugin(PACKAGE) and utils.startPlugin(PACKAGE)):
        raise RuntimeError("QGIS did not load the plugin.")
    for action in utils.iface.raster_menu.actions():
        action.trigger()
    QApplication.processEvents()
    if service:
        look_at(service)
    if not utils.unloadPlugin(PACKAGE):
        raise RuntimeError("QGIS did not unload the plugin.")
    # What was deleted later is deleted now, and what held on to it with it.
    registrations(utils.iface)


def look_at(service: str) -> None:
    """Open a service in the window, and return while its thumbnails are on their way."""
    name = "ImageServerLayerDialog"
    window = next(widget for widget in QApplication.topLevelWidgets() if widget.objectName() == name)
    end = time.monotonic() + _PATIENCE
    while not window.isVisible() and time.monotonic() < end:
        # It is made in steps.
        QApplication.processEvents()
    window.form.open(service)
    gallery = window.form.findChild(QListView, "gallery")
    while not gallery.is_drawing:
        if time.monotonic() > end:
            raise RuntimeError("There are no thumbnails.")
        QApplication.processEvents()


def classes() -> set[str]:
    """Return the plugin's classes of which Python holds more than what was loaded last."""
    alive = [thing for thing in gc.get_objects() if isinstance(thing, type)]
    counts = Counter(f"{kind.__module__}.{kind.__qualname__}" for kind in alive)
    return {name for name, count in counts.items() if name.startswith(f"{PACKAGE}.") and count > 1}


if __name__ == "__main__":
    main()
