"""Telephone numbers of Japan: mobile ones, which belong to a person, and fixed lines, which mostly do not.

Source: 電気通信番号計画（令和元年総務省告示第6号; 060 added by 令和6年総務省告示第441号）.  A mobile number is 060, 070,
080 or 090 and eight digits, the first of them not 0 (which is not asked for: who half hides a number writes 0000); a
fixed line is an area code and a local code that make six digits with the leading 0, and four digits more.  The area
codes are those of 総務省「市外局番の一覧」, taken from the number ranges libphonenumber publishes (Apache-2.0).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from flamecheck.context import Context
from flamecheck.detectors.found import DASH, Found, digits_of, inside, labelled, urls
from flamecheck.grading import Confidence
from flamecheck.spans import Span

_GAP: Final = rf"[ {DASH}.]?"
# 050 とフリーダイヤル（0120・0800・0570）は会社の窓口に使われるので、漏れとしては拾わない。
_MOBILE: Final = regex.compile(
    rf"(?:(?<![\da-z+])|(?<=tel|fax|phone))(?<!\d[{DASH}.]|[a-z][{DASH}.])(?:0|\+81{_GAP}(?:\(0\))?)[6789]0"
    rf"(?:{_GAP}|\()\d{{4}}(?:{_GAP}|\))\d{{4}}(?![\da-z]|[{DASH}.][\da-z])"
)

# 着信課金用（0120、0800）、統一番号（0570）、IP 電話（050）。
_OFFICE: Final = regex.compile(
    rf"(?:(?<![\da-z+])|(?<=tel|fax|phone))(?<!\d[{DASH}./(]|[a-z][{DASH}./])"
    rf"(?:0120(?:{_GAP}|\()\d{{3}}(?:{_GAP}|\))\d{{3}}|(?:0120|0570){_GAP}\d{{2}}{_GAP}\d{{4}}|0570{_GAP}\d{{3}}{_GAP}\d{{3}}"
    rf"|0800{_GAP}\d{{3}}{_GAP}\d{{4}}|050{_GAP}\d{{4}}{_GAP}\d{{4}})(?![\da-z]|[{DASH}./][\da-z])"
)

AREA_CODES: Final = frozenset(
    """
    3 4 6 11 15 17 18 19 22 23 24 25 26 27 28 29 42 43 44 45 46 47 48 49 52 53 54 55 58 59 72 73 75 76 77 78 79 82 83
    84 85 86 87 88 89 92 93 94 95 96 97 98 99 123 124 125 126 133 134 135 136 137 138 139 142 143 144 145 146 152 153
    154 155 156 157 158 162 163 164 165 166 167 172 173 174 175 176 178 179 182 183 184 185 186 187 191 192 193 194 195
    197 198 220 223 224 225 226 228 229 233 234 235 237 238 240 241 242 243 244 246 247 248 250 254 255 256 257 258 259
    260 261 263 264 265 266 267 268 269 270 274 276 277 278 279 280 282 283 284 285 287 288 289 291 293 294 295 296 297
    299 422 428 436 438 439 460 463 465 466 467 470 475 476 478 479 480 493 494 495 531 532 533 536 537 538 539 544 545
    547 548 550 551 553 554 555 556 557 558 561 562 563 564 565 566 567 568 569 572 573 574 575 576 577 578 581 584 585
    586 587 594 595 596 597 598 599 721 725 735 736 737 738 739 740 742 743 744 745 746 747 748 749 761 763 765 766 767
    768 770 771 772 773 774 776 778 779 790 791 794 795 796 797 798 799 820 823 824 826 827 829 833 834 835 836 837 838
    845 846 847 848 852 853 854 855 856 857 858 859 863 865 866 867 868 869 875 877 879 880 883 884 885 887 889 892 893
    894 895 896 897 898 920 930 940 942 943 944 946 947 948 949 950 952 954 955 956 957 959 964 965 966 967 968 969 972
    973 974 977 978 979 980 982 983 984 985 986 987 993 994 995 996 997 1267 1372 1374 1377 1392 1397 1398 1456 1457
    1466 1547 1558 1564 1586 1587 1632 1634 1635 1648 1654 1655 1656 1658 4992 4994 4996 4998 5769 5979 7468 8387 8388
    8389 8396 8477 8512 8513 8514 8515 8516 8517 8518 8519 9802 9912 9913 9969
    """.split()
)
"""Area codes without the leading 0."""

_LANDLINE: Final = regex.compile(
    rf"(?:(?<![\da-z+])|(?<=tel|fax|phone))(?<!\d[{DASH}./(]|[a-z][{DASH}./])"
    rf"(?:\(0(?P<area>[1-9]\d{{0,3}})\) ?|(?:0|\+81{_GAP}(?:\(0\))?)(?P<area>[1-9]\d{{0,3}})(?:[ {DASH}.]|(?P<open>\()))"
    rf"(?P<local>[2-9]\d{{0,3}})(?(open)\)|[ {DASH}.])\d{{4}}(?![\da-z]|[{DASH}./][\da-z])"
)
_RUN: Final = regex.compile(
    rf"(?:(?<![\da-z+.,{DASH}/])|(?<=tel|fax|phone))0[1-9]\d{{8}}(?![\da-z]|[{DASH}./,][\da-z])"
)
_SIX: Final = 5
"""Digits of the area code and the local code together, the leading 0 not counted."""


def phone(text: str, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """Yield mobile numbers (060, 070, 080, 090), except 090-0000-0000 and the like and parts of web addresses.

    A number that counts up (090-1234-5678) is less sure: a form shows it as a sample, a careless post means it.
    """
    web = urls(text)
    for match in _MOBILE.finditer(text):
        if not (_is_blank(match.group(), 8) or inside(web, match.start()) or labelled(text, match.start())):
            sure = Confidence.LOW if _is_sample(match.group(), 8) else Confidence.HIGH
            yield Found(Span(*match.span()), sure)


def landline(text: str, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """Yield numbers of fixed lines with a real area code; a run of ten digits without a break is less sure."""
    web = urls(text)
    parted = [
        Found(Span(*match.span()), Confidence.HIGH)
        for match in _LANDLINE.finditer(text)
        if match["area"] in AREA_CODES and len(match["area"] + match["local"]) == _SIX
    ]
    runs = [
        Found(Span(*match.span()), Confidence.MEDIUM)
        for match in _RUN.finditer(text)
        if _has_area(match.group()[1:]) and not _is_sample(match.group(), 8)
    ]
    for found in sorted(parted + runs):
        span = found.span
        if not (_is_sample(text[slice(*span)], 7) or inside(web, span.start) or labelled(text, span.start)):
            yield found


def office(text: str, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """Yield numbers that only offices have (0120, 0800, 0570, 050): no leak, but a number that people dial."""
    web = urls(text)
    for match in _OFFICE.finditer(text):
        if not (inside(web, match.start()) or labelled(text, match.start())):
            yield Found(Span(*match.span()), Confidence.HIGH)


def _has_area(nine: str) -> bool:
    """Return whether the digits behind the leading 0 start with an area code and a possible local code."""
    # 市内局番は 0 と 1 から始まらない。
    return any(nine[:length] in AREA_CODES and nine[length] in "23456789" for length in range(1, 5))


def _is_blank(number: str, length: int) -> bool:
    """Return whether the last digits are all the same: nobody has such a number."""
    return len(set(digits_of(number)[-length:])) == 1


def _is_sample(number: str, length: int) -> bool:
    """Return whether the last digits count up (12345678) or are all the same, as in samples."""
    return _is_blank(number, length) or digits_of(number)[-length:] in "0123456789"
