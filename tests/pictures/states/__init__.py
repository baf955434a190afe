"""Every state of the outsiders' pages and mails, on full data, beside its draft.

Another state is one more `State` in the module of its section: its `show` brings a page there. Then
`make pictures` takes it and writes docs/reference/states.md; `python -m tests.pictures.states NAME`
takes only those whose names begin so. `designed` has the list of what must be
there, and tests/house/test_states.py insists on it.
"""
