"""What the form says about mosaics: a plain sentence for each choice."""

from __future__ import annotations

from ...plugin.service.vocabulary import MosaicMethod, MosaicOperation
from ...plugin.translation import tr


def service_default(value: str = "") -> str:
    """Return the first entry of every list: nothing is sent, so the service decides, which means `value`."""
    return tr("Service default ({value})").format(value=value) if value else tr("Service default")


def method_sentence(method: MosaicMethod) -> str:
    """Return what a mosaic method does with overlapping rasters."""
    return {
        MosaicMethod.NONE: tr("The rasters lie in the order of their ids."),
        MosaicMethod.CENTER: tr(
            "The raster whose center is nearest to the middle of the view lies on top, so the order follows the view."
        ),
        MosaicMethod.NADIR: tr(
            "The raster taken from nearest above the middle of the view lies on top, so the order follows the view."
        ),
        MosaicMethod.VIEWPOINT: tr(
            "The raster taken from nearest above a point of your choice lies on top, whatever the view."
        ),
        MosaicMethod.ATTRIBUTE: tr(
            "The raster whose value in the order field is nearest to the base value lies on top, such as the raster of "
            "a date or the one with the fewest clouds."
        ),
        MosaicMethod.LOCK_RASTER: tr("Only the rasters of your choice are drawn, the first of them on top."),
        MosaicMethod.NORTH_WEST: tr(
            "The raster whose center is nearest to the northwest corner of the mosaic lies on top, whatever the view."
        ),
        MosaicMethod.SEAMLINE: tr("The rasters are cut along the seamlines drawn by the publisher."),
    }[method]


def operation_sentence(operation: MosaicOperation) -> str:
    """Return what a mosaic operation makes of overlapping pixels."""
    return {
        MosaicOperation.FIRST: tr("The pixel of the topmost raster is taken."),
        MosaicOperation.LAST: tr("The pixel of the lowest raster is taken."),
        MosaicOperation.MIN: tr("The lowest value of all overlapping pixels is taken."),
        MosaicOperation.MAX: tr("The highest value of all overlapping pixels is taken."),
        MosaicOperation.MEAN: tr("The mean of all overlapping pixels is taken."),
        MosaicOperation.BLEND: tr("Overlapping pixels are blended near the seamlines."),
        MosaicOperation.SUM: tr("The sum of all overlapping pixels is taken."),
    }[operation]
