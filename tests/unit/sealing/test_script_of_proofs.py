"""The script in a proof judges a seal as of its time-stamp, with OpenSSL and nothing of ours."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from pyhanko.pdf_utils import generic

from tests.unit.sealing.attacks import appended, stamped
from tests.unit.sealing.levels import Sealer
from tests.unit.sealing.pki import NOW, Entity
from wagtail_contracts.audit.bundle import verify
from wagtail_contracts.sealing import rendering

APART = (Path(rendering.__file__).parent / "byhand" / "apart.sh").read_text()


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


def apart(folder, data):
    """The exit code of the first step by hand."""
    (folder / "contract.pdf").write_bytes(data)
    words = ["/bin/sh", "-e", "-c", APART]
    return subprocess.run(words, cwd=folder, capture_output=True, check=False).returncode  # noqa: S603


LOOKALIKES = (
    b"/ByteRange [0 1 2 3]",
    b"/ByteRange [7 1 2 3]",
    b"/Contents <00> /ByteRange [0 1 2 3]",
    b"/Contents <> /ByteRange [0 %s 2 3]" % (b"1" * 5000),
    b"/Contents <> /ByteRange [0 %s 2 3]" % (b"1" * 20),
)


@pytest.mark.parametrize("text", LOOKALIKES, ids=range(len(LOOKALIKES)))
def test_what_only_looks_like_a_signature_inside_a_file_is_none(lab, render, tmp_path, text):
    """An exhibit, a title or a name may hold any text; each real signature says where it stands."""
    held = generic.StreamObject(stream_data=text)
    sealed = Sealer(lab, "B-B").seal(appended(render(), lambda writer: writer.add_object(held)))
    assert text in sealed
    for data, count in ((sealed, 1), (stamped(sealed, lab), 2)):
        assert len(list(verify.check_seal("it", data, lab.root.pem))) == count
        assert apart(tmp_path, data) == 0
    more = sealed + text
    with pytest.raises(verify.Wrong, match="it has no seal over all of it"):
        list(verify.check_seal("it", more, lab.root.pem))
    assert apart(tmp_path, more) == 1


def test_a_signature_that_names_another_gap_than_its_own_seals_nothing(lab, render, tmp_path):
    sealed = Sealer(lab, "B-B").seal(render())
    [(_signed, _signature)], end = verify.signatures(sealed)
    assert (end, apart(tmp_path, sealed)) == (len(sealed), 0)
    at = sealed.rindex(b"/ByteRange [0 ") + len("/ByteRange [0 ")
    moved = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
    with pytest.raises(verify.Wrong, match="it has no seal over all of it"):
        list(verify.check_seal("it", moved, lab.root.pem))
    assert apart(tmp_path, moved) == 1
