"""Guards taken away one by one: a guard that no test misses is not held by any test.

Each module here lists mutants; `table.py` puts them together, `__main__.py` runs them on copies of
the tree: `make mutants`, or `python -m tests.mutants WORD` for those whose name holds the word.
"""
