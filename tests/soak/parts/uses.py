"""What other parts of QGIS make of live layers: each result is compared with what the pixels must be."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from qgis.core import QgsProject

from ...desktop.player import Steps
from ..inside import Session
from ..scenes import SCENES, Credentials
from . import analysis, maps, relief
from .subject import NotOfferedError, Subject

#: By the names they have on the page. Each returns, or is a generator that waits; what is wrong raises.
USES: Mapping[str, Callable[[Subject], Any]] = {
    "layout at 600 dpi, values": maps.layout_of_values,
    "layout at 600 dpi, picture": maps.layout_of_picture,
    "Save As, raw data": maps.save_as_raw_data,
    "Save As, rendered image": maps.save_as_rendered_image,
    "raster calculator": analysis.raster_calculator,
    "native: cell statistics": analysis.cell_statistics,
    "native: sample raster values": analysis.sample_raster_values,
    "native: zonal statistics": analysis.zonal_statistics,
    "gdal: translate": analysis.gdal_translate,
    "gdal: clip by extent, picture": analysis.gdal_clip_of_picture,
    "qgis_process on the saved project": analysis.qgis_process,
    "terrain of the project": relief.terrain_of_project,
    "elevation profile": relief.elevation_profile,
    "3D map": relief.map_in_3d,
}
_WANTED = ("Landsat", "Landsat picture", "Elevation", "Land cover")


def steps(session: Session) -> Steps:
    from image_server_layer import make_image_server_layer

    credentials, layers = Credentials(), {}
    for scene in SCENES:
        if scene.name in _WANTED:
            url = session.server.service(scene.service)
            arguments = {**scene.arguments, "interpolation": "NEAREST"}
            layers[scene.name] = make_image_server_layer(url, scene.name, authcfg=credentials.of(scene), **arguments)
    session.canvas.setRenderFlag(False)
    QgsProject.instance().setCrs(layers["Landsat"].crs())
    subject = Subject(session, layers)
    said = session.figures["uses"] = {}
    failures = []
    for name, use in USES.items():
        session.step(name)
        said[name] = "right"
        try:
            result = use(subject)
            if inspect.isgenerator(result):
                yield from result
        except NotOfferedError as reason:
            said[name] = f"not offered: {reason}"
        except Exception:
            said[name] = "**wrong**"
            failures.append(f"{name}: {traceback.format_exc()}")
    assert not failures, "\n".join(failures)
