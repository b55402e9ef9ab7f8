"""Raster functions on blocks of pixels, in plain NumPy: what an image service does with a rendering rule.

Written from the ArcGIS REST API reference, "Raster function objects"; each function names the help page that its
formula is from.
"""

from .arguments import Context
from .block import Block, FunctionError, Reader, Statistics, Window
from .evaluate import evaluate

__all__ = ["Block", "Context", "FunctionError", "Reader", "Statistics", "Window", "evaluate"]
