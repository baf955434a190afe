"""From the list to the sent contract, as somebody clicks through the admin."""

from django.urls import reverse

from tests import builders
from wagtail_contracts.contracts.models import Contract


def address(name, *args):
    return reverse(f"wagtail_contracts_contract:{name}", args=args)


def form_of(page):
    """The fields that a browser would post for the forms of a page."""
    import re

    html = page.content.decode()
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))


def person(prefix, place, **said):
    row = {
        "role": "signatory",
        "language": "en",
        "position": "1",
        "name": "",
        "email": "",
        "capacity": "",
    }
    return {f"{prefix}-{place}-{name}": value for name, value in (row | said).items()}


def filled(sender, **changes):
    return {
        "title": "Hosting 2027",
        "party-supplier-name": "Eksempel AS",
        "party-supplier-organisation_number": "999999999",
        "people-supplier-TOTAL_FORMS": "1",
        "people-supplier-INITIAL_FORMS": "1",
        **person("people-supplier", 0, user=str(sender.pk), position="2"),
        "party-customer-name": "Customer AS",
        "people-customer-TOTAL_FORMS": "1",
        "people-customer-INITIAL_FORMS": "1",
        **person("people-customer", 0, name="Kari Nordmann", email="kari@customer.example"),
        "value-price": "5 300",
        "value-start": "2027-02-01",
        **changes,
    }


def test_from_the_list_to_a_sent_contract(client, sender, template):
    client.force_login(sender)
    assert client.get(address("list")).status_code == 200
    add = address("add")
    assert f"?template={template.pk}" in client.get(add).content.decode()
    add = f"{add}?template={template.pk}"
    assert client.get(add).status_code == 200

    looked = client.post(add, {**filled(sender), "do": "preview"})
    assert "Customer AS" in looked.content.decode()
    assert not Contract.objects.exists()
    made = client.post(add, {**form_of(looked), "do": "make"})

    contract = Contract.objects.get()
    assert made.url == address("edit", contract.pk)
    assert client.get(made.url).status_code == 200
    send = client.get(address("send", contract.pk))
    assert send.context["missing"] == []
    shown = {"digest": builders.shown(contract), "recipients": builders.recipients(contract)}
    answer = client.post(
        address("send", contract.pk), {**shown, "into": "signing", "deadline": "2030-01-01"}
    )
    assert answer.status_code == 302
    contract.refresh_from_db()
    assert contract.state == "signing"
