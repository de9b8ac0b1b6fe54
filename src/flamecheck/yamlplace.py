"""Where in a YAML file a value stands, where in the value a character, and where the file cannot be read."""

from __future__ import annotations

from dataclasses import dataclass

from flamecheck.errors import Diagnostic, Place
from flamecheck.spans import Lines, MappedText, Span
from flamecheck.yamlscalar import decode


@dataclass(slots=True, frozen=True)
class ScalarPlace:
    """Leads offsets in the value of one scalar to places in its file."""

    path: str
    lines: Lines
    written: Span
    value: str

    @property
    def raw(self) -> str:
        """Return the scalar as it is written."""
        return self.lines.text[self.written.start : self.written.end]

    @property
    def mapped(self) -> MappedText | None:
        """Return the value mapped to the scalar as it is written."""
        return decode(self.raw, self.value)

    def __call__(self, offset: int, length: int) -> Place:
        mapped = self.mapped
        inner = mapped.to_source(Span(offset, offset + length)) if mapped else Span(0, self.written.length)
        start = self.written.start + inner.start
        return place_of(self.path, self.lines, Span(start, max(start + 1, self.written.start + inner.end)))


def place_of(path: str, lines: Lines, span: Span, value: str | None = None) -> Place:
    """Return the place of ``span``, as far as it stands on its first line."""
    inside = None if value is None else ScalarPlace(path, lines, span, value)
    return Place.at(path, lines, span, inside)


def undecoded(label: str, raw: bytes, at: int) -> Diagnostic:
    """Return where the first byte stands that is not UTF-8, and what the file may be instead."""
    hint, guess = "エディターで UTF-8 を選んで保存しなおしてください", "utf-8"
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        hint += "（いまは UTF-16 のようです）"
    elif _reads_as_cp932(raw):
        hint, guess = hint + "（いまは Shift_JIS／CP932 のようです）", "cp932"
    # 読める文字コードでその行を見せる。推測は見せるためだけで、規則としては読まない。
    before = raw[:at].decode(guess, "replace").removeprefix("\ufeff")
    lines = Lines(before + raw[at:].decode(guess, "replace"))
    place = place_of(label, lines, Span(len(before), len(before) + 1))
    return Diagnostic("FC102", place, "UTF-8 として読めない文字があります", hint)


def _reads_as_cp932(raw: bytes) -> bool:
    try:
        raw.decode("cp932")
    except UnicodeDecodeError:
        return False
    return True
