"""The table of currencies, held against what ISO 4217 says of the ones that are unlike the others."""

from __future__ import annotations

import pytest

from flowengine.definition.currencies import IN_EVERYDAY_USE, MINOR_UNITS

DECIMALS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
    2: "AUD BRL CAD CHF CNY EUR GBP HKD HUF IDR INR MXN NOK RUB SAR SEK SGD THB TWD USD XCD ZAR",
}


@pytest.mark.parametrize(("digits", "codes"), DECIMALS.items())
def test_the_decimals_of_a_currency(digits: int, codes: str) -> None:
    assert {code: MINOR_UNITS[code] for code in codes.split()} == dict.fromkeys(codes.split(), digits)


def test_no_other_currency_is_without_decimals_or_has_more_than_two() -> None:
    unlike = {code for code, digits in MINOR_UNITS.items() if digits != 2}
    assert unlike == {code for digits in (0, 3, 4) for code in DECIMALS[digits].split()}


def test_codes_are_codes() -> None:
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in MINOR_UNITS)


@pytest.mark.parametrize("code", ["XAU", "XDR", "XTS", "XXX", "DEM", "HRK", "BTC"])
def test_metals_tests_and_currencies_of_the_past_are_none(code: str) -> None:
    assert code not in MINOR_UNITS


def test_what_people_write_for_a_currency_is_no_code_and_means_one() -> None:
    assert not IN_EVERYDAY_USE.keys() & MINOR_UNITS.keys()
    assert set(IN_EVERYDAY_USE.values()) <= set(MINOR_UNITS)
