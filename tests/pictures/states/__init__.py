"""Every state of the outsiders' pages and mails, on full data, beside its draft.

Another state is one more `State` in the module of its section: its `show` brings a page there. Then
`make pictures` takes it and writes docs/reference/states.md; `python -m tests.pictures.states NAME`
takes only those whose names begin so. tests/house/test_states.py has the list that must be there.
"""
