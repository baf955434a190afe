"""One bit is enough: a file with a single flipped bit is never intact."""

import random

import pytest
from asn1crypto import cms

from tests.unit.sealing import bits
from tests.unit.sealing.levels import LEVELS, Sealer
from wagtail_contracts.sealing.flows import pades


def sample(values, count, seed):
    """So many different ones, the same in each run."""
    return random.Random(seed).sample(values, count)  # noqa: S311


def run(verdict, data, flips):
    """The verdicts on the file, each time with one other bit flipped."""
    return [verdict(bits.flipped(data, *divmod(flip, 8))) for flip in flips]


def run_inside(verdict, data, number, flips):
    """The same, for bits of the value in a container."""
    start, end, der = bits.containers(data)[number]
    changed = (bits.flipped(der, *divmod(flip, 8)) for flip in flips)
    return [verdict(bits.written(data, start, end, value)) for value in changed]


def one_bit_each(places, seed):
    """One bit of each byte, the same in each run."""
    rng = random.Random(seed)  # noqa: S311
    return [8 * place + rng.randrange(8) for place in places]


def elsewhere(data):
    """The places that no container takes: what was rendered, its revisions and their tables."""
    gaps = [range(start, end) for start, end, _ in bits.containers(data)]
    return [place for place in range(len(data)) if not any(place in gap for gap in gaps)]


@pytest.fixture
def unknown(judged):
    """The verdict on a file, after making sure that no flipped one is called known."""

    def word(data, digest):
        report = judged(data, digest=digest)
        assert report.known is False
        return str(report.verdict)

    return word


def counted(test, few, many):
    """So many in each run, and so many by `make long`."""
    return [few, pytest.param(many, marks=pytest.mark.long(test))]


# At each level: two thousand in all by `make long`.
@pytest.mark.parametrize(
    "each",
    counted("sweeps/sealing/test_flips.py::test_flips_of_the_content_at_each_level", 100, 500),
)
@pytest.mark.parametrize("level", LEVELS)
def test_flips_of_the_content_at_each_level(sealed, judged, unknown, level, each):
    data = sealed(level)
    known = judged(data).sha256
    flips = one_bit_each(sample(elsewhere(data), each, 7), 7)
    words = run(lambda changed: unknown(changed, known), data, flips)

    assert len(words) == each
    assert words.count("intact") == 0
    assert words.count("altered") + words.count("unreadable") > 0.98 * each
    assert judged(data, digest=known).verdict == "intact"
    assert judged(data, digest=known).known is True


@pytest.mark.parametrize(
    "step",
    counted(
        "sweeps/sealing/test_flips.py::test_one_bit_of_bytes_all_over_the_container_of_a_seal_and_its_token",
        8,
        1,
    ),
)
def test_one_bit_of_bytes_all_over_the_container_of_a_seal_and_its_token(
    sealed, judged, unknown, step
):
    """Of every byte, by `make long`."""
    data = sealed("B-T")
    known = judged(data).sha256
    der = bits.containers(data)[0][2]
    token = cms.ContentInfo.load(der)["content"]["signer_infos"][0]["unsigned_attrs"]
    places = range(0, len(der), step)
    flips = one_bit_each(places, 1)
    words = run_inside(lambda changed: unknown(changed, known), data, 0, flips)

    assert len(words) == len(places) > 2500 // step
    assert len(token.dump()) > 1200  # of which the token is a good half
    assert words.count("intact") == 0
    assert judged(data, digest=known).verdict == "intact"
    assert judged(data, digest=known).known is True


@pytest.mark.parametrize(
    "share",
    counted(
        "sweeps/sealing/test_flips.py::test_flips_of_the_containers_of_a_file_that_lasts", 5, 1
    ),
)
@pytest.mark.parametrize("number", [0, 1])
def test_flips_of_the_containers_of_a_file_that_lasts(lab, sealed, judged, unknown, number, share):
    """The seal with its token, and the last of two document timestamps: the file was renewed."""
    least = 250 if number else 300
    data = pades.renew(sealed("B-LTA"), pades.Beyond(lab.stamper, lab.context))
    found, known = bits.containers(data), judged(data).sha256
    assert len(found) == 3
    which = number and len(found) - 1
    step = share * (9 if which == 0 else 6)
    flips = one_bit_each(range(number, len(found[which][2]), step), 5)
    words = run_inside(lambda changed: unknown(changed, known), data, which, flips)

    assert len(words) == len(flips) >= least // share
    assert words.count("intact") == 0
    assert judged(data, digest=known).verdict == "intact"


def test_flips_of_the_container_of_a_seal_with_revocation_data(sealed, verdict):
    data = sealed("B-LT")
    words = run_inside(
        verdict, data, 0, sample(range(8 * len(bits.containers(data)[0][2])), 100, 3)
    )

    assert len(words) == 100
    assert words.count("intact") == 0
    assert verdict(data) == "intact"


def identifier_of_the_seal(der):
    """Where the issuer and serial number of the signer stand."""
    signer = cms.ContentInfo.load(der)["content"]["signer_infos"][0]
    first = der.index(signer.dump())
    return der.index(signer["sid"].dump(), first), signer["sid"].dump()


def identifier_of_the_timestamp(der):
    """The same in the token, which stands last."""
    signer = cms.ContentInfo.load(der)["content"]["signer_infos"][0]
    token = signer["unsigned_attrs"][0]["values"][0]["content"]["signer_infos"][0]
    return der.rindex(token["sid"].dump()), token["sid"].dump()


SIGNERS = {
    "seal": ("B-B", "seal", identifier_of_the_seal),
    "seal_rsa": ("B-B", "seal_rsa", identifier_of_the_seal),
    "timestamp": ("B-T", "seal", identifier_of_the_timestamp),
}


@pytest.mark.parametrize(
    "step", counted("sweeps/sealing/test_flips.py::test_bits_all_over_a_signers_identifier", 5, 1)
)
@pytest.mark.parametrize("signer", SIGNERS)
def test_bits_all_over_a_signers_identifier(lab, render, verdict, signer, step):
    """Once, a letter of the issuer in the other case was still found by its name.

    So the bit that makes a small letter a capital one is among them; every bit, by `make long`.
    """
    level, entity, find = SIGNERS[signer]
    data = Sealer(lab, level, getattr(lab, entity)).seal(render())
    first, value = find(bits.containers(data)[0][2])
    flips = range(8 * first, 8 * (first + len(value)), step)
    words = run_inside(verdict, data, 0, flips)

    assert len(words) == len(flips) > 500 // step
    assert {flip % 8 for flip in flips} == set(range(8))
    assert words.count("intact") == 0
    assert verdict(data) == "intact"


def test_the_frame_and_the_padding_of_a_container(sealed, verdict):
    """They are under no signature, so they have one form."""
    data = sealed()
    start, end, der = bits.containers(data)[0]
    padding = range(start + 1 + 2 * len(der), end - 1)
    places = [start, *sample(padding, 20, 5), end - 2, end - 1]
    words = run(verdict, data, [8 * place + bit for place in places for bit in range(8)])

    assert len(words) == 8 * len(places) == 184
    assert words.count("intact") == 0
    assert verdict(data) == "intact"


def test_the_same_value_in_other_letters(sealed, verdict):
    data = sealed()
    start, end, der = bits.containers(data)[0]
    lower = data[:start] + data[start:end].lower() + data[end:]
    spaced = data[: end - 3] + b"  " + data[end - 1 :]

    assert [verdict(changed) for changed in (lower, spaced)] == ["altered"] * 2
    assert verdict(bits.written(data, start, end, der)) == "intact"
