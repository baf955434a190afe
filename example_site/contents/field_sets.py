"""The sets of data fields that the templates of a workspace share."""

from example_site.contents import Entry, field

INVOICING = "Kontakt og faktura"
FIELD_SETS: dict[str, dict[str, list[Entry]]] = {
    "salg": {
        INVOICING: [
            field("text", "contact", "Kundens kontaktperson", "customer"),
            field(
                "email",
                "invoice",
                "E-postadresse for faktura",
                "customer",
                help="Hit sender vi fakturaene.",
            ),
            field("text", "order", "Bestillingsnummer", "customer", required=False),
        ]
    }
}
