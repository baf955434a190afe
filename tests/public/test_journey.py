"""From the link in the mail to the sealed copy, without a line of JavaScript."""

from django.test import Client

from tests.public import visits
from tests.public.visits import page
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.signing.models import Signature


def test_a_counterparty_reads_answers_signs_and_gets_the_sealed_copy(sent):
    kari, client = sent.kari, Client()
    link = visits.landing(kari)

    assert client.get(link).status_code == 200
    assert client.post(link)["Location"] == page("contract", kari)
    assert "Hosting 2027" in client.get(page("contract", kari)).content.decode()
    assert visits.answer(client, kari)["Location"] == page("sign", kari)
    assert "Check before you sign" in client.get(page("sign", kari)).content.decode()
    assert visits.agree(client, kari)["Location"] == page("code", kari)
    assert "Enter the code" in client.get(page("code", kari)).content.decode()
    answer = client.post(page("code", kari), {"code": visits.code()})
    assert answer["Location"] == page("done", kari)
    assert "You have signed" in client.get(page("done", kari)).content.decode()

    ola = visits.enter(sent.ola)
    assert visits.sign(ola, sent.ola)["Location"] == page("done", sent.ola)
    outbox.deliver()
    assert "Signed by everyone" in client.get(page("done", kari)).content.decode()
    file = client.post(page("sealed", kari))
    assert file.content.startswith(b"%PDF-")
    assert Contract.objects.get(pk=sent.contract.pk).state == "signed"
    assert Signature.objects.count() == 2
