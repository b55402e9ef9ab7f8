"""The page that shows the pictures and the numbers."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .scenes import Scene

_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Image Server Layer: demo</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem;
  color: #222; background: #fff; }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); gap: 2rem 1.5rem; }
figure { margin: 0; } img { width: 100%; border: 1px solid #ccc; }
table { border-collapse: collapse; font-size: .85rem; } td, th { padding: .1rem .8rem .1rem 0; text-align: left; }
td:nth-child(n+2) { font-variant-numeric: tabular-nums; }
</style></head><body>
<h1>Image Server Layer</h1>
<p>Each picture is a temporary QGIS layer made from an image service of ArcGIS. The numbers are those in the middle of
the layer: as made, as read from the saved project, and as read from it by a QGIS without the plugin, which also draws
the same pixels. A layer with credentials needs the plugin: QGIS has no other way to hand them over.</p>
<main>
"""


@dataclass(frozen=True)
class Result:
    """What became of a scene.

    Attributes:
        scene: what it shows.
        layer_id: in the project.
        picture: the page that was drawn.
        seconds: how long it took to make the layer, and `requests` how many of them.
        made: values in the middle by band name; `reopened` and `without_plugin` those of the saved project.
    """

    scene: Scene
    layer_id: str
    picture: Path
    seconds: float
    requests: int
    made: Mapping[str, float]
    reopened: Mapping[str, float]
    without_plugin: Mapping[str, float]


def page(results: Sequence[Result]) -> str:
    """Return the page."""
    return _HEAD + "\n".join(map(_figure, results)) + "\n</main></body></html>\n"


def _figure(result: Result) -> str:
    columns = (result.made, result.reopened, result.without_plugin)
    rows = "".join(
        f"<tr><td>{html.escape(band)}</td>"
        + "".join(f"<td>{_number(values, band)}</td>" for values in columns)
        + "</tr>"
        for band in result.made
    )
    return (
        f'<figure><img src="{result.picture.name}" alt="{html.escape(result.scene.title)}">\n'
        f"<figcaption>Made in {result.seconds * 1000:.0f} ms with {result.requests} requests.\n"
        f"<table><tr><th>Band</th><th>As made</th><th>Reopened</th><th>Without the plugin</th></tr>{rows}</table>"
        "</figcaption></figure>"
    )


def _number(values: Mapping[str, float], band: str) -> str:
    return f"{values[band]:.6g}" if band in values else "–"
