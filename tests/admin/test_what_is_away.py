"""The editor marks what a condition keeps out of the contract as it stands."""

from example_site import contents as made
from tests import builders
from wagtail_contracts.contracts.admin.shown import shown_of

FIELDS = [made.field("yes_no", "deposit", "Deposit", "supplier")]
BODY = [
    made.clause("Rent", "It is 100."),
    made.shown_if(
        made.group("With deposit", made.clause("Deposit", "It is 300.")),
        "deposit",
        "is",
        "yes",
        "yes_no",
    ),
    made.clause("Use", "As an office.", policy="optional"),
    made.area("House rules"),  # prints nothing while it is empty
]


def test_what_a_condition_hides_is_marked_and_nothing_else(sales, sender):
    page = builders.template(sales, "Lease", body=BODY, fields=FIELDS)
    away = {}
    for said in ("no", "yes"):
        draft = builders.contract(page, sender, values={"deposit": said})
        names = {entry["id"]: entry["type"] for entry in draft.outline}
        away[said] = [names[id] for id in shown_of(draft, sender).away]
    assert away == {"no": ["group"], "yes": []}
