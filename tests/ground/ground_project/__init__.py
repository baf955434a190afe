"""A project with nothing of Wagtail, as far as the tests need one."""
