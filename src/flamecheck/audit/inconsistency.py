"""What does not fit together across posts, as outputs show it: a notice for people, never a verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

LISTED: Final = 20
"""How many posts a notice lists; ``count`` tells all."""

KINDS: Final[Mapping[str, str]] = {
    "date": "同じ企画で日付が違います",
    "price": "同じ企画で価格や割引が違います",
    "telephone": "同じ案内で電話番号が違います",
    "url": "同じ企画で URL が違います",
    "repeated": "同じ文章が二度以上あります",
    "offer-day": "「本日限り」などの限定が、別の日にも繰り返されています",
    "offer-stock": "「残りわずか」「先着」などの限定が、長く繰り返されています",
    "offer-period": "「期間限定」「今だけ」などの限定が、長く続いています",
}
"""The kinds, with the title a reader sees, in the order of a report."""

WHY: Final[Mapping[str, str]] = {
    "date": "お客さまが違う日に来たり、締切を逃したりするおそれがあります。どちらが正しいかを確かめ、違うほうに訂正を添えてください",
    "price": "お客さまが思っていた金額と違うことになります。どちらが正しいかを確かめてください。意図した変更なら、変更のお知らせと分かるように",
    "telephone": "問い合わせが届かない、または関係のない方にかかるおそれがあります。番号を確かめてください",
    "url": "申し込みのページにたどり着けないおそれがあります。リンク先を確かめてください",
    "repeated": "予約の二重登録や、古い案内の出し直しかもしれません。意図したものかを確かめてください",
    "offer-day": "「その日だけ」と受け取ったお客さまに、条件を誤って伝えるおそれがあります。景品表示法（有利誤認）の観点から、法務と確認を",
    "offer-stock": "いつも残りわずかに見えると、条件を誤って伝えるおそれがあります。景品表示法（有利誤認）の観点から、在庫や枠の実際と合うかの確認を",
    "offer-period": "期間を区切らずに続くと、いまだけ有利だと誤って伝えるおそれがあります。景品表示法（有利誤認）の観点から、期間と条件の確認を",
}
"""Why it matters to people, and what to do."""


@dataclass(slots=True, frozen=True)
class Involved:
    """One post of a notice; ``start`` and ``end`` count its text, and ``shown`` is what stands there ("" for none).

    ``result`` is the number of its result in the run, ``number`` that of its record in the archive.
    """

    result: int
    id: str | int
    archive: str
    number: int
    place: str
    posted_at: str
    channel: str
    account: str
    url: str
    start: int
    end: int
    shown: str
    excerpt: str


@dataclass(slots=True, frozen=True)
class Inconsistency:
    """One thing that does not fit; ``kind`` is one of KINDS, ``weight`` (0 to 100) says how odd it is.

    ``subject`` is the campaign or the beginning of the text, ``differs`` what stands where and how often, ``told`` the
    sentence that says it.  ``posts`` are at most LISTED, the earliest first; ``count`` counts all.
    """

    kind: str
    weight: int
    subject: str
    told: str
    differs: tuple[tuple[str, int], ...]
    count: int
    first: str
    last: str
    posts: tuple[Involved, ...]

    @property
    def title(self) -> str:
        """Return the title a reader sees."""
        return KINDS[self.kind]

    @property
    def why(self) -> str:
        """Return why it matters and what to do."""
        return WHY[self.kind]

    def to_wire(self) -> dict[str, Any]:
        """Return the notice as one row of JSON Lines (docs/audit.md)."""
        return {
            "kind": self.kind,
            "weight": self.weight,
            "title": self.title,
            "subject": self.subject,
            "told": self.told,
            "why": self.why,
            "differs": [{"shown": shown, "count": count} for shown, count in self.differs],
            "count": self.count,
            "first": self.first or None,
            "last": self.last or None,
            "posts": [asdict(post) for post in self.posts],
        }
