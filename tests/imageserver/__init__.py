"""An ArcGIS image server on loopback, for the demo, the tests and the benchmarks.

Written from the ArcGIS REST reference (Image Service, Export Image, Identify, Query, Mosaic rules, Raster functions),
not from what the plugin sends. Start it with `python -m tests.imageserver --port 0` from the repository root, or with
`ImageServerProcess` in a test. Needs numpy and GDAL, never QGIS.
"""
