"""The table: what is counted, how much of it is allowed, and who counts."""

from __future__ import annotations

from dataclasses import dataclass

BROWSER, PUBLIC = "tests/browser", "tests/public"
NUMBERS_TESTS = f"{BROWSER}/test_numbers.py"
JOURNEY = f"{BROWSER}/test_public.py"
BENCH = "The page in the hand"


@dataclass(frozen=True)
class Number:
    """One of them. `tests` by file and name; `bench` by the rows of docs/reference/benchmarks.md.

    Without either it is open, and `note` says why.
    """

    number: int
    what: str
    target: str
    tests: tuple[str, ...] = ()
    bench: tuple[str, ...] = ()
    note: str = ""


def of(file: str, *names: str) -> tuple[str, ...]:
    """Tests of one file."""
    return tuple(f"{file}::{name}" for name in names)


BY_LINK = of(NUMBERS_TESTS, "test_signing_takes_two_presses_by_the_link_alone")
PRESSES = of(NUMBERS_TESTS, "test_signing_takes_two_presses_and_one_for_the_code")
STILL = of(NUMBERS_TESTS, "test_the_page_keeps_still_and_can_be_read_as_one_likes")
HANDS_ON = of(f"{BROWSER}/test_forwarding.py", "test_somebody_forwards_to_whoever_decides")
READS = of(JOURNEY, "test_a_counterparty_reads_answers_and_signs")
PEOPLE = "It needs people who have not seen the page before; no test stands for them."

