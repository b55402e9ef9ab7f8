"""The raster functions that every ArcGIS image service knows, with their parameters: what a form can offer as fields.

After "Raster function objects" of the ArcGIS REST API
(https://developers.arcgis.com/rest/services-reference/enterprise/raster-function-objects) and, for ranges and values,
the raster functions of ArcGIS Pro's help. A service carries them out where it allows raster functions at all; those
that it publishes itself have parameters, too, but tell nobody of them.

`all_functions` is the table, `fitting_functions` the part of it for the data of a service, `read_rule` finds a function
and its values in a template, and `written_rule` makes a template of values.
"""

from .function import WellKnownFunction, fitting_functions
from .parameter import Parameter, ParameterKind, Value, Values
from .problems import problems_of
from .rule import Reading, default_template, default_values, read_rule, written_rule
from .table import all_functions

__all__ = [
    "Parameter",
    "ParameterKind",
    "Reading",
    "Value",
    "Values",
    "WellKnownFunction",
    "all_functions",
    "default_template",
    "default_values",
    "fitting_functions",
    "problems_of",
    "read_rule",
    "written_rule",
]
