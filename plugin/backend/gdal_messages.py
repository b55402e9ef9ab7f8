"""What GDAL says, kept to ourselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from osgeo import gdal


@contextmanager
def quiet() -> Iterator[None]:
    """Keep GDAL's messages from QGIS' log; on this thread only, whatever the host program chose."""
    # Later releases warn unless exceptions are switched on or off. This does so only here, and only in this thread.
    chosen = gdal.ExceptionMgr(useExceptions=True) if hasattr(gdal, "ExceptionMgr") else nullcontext()
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        with chosen:
            gdal.ErrorReset()
            yield
    finally:
        gdal.PopErrorHandler()