NUMBERS = (
    Number(
        1,
        "Presses from the open page to “You have signed”, nothing to fill in",
        "2 by the link alone",
        BY_LINK,
    ),
    Number(
        2,
        "The same with three fields and a package that is preset",
        "2 and typing, by the link alone",
        BY_LINK,
    ),
    Number(3, "The same with a code by e-mail", "3", PRESSES),
    Number(
        4,
        "Presses to a no with its reason",
        "3",
        of(JOURNEY, "test_a_counterparty_declines_in_three_activations_without_script"),
    ),
    Number(5, "Presses to forward", "2, the choice of what for, and typing", HANDS_ON),
    Number(
        6,
        "Keys from the loaded page to the main button",
        "4",
        of(JOURNEY, "test_the_whole_journey_needs_no_more_than_a_keyboard"),
    ),
    Number(
        7,
        "First visit, compressed, without pictures and exhibits",
        "100 KB; HTML of 12 clauses 30 KB, styles 15 KB, scripts 15 KB",
        (
            *of(f"{BROWSER}/test_first_visit.py", "test_it_takes_few_requests_and_few_bytes"),
            *of(
                f"{PUBLIC}/test_budgets.py",
                "test_a_page_of_twelve_clauses_is_small",
                "test_styles_and_scripts_are_small",
            ),
        ),
        ("12 clauses: received, compressed",),
    ),
    Number(
        8,
        "Requests of the first visit",
        "6, all to this site, no font",
        of(f"{BROWSER}/test_first_visit.py", "test_it_takes_few_requests_and_few_bytes"),
        ("12 clauses: requests",),
    ),
    Number(
        9,
        "Largest contentful paint: a phone four times slower, 1.6 Mbit/s, 150 ms away",
        "1.8 s",
        bench=("largest contentful paint",),
    ),
    Number(
        10,
        "What scripts block before the main button works",
        "50 ms",
        bench=("blocked by scripts",),
    ),
    Number(11, "Layout shift, with the notice, the bar and what is saved", "0", STILL),
    Number(
        12,
        "From a field, a choice or the opening of comments to the next paint, four times slower",
        "100 ms",
        bench=("interaction to next paint",),
    ),
    Number(
        13,
        "The contract's page with 60 clauses, on the server",
        "12 queries, 150 ms",
        of(f"{PUBLIC}/test_budgets.py", "test_a_page_costs_as_few_queries_whatever_its_length"),
        ("60 clauses, on the server",),
    ),
    Number(
        14,
        "Rules of axe that are broken, on every screen and in every state, light and dark",
        "0",
        (
            *of(
                f"{BROWSER}/test_public_axe.py",
                "test_pages_for_those_who_are_not_in",
                "test_an_expired_link",
                "test_pages_before_the_answers",
                "test_pages_of_signing",
                "test_pages_of_change",
                "test_pages_of_what_was_signed_and_sealed",
                "test_pages_of_other_states",
                "test_the_statement_of_a_withdrawal",
            ),
            *of(
                f"{BROWSER}/test_screens.py",
                "test_every_screen_is_for_everybody_and_no_wider_than_a_phone",
            ),
        ),
    ),
    Number(15, "Pixels beside the page at 320, 375 and 1280", "0", READS),
    Number(16, "Text that is cut off with wide spacing, or twice as large", "none", STILL),
    Number(17, "Controls of at least 44 × 44 pixels", "all", READS),
    Number(
        18,
        "Contrast of the contract's text, of other text, of borders and the focus",
        "7, 4.5 and 3 to 1",
        of(
            "tests/unit/signing/test_tokens.py",
            "test_each_pair_that_stands_together_has_its_contrast",
        ),
    ),
    Number(
        19, "Characters in a line of a clause", "median 65 to 75, none above 80 from 768 on", STILL
    ),
    Number(
        20,
        "The whole way without script",
        "works",
        (
            *READS,
            *of(JOURNEY, "test_a_counterparty_declines_in_three_activations_without_script"),
            *of(NUMBERS_TESTS, "test_without_script_the_copy_is_fetched_and_checked"),
            *of(
                f"{BROWSER}/test_suggesting.py",
                "test_what_is_suggested_without_script_is_accepted_and_seen_by_both",
            ),
        ),
    ),
    Number(
        21,
        "Signatures from a form that a newer version overtook",
        "0, and it leads to what changed",
        of(
            "tests/security/test_s12_stale.py",
            "test_after_an_edit_between_looking_and_sending_nothing_is_stored",
            "test_a_code_for_an_older_version_signs_nothing",
        ),
    ),
    Number(
        22,
        "Signatures from a second click, two tabs and the back button",
        "1",
        (
            *of(JOURNEY, "test_a_second_click_sends_nothing_twice"),
            *of(
                f"{PUBLIC}/test_affirming.py",
                "test_two_tabs_and_a_second_click_make_one_signature_and_show_the_same_page",
            ),
        ),
    ),
    Number(
        23,
        "What has the focus and hides under the bar",
        "nothing",
        of(JOURNEY, "test_nothing_that_has_the_focus_hides_under_the_bar"),
    ),
    Number(
        24,
        "What was typed and is lost by a reload, a code that is over or a session that ends",
        "nothing",
        (
            *of(JOURNEY, "test_what_was_typed_outlives_a_reload_and_the_end_of_the_session"),
            *of(
                f"{PUBLIC}/test_reading.py",
                "test_what_was_kept_for_later_is_there_on_every_device",
            ),
            *of("tests/security/test_s12_stale.py", "test_what_was_typed_is_not_lost"),
        ),
    ),
    Number(
        25,
        "On paper: no frame; address, version, fingerprint; no heading alone at the end",
        "holds",
        of(
            NUMBERS_TESTS,
            "test_on_paper_stand_the_address_the_version_and_no_heading_alone",
        ),
    ),
    Number(
        26,
        "From right to left: physical sides in the styles, pixels beside the page",
        "0",
        (*STILL, *of(f"{PUBLIC}/test_budgets.py", "test_styles_know_no_left_and_right")),
    ),
    Number(
        27,
        "Presses from “New contract” to sent, from a template, one known party",
        "6 and typing",
        of(
            f"{BROWSER}/test_creating.py",
            "test_a_lease_for_monday_is_made_and_sent_in_ten_actions",
        ),
        note="Ten actions in all: five presses, and five fields that are typed.",
    ),
    Number(
        28,
        "The list of 10,000 contracts",
        "400 ms, queries as few as with 1,000",
        of("tests/admin/test_listing.py", "test_more_contracts_cost_no_more_queries"),
        ("list of a member of one workspace, 10,000 contracts against 1,000, on sqlite",),
    ),
    Number(
        29,
        "Mails: size, facts that only one of the two parts has, what is fetched from elsewhere",
        "30 KB, none, nothing",
        of(
            "tests/flows/signing/test_mail_parts.py",
            "test_each_fact_stands_in_both_parts_and_neither_fetches_anything",
        ),
    ),
    Number(
        30,
        "Strings without a translation; buttons longer than 1.4 times the English",
        "0",
        (
            *of("tests/house/test_translations.py", "test_every_entry_is_translated"),
            *of("tests/house/test_buttons.py", "test_no_button_is_much_longer_than_in_english"),
        ),
    ),
    Number(31, "People who sign on their own phone at the first try", "5 of 5", note=PEOPLE),
    Number(32, "People who can say what changed", "4 of 5", note=PEOPLE),
)
