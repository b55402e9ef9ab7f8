"""Fields that a service of ready-made tiles takes nothing from: gray, with the reason as their tooltip."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.options.check_tiles import why_not

_USUAL_TOOLTIP = "image_server_layer_tooltip"


def enable(widget: QWidget, option: str, known: ConnectedService | None) -> None:
    """Let a widget be used for an option, a field of `LayerOptions`, where there is a service that can have it."""
    reason = "" if known is None else why_not(option, known.service)
    widget.setEnabled(known is not None and not reason)
    usual = widget.property(_USUAL_TOOLTIP)
    if reason:
        if usual is None:
            widget.setProperty(_USUAL_TOOLTIP, widget.toolTip())
        widget.setToolTip(reason)
    elif usual is not None:
        widget.setToolTip(usual)
        widget.setProperty(_USUAL_TOOLTIP, None)
