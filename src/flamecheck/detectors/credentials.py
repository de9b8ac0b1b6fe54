"""Keys, tokens and passwords.

The shapes are those the issuers publish: AWS access key ids, GitHub token prefixes, Slack tokens, Google API keys,
Stripe live keys, npm tokens, SendGrid keys, JSON Web Tokens (RFC 7519), bearer tokens (RFC 6750), PEM (RFC 7468).
The fold has made every letter small, so shapes are compared without case.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from flamecheck.context import Context
from flamecheck.detectors.found import Found
from flamecheck.grading import Confidence
from flamecheck.spans import Span

_SHAPES: Final = regex.compile(
    r"(?<![a-z0-9_-])(?:"
    r"(?:akia|asia)[a-z2-7]{16}"
    r"|gh[pousr]_[a-z0-9]{36,80}|github_pat_[a-z0-9]{22}_[a-z0-9]{40,80}"
    r"|xox[abeprs]-[0-9a-z-]{10,120}"
    r"|aiza[0-9a-z_-]{35}"
    r"|[rs]k_live_[0-9a-z]{16,100}"
    r"|sk-(?:proj-|ant-)?[a-z0-9_-]{24,180}"
    r"|npm_[a-z0-9]{36}"
    r"|sg\.[a-z0-9_-]{22}\.[a-z0-9_-]{43}"
    r"|eyj[a-z0-9_-]{8,400}\.eyj[a-z0-9_-]{8,1000}\.[a-z0-9_-]{16,600}"
    r")(?![a-z0-9_])"
    r"|hooks\.slack\.com/services/t[a-z0-9]{6,14}/b[a-z0-9]{6,14}/[a-z0-9]{16,32}"
    r"|-----begin (?:[a-z0-9]{2,10} ){0,2}private key-----"
)
_BEARER: Final = regex.compile(r"(?<![a-z])bearer[ :]{1,2}(?P<value>[a-z0-9._~+/=-]{20,400})")
_IN_URL: Final = regex.compile(r"(?<![a-z])(?:https?|ftp|ssh)://[a-z0-9._%+-]{1,60}:(?P<value>[^\s/@:]{4,60})@[a-z0-9]")
_NAMED: Final = regex.compile(
    r"(?<![a-z])(?:(?:db|user|admin|root|login|my|aws|client|auth|api|access|refresh|private)[_-]?){0,2}"
    r"(?:password|passwd|passphrase|pwd|secret|api ?[_-]?key|access[_-]?key|token|secret[_-]?key)"
    r"[\"']?[ \t]{0,3}(?:[=:]|は)[ \t]{0,3}[\"'「『]?(?P<value>[!#-&(-~]{6,200})"
)
_JAPANESE: Final = regex.compile(
    r"(?:パスワード|パスコード|パスフレーズ|暗証番号|暗証コード|apiキー|アクセスキー|アクセストークン|シークレットキー|秘密鍵|(?<![a-z])(?:id/)?(?:pw|pass))"
    r"[ \t]{0,2}(?:は|:|=|→|⇒|が)[ \t\n]{0,2}[\"'「『【(]{0,1}(?P<value>[!#-&*-~]{4,100})"
)
# 「パスワードは8文字以上」「pass:1000円」の数は値ではない。
_COUNT: Final = regex.compile(
    r"[\d~-]{1,7} ?(?:文字|桁|字|回|年|月|日|ヶ月|か月|カ月|分|秒|時間|つ|個|種類|円|名|人|%|以上|以内)"
)
_EMPTY: Final = regex.compile(
    r"0?1234?5?6?7?8?9?0?|(.)\1{3,}|[*x•●○?_.#-]{3,}|.{0,40}(?:example|dummy|sample|your|xxxx|\*\*\*|placeholder|changeme|change_me|redacted|\.\.\.).{0,100}"
    r"|[<{$%\[(].{0,100}|.{0,40}(?:<|\$\{|\{\{|process\.env|os\.environ|getenv).{0,100}|(?:password|passwd|secret|token|pass|null|none|true|false|string|required|https?|text)\b.{0,12}"
    r"|(?:https?://|www\.).{0,200}"
)
_STRONG: Final = regex.compile(r"(?=.{0,200}\d)(?=.{0,200}[a-z!-/:-@\[-`{-~])")


def credentials(text: str, context: Context) -> Iterator[Found]:  # noqa: ARG001
    """Yield keys and tokens by their shape, and values given for a password; stand-ins such as ******** are left.

    A known shape is sure; a value behind a name is sure when it mixes letters and digits, and of medium confidence
    otherwise.  Code that reads the value from elsewhere (``os.environ``, ``${TOKEN}``) holds none.
    """
    found = [
        Found(Span(*match.span()), Confidence.HIGH) for match in _SHAPES.finditer(text) if _is_value(match.group())
    ]
    for expression in (_BEARER, _IN_URL, _NAMED, _JAPANESE):
        for match in expression.finditer(text):
            value = match["value"].rstrip(".,;:!?)\"'")
            if len(value) < 4 or not _is_value(value) or _COUNT.match(text, match.start("value")):
                continue
            if not any(char.isdecimal() for char in value) and expression is not _BEARER and not _mixed(value):
                continue
            end = match.start("value") + len(value)
            sure = Confidence.HIGH if _STRONG.match(value) and len(value) >= 6 else Confidence.MEDIUM
            found.append(Found(Span(match.start(), end), sure))
    end = -1
    for item in sorted(found, key=lambda item: (item.span.start, -item.span.end)):
        if item.span.start >= end:
            yield item
            end = item.span.end


def _mixed(value: str) -> bool:
    """Return whether letters and signs are mixed as in a password (``hunter!two``), not as in code or an address."""
    return len(value) >= 8 and any(char in "!@#%&*+=^~?" for char in value[1:-1]) and "(" not in value


def _is_value(value: str) -> bool:
    return _EMPTY.fullmatch(value) is None and "example" not in value and len(set(value)) > 2
