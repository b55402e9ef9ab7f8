"""What is played inside QGIS: each part in a process of its own."""
