"""Guards of what is recorded, told, and shown in Django's admin."""

from tests.mutants.mutant import Mutant

RECORDING = "wagtail_contracts/audit/flows/recording.py"
TELLING = "wagtail_contracts/audit/flows/telling.py"
KINDS, SCHEMAS = "wagtail_contracts/audit/kinds.py", "wagtail_contracts/audit/core/schemas.py"
APPS = "wagtail_contracts/contracts/apps.py"
RECORD, UNIT = "tests/flows/audit/test_kinds.py", "tests/unit/audit"
TELL = "tests/flows/audit/test_telling.py"
FITS = f"{UNIT}/test_schemas.py::test_what_does_not_fit_is_named"
CLOSED = f"{UNIT}/test_permissions.py::test_workspaces_say_who_reads_and_djangos_admin_does_not"

MUTANTS = [
    Mutant(
        "a kind that nobody declared",
        RECORDING,
        "    if kind is None:\n",
        "    if False:\n",
        (f"{RECORD}::test_an_event_that_nobody_declared_is_not_recorded",),
    ),
    Mutant(
        "data that a kind does not know",
        RECORDING,
        "    if fault := kind.schema.fault(data):\n",
        '    if fault := "":\n',
        (f"{RECORD}::test_data_that_its_kind_does_not_know_are_not_recorded",),
    ),
    Mutant(
        "the very type of a field of a kind",
        SCHEMAS,
        "        if type(value) not in self.types:\n",
        "        if not isinstance(value, tuple(self.types)):\n",
        (FITS,),
    ),
    Mutant(
        "the types of the items of a list in a kind",
        SCHEMAS,
        "        return all(type(item) in self.items for item in value)\n",
        "        return True\n",
        (FITS,),
    ),
    Mutant(
        "a field that a kind always holds",
        SCHEMAS,
        "            if name not in data:\n",
        "            if False:\n",
        (FITS,),
    ),
    Mutant(
        "people are named where they may be read",
        "wagtail_contracts/audit/flows/telling.py",
        "        names = _named(found) if disclosing else {}\n",
        "        names = _named(found)\n",
        (
            "tests/flows/audit/test_telling.py::"
            "test_a_higher_room_explains_and_names_people_where_they_may_be_read",
        ),
    ),
    Mutant(
        "who may read no disclosure hands none on",
        "wagtail_contracts/audit/flows/telling.py",
        "    event.disclosures = {}\n",
        "    pass\n",
        (
            "tests/flows/audit/test_telling.py::"
            "test_a_higher_room_explains_and_names_people_where_they_may_be_read",
        ),
    ),
    Mutant(
        "a kind is declared once",
        KINDS,
        "    if name in _kinds:\n",
        "    if False:\n",
        (f"{UNIT}/test_kinds.py::test_a_kind_is_declared_once",),
    ),
    Mutant(
        "a kind is explained once",
        KINDS,
        "    if kind is None or kind.explained:\n",
        "    if kind is None:\n",
        (f"{UNIT}/test_kinds.py::test_a_kind_that_was_declared_is_explained_once",),
    ),
    Mutant(
        "personal data that somebody may not read",
        TELLING,
        " if disclosing else _without_disclosures(rows)\n",
        "\n",
        (f"{TELL}::test_whoever_may_not_read_personal_data_reads_keys_and_what_was_erased",),
    ),
    Mutant(
        "what was erased is told as erased",
        TELLING,
        "gone.get(commitment))\n",
        "None)\n",
        (f"{TELL}::test_what_was_erased_says_when_and_why_and_the_chain_verifies",),
    ),
    Mutant(
        "Django's admin shows no trail of a contract",
        APPS,
        "    trails.read_elsewhere(label, SETTLED)\n",
        "",
        (CLOSED,),
    ),
    Mutant(
        "Django's admin shows no sealed file of a contract",
        APPS,
        "    files.read_elsewhere(label, SETTLED)\n",
        "",
        (CLOSED,),
    ),
]
