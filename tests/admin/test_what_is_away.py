"""The editor marks what a condition keeps out of the contract as it stands."""

from example_site import contents as made
from tests import builders
from tests.admin import posts
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


def test_the_details_need_what_a_condition_hides_only_once_it_is_shown(admin, sales, sender):
    fields = [*FIELDS, made.field("text", "bank", "Bank", "supplier")]
    text = made.shown_if(made.text(f"At {made.chip('bank')}."), "deposit", "is", "yes", "yes_no")
    page = builders.template(sales, "Lease", body=[*BODY, text], fields=fields)
    told = {}
    for said in ("no", "yes"):
        draft = builders.contract(page, sender, values={"deposit": said})
        form = admin.get(posts.address("details", draft.pk)).context["form"]
        told[said] = {box.label: str(box.help_text) for box in form.value_fields()}
    now, then = "Needed before the contract is sent.", "Needed only where the text shows it."
    assert told["no"] == {"Deposit": now, "Bank": then}
    assert told["yes"] == {"Deposit": now, "Bank": now}
