"""A new contract: in four steps from a template, or made from another contract."""
