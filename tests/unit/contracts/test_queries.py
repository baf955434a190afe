"""What a list looks for, in one form."""

import pytest

from wagtail_contracts.contracts.core.queries import canonical


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("", ""),
        ("q=&p=3&id=all&next=%2Fadmin%2F", ""),
        ("state=signing&q=Big+firm&state=draft", "q=Big+firm&state=draft&state=signing"),
        ("state=draft&state=draft", "state=draft"),
        ("q=%C3%A5r%26dag", "q=%C3%A5r%26dag"),
    ],
)
def test_two_addresses_that_look_for_the_same_have_one_form(query, form):
    assert canonical(query) == form
    assert canonical(form) == form
