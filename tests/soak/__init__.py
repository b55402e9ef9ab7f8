"""The real QGIS for a quarter of an hour with live layers on a slow and faulty server: does it last?

The driver (`__main__`, `process`, `weather`, `report`) runs outside; `inside` and `parts/` run in QGIS.
"""
