"""What may be uploaded: bytes in, a verdict out. No disk, no clock, no settings.

`jobs` runs all of it in a process of its own, since hostile bytes are read.
"""
