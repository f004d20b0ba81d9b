"""The currencies of ISO 4217 with their minor units: how many decimals an amount of each may have.

From the list of active codes (List One) as of 2025-04-01, without the codes for metals, baskets, testing and
"no currency" (XAU, XDR, XTS, XXX …), in which nobody orders goods.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_TWO_DECIMALS: Final = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL
MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK
PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS
TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
"""
_OTHERS: Final[Mapping[int, str]] = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}

MINOR_UNITS: Final[Mapping[str, int]] = {
    code: digits for digits, codes in sorted({2: _TWO_DECIMALS, **_OTHERS}.items()) for code in codes.split()
}
"""The decimals of each currency by its code."""

IN_EVERYDAY_USE: Final[Mapping[str, str]] = {
    "RMB": "CNY",
    "CNH": "CNY",
    "NTD": "TWD",
    "STG": "GBP",
    "YEN": "JPY",
}
"""What people write although it is no code of the list, and the code that they mean."""
