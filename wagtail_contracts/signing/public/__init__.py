"""The outsiders' doors: every page that a counterparty can reach."""
