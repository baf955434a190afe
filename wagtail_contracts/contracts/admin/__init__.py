"""The editors' doors: list, wizard, editor, and the acts on a contract."""
