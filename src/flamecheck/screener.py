"""The facade: ``Screener.screen(text or document) -> Verdict``.

One screener is safe to share between threads: rules and dictionary are immutable, and each thread gets its own native
tokenizer.  Under asyncio, call it through ``asyncio.to_thread``; it never blocks on anything but the processor.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flamecheck.compiler import compile_rules
from flamecheck.context import Context
from flamecheck.document import Document, plain
from flamecheck.engine import find
from flamecheck.kept import Kept
from flamecheck.rules.load import load_pack, packaged
from flamecheck.rules.selection import Selection, choose
from flamecheck.ruleset import Ruleset
from flamecheck.tokenizers.sudachi import SudachiTokenizer

if TYPE_CHECKING:
    from flamecheck.errors import Diagnostic
    from flamecheck.policy.model import Policy, Verdict
    from flamecheck.report import Report
    from flamecheck.rules.provenance import Words
    from flamecheck.rules.rule import Pack
    from flamecheck.stored.store import Store
    from flamecheck.tokens import Tokenizer

_lock = threading.RLock()
_default: Screener | None = None
_kept: Kept[tuple[str, str], Ruleset] = Kept(8)


class Screener:
    """Compiled rules, a tokenizer and a policy; immutable after construction."""

    def __init__(
        self,
        *,
        packs: Iterable[Path | str] = (),
        policy: str | Path = "standard",
        select: Iterable[str] = (),
        extend_select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        tokenizer: Tokenizer | None = None,
        shipped: bool = True,
        as_of: date | None = None,
        words: Iterable[Words] = (),
        store: Store | None = None,
    ) -> None:
        """Load the shipped rules and every folder of ``packs``, in order, with the packs these extend.

        ``policy`` is the id of a shipped policy or the path of a policy file.  ``select``, ``extend_select`` and
        ``ignore`` name rules by id, group (``tone/``), category or status (``status:experimental``); the most specific
        one wins.  ``as_of`` is the day for which rules must be valid, instead of the day of each post.  ``words`` are
        added to lexicons.  ``store`` is asked for the compiled pack before anything is loaded; what it gives lacks the
        examples and lexicons of the pack.
        Raises LoadError with every error of every file, DictionaryMissingError, ValueError for an unknown selector or a
        selection without rules.
        """
        from flamecheck.policy.load import load_policy

        folders = ([packaged()] if shipped else []) + [Path(pack) for pack in packs]
        self.tokenizer: Tokenizer = tokenizer or SudachiTokenizer()
        make = partial(_compiled, folders, tuple(words), self.tokenizer)
        self.pack: Pack
        self.ruleset: Ruleset
        self.pack, self.ruleset = store.get(make) if store else make()
        self.policy: Policy = load_policy(policy, [folder / "policies" for folder in [packaged(), *folders]])
        self.as_of = as_of
        self._select, self._extend_select = tuple(select), tuple(extend_select)
        self._ignore = tuple(ignore)
        self._selections: Kept[tuple[tuple[str, ...], ...], Selection] = Kept(64)
        self.selection: Selection = self._choose()
        self.warnings: tuple[Diagnostic, ...] = self.pack.warnings + self.selection.warnings

    @classmethod
    def default(cls) -> Screener:
        """Return the screener with the shipped rules and the standard policy; made once, on first use."""
        global _default  # noqa: PLW0603 - 一度だけ作って使い回す
        with _lock:
            if _default is None:
                _default = cls()
            return _default

    def screen(
        self,
        post: str | Document,
        *,
        context: Context | Mapping[str, Any] | None = None,
        ignore: Iterable[str] = (),
        selection: Selection | None = None,
    ) -> Verdict:
        """Return the verdict on one post.

        ``context`` says when and where a plain text is published; a document brings its own.  ``selection`` takes the
        place of the constructor's selectors; ``ignore`` adds to these and counts for nothing beside one.  Raises
        InputError for a context that cannot be read, TypeError for both a document and a context, ValueError for an
        unknown selector.
        """
        from flamecheck.policy.decide import decide

        document = self._document(post, context)
        more = tuple(ignore)
        report = self.report(document, selection or (self._choose(more) if more else self.selection))
        return decide(report, self.policy, id=document.id)

    def report(self, document: Document, selection: Selection | None = None) -> Report:
        """Return all findings of one document, before any policy; ``selection`` takes the place of the usual one."""
        left_out = (selection or self.selection).left_out
        return find(document, self.ruleset, self.tokenizer, ignore=left_out, as_of=self.as_of)

    def selecting(
        self, select: Iterable[str] = (), extend_select: Iterable[str] = (), ignore: Iterable[str] = ()
    ) -> Selection:
        """Return the rules that other selectors than the constructor's choose; made once for the same selectors.

        Raises ValueError for an unknown selector or a selection without rules.
        """
        asked = tuple(select), tuple(extend_select), tuple(ignore)
        return self._selections.get(asked, partial(self._chosen, *asked))

    def screen_many(self, posts: Iterable[str | Document]) -> Iterator[Verdict]:
        """Yield one verdict for each post, in order, as soon as it is made."""
        for post in posts:
            yield self.screen(post)

    def explain(self, post: str | Document, *, context: Context | Mapping[str, Any] | None = None) -> str:
        """Return, in Japanese, every step of screening ``post``."""
        from flamecheck.explain import explain

        left_out = self.selection.left_out
        document = self._document(post, context)
        return explain(document, self.ruleset, self.tokenizer, left_out=left_out, as_of=self.as_of)

    def _document(self, post: str | Document, context: Context | Mapping[str, Any] | None) -> Document:
        if isinstance(post, Document):
            if context is not None:
                raise TypeError("文書には文脈が付いています。context は文字列のときだけ渡せます")
            return post
        known = context if isinstance(context, Context) else Context.of(context)
        return plain(post, context=known)

    def _choose(self, ignore: tuple[str, ...] = ()) -> Selection:
        return self._chosen(self._select, self._extend_select, (*self._ignore, *ignore))

    def _chosen(self, select: tuple[str, ...], extend_select: tuple[str, ...], ignore: tuple[str, ...]) -> Selection:
        return choose(self.pack.rules, self.pack.retired, select=select, extend_select=extend_select, ignore=ignore)


def _compiled(folders: list[Path], words: tuple[Words, ...], tokenizer: Tokenizer) -> tuple[Pack, Ruleset]:
    pack = load_pack(folders, words)
    # 同じファイルと同じ辞書の組は、プロセスの中で一度だけコンパイルする。
    return pack, _kept.get((pack.fingerprint, tokenizer.version), partial(compile_rules, pack, tokenizer))


def screen(text: str, **context: Any) -> Verdict:
    """Return the verdict of the default screener on ``text``; keywords are context (``posted_at="2026-08-09"``)."""
    return Screener.default().screen(text, context=context)
