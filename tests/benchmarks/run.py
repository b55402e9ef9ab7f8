"""One kind of layer through all steps, in a process of its own; prints the figures as JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from urllib.request import ProxyHandler, build_opener

from qgis.core import (
    QgsApplication,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRaster,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QEventLoop, QSize, QThread, QTimer

from ...plugin import plugin
from ...plugin.layer.arguments import layer_request
from ...plugin.layer.factory import build_layer
from ...plugin.layer.plan import plan_layer
from ...plugin.service.kept_answers import KEPT_ANSWERS
from . import SUM

WIDTH, HEIGHT = 1200, 800
CELL = 10.0
TICK = 0.005
# Seconds after which a drawing is canceled: before its requests are sent, while they wait, while the answers come.
CANCEL_AFTER = (0.02, 0.05, 0.1, 0.25, 0.5, 1.0)

OURS = {
    "values": {"kind": "values"},
    "picture": {"kind": "picture"},
    "portable": {"kind": "values", "provider": "gdal"},
}

# As a user would write it who knows the format but not what it costs: every setting at its default.
WMS = """<GDAL_WMS>
<Service name="AGS"><ServerUrl>{url}/exportImage?</ServerUrl><SRS>31985</SRS><ImageFormat>tiff</ImageFormat></Service>
<DataWindow>
<UpperLeftX>200000</UpperLeftX><UpperLeftY>9400000</UpperLeftY>
<LowerRightX>700000</LowerRightX><LowerRightY>9000000</LowerRightY>
<SizeX>50000</SizeX><SizeY>40000</SizeY>
</DataWindow>
<Projection>EPSG:31985</Projection><BandsCount>3</BandsCount><DataType>UInt16</DataType>
</GDAL_WMS>"""


class Watch:
    """Measures a step: seconds, the server's requests and bytes, and the longest gap between two ticks of a timer."""

    def __init__(self, origin: str) -> None:
        self._control = f"{origin}/__control__"
        self._opener = build_opener(ProxyHandler({}))

    def measure(self, step: Callable[[], object]) -> dict[str, Any]:
        self._ask("clear")
        gaps, last = [0.0], time.perf_counter()

        def tick() -> None:
            nonlocal last
            now = time.perf_counter()
            gaps.append(now - last - TICK)
            last = now

        timer = QTimer()
        timer.timeout.connect(tick)
        timer.start(round(TICK * 1000))
        began = last = time.perf_counter()
        step()
        seconds = time.perf_counter() - began
        tick()
        timer.stop()
        requests = self._ask("requests")
        return {
            "seconds": seconds,
            "requests": len(requests),
            "bytes": sum(request["size"] for request in requests),
            "stall": max(gaps),
        }

    def _ask(self, action: str) -> Any:
        with self._opener.open(f"{self._control}/{action}", data=b"{}", timeout=30) as answer:
            return json.load(answer)


class Worker(QThread):
    """Runs work away from the main thread."""

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__()
        self._work = work
        self.result: Any = None

    def run(self) -> None:
        self.result = self._work()


def in_background(work: Callable[[], Any]) -> Any:
    """Return what `work` returns, while the main thread goes on with its events."""
    worker, loop = Worker(work), QEventLoop()
    worker.finished.connect(loop.quit)
    worker.start()
    loop.exec()
    worker.wait()
    return worker.result


def make(kind: str, url: str) -> QgsRasterLayer:
    """Make a layer the way QGIS or the plugin's dialog does."""
    if kind == "plain":
        return QgsRasterLayer(f"crs='EPSG:31985' format='PNG32' layer='' url='{url}'", "plain", "arcgismapserver")
    if kind == "wms":
        return QgsRasterLayer(WMS.format(url=url), "wms", "gdal")

    # The others ask anew each time, too.
    KEPT_ANSWERS.clear()
    request = layer_request(QgsProject.instance(), url, **OURS[kind])
    return build_layer(in_background(lambda: plan_layer(request)))


def drawing(layer: QgsRasterLayer, extent: QgsRectangle) -> QgsMapRendererParallelJob:
    """Return the job that draws a view."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(extent)
    settings.setOutputSize(QSize(WIDTH, HEIGHT))
    return QgsMapRendererParallelJob(settings)


def cancel(layer: QgsRasterLayer, extent: QgsRectangle, after: float) -> None:
    """Draw a view, stop after some seconds, and wait for the end, as QGIS does when it removes the layer."""
    job, loop = drawing(layer, extent), QEventLoop()
    job.start()
    QTimer.singleShot(round(after * 1000), loop.quit)
    loop.exec()
    job.cancel()


def slowest_cancel(watch: Watch, layer: QgsRasterLayer, extents: Sequence[QgsRectangle]) -> dict[str, Any]:
    """Return the figures of the slowest end of a drawing, its seconds without those before the cancel."""
    figures = []
    for after, extent in zip(CANCEL_AFTER, extents):
        figure = watch.measure(partial(cancel, layer, extent, after))
        figures.append({**figure, "seconds": figure["seconds"] - after})
    return max(figures, key=lambda figure: float(figure["seconds"]))


def draw(layer: QgsRasterLayer, extent: QgsRectangle) -> None:
    """Draw a view, as the map canvas does."""
    job, loop = drawing(layer, extent), QEventLoop()
    job.finished.connect(loop.quit)
    job.start()
    loop.exec()
    if job.errors():
        raise RuntimeError(job.errors()[0].message)


def view(x: float, y: float, width: float) -> QgsRectangle:
    height = width * HEIGHT / WIDTH
    return QgsRectangle(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def run(kind: str, url: str, origin: str) -> dict[str, Any]:
    """Go through all steps."""
    plugin.start()
    watch, made = Watch(origin), []
    figures = {"make the layer": watch.measure(lambda: made.append(make(kind, url)))}
    layer: QgsRasterLayer = made.pop()
    figures.update(use(watch, layer))
    # Before QGIS ends: Python would free it too late.
    del layer
    plugin.stop()
    return figures


def use(watch: Watch, layer: QgsRasterLayer) -> dict[str, Any]:
    """Look at a layer as a user would."""
    center = layer.extent().center()
    x, y = center.x() + 12_345, center.y() + 6_789
    views = {
        "full extent": QgsRectangle(layer.extent()),
        "1:1": view(x, y, WIDTH * CELL),
        "pan by half a view": view(x + WIDTH * CELL / 2, y, WIDTH * CELL),
    }
    figures = {step: watch.measure(partial(draw, layer, extent)) for step, extent in views.items()}
    total = {key: sum(figures[step][key] for step in views) for key in ("seconds", "requests", "bytes")}
    figures[SUM] = {**total, "stall": max(figures[step]["stall"] for step in views)}
    last, provider = views["pan by half a view"], layer.dataProvider()
    identify = partial(provider.identify, last.center(), QgsRaster.IdentifyFormat.IdentifyFormatValue)
    figures["identify"] = watch.measure(identify)
    figures["back to the view before"] = watch.measure(partial(draw, layer, views["1:1"]))
    figures["duplicate"] = watch.measure(layer.clone)
    unseen = [view(x, y + number * WIDTH * CELL, WIDTH * CELL) for number in range(1, len(CANCEL_AFTER) + 1)]
    figures["slowest cancel"] = slowest_cancel(watch, layer, unseen)
    return figures


def main() -> None:
    """Measure the kind of layer that the command line names."""
    application = QgsApplication([], False)
    QgsApplication.initQgis()
    kind, url, origin = sys.argv[1:]
    figures = run(kind, url, origin)
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
    QgsApplication.exitQgis()
    del application


if __name__ == "__main__":
    main()
