"""What layers cost: requests, bytes, seconds, and how long the main thread stands still."""

from __future__ import annotations

KINDS = {
    "values": "values (ours)",
    "picture": "picture (ours)",
    "plain": "`arcgismapserver`, PNG32",
    "wms": "GDAL WMS, defaults",
}
STEPS = (
    "make the layer",
    "full extent",
    "1:1",
    "pan by half a view",
    "full + 1:1 + pan",
    "identify",
    "redraw",
    "duplicate",
    "remove while drawn",
)
