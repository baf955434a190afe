"""The editors' doors."""
