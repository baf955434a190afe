"""Where contracts say who reads what, Django's admin shows neither trails nor sealed files."""

from wagtail_contracts.audit.permissions import readers as of_trails
from wagtail_contracts.sealing.permissions import readers as of_files


def test_workspaces_say_who_reads_and_djangos_admin_does_not():
    assert of_trails is not of_files
    for readers in (of_trails, of_files):
        assert not readers.are_here()
        assert readers.elsewhere() == "wagtail_contracts (Reports, Self-examination)"
