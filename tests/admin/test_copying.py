"""The buttons that make a draft from a contract: who may press them."""

import pytest

from tests import builders, tables
from tests.admin import posts
from wagtail_contracts.contracts.models import ContractLink


@pytest.mark.parametrize(
    ("verbs", "status"), [(("view",), 302), (("create",), 404), (("view", "edit", "send"), 302)]
)
def test_who_sees_a_contract_and_may_create_there_duplicates_it(
    client, draft, sales, verbs, status
):
    url = posts.address("duplicate", draft.pk)
    client.force_login(builders.staff("reader", sales, verbs))
    with tables.unchanged():
        assert client.post(url).status_code == status
        assert client.get(url).status_code in (302, 404)

    client.force_login(builders.staff("maker", sales, ("view", "create")))
    with tables.unchanged():
        assert client.get(url).status_code == 405
    made = client.post(url)
    assert made.url == posts.address("inspect", ContractLink.objects.get().contract_id)
