"""Where contracts say who reads what, Django's admin shows neither trails nor sealed files."""

from wagtail_contracts.audit import permissions as trails
from wagtail_contracts.sealing import permissions as files


def test_workspaces_say_who_reads_and_djangos_admin_does_not():
    assert not trails.is_read_here()
    assert not files.is_read_here()
    assert (
        trails.elsewhere() == files.elsewhere() == "wagtail_contracts (Reports, Self-examination)"
    )
