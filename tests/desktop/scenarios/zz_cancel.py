import os, random, time
from qgis import utils
from qgis.core import *
from qgis.PyQt.QtCore import QThreadPool
def steps(stage):
    kind = os.environ["KIND"]
    if kind == "ours":
        from image_server_layer import make_image_server_layer
        layer = make_image_server_layer(stage.server.service("Olinda/Landsat"), "x", band_index="4;3;2", provider="arcgismapserver", processing_template="None")
    else:
        if kind == "off":
            utils.unloadPlugin("image_server_layer")
        uri = "crs='EPSG:31985' format='PNG32' layer='' url='%s'" % stage.server.service("Olinda/Landsat")
        layer = QgsRasterLayer(uri, "plain", "arcgismapserver")
        QgsProject.instance().addMapLayer(layer)
    QgsProject.instance().setCrs(layer.crs())
    yield stage.redrawn()
    pool = QThreadPool.globalInstance()
    random.seed(1)
    stage.server.settings(latency=0.1)
    for n in range(60):
        stage.canvas.setExtent(QgsRectangle.fromCenterAndSize(QgsPointXY(291000+random.random()*4000, 9113000+random.random()*4000), 3000, 3000))
        stage.canvas.refresh()
        t = time.monotonic(); w = random.choice([0, 0.02, 0.1, 0.2])
        yield lambda: time.monotonic() - t > w
    stage.canvas.setRenderFlag(False); stage.canvas.stopRendering()
    t = time.monotonic()
    yield lambda: time.monotonic() - t > 4
    print("ACTIVE", kind, pool.activeThreadCount(), pool.maxThreadCount(), flush=True)
    if pool.activeThreadCount(): os._exit(3)
