"""Who is reminded on which day, and at which hours nobody is disturbed."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from wagtail_contracts.contracts.core.digests import next_hour
from wagtail_contracts.contracts.core.reminders import Facts, Rule, is_due, may_disturb, next_day

SENT, DEADLINE = date(2026, 3, 2), date(2026, 3, 16)
DAY = timedelta(days=1)


def days(rule, *, opened=None, since=SENT, deadline=DEADLINE):
    """The days after sending on which somebody is reminded who never answers.

    `opened` is the day after sending on which they open it.
    """
    reminded = []
    for n in range(40):
        today = SENT + n * DAY
        facts = Facts(since, opened is not None and n >= opened, tuple(reminded), deadline)
        if is_due(rule, facts, today):
            reminded.append(today)
    return [(day - SENT).days for day in reminded]


@pytest.mark.parametrize(
    ("rule", "more", "expected"),
    [
        (Rule(), {}, []),
        (Rule(unopened=3), {}, [3]),
        (Rule(unopened=3), {"opened": 2}, []),
        (Rule(unopened=3), {"opened": 4}, [3]),
        (Rule(every=4), {}, [4, 8, 12]),
        (Rule(every=4), {"opened": 1}, [4, 8, 12]),
        (Rule(every=1), {}, [1, 3, 5]),  # two days apart, and three at most
        (Rule(before=3), {}, [11]),
        (Rule(before=3), {"opened": 1}, [11]),
        (Rule(before=20), {}, [1]),  # not on the day on which it was sent
        (Rule(unopened=3, before=3), {}, [3, 11]),
        (Rule(unopened=10, before=3), {}, [10, 12]),  # two days apart
        (Rule(3, 4, 3), {}, [3, 7, 11]),
        (Rule(every=6), {"since": SENT + 5 * DAY}, [11]),  # counted from the last news
        (Rule(every=5), {"deadline": SENT + 7 * DAY}, [5]),  # nothing after the deadline
        (Rule(unopened=7), {"deadline": SENT + 7 * DAY}, [7]),  # its last day counts
        (Rule(unopened=8), {"deadline": SENT + 7 * DAY}, []),
    ],
)
def test_each_rule_names_its_days(rule, more, expected):
    assert days(rule, **more) == expected


def test_what_should_have_left_before_leaves_later():
    facts = Facts(SENT, opened=False, reminded=(), deadline=DEADLINE)
    assert is_due(Rule(unopened=3), facts, SENT + 6 * DAY)


@pytest.mark.parametrize(
    "rule", [Rule(3), Rule(None, 4), Rule(None, None, 3), Rule(3, 4, 3), Rule()]
)
@pytest.mark.parametrize("n", [0, 2, 5, 12])
def test_the_next_day_is_the_first_that_is_due(rule, n):
    facts, today = Facts(SENT, opened=False, reminded=(), deadline=DEADLINE), SENT + n * DAY
    due = [SENT + m * DAY for m in range(n, 30) if is_due(rule, facts, SENT + m * DAY)]

    assert next_day(rule, facts, today) == (due[0] if due else None)


@pytest.mark.parametrize(
    ("hour", "may"), [(6, False), (7, True), (12, True), (19, True), (20, False), (0, False)]
)
def test_nobody_is_disturbed_in_the_evening_and_at_night(hour, may):
    assert may_disturb(datetime(2026, 3, 2, hour, 59)) is may  # noqa: DTZ001 - a clock's face


OSLO, KATHMANDU = ZoneInfo("Europe/Oslo"), ZoneInfo("Asia/Kathmandu")


@pytest.mark.parametrize(
    ("now", "hour", "expected"),
    [
        ("2026-03-02T05:59:59+01:00", 7, "2026-03-02T07:00:00+01:00"),
        ("2026-03-02T06:59:59+01:00", 7, "2026-03-02T07:00:00+01:00"),
        ("2026-03-02T07:00:00+01:00", 7, "2026-03-03T07:00:00+01:00"),
        ("2026-03-01T23:30:00+00:00", 7, "2026-03-02T07:00:00+01:00"),
        ("2026-03-28T12:00:00+01:00", 7, "2026-03-29T07:00:00+02:00"),  # an hour less
        ("2026-10-24T12:00:00+02:00", 7, "2026-10-25T07:00:00+01:00"),  # an hour more
    ],
)
def test_the_mail_of_the_day_leaves_at_its_hour_on_the_readers_clock(now, hour, expected):
    due = next_hour(datetime.fromisoformat(now), hour, OSLO)

    assert due == datetime.fromisoformat(expected)
    assert due.astimezone(OSLO).hour == hour


def test_a_zone_with_a_part_of_an_hour_has_its_own_hour():
    now = datetime.fromisoformat("2026-03-02T01:10:00+00:00")  # 06:55 there

    assert next_hour(now, 7, KATHMANDU) == datetime.fromisoformat("2026-03-02T01:15:00+00:00")
