"""Checkpoints over real sockets: by SMTP, and to an address whose server stops, lies, is slow."""

import time
from http.server import ThreadingHTTPServer

import pytest

from tests import ports
from tests.flows.audit.conftest import run
from tests.reliability import mailserver
from tests.security.wire.serving import Quiet, serving
from wagtail_contracts.audit.backends.anchors import AddressAnchor
from wagtail_contracts.audit.errors import NotPlaced
from wagtail_contracts.audit.models import Anchored, Checkpoint

ANCHORS = "wagtail_contracts.audit.backends.anchors"
NOTE = "eksempel.example/audit\n1\nAA==\n\n\u2014 eksempel.example/audit AA==\n"
YES = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


class Door(Quiet):
    """Does what the server is told to, in the words of this class."""

    def do_POST(self):  # noqa: N802 - the name that http.server calls
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        getattr(self, self.server.mode)(body)

    def keep(self, body):
        """Of whoever has the token."""
        allowed = self.headers["Authorization"] == "Bearer t0ken"
        self.server.kept += [body] if allowed else []
        self.say(201 if allowed else 403, {})

    def stop(self, body):
        """As one that dies over it."""
        self.close_connection = True

    def fail(self, body):
        self.say(503, {})

    def lead_on(self, body):
        """To where it would be kept."""
        self.server.mode = "keep"
        self.send_response(307)
        self.send_header("Location", f"http://localhost:{self.server.server_port}/")
        self.end_headers()

    def lie(self, body):
        self.wfile.write(b"Kept, believe me.\r\n\r\n")

    def drip(self, body):
        """A yes that takes nine seconds, and never one for long."""
        for byte in YES:
            self.wfile.write(bytes([byte]))
            time.sleep(0.2)


@pytest.fixture
def server():
    made = ThreadingHTTPServer(("127.0.0.1", ports.free()), Door)
    made.daemon_threads = True
    made.mode, made.kept = "keep", []
    with serving(made):
        yield made


@pytest.fixture
def anchored(server, tmp_path):
    """An anchor at the server, that waits for so many seconds."""
    (tmp_path / "token").write_text("t0ken\n")

    def at(deadline=15, port=server.server_port):
        return AddressAnchor(
            f"http://localhost:{port}/notes",
            tmp_path / "token",
            schemes=("http",),
            ports=(port,),
            inside=("127.0.0.0/8", "::1/128"),
            deadline=deadline,
        )

    return at


@pytest.mark.parametrize("mode", ["stop", "fail", "lead_on", "lie"])
def test_an_address_that_does_not_keep_it_is_asked_again(server, anchored, mode):
    server.mode = mode
    with pytest.raises(NotPlaced):
        anchored().place(NOTE)
    assert server.kept == []

    server.mode = "keep"
    anchored().place(NOTE)
    assert server.kept == [NOTE]


def test_an_address_that_is_slow_is_waited_for_no_longer_than_was_said(server, anchored):
    server.mode, begun = "drip", time.monotonic()
    with pytest.raises(NotPlaced, match="deadline"):
        anchored(deadline=1).place(NOTE)
    assert time.monotonic() - begun < len(YES) * 0.2


def test_an_address_takes_it_from_whoever_has_the_token_and_where_it_listens(
    server, anchored, tmp_path
):
    with pytest.raises(NotPlaced, match="Connection"):
        anchored(port=ports.free()).place(NOTE)
    (tmp_path / "token").write_text("another")
    with pytest.raises(NotPlaced, match="403"):
        anchored().place(NOTE)
    assert server.kept == []


@pytest.fixture
def board(attested, section):
    """Checkpoints go to a mailbox."""
    options = {"to": ["board@eksempel.example"], "sender": "log@eksempel.example"}
    place = {"BACKEND": f"{ANCHORS}.MailAnchor", "OPTIONS": options}
    section("AUDIT", ANCHORS={"board": place})


@pytest.mark.django_db
def test_a_checkpoint_that_was_mailed_is_the_one_that_was_signed(board, grow, settings, tmp_path):
    grow()
    with mailserver.running(settings) as taken:
        assert run("audit_checkpoint")[0] == 0
    (letter,) = taken.letters
    path, point = tmp_path / "note.eml", Checkpoint.objects.get()
    assert (letter["To"], letter["From"]) == ("board@eksempel.example", "log@eksempel.example")
    assert letter.get_content().replace("\r\n", "\n") == point.note

    path.write_bytes(bytes(letter))
    told = f"{path}: checkpoints compared: 1.\n4 whole.\n"
    assert run("audit_verify", "--anchor", str(path)) == (0, told)
    path.write_bytes(bytes(letter).replace(b"\nevents 1", b"\nevents 2"))
    code, said = run("audit_verify", "--anchor", str(path))
    assert (code, "bad signature" in said) == (1, True)


@pytest.mark.django_db
def test_a_mail_server_that_is_away_refuses_or_is_slow_is_asked_again(board, grow, settings):
    grow()
    settings.EMAIL_TIMEOUT = 0.5
    with mailserver.running(settings) as taken:
        taken.refuses = True
        assert run("audit_checkpoint")[0] == 1
        taken.refuses, taken.pause = False, 1.0
        assert run("audit_checkpoint")[0] == 1
    code, said = run("audit_checkpoint")
    assert (code, "1 of 1 not placed" in said, Anchored.objects.count()) == (1, True, 0)

    with mailserver.running(settings) as taken:
        assert run("audit_checkpoint")[0] == 0
    assert (len(taken.letters), Anchored.objects.count()) == (1, 1)
