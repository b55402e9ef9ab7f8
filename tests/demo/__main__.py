"""`make demo`: the main job on real data, without a screen.

Starts the embedded image server, makes layers with `make_image_server_layer`, one of them with credentials, draws each
to a captioned picture and saves them in a project. The project is then read again, by this QGIS and by one without the
plugin, and the pixels are compared. Everything ends up in `build/demo/`.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from .. import children

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).absolute().parents[2]
OUTPUT = ROOT / "build" / "demo"
# Always the same, so that the saved project finds its server when it is opened later on (`make server`).
PORT = 18399


def main() -> int:
    """Run the demo; return the exit code."""
    with tempfile.TemporaryDirectory() as credentials:
        # Before QGIS starts: the demo's credentials are of no use to anybody afterwards.
        os.environ["QGIS_AUTH_DB_DIR_PATH"] = credentials
        return _main()


def _main() -> int:
    _register_package()
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


def _register_package() -> None:
    """Make the checkout importable under its installed name, whatever its folder is called."""
    name = "image_server_layer"
    spec = importlib.util.spec_from_file_location(name, ROOT / "__init__.py", submodule_search_locations=[str(ROOT)])
    assert spec is not None
    assert spec.loader is not None
    package = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(package)


def run(server: Any) -> int:
    """Make, draw, save, read back and compare; return the exit code."""
    from qgis.core import QgsProject

    from image_server_layer import start, stop

    from .page import page
    from .pictures import own_pixels, values_at_center

    OUTPUT.mkdir(parents=True, exist_ok=True)
    project, file = QgsProject.instance(), OUTPUT / "demo.qgz"
    start()
    results = make_layers(server)
    pixels = {result.layer_id: own_pixels(project.mapLayer(result.layer_id)) for result in results}
    open_on_first_layer(project, project.mapLayer(results[0].layer_id))
    if not project.write(str(file)):
        print(f"The project could not be written: {project.error()}", file=sys.stderr)
        return 1
    project.clear()
    told, drawn_without = look_without_plugin(file)
    if not project.read(str(file)):
        print(f"The project could not be read: {project.error()}", file=sys.stderr)
        return 1
    results = [
        replace(
            result,
            reopened=values_at_center(project.mapLayer(result.layer_id)),
            without_plugin=told[result.layer_id]["values"],
        )
        for result in results
    ]
    redrawn = {result.layer_id: own_pixels(project.mapLayer(result.layer_id)) for result in results}
    differing = [*differences(results, pixels, redrawn), *differences_without_plugin(results, pixels, drawn_without)]
    (OUTPUT / "index.html").write_text(page(results), encoding="utf8")
    project.clear()
    stop()
    if differing:
        print(f"The reopened project shows something else in: {', '.join(differing)}", file=sys.stderr)
        return 1
    without = sum(not result.scene.is_secured for result in results)
    print(f"\nThe project was saved and opened again: all {len(results)} layers show the same numbers and pixels.")
    print(f"So do {without} of them in a QGIS without the plugin; the other one needs credentials.")
    print(f"Look at {OUTPUT / 'index.html'}, or run `make server` and open {file} in QGIS.")
    return 0


def differences(results: list[Any], pixels: dict[str, Any], redrawn: dict[str, Any]) -> list[str]:
    """Return the titles of the layers that the reopened project shows with other numbers or pixels."""
    return [
        result.scene.title
        for result in results
        if not result.made
        or result.made != result.reopened
        or (redrawn[result.layer_id] != pixels[result.layer_id]).any()
    ]


def differences_without_plugin(results: list[Any], pixels: dict[str, Any], drawn: dict[str, Any]) -> list[str]:
    """Return the same for a QGIS without the plugin, which has no way to the secured layers.

    Of a picture, it tells red, green, blue and alpha, where the plugin tells what the server made them of.
    """
    return [
        f"{result.scene.title} (without the plugin)"
        for result in results
        if not result.scene.is_secured
        and (
            (not result.scene.is_picture and result.made != result.without_plugin)
            or (drawn[result.layer_id] != pixels[result.layer_id]).any()
        )
    ]


def make_layers(server: Any) -> list[Any]:
    """Make and draw a layer for each scene; return what is known of them."""
    from image_server_layer import make_image_server_layer

    from .page import Result
    from .pictures import draw_page, values_at_center
    from .scenes import SCENES

    results, authcfg = [], store_token()
    for scene in SCENES:
        began = time.monotonic()
        server.clear()
        layer = make_image_server_layer(
            server.service(scene.service),
            scene.title,
            authcfg=authcfg if scene.is_secured else None,
            **scene.arguments,
        )
        seconds, requests = time.monotonic() - began, len(server.requests())
        picture = OUTPUT / f"{scene.file}.png"
        draw_page(layer, picture, scene.title, scene.call())
        results.append(Result(scene, layer.id(), picture, seconds, requests, values_at_center(layer), {}, {}))
        print(f"{scene.title}: {seconds * 1000:.0f} ms, {requests} requests, {picture.relative_to(ROOT)}")
    return results


def store_token() -> str:
    """Put the token of the secured service into QGIS' store of credentials; return the id it has there."""
    from qgis.core import QgsApplication, QgsAuthMethodConfig

    from image_server_layer.tests.imageserver.security import TOKEN

    manager, config = QgsApplication.authManager(), QgsAuthMethodConfig("EsriToken")
    assert manager.setMasterPassword("for this demo only", True)
    config.setName("Demo")
    config.setConfig("token", TOKEN)
    manager.storeAuthenticationConfig(config)
    return config.id()


def look_without_plugin(project: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Open the project in a process without the plugin; return by layer id what it tells, and what it draws."""
    import numpy as np

    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.demo.reopened", str(project), folder]
        done = children.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        told = json.loads(done.stdout.splitlines()[-1])
        return told, {file.stem: np.load(file) for file in Path(folder).glob("*.npy")}


def open_on_first_layer(project: Any, first: Any) -> None:
    """Let the project open on its first layer, with the others in the list to be ticked."""
    from qgis.core import QgsReferencedRectangle

    project.setCrs(first.crs())
    project.viewSettings().setDefaultViewExtent(QgsReferencedRectangle(first.extent(), first.crs()))
    for node in project.layerTreeRoot().findLayers():
        node.setItemVisibilityChecked(node.layerId() == first.id())
        node.setExpanded(False)


if __name__ == "__main__":
    sys.exit(main())
