"""Find a layer of the project, or a data set, by what a user calls it. Main thread only."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsMapLayer, QgsProject


def find_layer(text: str, project: QgsProject) -> QgsMapLayer | None:
    """Return the project's layer with this id, or the only one with this name."""
    layer = project.mapLayer(text)
    if layer is not None:
        return layer
    named = project.mapLayersByName(text)
    return named[0] if len(named) == 1 else None


def layer_from_text(text: str, project: QgsProject, *kinds: type[QgsMapLayer]) -> QgsMapLayer | None:
    """Return the project's layer, or else the data set, that the text names."""
    layer = find_layer(text, project)
    if layer is not None:
        return layer
    for folder in (Path(), Path(project.homePath())):
        if _exists(folder / text):
            opened = (kind(str(folder / text), Path(text).stem) for kind in kinds)
            return next((candidate for candidate in opened if candidate.isValid()), None)
    return None


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        # Such as a name that is too long to be that of a file.
        return False
