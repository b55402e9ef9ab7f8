"""QGIS is left while it draws live layers of a slow server."""

from __future__ import annotations

from qgis.core import QgsProject

from ...desktop.player import Steps
from ..inside import Session, pause
from ..scenes import SCENES, TIMEOUT, Credentials


def steps(session: Session) -> Steps:
    from image_server_layer import make_image_server_layer

    credentials = Credentials()
    for scene in session.random.sample(SCENES, 6):
        session.step("add", scene.name)
        make_image_server_layer(
            session.server.service(scene.service),
            scene.name,
            authcfg=credentials.of(scene),
            timeout=TIMEOUT,
            **scene.arguments,
        )
    layer = session.random.choice(list(QgsProject.instance().mapLayers().values()))
    QgsProject.instance().setCrs(layer.crs())
    session.canvas.setExtent(layer.extent())
    yield from session.set_weather(is_bad=True)
    session.canvas.refreshAllLayers()
    yield session.canvas.isDrawing
    yield from pause(session.random.uniform(0.0, 1.0))
    session.figures["was drawing"] = session.canvas.isDrawing()
