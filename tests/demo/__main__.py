"""`make demo`: the main job on real data, without a screen.

Starts the embedded image server, makes layers with `make_image_server_layer`, draws each to a captioned picture, saves
them in a project, reads the project back as a fresh QGIS would, and compares pixel values before and after with the
server's own word. Everything ends up in `build/demo/`.
"""

from __future__ import annotations

import html
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).absolute().parents[2]
OUTPUT = ROOT / "build" / "demo"
# Always the same, so that the saved project finds its server when it is opened later on (`make server`).
PORT = 18399
SIZE = (900, 640)


@dataclass(frozen=True)
class Scene:
    """One picture: what it shows, the service, and the arguments of `make_image_server_layer` after the address."""

    file: str
    title: str
    service: str
    arguments: dict[str, Any]

    def call(self) -> str:
        """Return the Python call, as a user would type it."""
        words = [f'"…/{self.service}/ImageServer"', *(f"{name}={value!r}" for name, value in self.arguments.items())]
        return f"make_image_server_layer({', '.join(words)})"


SCENES = (
    Scene("1_natural_color", "Natural color, found by the names of the bands", "Olinda/Landsat", {}),
    Scene("2_color_infrared", "Bands 4, 3 and 2: plants shine red", "Olinda/Landsat", {"band_index": "4;3;2"}),
    Scene(
        "3_least_cloud",
        "The least cloudy scene on top, cut to an extent",
        "Olinda/Landsat",
        {
            "template": "290000 9111500 297500 9118000",
            "mosaic_method": "BY_ATTRIBUTE",
            "order_field": "CloudCover",
            "order_base_value": 0,
            "processing_template": "None",
        },
    ),
    Scene(
        "4_locked_scenes",
        "Two scenes locked by name, one of which holds a semicolon",
        "Olinda/Landsat",
        {"mosaic_method": "LOCK_RASTER", "lock_rasterid": "'LE07; path 214: row 65';LE07_214065_SW", "nodata": 0},
    ),
    Scene(
        "5_since_2001",
        "Only what was acquired since 2001",
        "Olinda/Landsat",
        {"where_clause": "AcquisitionDate >= DATE '2001-01-01'", "nodata": 0},
    ),
    Scene(
        "6_ndvi",
        "A processing template: vegetation index, computed by the server",
        "Olinda/Landsat",
        {"processing_template": "NDVI"},
    ),
    Scene(
        "7_elevation",
        "Elevation in meters, in a reference system that is WKT only",
        "Olinda/Elevation",
        {"processing_template": "None"},
    ),
    Scene(
        "8_hillshade", "The same ground, shaded by the server", "Olinda/Elevation", {"processing_template": "Hillshade"}
    ),
    Scene(
        "9_cells_of_300_m",
        "The cell size of your choice: 300 m",
        "Olinda/Landsat",
        {"band_index": [4, 3, 2], "cell_size": 300},
    ),
    Scene("10_land_cover", "Land cover with the names and colors of its classes", "PuertoRico/LandCover", {}),
)


