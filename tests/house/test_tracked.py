"""S-60: no secret, no machine's path and no skipped test is in the repository or in the wheel."""

import re
import subprocess
import zipfile

import pytest

from tests import wheel

ROOT = wheel.ROOT
# Written so that this file does not hold what it looks for.
FORBIDDEN = {
    "a private key": rb"-----BEGIN [A-Z ]*PRIVATE KE[Y]-----(\\n|\s)*[\w+/]{40}",
    "a key for WAGTAIL_CONTRACTS['KEYS']": rb"(?<![\w/+=-])[\w-]{43}=(?![\w=])",
    "an access key": rb"\b(AKIA[0-9A-Z]{16}|gh[pousr]_\w{36}|xox[abp]-\w{10})",
    "a path of a machine": rb"(?<![\w.*])/(wor[k]|roo[t]|hom[e]|User[s]|far[m])/\w",
    "a host of a registry": rb"pypi\.or[g]/simple|pythonhoste[d]|registry\.npmj[s]|debian\.or[g]/",
    "who or what wrote it": rb"(?i)\b(subagen[t]|chatgp[t]|claud[e]|anthropi[c]|copilo[t])\b",
    "something left for later": rb"\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b",
}
KEY_FILES = re.compile(r"\.(p12|pfx|pem|key|crt|der|jks|sqlite3|env)$|(^|/)\.env")
SKIPS = re.compile(
    r"\b(pytest\.ski[p]|importorski[p]|skipi[f]|mark\.ski[p]|mark\.xfai[l]|xfai[l]\()"
)


def tracked() -> list[str]:
    """The files that git knows, where they are still there."""
    words = ["git", "ls-files", "-z"]
    names = subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout  # noqa: S603
    return [name for name in names.decode().split("\0") if name and (ROOT / name).is_file()]


def found(data: bytes) -> list[str]:
    """What must not be in a file."""
    return [what for what, pattern in FORBIDDEN.items() if re.search(pattern, data)]


def test_no_tracked_file_holds_what_must_not_be_there():
    names = tracked()
    assert len(names) > 100
    texts = (name for name in names if not name.endswith(".png"))
    wrong = {name: found((ROOT / name).read_bytes()) for name in texts}
    assert {name: what for name, what in wrong.items() if what} == {}


def test_no_tracked_file_is_a_key_or_a_database():
    assert [name for name in tracked() if KEY_FILES.search(name)] == []


def test_no_test_is_skipped_or_allowed_to_fail():
    tests = [name for name in tracked() if name.startswith("tests/") and name.endswith(".py")]
    assert [name for name in tests if SKIPS.search((ROOT / name).read_text())] == []


def test_the_wheel_holds_no_secret(built):
    with zipfile.ZipFile(built) as archive:
        names = archive.namelist()
        wrong = {name: found(archive.read(name)) for name in names}
    assert {name: what for name, what in wrong.items() if what} == {}
    assert [name for name in names if KEY_FILES.search(name)] == []


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN EC PRIVATE KE" + "Y-----\n" + "a" * 64,
        "KEYS = ['" + "a" * 43 + "=']",
        "token = 'gh" + "p_" + "a" * 36 + "'",
        "open('/" + "home/kari/contracts')",
        "find-links = /" + "work/wheels",
        "--index-url https://pypi.or" + "g/simple",
        "# TOD" + "O: later",
    ],
)
def test_what_must_not_be_there_is_found(text):
    assert len(found(text.encode())) == 1


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "-----BEGIN CERTIFICATE-----\n" + "a" * 64,
        "sha256 = '" + "a" * 64 + "'",
        "the page at /c/<token>/ and docs/how-to/install.md",
        'Path("tests") / "work"',
        "/".join(("a network", "root", "node")),
    ],
)
def test_what_may_be_there_is_not(text):
    assert found(text.encode()) == []


@pytest.mark.parametrize("name", ["seal.p12", "var/authority.pem", "demo/.env", "db.sqlite3"])
def test_key_files_are_known_by_name(name):
    assert KEY_FILES.search(name)
    assert not KEY_FILES.search("docs/how-to/keys.md")


@pytest.mark.parametrize("text", ["pytest.ski" + "p('no Java')", "@pytest.mark.ski" + "pif(x)"])
def test_skips_are_found(text):
    assert SKIPS.search(text)
