"""What layers cost: requests, bytes, seconds, and how long the main thread stands still."""

from __future__ import annotations

KINDS = {
    "values": "live values",
    "picture": "live picture",
    "portable": "portable values",
    "plain": "QGIS' own picture",
    "wms": "GDAL by hand",
}
"""The kinds of layer that are compared; the first two are drawn by the plugin's own provider."""
SUM = "full + 1:1 + pan"
STEPS = (
    "make the layer",
    "full extent",
    "1:1",
    "pan by half a view",
    SUM,
    "back to the view before",
    "identify",
    "duplicate",
    "slowest cancel",
)
