"""One bit is enough: a file with a single flipped bit is never intact."""

import random

import pytest
from asn1crypto import cms

from tests.unit.sealing import bits
from tests.unit.sealing.levels import LEVELS, Sealer


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


@pytest.mark.parametrize(("level", "count"), [("B-B", 500), ("B-LTA", 150)])
def test_flips_anywhere_in_a_file(sealed, verdict, level, count):
    data = sealed(level)
    words = run(verdict, data, sample(range(8 * len(data)), count, 7))

    assert len(words) == count
    assert words.count("intact") == 0
    assert words.count("altered") + words.count("unreadable") > 0.98 * count
    assert verdict(data) == "intact"


@pytest.mark.parametrize("level", LEVELS)
def test_flips_in_the_values_of_the_containers(sealed, verdict, level):
    data, words = sealed(level), []
    for number, (_, _, der) in enumerate(bits.containers(data)):
        words += run_inside(verdict, data, number, sample(range(8 * len(der)), 100, 3))

    assert len(words) == (200 if level == "B-LTA" else 100)
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


SIGNERS = [
    ("B-B", "seal", identifier_of_the_seal),
    ("B-B", "seal_rsa", identifier_of_the_seal),
    ("B-T", "seal", identifier_of_the_timestamp),
]


@pytest.mark.parametrize(("level", "entity", "find"), SIGNERS)
def test_every_bit_of_every_byte_of_a_signers_identifier(lab, render, verdict, level, entity, find):
    """Once, a letter of the issuer in the other case was still found by its name."""
    data = Sealer(lab, level, getattr(lab, entity)).seal(render())
    first, value = find(bits.containers(data)[0][2])
    flips = range(8 * first, 8 * (first + len(value)))
    words = run_inside(verdict, data, 0, flips)

    assert len(words) == 8 * len(value) > 500
    assert words.count("intact") == 0
    assert verdict(data) == "intact"


def test_one_bit_of_every_third_byte_of_a_container(sealed, verdict):
    data, rng = sealed(), random.Random(1)  # noqa: S311
    der = bits.containers(data)[0][2]
    places = range(0, len(der), 3)
    words = run_inside(verdict, data, 0, [8 * place + rng.randrange(8) for place in places])

    assert len(words) == len(places) > 400
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
