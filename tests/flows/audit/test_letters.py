"""Checkpoints that come back as mail: however it was encoded on its way, they are compared."""

from email import policy
from email.message import EmailMessage

import pytest

from tests.flows.audit.conftest import run
from wagtail_contracts import notes
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.backends import keys
from wagtail_contracts.audit.models import Checkpoint

pytestmark = pytest.mark.django_db
BEFORE, AFTER = "Forwarded for the files.\n\n", "\n-- \nThe board\n"
ENCODINGS = ["8bit", "quoted-printable", "base64"]


def mail(text, encoding, charset="utf-8"):
    """As a mailbox keeps it: lines of 78 characters at most, but for those sent as they are."""
    letter = EmailMessage(policy=policy.SMTP.clone(max_line_length=78))
    letter["From"], letter["To"] = "log@eksempel.example", "board@eksempel.example"
    letter["Subject"] = "Checkpoint"
    letter.set_content(text, cte=encoding, charset=charset)
    return letter


def boxed(letter):
    return b"From log@eksempel.example Fri Nov 27 12:00:00 2026\n" + letter.as_bytes()


def forwarded(letter):
    outer = mail("See below.\n", "8bit")
    outer.add_attachment(letter)
    return outer.as_bytes()


@pytest.fixture
def site(attested, grow, tmp_path):
    """A trail under two checkpoints; what writes the file that is compared."""
    key = grow(2)
    audit.checkpoint()
    grow(1, key)
    audit.checkpoint()
    path = tmp_path / "kept.eml"

    def verdict(content):
        path.write_bytes(content)
        code, said = run("audit_verify", "--anchor", str(path))
        return code, said.replace(f"{path}: ", "")

    return verdict


def whole(checkpoints):
    """The trail, the log, its time-stamps and the file."""
    return f"checkpoints compared: {checkpoints}.\n4 whole.\n"


def placed():
    return list(Checkpoint.objects.order_by("size").values_list("note", flat=True))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("form", [bytes, boxed, forwarded])
def test_a_genuine_one_holds_and_a_forged_one_does_not(site, attested, encoding, form):
    """Forged: another size, another log by our own key, a key of somebody else's."""
    _first, genuine = placed()
    told = notes.opened(genuine, audit.verifiers())
    other = notes.Checkpoint(told.origin, told.size, bytes(32))
    stranger = keys.make(attested.parent / "stranger.pem")
    forged = {
        genuine.replace("\n2\n", "\n1\n", 1): "bad signature",
        notes.sign(other, told.origin, keys.load(attested)): "is another one than the anchor",
        notes.sign(told, told.origin, stranger): "signed by no known key",
    }
    kept = form(mail(BEFORE + genuine + AFTER, encoding))
    assert (notes.DASH.encode() in kept) == (encoding == "8bit")
    assert site(kept) == (0, whole(1))
    for note, words in forged.items():
        code, said = site(form(mail(BEFORE + note + AFTER, encoding)))
        assert (code, words in said) == (1, True), said


def test_all_mails_of_a_mailbox_are_compared(site, attested):
    first, second = placed()
    forged = notes.sign(
        notes.Checkpoint("contracts.example.org/audit", 1, bytes(32)),
        "contracts.example.org/audit",
        keys.load(attested),
    )
    box = [mail(first, "base64"), mail(second, "quoted-printable", "windows-1252")]

    assert site(b"\n".join(map(boxed, box))) == (0, whole(2))
    for place in (0, 1, 2):
        told = [*box[:place], mail(forged, "base64"), *box[place:]]
        assert site(b"\n".join(map(boxed, told)))[0] == 1


def test_a_mail_without_a_checkpoint_is_no_anchor(site):
    code, said = site(bytes(mail("Nothing of the kind.\n", "base64")))
    assert (code, "no evidence with a trail in it" in said) == (1, True)
    for charset in (b"klingon", b"undefined", b"idna", b"punycode", b"utf\x008"):
        unknown = bytes(mail(placed()[0], "base64")).replace(b"utf-8", charset)
        assert site(unknown) == (0, whole(1)), charset
