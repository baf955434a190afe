"""What is encrypted in its column is plain text to forms, whatever was typed."""

import pytest
from django.forms import modelform_factory

from wagtail_contracts import encryption
from wagtail_contracts.contracts.models import Participant

NUMBER = "13097248022"


@pytest.mark.django_db
@pytest.mark.parametrize("kept", [NUMBER, f"{encryption.MARK}no token"])
def test_a_form_takes_ciphertext_for_the_text_that_was_typed(kept):
    """Whoever has a stored value from elsewhere learns nothing by typing it in."""
    form = modelform_factory(Participant, fields=["national_id"])
    ciphertext = encryption.seal_text(NUMBER) if kept == NUMBER else kept
    for typed in (ciphertext, NUMBER):
        given = form({"national_id": typed})
        assert given.is_valid()
        assert given.save(commit=False).national_id == typed

    field = Participant._meta.get_field("national_id")
    assert field.to_python(encryption.seal_text(NUMBER)) == NUMBER
