"""Triggers that keep rows, and that one is missed which no longer does."""

from tests.mutants.mutant import POSTGRESQL, Mutant

TRIGGERS = "wagtail_contracts/append_only.py"
S15, PLACE = "tests/security/test_s15_append_only.py", "tests/security/test_s15_in_place.py"
REFUSES = f"{S15}::test_the_database_refuses_every_way_to_rewrite_and_takes_the_next_event"
STEADY = f"{PLACE}::test_no_row_takes_the_place_of_another_and_each_may_change_in_its_own"
MISSED = f"{PLACE}::test_triggers_that_no_longer_refuse_are_missed_until_they_are_set_again"
KEYS = f"{PLACE}::test_a_kept_row_keeps_its_primary_key_and_one_that_nothing_names_need_not"
ELSEWHERE = (
    f"{PLACE}::test_all_triggers_are_missed_where_rows_go_elsewhere_or_names_mean_something_else"
)

MUTANTS = [
    Mutant(
        "the trigger against UPDATE",
        TRIGGERS,
        """{"{table}_no_update": 'BEFORE UPDATE ON "{table}" ' + REFUSE, **SQLITE_ROWS}""",
        "{**SQLITE_ROWS}",
        (REFUSES,),
    ),
    Mutant(
        "the trigger against DELETE",
        TRIGGERS,
        """    "{table}_no_delete": 'BEFORE DELETE ON "{table}" ' + REFUSE,\n""",
        "",
        (REFUSES,),
    ),
    Mutant(
        "the trigger against INSERT OR REPLACE",
        TRIGGERS,
        """'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {same}) '""",
        """'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE 1 = 0 AND ({same})) '""",
        (f"{S15}::test_nulls_may_repeat_in_a_unique_set_and_values_may_not",),
    ),
    Mutant(
        "the trigger for the order of events",
        TRIGGERS,
        "}\nSQLITE_STAYS = {",
        "}\nSQLITE_ORDER = {}\nSQLITE_STAYS = {",
        (REFUSES,),
    ),
    Mutant(
        "the trigger that lets a head only move forward",
        TRIGGERS,
        "WHEN {backward} '\n    \"BEGIN SELECT RAISE(ABORT, '{table} only moves",
        "WHEN 1 = 0 AND ({backward}) '\n    \"BEGIN SELECT RAISE(ABORT, '{table} only moves",
        (REFUSES,),
    ),
    Mutant(
        "the trigger against UPDATE and DELETE",
        TRIGGERS,
        '"{table}_no_change": f"BEFORE DELETE OR UPDATE {EACH}wc_refuse()", ',
        "",
        (REFUSES,),
        on=POSTGRESQL,
    ),
    Mutant(
        "the trigger for the order of events",
        TRIGGERS,
        """PG_IN_ORDER = {"{table}_in_order": f'BEFORE INSERT {EACH}"{{table}}_in_order"()'}""",
        "PG_IN_ORDER = {}",
        (REFUSES,),
        on=POSTGRESQL,
    ),
    Mutant(
        "the trigger that lets a head only move forward",
        TRIGGERS,
        """    "{table}_forward": f'BEFORE UPDATE {EACH}"{{table}}_forward"()',\n""",
        "",
        (REFUSES,),
        on=POSTGRESQL,
    ),
    Mutant(
        "a trigger that is switched off is missed",
        TRIGGERS,
        "tgenabled = 'O' ",
        "tgenabled <> 'A' ",
        (
            f"{S15}::test_the_check_names_a_trigger_that_is_gone_or_switched_off",
            MISSED,
        ),
        on=POSTGRESQL,
    ),
    Mutant(
        "triggers are missed where a rule or a child takes the rows",
        TRIGGERS,
        '        "AND NOT EXISTS (SELECT FROM pg_rewrite WHERE ev_class = tgrelid) "\n',
        "",
        (ELSEWHERE,),
        on=POSTGRESQL,
    ),
    Mutant(
        "triggers are missed where a view stands for the table",
        TRIGGERS,
        "rule.table, views=True",
        "rule.table",
        (ELSEWHERE,),
    ),
    *(
        Mutant(
            "a trigger that is another one is missed",
            TRIGGERS,
            "if present.get(name) != _whole(rule, name, body))",
            "if name not in present)",
            (
                MISSED,
                f"{PLACE}::test_the_check_asks_for_migrate_where_a_trigger_of_evidence_is_another",
            ),
            **on,
        )
        for on in ({}, {"on": POSTGRESQL})
    ),
    Mutant(
        "the trigger that keeps an update from another row's place",
        TRIGGERS,
        '\'OR EXISTS (SELECT 1 FROM "{table}" WHERE "{key}" <> OLD',
        '\'OR EXISTS (SELECT 1 FROM "{table}" WHERE 1 = 0 AND "{key}" <> OLD',
        (STEADY,),
    ),
    Mutant(
        "the trigger that keeps an update from the place of a named row",
        TRIGGERS,
        'WHERE "id" <> OLD."id" AND ({{same}})',
        "WHERE 1 = 0 AND ({{same}})",
        (STEADY,),
    ),
    Mutant(
        "the trigger that keeps primary keys",
        TRIGGERS,
        """NEW."{key}" IS NOT OLD."{key}" '""",
        """1 = 0 '""",
        (KEYS,),
    ),
    Mutant(
        "the trigger that keeps primary keys",
        TRIGGERS,
        """    "{table}_in_place": f'BEFORE UPDATE {EACH}"{{table}}_in_place"()',\n""",
        "",
        (KEYS,),
        on=POSTGRESQL,
    ),
]
