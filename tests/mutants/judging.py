"""Guards of the judge: what a later revision may change."""

from tests.mutants.mutant import Mutant

CORE, UNIT = "wagtail_contracts/sealing/core/judging", "tests/unit/sealing"
ATTACKS, FORGERIES = f"{UNIT}/test_attacks.py", f"{UNIT}/test_forgeries.py"
SHOWN = "tests/sweeps/sealing/test_published.py::test_it_is_refused_at_the_lowest_level_too"
UPDATE = f"{ATTACKS}::test_a_change_by_incremental_update"
DATA = f"{ATTACKS}::test_a_change_of_the_validation_data"
SHOWS = f"{FORGERIES}::test_a_timestamp_that_shows_or_does_something"
LOOKS = f"{FORGERIES}::test_a_field_that_only_looks_like_a_timestamp"
PICTURE = f"{FORGERIES}::test_a_timestamp_with_a_picture_or_a_voice"

LATER = [
    (
        "no object that was missing is supplied",
        "        if missing.supplied(reader, number):\n",
        "        if False:\n",
        SHOWN,
    ),
    (
        "no place that was empty is filled",
        "    if later and any(missing.points_ahead(reader, earlier)",
        "    if False and any(missing.points_ahead(reader, earlier)",
        SHOWN,
    ),
    ("the trailer stays", '        _only(old, new, TRAILER, "trailer")\n', "", UPDATE),
    (
        "the file's name stays",
        '_plain(old.raw_get("/ID"))[1][0] != _plain(new.raw_get("/ID"))[1][0]',
        "False",
        UPDATE,
    ),
    (
        "no object is removed",
        "if self.new.refs_freed_in_revision():",
        "if False:",
        f"{FORGERIES}::test_an_object_that_was_freed",
    ),
    (
        "the catalog stays",
        '        _only(old, new, CATALOG, "catalog")\n',
        "        pass\n",
        UPDATE,
    ),
    ("the form stays", '        _only(old, new, {"/Fields"}, "form")\n', "        pass\n", UPDATE),
    (
        "the form stays where it is",
        'self._same_place(old, new, "form", self._form_keys)',
        "pass",
        UPDATE,
    ),
    (
        "old fields come first, in their order",
        "        if after[: len(before)] != before:\n",
        "        if False:\n",
        f"{ATTACKS}::test_the_fields_of_a_form_in_another_order",
    ),
    (
        "a new field is a new object",
        "if not self.old.is_ref_unassignable(reference) or not _is_timestamp(",
        "if not _is_timestamp(",
        f"{ATTACKS}::test_a_field_that_was_prepared_a_revision_earlier",
    ),
    (
        "a new field is a timestamp",
        "or not _is_timestamp(\n                self.new(reference)\n            )",
        "",
        UPDATE,
    ),
    ("validation data stay", "            if old is not None:\n", "            if False:\n", DATA),
    (
        "new validation data are a new object",
        '            self._is_new(new, "validation data")\n',
        "            pass\n",
        UPDATE,
    ),
    (
        "validation data hold lists alone",
        "        if set(after) - DSS:\n",
        "        if False:\n",
        DATA,
    ),
    (
        "validation data are new streams",
        "if not self.old.is_ref_unassignable(generic.Reference(number, generation)):",
        "if False:",
        f"{ATTACKS}::test_validation_data_that_were_prepared_a_revision_earlier",
    ),
    (
        "the description is compared",
        "    if not same:\n",
        "    if False:\n",
        UPDATE,
    ),
    (
        "the description keeps its keys",
        " or _plain_keys(old) != _plain_keys(new)",
        "",
        UPDATE,
    ),
    (
        "each field has a name of its own",
        "        if len(set(names)) < len(names):",
        "        if False:",
        f"{FORGERIES}::test_a_timestamp_by_the_name_of_the_seal",
    ),
    (
        "the information keeps its facts",
        '_only(old, new, INFO, "document information")',
        "None",
        UPDATE,
    ),
    ("what has no role stays", "        if rule is None:\n", "        if False:\n", UPDATE),
    ("a type stays", "        if type(old) is not type(new):\n", "        if False:\n", UPDATE),
    ("a page stays", '        _only(old, new, {"/Annots"}, "page")\n', "", UPDATE),
    (
        "old annotations come first, in their order",
        "after[: len(before)] != before\n            or len(set(gained))",
        "len(set(gained))",
        f"{ATTACKS}::test_annotations_of_a_page_in_another_order",
    ),
    (
        "a page shows a timestamp once",
        "            or len(set(gained)) < len(gained)\n",
        "",
        f"{ATTACKS}::test_a_timestamp_that_a_page_shows_twice",
    ),
    (
        "a page gains timestamps alone",
        "            or not set(gained) <= self.added\n",
        "",
        UPDATE,
    ),
    (
        "an array inside a page stays where it is",
        "if rule is None and (_ref(before) or _ref(after)) and _plain(before) != _plain(after):",
        "if False:",
        UPDATE,
    ),
    (
        "an array with a role stays where it is",
        "            elif _plain(old) != _plain(new):\n",
        "            elif False:\n",
        UPDATE,
    ),
    (
        "an object has one role",
        "if reference is None or reference in self.roles:",
        "if reference is None:",
        f"{ATTACKS}::test_an_object_that_is_two_things_at_once",
    ),
    (
        "a name is no text",
        "return type(value).__name__, value",
        'return "value", value',
        UPDATE,
    ),
    ("a list holds references alone", " or None in items:", ":", UPDATE),
    ("a timestamp's field has no other keys", "        and not set(field) - WIDGET\n", "", SHOWS),
    (
        "a timestamp's field says nothing aloud",
        '        and field.get("/TU", "Timestamp") == "Timestamp"',
        "        and True",
        PICTURE,
    ),
    (
        "a timestamp's field is a widget",
        '        and field.get("/Subtype") == "/Widget"\n',
        "",
        SHOWS,
    ),
    (
        "a timestamp's field has no size",
        '        and [float(side) for side in field["/Rect"]] == [0, 0, 0, 0]\n',
        "",
        SHOWS,
    ),
    (
        "a timestamp's field is one for signatures",
        '        and field.get("/FT") == "/Sig"\n',
        "",
        LOOKS,
    ),
]
DESCRIBED = [
    ("a description declares nothing", '    if b"<!" in packet:', "    if False:", UPDATE),
    (
        "a description is one packet",
        'if meta.tag != XMPMETA or [child.tag for child in meta] != [RDF + "RDF"]:',
        "if False:",
        UPDATE,
    ),
    (
        "a description holds descriptions alone",
        'if description.tag != RDF + "Description":',
        "if False:",
        UPDATE,
    ),
    (
        "the description keeps its facts",
        "    return sorted(repr(fact) for fact in found if fact[0] not in DATES)\n",
        "    return []\n",
        UPDATE,
    ),
]
MUTANTS = [
    Mutant(guard, f"{CORE}/{module}.py", old, new, (test,))
    for module, rows in (("maintenance", LATER), ("xmp", DESCRIBED))
    for guard, old, new, test in rows
]
