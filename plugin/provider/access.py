"""temporary"""
from ..service.transport import Transport


def make_transport(source, feedback=None):
    a = source.access
    return Transport(a.authcfg, a.referer, a.timeout, feedback)
