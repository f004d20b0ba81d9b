"""What a message may say: which templates are refused, and where each of them points."""

from __future__ import annotations

import pytest

from flowengine.definition.template_values import LONGEST_TEXT, Names, Said
from flowengine.definition.templates import is_template, on_one_line, rendered, slips

NAMES = Names(frozenset({"number", "waybill", "lines"}), {"lines": ("sku", "count")})


@pytest.mark.parametrize(
    "source",
    [
        "plain words, 100 %",
        "{{ number }}{# a remark #}",
        "{{ waybill | default('none') | upper }}",
        "{% if waybill and not lines %}{{ waybill }}{% elif number %}x{% else %}y{% endif %}",
        "{% for line in lines %}{{ line.sku | lower }} {{ line.count }}{% else %}nothing{% endfor %}",
        "{{ lines | length }}",
        "{%- if waybill -%} {{- waybill -}} {%- endif -%}",
    ],
)
def test_what_a_message_may_say(source: str) -> None:
    assert slips(source, NAMES) == ()


@pytest.mark.parametrize(
    ("source", "fault", "word"),
    [
        ("a {{ number ", "syntax", "{{"),
        ("{% if waybill %}x", "syntax", "{%"),
        ("{{ " + "(" * 45 + "number" + ")" * 45 + " }}", "deep", "{{"),
        ("{{ " + "(" * 500 + "number" + ")" * 500 + " }}", "deep", "{{"),
        ("{% if number %}" * 200 + "{% endif %}" * 200, "deep", "{%"),
        ("{{ number" + " | upper" * 400 + " }}", "deep", "{{"),
        ("{% if " + "not " * 900 + "number %}x{% endif %}", "deep", "{%"),
        ("ok {{ numbr }}", "name", "numbr"),
        ("{{ number | default('numbr') }} {{ numbr }}", "name", "numbr"),
        ("{% for line in lines %}{{ line.sk }}{% endfor %}", "column", "sk"),
        ("{% for line in waybill %}x{% endfor %}", "no_list", "waybill"),
        ("{{ number | revers }}", "filter", "revers"),
        ("{{ number | default }}", "refused", "default"),
        ("{{ number | default(waybill) }}", "refused", "default"),
        ("{{ line.sku }}", "refused", "{{"),
    ],
)
def test_what_is_wrong_is_named_where_it_stands(source: str, fault: str, word: str) -> None:
    (slip,) = slips(source, NAMES)
    assert slip.fault == fault
    assert source[slip.offset :].startswith(word)


@pytest.mark.parametrize(
    "source",
    [
        "{{ number.__class__ }}",
        "{{ number['__class__'] }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ number | attr('__class__') }}",
        "{{ number.format(number) }}",
        "{{ '%s' | format(number) }}",
        "{{ 'a' * 50000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ number ~ number }}",
        "{{ [number] }}",
        "{{ range(10) }}",
        "{{ cycler(number) }}",
        "{{ self }}",
        "{{ caller() }}",
        "{% for a in lines %}{% for b in lines %}x{% endfor %}{% endfor %}",
        "{% for line in lines recursive %}x{% endfor %}",
        "{% for line in lines if line.sku %}x{% endfor %}",
        "{% for a, b in lines %}x{% endfor %}",
        "{% for i in range(10 ** 9) %}x{% endfor %}",
        "{% for number in lines %}x{% endfor %}",
        "{% for line in lines %}{{ line.__class__ }}{% endfor %}",
        "{% for line in lines %}{{ line }}{% endfor %}",
        "{% for line in lines %}{{ loop.index }}{% endfor %}",
        "{% set x = number %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% macro m() %}x{% endmacro %}",
        "{% block b %}x{% endblock %}",
        "{% filter upper %}x{% endfilter %}",
        "{% with x = number %}x{% endwith %}",
        "{% if number == waybill %}x{% endif %}",
        "{% if number is defined %}x{% endif %}",
        "{% autoescape false %}x{% endautoescape %}",
    ],
)
def test_nothing_is_called_nothing_is_reached_and_nothing_runs_on(source: str) -> None:
    assert slips(source, NAMES) != ()


def test_a_name_without_a_value_reads_as_a_dash() -> None:
    assert rendered("{{ waybill }}|{% if waybill %}x{% endif %}", {}) == "–|"


def test_a_value_is_text_whatever_stands_in_it() -> None:
    """A buyer who is called like a template changes nothing."""
    assert rendered("{{ waybill }}", {"waybill": Said.of("{{ number }}<b>")}) == "{{ number }}<b>"


def test_what_comes_out_has_an_end() -> None:
    assert len(rendered("{{ waybill }}", {"waybill": Said.of("x" * 90_000)})) == LONGEST_TEXT


def test_plain_words_are_no_template() -> None:
    assert not is_template("100 % { sure }")
    assert rendered("100 % { sure }", {}) == "100 % { sure }"


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\t", "\x00", "\x1b", "\u2028", "\u2029", "\x85"])
def test_a_heading_has_no_line_breaks(sign: str) -> None:
    assert on_one_line(f"a{sign}Bcc: b") == "a Bcc: b"
