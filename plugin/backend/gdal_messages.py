"""What GDAL says, kept to ourselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from osgeo import gdal


@contextmanager
def quiet() -> Iterator[None]:
    """Keep GDAL's messages from QGIS' log; on this thread only, whatever the host program chose."""
    # Later releases warn when nobody chose between exceptions and None; this chooses for this thread and moment only.
    chosen = gdal.ExceptionMgr(useExceptions=True) if hasattr(gdal, "ExceptionMgr") else nullcontext()
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        with chosen:
            gdal.ErrorReset()
            yield
    finally:
        gdal.PopErrorHandler()
