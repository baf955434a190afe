"""From the list to the sent contract, as somebody clicks through the admin."""

from tests.admin import posts, wizard
from wagtail_contracts.contracts.models import Contract


def test_from_the_list_to_a_sent_contract(client, sender, template):
    client.force_login(sender)
    assert client.get(posts.address("list")).status_code == 200
    assert template.title in client.get(posts.address("add")).content.decode()

    contract = wizard.filled(client, template, sender)
    assert contract.state == "draft"
    send = client.get(posts.address("send", contract.pk))
    assert send.context["missing"] == []
    answer = client.post(
        posts.address("send", contract.pk),
        {**wizard.hidden(send), "into": "signing", "deadline": "2099-01-01"},
    )
    assert answer.status_code == 302
    contract = Contract.objects.get()
    assert contract.state == "signing"
