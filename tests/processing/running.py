"""Run algorithms as people and programs do, and keep what they say."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject

MAKE = "imageserver:makeimageserverlayer"
DATES = "imageserver:makedatelayers"
DESCRIBE = "imageserver:describeimageservice"
LIST = "imageserver:listimageservices"
CATALOG = "imageserver:catalogtolayer"
RASTERS = "imageserver:rasterstable"
SAMPLE = "imageserver:samplepoints"
ZONAL = "imageserver:zonalstatistics"
EXPORT = "imageserver:exportimageserverlayer"
DOWNLOAD = "imageserver:downloadrasters"
OPEN = "imageserver:openlayerfile"

CREDENTIALS_WARNING = (
    "The token in the address is not used: store it as an authentication configuration, and choose that."
)


class Log(QgsProcessingFeedback):
    """What an algorithm said, by kind."""

    def __init__(self) -> None:
        super().__init__(False)
        self.infos: list[str] = []
        self.warnings: list[str] = []
        self.debug: list[str] = []
        self.errors: list[str] = []
        self.commands: list[str] = []

    def pushInfo(self, info: str) -> None:  # noqa: N802 - the names are QGIS'
        self.infos.append(info)

    def pushWarning(self, warning: str) -> None:  # noqa: N802
        self.warnings.append(warning)

    def pushCommandInfo(self, info: str) -> None:  # noqa: N802
        self.commands.append(info)

    def pushDebugInfo(self, info: str) -> None:  # noqa: N802
        self.debug.append(info)

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: ARG002, N802, N803
        self.errors.append(error)


def run(algorithm: str, log: QgsProcessingFeedback | None = None, **parameters: Any) -> dict[str, Any]:
    """Return the outputs of an algorithm that is run from Python."""
    import processing

    outputs: dict[str, Any] = processing.run(algorithm, parameters, feedback=log)
    return outputs


def new_context() -> QgsProcessingContext:
    """Return a context for runs in the current project."""
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    return context
