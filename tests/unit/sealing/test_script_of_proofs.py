"""The script in a proof judges a seal as of its time-stamp, with OpenSSL and nothing of ours."""

from datetime import timedelta

import pytest

from tests.unit.sealing.attacks import stamped
from tests.unit.sealing.levels import Sealer
from tests.unit.sealing.pki import NOW, Entity
from wagtail_contracts.audit.bundle import verify


@pytest.mark.parametrize(("days", "holds"), [(1, True), (-1, False)])
def test_a_certificate_that_was_over_when_the_file_was_stamped_seals_nothing(
    lab, render, days, holds
):
    """A file without a time-stamp is as old as the record that names it, which others judge."""
    entity = Entity("Eksempel AS seal", lab.issuer, until=NOW + timedelta(days=days))
    sealed = Sealer(lab, "B-B", entity).seal(render())

    def said(data):
        return list(verify.check_seal("it", data, lab.root.pem))

    assert len(said(sealed)) == 1
    if holds:
        seal, stamp = said(stamped(sealed, lab))
        assert seal.startswith("the seal of it holds, by CN=")
        assert stamp.endswith("says a time-stamp in it")
    else:
        with pytest.raises(verify.Wrong, match="the seal of it does not hold"):
            said(stamped(sealed, lab))
