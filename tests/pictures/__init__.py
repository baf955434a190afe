"""The pictures of the documentation: `make pictures`, or `python -m tests.pictures`.

`desk`, `outside`, `several` and `means` walk through the demo, for docs/reference/screens.md.
`states` has every state of the outsiders' pages and mails on full data, beside its draft, for
docs/reference/states.md.
"""
