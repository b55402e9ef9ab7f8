"""Names that a root document spells in one way and a request in another."""

from __future__ import annotations

# In lower case and without `esriMosaic`, as services list their methods -> as a mosaic rule names them.
REST_MOSAIC_METHODS = {
    "none": "esriMosaicNone",
    "center": "esriMosaicCenter",
    "nadir": "esriMosaicNadir",
    "viewpoint": "esriMosaicViewpoint",
    "attribute": "esriMosaicAttribute",
    "byattribute": "esriMosaicAttribute",
    "lockraster": "esriMosaicLockRaster",
    "northwest": "esriMosaicNorthwest",
    "seamline": "esriMosaicSeamline",
}
_REST_MOSAIC_OPERATIONS = ("MT_FIRST", "MT_LAST", "MT_MIN", "MT_MAX", "MT_MEAN", "MT_BLEND", "MT_SUM")
_REST_INTERPOLATIONS = {
    "nearest": "RSP_NearestNeighbor",
    "nearestneighbor": "RSP_NearestNeighbor",
    "bilinear": "RSP_BilinearInterpolation",
    "bilinearinterpolation": "RSP_BilinearInterpolation",
    "cubic": "RSP_CubicConvolution",
    "cubicconvolution": "RSP_CubicConvolution",
    "majority": "RSP_Majority",
}


def rest_mosaic_method(name: str) -> str:
    """Return a mosaic method as a mosaic rule names it; empty for what is none."""
    return REST_MOSAIC_METHODS.get(name.strip().lower().removeprefix("esrimosaic"), "")


def rest_mosaic_operation(name: str) -> str:
    """Return `mosaicOperator` as a mosaic rule names it; empty for what is none."""
    operation = "MT_" + name.strip().upper().removeprefix("MT_")
    return operation if operation in _REST_MOSAIC_OPERATIONS else ""


def rest_interpolation(name: str) -> str:
    """Return `defaultResamplingMethod` as `exportImage` names it; empty for what is none."""
    return _REST_INTERPOLATIONS.get(name.strip().lower().removeprefix("rsp_"), "")
