"""Every state of the form in every look, for pictures that somebody looks at.

The looks: light, on a screen of 1024 × 640, with a large font, in texts that are 40 % longer on that screen, and dark;
`every_state_german` and `every_state_hidpi` add two.
"""

from __future__ import annotations

from contextlib import nullcontext

from qgis import utils
from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import QDialog

from ...long_texts import long_texts
from ..player import Steps
from ..profile import PACKAGE
from ..stage import Stage
from .dialog import at_rest, photographed, settled, window_of
from .dialog_states import LARGER, SMALL_SCREEN
from .german import ENTRY
from .lifecycle import switch_on

# Dark comes last, as QGIS takes some of it back only when it starts anew.
LOOKS = ("light", "small", "large", "long", "dark")
# A form that adds a layer waits for ever, on purpose.
_NEVER_RESTS = "adding"


def steps(stage: Stage) -> Steps:
    for look in LOOKS:
        yield from seen(stage, look)


def seen(stage: Stage, look: str) -> Steps:
    """Take pictures of all states in a look; of those with options, of each tab."""
    window = stage.iface.mainWindow()
    style = window.styleSheet()
    if look == "dark":
        QgsApplication.setUITheme("Night Mapping")
    if look == "large":
        window.setStyleSheet(f"{style} * {{ font-size: {window.font().pointSizeF() * LARGER}pt; }}")
    with long_texts() if look == "long" else nullcontext():
        for state in states():
            # Windows are made with the theme, the font and the texts of now.
            assert utils.unloadPlugin(PACKAGE)
            switch_on()
            dialog = yield from opened(stage)
            if look in ("small", "long"):
                dialog.resize(SMALL_SCREEN[0] - 40, SMALL_SCREEN[1] - 60)
            yield from brought_into(stage, dialog, state)
            yield from photographed_tab_by_tab(stage, dialog, f"every_{look}_{state.replace(' ', '_')}", state)
            stage.server.reset()
            stage.server.release()
            dialog.reject()
    if look == "large":
        window.setStyleSheet(style)


def states() -> tuple[str, ...]:
    """Return the names of all states. Imported late: it needs the plugin, which is loaded anew for each."""
    from image_server_layer.tests.ui.states import STATES

    return tuple(STATES)


def opened(stage: Stage) -> Steps:
    """Open the form by the Raster menu, in whatever language."""
    (entry,) = (action for action in stage.iface.rasterMenu().actions() if action.objectName() == ENTRY)
    entry.trigger()
    yield lambda: window_of(stage) and window_of(stage).isVisible()
    yield from settled()
    return window_of(stage)


def brought_into(stage: Stage, dialog: QDialog, state: str) -> Steps:
    """Bring the form into a state."""
    from image_server_layer.tests.ui.states import bring_into

    bring_into(state, dialog.form, stage.server)
    yield from settled()


def photographed_tab_by_tab(stage: Stage, dialog: QDialog, name: str, state: str) -> Steps:
    """Take a picture of the form, or of each tab where there are options."""
    tabs = dialog.form.tabs
    count = tabs.count() if dialog.form.state.known is not None else 1
    for index in range(count):
        tabs.setCurrentIndex(index)
        if state == _NEVER_RESTS:
            yield from settled()
        else:
            yield from at_rest(dialog)
        bar = dialog.form.scroll_area.horizontalScrollBar()
        assert bar.maximum() == 0, (name, index, bar.maximum())
        yield from photographed(stage, f"{name}_{index}", dialog)
