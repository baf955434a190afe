"""The numbers that the design of the outsiders' pages set itself, each with what measures it.

`make numbers` runs their tests and writes what came of it into docs/reference/numbers.md; times are
measured by `make bench`, and counts and queries by tests alone.
"""
