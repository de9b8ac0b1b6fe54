"""Why a finding is there in one run and not in the other, as far as the two rows and the rules of the new run tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from flamecheck.audit.change import Known
from flamecheck.audit.verdictrow import Said, VerdictRow

Reason = tuple[str, str]
"""A key of REASONS and the sentence for people."""


class Reasons:
    """Answers for the two rows of one post; the nearest cause that the rows prove comes first."""

    def __init__(self, old: VerdictRow, new: VerdictRow, known: Known) -> None:
        """Keep both rows."""
        self._old: Final = old
        self._new: Final = new
        self._known: Final = known

    def vanished(self, found: Said) -> Reason:
        """Return why a finding of the old row is none any more."""
        return (
            self._text(found, self._new.text)
            or self._aside(found, self._new, now=True)
            or self._rule(found.rule)
            or self.around()
        )

    def appeared(self, found: Said) -> Reason:
        """Return why a finding of the new row was none."""
        return (
            self._text(found, self._old.text)
            or self._aside(found, self._old, now=False)
            or self._fresh(found.rule)
            or self.around()
        )

    def changed(self, old: Said, new: Said) -> Reason:
        """Return why one finding has another severity, confidence or place."""
        if (old.start, old.end, old.matched) != (new.start, new.end, new.matched):
            text = self._text(old, self._new.text)
            if text:
                return text
        if old.shifts != new.shifts:
            return "adjusted", _shifts(old, new)
        return self.around()

    def tier(self) -> Reason:
        """Return why the tier moved while every finding stayed."""
        if self._old.because == self._new.because and not self._old.missing:
            return self.around()
        added = [clause for clause in self._new.because if clause not in self._old.because]
        gone = [clause for clause in self._old.because if clause not in self._new.because]
        said = [
            f"加わった条項 {'、'.join(added)}" if added else "",
            f"なくなった条項 {'、'.join(gone)}" if gone else "",
        ]
        return "policy", "指摘は同じで、段階の決め方だけが変わりました" + "".join(
            f"（{part}）" for part in said if part
        )

    def around(self) -> Reason:
        """Return what differs between the two runs as a whole; ``unknown`` when nothing does."""
        differs = list(self._differs())
        if not differs:
            return "unknown", (
                "規則集も辞書も同じです。本文か文脈、設定（使う規則、--as-of）が変わったと思われますが、二つの結果からは分かりません"
            )
        return differs[0][0], "。".join(why for _, why in differs)

    def _differs(self) -> Iterator[Reason]:
        old, new = self._old, self._new
        if old.unchecked != new.unchecked and "date" in {*old.unchecked, *new.unchecked}:
            now = "date" in new.unchecked
            yield "context", f"投稿の日時が{'分からなく' if now else '分かるように'}なりました"
        elif old.context and new.context and old.context != new.context:
            yield "context", "投稿の日時・チャンネル・アカウントのどれかが変わりました"
        if not old.pack and not old.packs:
            yield "unrecorded", "前の結果に規則集の記録がないので、何が変わったかは分かりません"
        elif old.packs and new.packs and old.packs != new.packs:
            yield "pack", _packs(old, new)
        elif old.pack and old.pack != new.pack:
            yield "pack", "規則集が変わりました"
        if old.dictionary and old.dictionary != new.dictionary:
            yield "dictionary", f"辞書が {old.dictionary} から {new.dictionary or '（記録なし）'} に変わりました"
        if old.extra != new.extra and "extra" not in old.missing:
            yield "context", "投稿に付いているほかの欄が変わりました"

    def _text(self, found: Said, elsewhere: str | None) -> Reason | None:
        if self._old.text is not None and self._new.text is not None:
            return ("text", "投稿の本文が変わりました") if self._old.text != self._new.text else None
        if elsewhere is not None and found.start >= 0 and elsewhere[found.start : found.end] != found.matched:
            return "text", f"そこに「{found.matched[:40]}」と書かれていません。投稿の本文が変わりました"
        return None

    def _aside(self, found: Said, row: VerdictRow, *, now: bool) -> Reason | None:
        for item in row.dismissed:
            if item.meets(found):
                said = f"{item.by}: {item.why}" if item.why else item.by
                return ("dismissed", f"取り下げるようになりました（{said}）") if now else (
                    "no-longer-dismissed", f"前は取り下げていました（{said}）"
                )  # fmt: skip
        for item in row.suppressed:
            if item.meets(found):
                return ("suppressed", f"人が抑えました（{item.why or item.by}）") if now else (
                    "no-longer-suppressed", f"前は人が抑えていました（{item.why or item.by}）"
                )  # fmt: skip
        return None

    def _rule(self, id: str) -> Reason | None:
        known = self._known
        if id in known.retired:
            return "rule-retired", f"規則 {id} は使うのをやめました（{known.retired[id]}）"
        if not known.rules:
            return None
        rule = known.rules.get(id)
        if rule is None:
            return "rule-gone", f"規則 {id} は、いまの規則集にありません"
        if id in known.left_out:
            return "not-selected", f"規則 {id} は、今回の設定（--select や --ignore）で使っていません"
        day = known.as_of or _day(self._new.posted_at)
        if day and ((rule.valid_from and day < rule.valid_from) or (rule.valid_to and day > rule.valid_to)):
            window = f"{rule.valid_from or ''}〜{rule.valid_to or ''}"
            return "not-valid", f"規則 {id} の有効期間（{window}）に {day} は入りません"
        if rule.off:
            return "rule-gone", f"規則 {id} は止めてあります（{rule.off}）"
        return None

    def _fresh(self, id: str) -> Reason | None:
        spoke = self._known.spoke
        if spoke is None or id in spoke or self._old.packs == self._new.packs:
            return None
        return "rule-new", f"規則 {id} は、前の結果に一度も出ていません。新しい規則と思われます"


def _day(posted_at: str) -> date | None:
    try:
        return date.fromisoformat(posted_at[:10])
    except ValueError:
        return None


def _packs(old: VerdictRow, new: VerdictRow) -> str:
    before, after = {name: (v, mark) for name, v, mark in old.packs}, {name: (v, mark) for name, v, mark in new.packs}
    said = []
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            said.append(f"規則集 {name} を使わなくなりました")
        elif name not in before:
            said.append(f"規則集 {name} {after[name][0]} が加わりました")
        elif before[name][0] != after[name][0]:
            said.append(
                f"規則集 {name} が {before[name][0] or '版なし'} から {after[name][0] or '版なし'} に変わりました"
            )
        elif before[name] != after[name]:
            said.append(f"規則集 {name} の中身が変わりました（版は {after[name][0] or 'なし'} のまま）")
    return "。".join(said) or "規則集を読む順が変わりました"


def _shifts(old: Said, new: Said) -> str:
    gone = [
        f"{by} の {effect}（{why}）がなくなりました"
        for by, effect, why in old.shifts
        if (by, effect, why) not in new.shifts
    ]
    added = [
        f"{by} の {effect}（{why}）が加わりました"
        for by, effect, why in new.shifts
        if (by, effect, why) not in old.shifts
    ]
    return "。".join(gone + added) or "上げ下げの順が変わりました"
