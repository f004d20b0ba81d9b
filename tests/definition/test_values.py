"""What people and machines send, what is stored of it, and what comes back: as tables, and for all values."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from flowengine.definition.findings import Place
from flowengine.definition.spans import spelled
from flowengine.definition.values import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_TEXT,
    MOST_ROWS,
    Stored,
    WrongValue,
    load,
    store,
)
from flowengine.definition.words import Column, Field
from flowengine.texts import LANGUAGES, say

PLACE = Place("orders.yaml", 1, 1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")


def field(kind: str, **more: Any) -> Field:
    return Field(name="it", place=PLACE, type=kind, **more)


def label(value: object) -> str:
    """The name of a row; Python itself cannot write out every number in it."""
    try:
        return repr(value)[:40]
    except ValueError:
        return "a number without end"


def column(kind: str, **more: Any) -> Column:
    return Column(name="it", place=PLACE, type=kind, **more)


ITEMS = field(
    "list",
    of={
        "sku": column("text", required=True),
        "quantity": column("integer"),
        "grade": column("choice", choices=("A",)),
    },
)
GRADE = field("choice", choices=("A", "B", "特急"))
CNY = field("money", currency="CNY")


STORED = [
    # money and decimals: exact, as text, without zeros that say nothing
    ("decimal", "12.50", "12.5"),
    ("decimal", 12, "12"),
    ("decimal", 0.1, "0.1"),
    ("decimal", Decimal("1E+3"), "1000"),
    ("decimal", Decimal("0.000"), "0"),
    ("decimal", "-0", "0"),
    ("decimal", "-0.00", "0"),
    ("decimal", -0.0, "0"),
    ("decimal", " 7 ", "7"),
    ("decimal", "+7", "7"),
    ("decimal", ".5", "0.5"),
    ("decimal", "5.", "5"),
    ("decimal", "1.2e3", "1200"),
    ("decimal", "１２.５", "12.5"),
    ("money", "1,200.50", "1200.5"),
    ("money", "1,234,567", "1234567"),
    ("money", "-1,200", "-1200"),
    ("money", 8000, "8000"),
    ("decimal", "9" * 30, "9" * 30),
    ("decimal", 1e29, "1" + "0" * 29),
    ("decimal", 1e-29, "0." + "0" * 28 + "1"),
    # whole numbers
    ("integer", "12", 12),
    ("integer", 12.0, 12),
    ("integer", "12.00", 12),
    ("integer", "1,200", 1200),
    ("integer", Decimal("1E+3"), 1000),
    ("integer", -0.0, 0),
    ("integer", 10**15, 10**15),
    # yes and no
    ("boolean", True, True),
    ("boolean", "TRUE", True),
    ("boolean", "是", True),
    ("boolean", 1, True),
    ("boolean", "0", False),
    ("boolean", "否", False),
    ("boolean", " no ", False),
    # days
    ("date", "2026-02-08", "2026-02-08"),
    ("date", "2026-2-8", "2026-02-08"),
    ("date", "2026/02/08", "2026-02-08"),
    ("date", " 2026/2/8 ", "2026-02-08"),
    ("date", date(2026, 2, 8), "2026-02-08"),
    ("date", "2024-02-29", "2024-02-29"),
    # texts
    ("text", " 张三 ", "张三"),
    ("text", "two\r\nlines\rthree", "two\nlines\nthree"),
    ("text", "a\tb", "a\tb"),
    ("text", 13800001234, "13800001234"),
    ("text", Decimal("1.50"), "1.50"),
    ("text", "\U0001f600", "\U0001f600"),
    ("text", "x" * LONGEST_TEXT, "x" * LONGEST_TEXT),
    # nothing at all
    ("text", "", None),
    ("text", " \n", None),
    ("money", "  ", None),
    ("date", None, None),
    ("list", "", None),
]


@pytest.mark.parametrize(("kind", "raw", "stored"), STORED, ids=label)
def test_it_is_stored_as(kind: str, raw: object, stored: Stored) -> None:
    found = store(field(kind), raw, SHANGHAI)
    assert found == stored
    assert type(found) is type(stored)


REFUSED = [
    ("decimal", "1e999999999", "wrong.number"),
    ("decimal", "1e999", "wrong.digits"),
    ("decimal", "1e-999", "wrong.digits"),
    ("decimal", Decimal("1E+999999999"), "wrong.digits"),
    ("decimal", 1e300, "wrong.digits"),
    ("decimal", 10**30, "wrong.digits"),
    ("decimal", 1e30, "wrong.digits"),
    ("decimal", "0." + "0" * 29 + "1", "wrong.digits"),
    ("decimal", 10**5000, "wrong.digits"),
    ("decimal", "9" * 31, "wrong.digits"),
    ("decimal", "0." + "0" * 40 + "1", "wrong.digits"),
    ("decimal", float("nan"), "wrong.number"),
    ("decimal", float("inf"), "wrong.number"),
    ("decimal", Decimal("sNaN"), "wrong.number"),
    ("decimal", "NaN", "wrong.number"),
    ("decimal", "Infinity", "wrong.number"),
    ("decimal", "八千", "wrong.number"),
    ("decimal", "¥8", "wrong.number"),
    ("decimal", "8 000", "wrong.number"),
    ("decimal", "1_000", "wrong.number"),
    ("decimal", "1,5", "wrong.number"),
    ("decimal", "1,20,000", "wrong.number"),
    ("decimal", "1.200,50", "wrong.number"),
    ("decimal", "+", "wrong.number"),
    ("decimal", ".", "wrong.number"),
    ("decimal", "e5", "wrong.number"),
    ("decimal", True, "wrong.number"),
    ("decimal", [8], "wrong.number"),
    ("decimal", {"8": 8}, "wrong.number"),
    ("decimal", b"8", "wrong.number"),
    ("integer", "12.5", "wrong.integer"),
    ("integer", 0.5, "wrong.integer"),
    ("integer", 10**16, "wrong.digits"),
    ("integer", True, "wrong.number"),
    ("boolean", "maybe", "wrong.boolean"),
    ("boolean", 2, "wrong.boolean"),
    ("boolean", 1.0, "wrong.boolean"),
    ("boolean", [True], "wrong.boolean"),
    ("boolean", 10**5000, "wrong.digits"),
    ("date", "2026-02-30", "wrong.date"),
    ("date", "2026-13-01", "wrong.date"),
    ("date", "08.02.2026", "wrong.date"),
    ("date", "20260208", "wrong.date"),
    ("date", "2026-02-08 10:00", "wrong.date"),
    ("date", datetime(2026, 2, 8, tzinfo=UTC), "wrong.date"),
    ("date", 20260208, "wrong.date"),
    ("date", "0026-02-08", "wrong.year"),
    ("date", "9999-12-31", "wrong.year"),
    ("date", date.max, "wrong.year"),
    ("text", True, "wrong.text"),
    ("text", ["a"], "wrong.text"),
    ("text", {"a": 1}, "wrong.text"),
    ("text", b"a", "wrong.text"),
    ("text", date(2026, 2, 8), "wrong.text"),
    ("text", "a\0b", "wrong.control_characters"),
    ("text", "a\x1bb", "wrong.control_characters"),
    ("text", "\ud800", "wrong.control_characters"),
    ("text", "x" * (LONGEST_TEXT + 1), "wrong.too_long"),
    ("text", 10**5000, "wrong.digits"),
]


@pytest.mark.parametrize(("kind", "raw", "code"), REFUSED, ids=label)
def test_it_is_refused_because(kind: str, raw: object, code: str) -> None:
    assert refused(field(kind), raw) == code


@pytest.mark.parametrize(
    ("raw", "zone", "stored"),
    [
        ("2026-02-08 16:30", SHANGHAI, "2026-02-08T08:30:00.000Z"),
        ("2026-02-08T16:30", SHANGHAI, "2026-02-08T08:30:00.000Z"),
        ("2026-02-08T16:30:15.1239", SHANGHAI, "2026-02-08T08:30:15.123Z"),
        ("2026-02-08T16:30+00:00", SHANGHAI, "2026-02-08T16:30:00.000Z"),
        ("2026-02-08T16:30Z", SHANGHAI, "2026-02-08T16:30:00.000Z"),
        ("2026-02-08 16:30+05:30", SHANGHAI, "2026-02-08T11:00:00.000Z"),
        ("2026-02-08", SHANGHAI, "2026-02-07T16:00:00.000Z"),
        ("2026-01-15 09:00", NEW_YORK, "2026-01-15T14:00:00.000Z"),
        ("2026-07-15 09:00", NEW_YORK, "2026-07-15T13:00:00.000Z"),
        # The hour that the spring skips counts as if the clocks had not been changed yet.
        ("2026-03-08 02:30", NEW_YORK, "2026-03-08T07:30:00.000Z"),
        ("2026-03-08 03:30", NEW_YORK, "2026-03-08T07:30:00.000Z"),
        # The hour that the autumn repeats is the first of the two; who means the other writes its offset.
        ("2026-11-01 01:30", NEW_YORK, "2026-11-01T05:30:00.000Z"),
        ("2026-11-01 01:30-05:00", NEW_YORK, "2026-11-01T06:30:00.000Z"),
        (datetime(2026, 2, 8, 8, 30, tzinfo=UTC), NEW_YORK, "2026-02-08T08:30:00.000Z"),
        (datetime(2026, 2, 8, 16, 30, tzinfo=SHANGHAI), NEW_YORK, "2026-02-08T08:30:00.000Z"),
        (datetime(2026, 2, 8, 8, 30, 0, 999_999, UTC), SHANGHAI, "2026-02-08T08:30:00.999Z"),
    ],
)
def test_a_time_is_stored_as_an_instant_read_in_the_zone_of_the_process(
    raw: object, zone: ZoneInfo, stored: str
) -> None:
    assert store(field("datetime"), raw, zone) == stored


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (datetime(2026, 2, 8, 8, 30), "wrong.naive"),  # noqa: DTZ001 - the point of the row
        ("2026-02-30 08:30", "wrong.datetime"),
        ("2026-02-08 25:00", "wrong.datetime"),
        ("tomorrow", "wrong.datetime"),
        ("08/02/2026 10:00", "wrong.datetime"),
        (True, "wrong.datetime"),
        (["2026-02-08 16:30"], "wrong.datetime"),
        ("\ud800", "wrong.datetime"),
        (10**5000, "wrong.digits"),
        ("0001-01-01 00:00", "wrong.datetime"),
        ("0206-02-08 08:30", "wrong.year"),
        ("9999-12-31 23:59", "wrong.year"),
        (datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))), "wrong.datetime"),
    ],
    ids=label,
)
def test_a_time_is_refused_because(raw: object, code: str) -> None:
    assert refused(field("datetime"), raw) == code


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_first_and_the_last_day_have_an_instant_everywhere(zone: str) -> None:
    for day in (f"{FIRST_YEAR}-01-02", f"{LAST_YEAR}-12-30"):
        stored = store(field("datetime"), f"{day} 00:00", ZoneInfo(zone))
        instant = load(field("datetime"), stored)
        assert isinstance(instant, datetime)
        assert instant.astimezone(ZoneInfo(zone)).date().isoformat() == day


@pytest.mark.parametrize(
    ("currency", "raw", "stored"),
    [
        ("CNY", "8000.50", "8000.5"),
        ("CNY", "8000.50000", "8000.5"),
        ("JPY", "8000", "8000"),
        ("KWD", "8.125", "8.125"),
        ("IQD", "8.125", "8.125"),
        ("CLF", "8.1252", "8.1252"),
        ("UYW", "8.1252", "8.1252"),
        ("ISK", "8", "8"),
        ("", "8.12345", "8.12345"),
    ],
)
def test_an_amount_keeps_the_decimals_of_its_currency(currency: str, raw: str, stored: str) -> None:
    assert store(field("money", currency=currency), raw, SHANGHAI) == stored


@pytest.mark.parametrize(
    ("currency", "raw"),
    [
        ("CNY", "8.001"),
        ("JPY", "8.5"),
        ("KWD", "8.1234"),
        ("ISK", "8.5"),
        ("XAF", "8.5"),
        ("CLF", "8.12345"),
    ],
)
def test_an_amount_with_more_decimals_than_its_currency_is_refused(currency: str, raw: str) -> None:
    assert refused(field("money", currency=currency), raw) == "wrong.minor_units"


@pytest.mark.parametrize(
    ("bounds", "raw", "code"),
    [
        ({"min": 0}, "-0.01", "wrong.least"),
        ({"min": Decimal("0.5")}, 0, "wrong.least"),
        ({"max": 100}, "100.01", "wrong.most"),
        ({"min": 0, "max": 100}, "0", ""),
        ({"min": 0, "max": 100}, "100", ""),
        ({"min": 0}, "-0", ""),
        ({"min": 5}, None, ""),
    ],
)
def test_bounds_belong_to_what_is_allowed(bounds: dict[str, Any], raw: object, code: str) -> None:
    assert refused(field("decimal", **bounds), raw) == code


@pytest.mark.parametrize(("raw", "stored"), [("A", "A"), (" B ", "B"), ("特急", "特急"), ("", None)])
def test_a_choice_is_one_of_its_words(raw: object, stored: Stored) -> None:
    assert store(GRADE, raw, SHANGHAI) == stored


@pytest.mark.parametrize(
    ("raw", "code"),
    [("a", "wrong.choice"), ("AB", "wrong.choice"), (True, "wrong.text"), (["A"], "wrong.text")],
)
def test_no_other_word_is_a_choice(raw: object, code: str) -> None:
    assert refused(GRADE, raw) == code


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ([], []),
        ([{"sku": "A1"}], [{"sku": "A1"}]),
        ([{"sku": "A1", "quantity": "2"}], [{"sku": "A1", "quantity": 2}]),
        (({"sku": "A1", "quantity": None, "grade": " "},), [{"sku": "A1"}]),
        ('[{"sku": "A1", "quantity": 2.0}]', [{"sku": "A1", "quantity": 2}]),
        ("[]", []),
        (
            [{"sku": str(number)} for number in range(MOST_ROWS)],
            [{"sku": str(number)} for number in range(MOST_ROWS)],
        ),
    ],
    ids=range(7),
)
def test_a_list_holds_rows_of_its_columns(raw: object, stored: Stored) -> None:
    assert store(ITEMS, raw, SHANGHAI) == stored


@pytest.mark.parametrize(
    ("raw", "code", "words"),
    [
        ("A1, A2", "wrong.list", "sku, quantity, grade"),
        ('{"sku": "A1"}', "wrong.list", "a list of rows"),
        ("[1]", "wrong.list", "a list of rows"),
        ("[" * 100_000, "wrong.list", "a list of rows"),
        ("1" * 5000, "wrong.list", "a list of rows"),
        ({"sku": "A1"}, "wrong.list", "a list of rows"),
        (["A1"], "wrong.list", "a list of rows"),
        (7, "wrong.list", "a list of rows"),
        (
            [{"sku": "A1"}, {"sku": "A2", "colour": "red"}],
            "wrong.unknown_column",
            "row 2: there is no column “colour”",
        ),
        ([{"sku": "A1", 7: 7}], "wrong.unknown_column", "row 1: there is no column “7”"),
        ([{"quantity": 2}], "wrong.row_lacks", "row 1 lacks sku"),
        ([{"sku": " "}], "wrong.row_lacks", "row 1 lacks sku"),
        ([{"sku": "A1", "quantity": "two"}], "wrong.in_row", "row 1, quantity: “two” is not a number"),
        ([{"sku": "A1", "quantity": float("nan")}], "wrong.in_row", "not a number"),
        ('[{"sku": "A1", "quantity": NaN}]', "wrong.in_row", "not a number"),
        ('[{"sku": "A1", "quantity": 1e999999}]', "wrong.in_row", "too long"),
        ([{"sku": "A1", "grade": "C"}], "wrong.in_row", "not one of: A"),
        ([{"sku": "\ud800"}], "wrong.in_row", "cannot be stored"),
        ([{"sku": "A1"}] * (MOST_ROWS + 1), "wrong.too_many_rows", "1000"),
    ],
    ids=range(19),
)
def test_what_is_no_such_list_is_refused_with_its_row(raw: object, code: str, words: str) -> None:
    with pytest.raises(WrongValue) as wrong:
        store(ITEMS, raw, SHANGHAI)
    assert wrong.value.code == code
    assert words in say(code, "en", wrong.value.params)


@pytest.mark.parametrize(
    ("rows", "code"), [(0, "wrong.rows_least"), (1, ""), (2, ""), (3, "wrong.rows_most")]
)
def test_the_bounds_of_a_list_count_its_rows(rows: int, code: str) -> None:
    two = field("list", of={"sku": column("text")}, min=1, max=2)
    assert refused(two, [{"sku": "A1"}] * rows) == code


@pytest.mark.parametrize(
    ("it", "stored", "loaded"),
    [
        (field("money"), "8000.5", Decimal("8000.5")),
        (field("decimal"), "0.1", Decimal("0.1")),
        (field("integer"), 7, 7),
        (field("boolean"), False, False),
        (field("text"), "张三", "张三"),
        (GRADE, "A", "A"),
        (field("date"), "2026-02-08", date(2026, 2, 8)),
        (field("datetime"), "2026-02-08T08:30:00.000Z", datetime(2026, 2, 8, 8, 30, tzinfo=UTC)),
        (ITEMS, [{"sku": "A1", "quantity": 2}], [{"sku": "A1", "quantity": 2}]),
        (field("list", of={"on": column("date")}), [{"on": "2026-02-08"}], [{"on": date(2026, 2, 8)}]),
        (field("money"), None, None),
    ],
)
def test_it_comes_back_as(it: Field, stored: Stored, loaded: object) -> None:
    found = load(it, stored)
    assert found == loaded
    assert type(found) is type(loaded)


HOSTILE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text(st.characters(), max_size=20)
    | st.binary(max_size=5)
    | st.dates()
    | st.datetimes(timezones=st.sampled_from([None, UTC, SHANGHAI, NEW_YORK]))
    | st.sampled_from(
        ["1,200.50", "2026-2-8", "2026/02/08", "2026-02-08 16:30", "是", "[]", '[{"sku": 1}]', "1e9"]
    ),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.sampled_from(["sku", "quantity", "on", "x"]), inside, max_size=3)
    ),
    max_leaves=5,
)
FIELDS = [
    *(field(kind) for kind in ("text", "integer", "decimal", "money", "boolean", "date", "datetime")),
    *(GRADE, CNY, ITEMS, field("decimal", min=-5, max=5)),
]


@given(st.sampled_from(FIELDS), HOSTILE, st.sampled_from([SHANGHAI, NEW_YORK]))
def test_anything_is_stored_or_refused_with_a_sentence(it: Field, raw: object, zone: ZoneInfo) -> None:
    stored, wrong = tried(it, raw, zone)
    if wrong:
        sentences = [say(wrong.code, lang, wrong.params) for lang in LANGUAGES]
        assert all(0 < len(sentence.encode()) < 1000 for sentence in sentences)
    assert json.loads(json.dumps(stored, ensure_ascii=False).encode()) == stored
    load(it, stored)


NUMBERS = st.integers() | st.floats(-1e9, 1e9) | st.decimals(-(10**9), 10**9, places=6) | st.decimals()
WRITTEN = st.integers(-(10**12), 10**12).map("{:,}".format) | NUMBERS.map(str)
ROWS = st.fixed_dictionaries(
    {"sku": st.text("Aé 张\n", min_size=1)},
    optional={"quantity": NUMBERS | WRITTEN, "grade": st.sampled_from(["A", " A", None])},
)
LIKELY = [
    *(st.tuples(st.just(field(kind)), NUMBERS | WRITTEN) for kind in ("integer", "decimal", "money", "text")),
    st.tuples(st.just(CNY), st.decimals(-(10**9), 10**9, places=2)),
    st.tuples(st.just(field("text")), st.text()),
    st.tuples(st.just(GRADE), st.sampled_from(["A", " B\n", "特急"])),
    st.tuples(st.just(field("boolean")), st.sampled_from([True, False, "Yes", " 否 ", 1, "0"])),
    st.tuples(st.just(field("date")), st.dates() | st.dates().map("{:%Y/%m/%d}".format)),
    st.tuples(
        st.just(field("datetime")),
        st.datetimes(timezones=st.sampled_from([UTC, SHANGHAI, NEW_YORK])) | st.datetimes().map(str),
    ),
    st.tuples(
        st.just(ITEMS),
        st.lists(ROWS, max_size=3) | st.lists(ROWS, max_size=3).map(lambda r: json.dumps(r, default=str)),
    ),
]


@given(st.one_of(LIKELY), st.sampled_from([SHANGHAI, NEW_YORK]))
def test_what_is_stored_is_stored_again_as_the_same(given_to: tuple[Field, object], zone: ZoneInfo) -> None:
    """Sent back as it was stored, as it was loaded, or as text (a list as JSON), it stays what it was."""
    it, raw = given_to
    stored, wrong = tried(it, raw, zone)
    assume(not wrong)
    loaded = load(it, stored)
    assert store(it, stored, NEW_YORK) == stored
    assert store(it, loaded, NEW_YORK) == stored
    assert load(it, store(it, loaded, zone)) == loaded
    if stored is not None:
        text = json.dumps(stored) if isinstance(stored, list) else str(loaded)
        assert store(it, text, NEW_YORK) == stored


def tried(it: Field, raw: object, zone: ZoneInfo) -> tuple[Stored, WrongValue | None]:
    """What is stored, or why nothing is."""
    try:
        return store(it, raw, zone), None
    except WrongValue as wrong:
        return None, wrong


def refused(it: Field, raw: object) -> str:
    """The reason why it is refused; empty if it is not."""
    wrong = tried(it, raw, SHANGHAI)[1]
    return wrong.code if wrong else ""


MINUTE = 60_000


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("30m", 30 * MINUTE),
        ("2h", 120 * MINUTE),
        (" 1d  12h ", 36 * 60 * MINUTE),
        ("1d12h", 36 * 60 * MINUTE),
        ("0m", 0),
        (timedelta(hours=2, seconds=1), 120 * MINUTE + 1000),
        (timedelta(hours=-2), -120 * MINUTE),
        (" ", None),
    ],
    ids=label,
)
def test_a_duration_is_stored_in_milliseconds(raw: object, expected: int | None) -> None:
    assert store(field("duration"), raw, SHANGHAI) == expected
    assert store(column("duration"), raw, SHANGHAI) == expected


@pytest.mark.parametrize(
    "raw",
    [
        2,
        7_200_000,
        2.5,
        True,
        "2",
        "2 hours",
        "-2h",
        "3wd",
        "4wh",
        "2h!",
        "3651d",
        "\uff12h",
        timedelta(days=4000),
        [],
    ],
    ids=label,
)
def test_what_is_no_duration_is_refused(raw: object) -> None:
    """A bare number too: nobody can tell of what."""
    assert refused(field("duration"), raw) == "wrong.duration"


@given(st.integers(-5_000_000, 5_000_000))
def test_a_duration_is_read_as_it_is_shown(minutes: int) -> None:
    stored = minutes * MINUTE
    assert store(field("duration"), load(field("duration"), stored), SHANGHAI) == stored
    if minutes >= 0:
        assert store(field("duration"), spelled(stored), SHANGHAI) == stored


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("lin", "lin"), (" 王芳 ", "王芳"), (17, "17"), ("a@b.c", "a@b.c"), ("Zoe\u0308", "Zoë")],
)
def test_a_person_is_kept_as_the_host_names_people(raw: object, expected: str) -> None:
    assert store(field("person"), raw, SHANGHAI) == expected
    assert load(field("person"), expected) == expected


@pytest.mark.parametrize("raw", ["two\nlines", "x" * 201, "tab\there", "zo\u200bë"], ids=label)
def test_what_cannot_name_a_person_is_refused(raw: str) -> None:
    assert refused(field("person"), raw) == "wrong.person"


@pytest.mark.parametrize(
    ("it", "raw", "code"),
    [
        (field("date", min="2026-01-01", max="2026-12-31"), "2026-01-01", ""),
        (field("date", min="2026-01-01", max="2026-12-31"), "2026/12/31", ""),
        (field("date", min="2026-01-01"), "2025-12-31", "wrong.least"),
        (field("date", max="2026-12-31"), "2027-01-01", "wrong.most"),
        (field("datetime", min="2026-01-01 08:00"), "2026-01-01T00:00:00Z", ""),
        (field("datetime", min="2026-01-01 08:00"), "2026-01-01 07:59", "wrong.least"),
        (field("duration", min="1h", max="1d"), "60m", ""),
        (field("duration", min="1h", max="1d"), "59m", "wrong.least"),
        (field("duration", min="1h", max="1d"), "25h", "wrong.most"),
        (field("money", min=Decimal("0.5")), "0.49", "wrong.least"),
    ],
    ids=label,
)
def test_the_bounds_of_dates_and_durations_are_kept(it: Field, raw: str, code: str) -> None:
    assert refused(it, raw) == code


def test_a_duration_out_of_bounds_is_told_as_it_is_written() -> None:
    wrong = tried(field("duration", max="1d"), "49h", SHANGHAI)[1]
    assert wrong
    assert say(wrong.code, "en", wrong.params) == "2d 1h is more than 1d"
