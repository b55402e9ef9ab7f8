"""A thousand layers are removed while they are drawn."""

from __future__ import annotations

import time
from functools import partial

from qgis.core import QgsApplication, QgsProject, QgsRasterLayer

from ...desktop.player import Steps
from ..inside import Session, pause, providers_alive
from ..scenes import SCENES, TIMEOUT, Credentials

_LAYERS = 1000
_AT_LEAST = 60
_AT_A_TIME = 4
_THREADS = 8


def steps(session: Session) -> Steps:
    from image_server_layer import make_image_server_layer

    QgsApplication.setMaxThreads(_THREADS)
    credentials, project = Credentials(), QgsProject.instance()
    originals = [
        make_image_server_layer(
            session.server.service(scene.service),
            scene.name,
            authcfg=credentials.of(scene),
            timeout=TIMEOUT,
            add_to_project=False,
            **scene.arguments,
        )
        for scene in SCENES
    ]
    project.setCrs(originals[0].crs())
    session.canvas.setExtent(originals[0].extent())
    yield from session.set_weather(is_bad=True)

    removed = cut_short = 0
    wanted = max(_AT_LEAST, round(_LAYERS * session.share))
    began = time.monotonic()
    while removed < wanted:
        layers = [session.random.choice(originals).clone() for _ in range(_AT_A_TIME)]
        session.step("remove", *(layer.name() for layer in layers))
        project.addMapLayers(layers)
        yield from pause(session.random.choice((0.0, 0.05, 0.1, 0.3)))
        cut_short += session.canvas.isDrawing() * len(layers)
        removed += remove(session, layers)
    session.figures["removed"] = [removed, cut_short, round(time.monotonic() - began)]

    yield from session.set_weather(is_bad=False)
    originals.clear()
    yield from pause(5.0)
    session.figures["providers alive"] = providers_alive()
    assert session.figures["providers alive"] == 0, f"{session.figures['providers alive']} providers are alive."


def remove(session: Session, layers: list[QgsRasterLayer]) -> int:
    """Remove layers one by one, or all at once, or with the whole project; return how many there were."""
    project, count = QgsProject.instance(), len(layers)
    ids = [layer.id() for layer in layers]
    layers.clear()
    ways = (
        lambda: [project.removeMapLayer(layer_id) for layer_id in ids],
        partial(project.removeMapLayers, ids),
        project.removeAllMapLayers,
    )
    session.random.choice(ways)()
    return count
