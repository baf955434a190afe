"""The whole journey of a signature of one's own, through the doors and without script."""

import html
import re

from tests import signatures
from tests.csc.stage import (  # noqa: F401 - fixtures
    first_day,
    kari_with_a_certificate,
    running_servers,
)
from tests.public import visits
from tests.unit.sealing import test_cli
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.models import ContractVersion
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.conf import sealing as section
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import Signature

RETURN = "/c/return/remote/"


def away(answer, lab):
    """The address to which a page leads."""
    found = re.findall(r'href="([^"]+oauth2/authorize[^"]+)"', answer.content.decode())
    assert found, answer.content.decode()
    address = html.unescape(found[0])
    assert address.startswith(lab.service.base)
    return address


def back(client, lab, address, button):
    """Agree there, look at the page one comes back to, and press its button."""
    answer = lab.agree(address)
    page = client.get(RETURN, answer)
    assert page.status_code == 200
    assert f'type="submit">{button}<' in page.content.decode()
    return client.post(RETURN, answer)


def test_from_an_opened_contract_to_a_sealed_file_that_is_verified_offline(
    lab, kari, answered, tmp_path
):
    signatures.sign(answered.ola)
    client = visits.enter(kari)

    first = visits.agree(client, kari)
    assert "Lab Sign" in first.content.decode()
    second = back(client, lab, away(first, lab), "Go on")
    third = back(client, lab, away(second, lab), "Sign version 2")
    assert (third.status_code, third["Location"]) == (303, visits.page("done", kari))

    done = client.get(visits.page("done", kari)).content.decode()
    assert "with a personal certificate at Lab Sign" in html.unescape(done)
    assert "This is a qualified electronic signature in the sense of eIDAS." in done
    signature = Signature.objects.get(participant=kari)
    assert signature.level == "qualified"
    version = ContractVersion.objects.get(pk=signature.version_id)
    kept = sealing.content(signing.seal(version, by=SYSTEM))
    assert offline(kept, lab, tmp_path) == (0, "Kari Nordmann, by a qualified certificate")
    assert offline(kept, lab, tmp_path, "strangers.pem")[0] == 1


def offline(content, lab, folder, persons="persons.pem"):
    """What the verifier answers that knows neither the site nor its settings, and no network."""
    path = folder / "signed.pdf"
    path.write_bytes(content)
    trusted = [part for item in section().trust for part in ("--trust", str(item))]
    roots = str(lab.folder / persons)
    trusted += ["--signer-trust", roots, "--qualified-trust", roots]
    done = test_cli.run(folder, "verify", *trusted, str(path))
    found = re.findall(r"personal signature of (.+?) of Lab Persons", done.stdout) or [""]
    return done.returncode, found[0]
