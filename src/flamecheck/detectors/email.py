"""E-mail addresses, sorted by whose they look like.

Source of the excluded domains: RFC 2606 and RFC 6761 (example.com, .test, .invalid, .example, .localhost) and JPRS
「例示に使えるドメイン名」 (example.jp, example.co.jp, example0.jp to example9.jp).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from flamecheck.context import Context
from flamecheck.detectors.found import Found
from flamecheck.grading import Confidence
from flamecheck.spans import Span

_EMAIL: Final = regex.compile(
    r"(?<![a-z0-9._%+'@/-])(?P<local>[a-z0-9_](?:[a-z0-9._%+'-]{0,62}[a-z0-9_+-])?)@"
    r"(?P<domain>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,5}[a-z]{2,18})(?![a-z0-9-]|\.[a-z0-9]|@)"
)
_NO_DOMAIN: Final = regex.compile(
    r"(?:.+\.)?(?:example\d?|sample|dummy|test|hoge|fuga|foo|bar|domain|yourdomain|your-domain|mydomain|xx+|aa+|abc)"
    r"\.(?:com|net|org|jp|co\.jp|ne\.jp|or\.jp|ac\.jp|go\.jp|info)"
    r"|.+\.(?:test|invalid|example|localhost|local|png|jpe?g|gif|svg|webp|pdf|mp4|css|js|json|md|txt|py|zip|html)"
)
_NO_LOCAL: Final = frozenset("git hoge foo sample dummy example xxx xxxx xxxxx test yourname your-name".split())
# 窓口や係のアドレスは、見てもらうために出す。
_ROLE: Final = regex.compile(
    r"(?:info|contact|inquiry|inquiries|toiawase|otoiawase|support|help|helpdesk|customer|cs|sales|eigyo|press|pr|media"
    r"|kouhou|koho|news|recruit|recruiting|saiyo|saiyou|jinji|soumu|jimu|jimukyoku|office|shop|store|tenpo|order"
    r"|reserve|reservation|yoyaku|booking|mail|master|webmaster|postmaster|admin|hello|hi|event|entry|oubo|campaign"
    r"|privacy|security|abuse|noreply|no-reply|donotreply|team|staff|service|web|ec|ir|csr|hr|uketsuke|madoguchi)"
    r"(?:[._+-].{0,40}|\d{0,4})"
)
# 個人が契約して使う事業者のアドレス。
_PERSONAL: Final = frozenset(
    "gmail.com googlemail.com yahoo.co.jp yahoo.com ymail.ne.jp icloud.com me.com mac.com outlook.com outlook.jp "
    "hotmail.com hotmail.co.jp live.jp live.com msn.com docomo.ne.jp ezweb.ne.jp au.com softbank.ne.jp i.softbank.jp "
    "vodafone.ne.jp ymobile.ne.jp y-mobile.ne.jp rakuten.jp rakumail.jp uqmobile.jp nifty.com proton.me "
    "protonmail.com aol.com".split()
)


def email(text: str, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """Yield e-mail addresses, except those of domains reserved for examples.

    The confidence is high at a provider for private persons, low for the address of a role (info@, recruit@), and
    medium otherwise.
    """
    for match in _EMAIL.finditer(text):
        local, domain = match["local"], match["domain"]
        if local in _NO_LOCAL or ".." in local or _NO_DOMAIN.fullmatch(domain):
            continue
        yield Found(Span(*match.span()), sureness(local, domain))


def sureness(local: str, domain: str) -> Confidence:
    """Return how surely an address, in small letters, is a private person's."""
    if _ROLE.fullmatch(local):
        return Confidence.LOW
    return Confidence.HIGH if domain in _PERSONAL else Confidence.MEDIUM
