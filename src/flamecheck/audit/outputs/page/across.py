"""What does not fit together across posts, the oddest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from flamecheck.audit.inconsistency import Inconsistency, Involved
from flamecheck.audit.outputs.page.markup import line, link, number

OPEN: Final = 8
"""How many notices are shown before one asks for the others."""
NOTICES: Final = 50
"""How many notices are shown at most."""
POSTS: Final = 6
"""How many posts of a notice are shown at most; ``count`` tells all."""


def across(notices: Iterable[Inconsistency]) -> str:
    """Return the notices as HTML; only the shown ones are kept, the others are counted."""
    left = iter(notices)
    shown = ["".join(_notice(notice)) for notice in islice(left, NOTICES)]
    rest = sum(1 for _ in left)
    if not shown:
        return "<p>企画の日付・価格・電話番号・URL の食い違い、同じ文の繰り返しは、見つかりませんでした。</p>"
    first, behind = "".join(shown[:OPEN]), "".join(shown[OPEN:])
    more = f"<p>このほかに {number(rest)} 件あります。</p>" if rest else ""
    if behind:
        others = f"<summary>ほかの {len(shown) - OPEN} 件を見る</summary>"
        behind = f'<details class="more-rows">{others}<ol class="notices">{behind}</ol></details>'
    return f'<ol class="notices">{first}</ol>{behind}{more}'


def _notice(notice: Inconsistency) -> Iterator[str]:
    yield f"<li><h3>{line(notice.title)}</h3><p>{line(notice.told, 400)}</p>"
    yield f'<p class="why">{line(notice.why, 400)}。</p><ul>'
    before = ""
    for post in notice.posts[:POSTS]:
        # 同じ文の繰り返しでは、文は一度見れば足りる。
        yield _post(post, "" if post.excerpt == before else post.excerpt)
        before = post.excerpt
    if (rest := notice.count - len(notice.posts[:POSTS])) > 0:
        yield f"<li>ほか {number(rest)} 件</li>"
    yield "</ul></li>"


def _post(post: Involved, excerpt: str) -> str:
    day = post.posted_at[:10] or "日付なし"
    words = f"「{line(post.shown, 60)}」" if post.shown else ""
    told = f'<span class="excerpt">{line(excerpt, 160)}</span>' if excerpt else ""
    parts = (line(day), line(post.account, 40), words, line(post.place, 80), link(post.url, "元の投稿を開く"))
    return f'<li><span class="known">{"".join(f"<span>{part}</span>" for part in parts if part)}</span>{told}</li>'
