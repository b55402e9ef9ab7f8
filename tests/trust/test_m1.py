import pytest
from image_server_layer.tests.trust.moments import Moments
from image_server_layer.tests.trust.hostile_server import HostileServer
from image_server_layer.plugin.layer import running
def test_x(image_server):
    running.start()
    with HostileServer(image_server.origin) as server:
        m = Moments(server)
        for n,f in m.all.items(): print(n, f())
    running.stop()