def main() -> int:
    """Run the demo; return the exit code."""
    sys.path.insert(0, str(ROOT.parent))
    import importlib.util

    spec = importlib.util.spec_from_file_location(
        "image_server_layer", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    assert spec is not None
    assert spec.loader is not None
    package = sys.modules["image_server_layer"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(package)
    from osgeo import gdal
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    QgsApplication.setPrefixPath("/usr", True)
    QgsApplication.initQgis()
    # GDAL's AGS driver grumbles at every spatial reference that has no code, before it reads the text it is given
    # instead.
    gdal.SetErrorHandler("CPLQuietErrorHandler")
    try:
        from image_server_layer.tests.imageserver.process import ImageServerProcess

        with ImageServerProcess(port=PORT) as server:
            return run(server)
    finally:
        application.exitQgis()


def run(server: Any) -> int:
    """Make, draw, save, read back and compare."""
    from qgis.core import QgsProject

    from image_server_layer import make_image_server_layer, start, stop

    OUTPUT.mkdir(parents=True, exist_ok=True)
    project = QgsProject.instance()
    start()
    rows = []
    for scene in SCENES:
        began = time.monotonic()
        server.clear()
        layer = make_image_server_layer(server.service(scene.service), scene.title, **scene.arguments)
        made = time.monotonic() - began
        requests = len(server.requests())
        path = OUTPUT / f"{scene.file}.png"
        draw([layer], path, scene.title, scene.call())
        rows.append((scene, layer.id(), path, values_at_center(layer), made, requests))
        print(f"{scene.title}: {made * 1000:.0f} ms, {requests} requests, {path.relative_to(ROOT)}")
    open_on_first_layer(project, project.mapLayer(rows[0][1]))
    project_file = OUTPUT / "demo.qgz"
    if not project.write(str(project_file)):
        print(f"The project could not be written: {project.error()}", file=sys.stderr)
        return 1
    project.clear()
    stop()
    if not project.read(str(project_file)):
        print(f"The project could not be read: {project.error()}", file=sys.stderr)
        return 1
    differing = []
    results = []
    for scene, layer_id, path, before, made, requests in rows:
        after = values_at_center(project.mapLayer(layer_id))
        if after != before or not before:
            differing.append(scene.title)
        results.append((scene, path, before, after, made, requests))
    page = OUTPUT / "index.html"
    page.write_text(report(results), encoding="utf8")
    project.clear()
    if differing:
        print(f"The reopened project shows other numbers in: {', '.join(differing)}", file=sys.stderr)
        return 1
    print(
        f"\nThe project was saved, reopened without the plugin, and shows the same numbers in all {len(rows)} layers."
    )
    print(f"Look at {page}, or run `make server` and open {project_file} in QGIS.")
    return 0


def open_on_first_layer(project: Any, first: Any) -> None:
    """Let the project open on its first layer, with the others in the list to be ticked."""
    from qgis.core import QgsReferencedRectangle

    project.setCrs(first.crs())
    project.viewSettings().setDefaultViewExtent(QgsReferencedRectangle(first.extent(), first.crs()))
    for node in project.layerTreeRoot().findLayers():
        node.setItemVisibilityChecked(node.layerId() == first.id())
        node.setExpanded(False)


def values_at_center(layer: Any) -> dict[str, float]:
    """Return the pixel values in the middle of a layer, by band name."""
    from qgis.core import QgsRaster

    provider = layer.dataProvider()
    found = provider.identify(layer.extent().center(), QgsRaster.IdentifyFormat.IdentifyFormatValue).results()
    return {provider.generateBandName(band): value for band, value in found.items()}


def draw(layers: Sequence[Any], path: Path, title: str, caption: str) -> None:
    """Draw layers with the title above and the caption below."""
    from qgis.core import QgsMapRendererParallelJob, QgsMapSettings
    from qgis.PyQt.QtCore import QRectF, QSize, Qt
    from qgis.PyQt.QtGui import QColor, QFont, QImage, QPainter

    width, height = SIZE
    above, below = 44, 64
    settings = QgsMapSettings()
    settings.setLayers(list(layers))
    settings.setDestinationCrs(layers[0].crs())
    extent = layers[0].extent()
    extent.scale(1.02)
    settings.setExtent(extent)
    settings.setOutputSize(QSize(width, height))
    settings.setBackgroundColor(QColor("#f2f2ef"))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    if job.errors():
        raise RuntimeError(job.errors()[0].message)
    page = QImage(width, above + height + below, QImage.Format.Format_RGB32)
    page.fill(QColor("white"))
    painter = QPainter(page)
    painter.drawImage(0, above, job.renderedImage())
    font = QFont("DejaVu Sans")
    font.setPixelSize(20)
    painter.setFont(font)
    painter.setPen(QColor("#222222"))
    painter.drawText(QRectF(14, 0, width - 28, above), int(Qt.AlignmentFlag.AlignVCenter), title)
    mono = QFont("DejaVu Sans Mono")
    mono.setPixelSize(12)
    painter.setFont(mono)
    painter.setPen(QColor("#444444"))
    flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
    painter.drawText(QRectF(14, above + height, width - 28, below), flags, caption)
    painter.end()
    if not page.save(str(path)):
        raise RuntimeError(f"{path} could not be written")


def report(results: Sequence[tuple[Scene, Path, dict[str, float], dict[str, float], float, int]]) -> str:
    """Return a short page that shows the pictures and the numbers."""
    figures = "\n".join(_figure(*result) for result in results)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Image Server Layer: demo</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem;
  color: #222; background: #fff; }}
main {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(26rem, 1fr)); gap: 2rem 1.5rem; }}
figure {{ margin: 0; }} img {{ width: 100%; border: 1px solid #ccc; }}
table {{ border-collapse: collapse; font-size: .85rem; }} td, th {{ padding: .1rem .8rem .1rem 0; text-align: left; }}
td:nth-child(n+2) {{ font-variant-numeric: tabular-nums; }}
</style></head><body>
<h1>Image Server Layer</h1>
<p>Each picture is a temporary QGIS layer made from an image service, drawn from true pixel values. The numbers are
those in the middle of the layer: as made, and as read from the saved project by a QGIS without the plugin.</p>
<main>
{figures}
</main></body></html>
"""


def _figure(
    scene: Scene, path: Path, before: dict[str, float], after: dict[str, float], made: float, requests: int
) -> str:
    rows = "".join(
        f"<tr><td>{html.escape(band)}</td><td>{value:.6g}</td><td>{after[band]:.6g}</td></tr>"
        for band, value in before.items()
    )
    return f"""<figure><img src="{path.name}" alt="{html.escape(scene.title)}">
<figcaption>Made in {made * 1000:.0f} ms with {requests} requests.
<table><tr><th>Band</th><th>As made</th><th>Reopened</th></tr>{rows}</table></figcaption></figure>"""


if __name__ == "__main__":
    sys.exit(main())
