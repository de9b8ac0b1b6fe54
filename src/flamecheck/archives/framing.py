"""The elements of the arrays of a JSON file, cut out of its bytes one by one, without the file ever being whole in memory.

Only the frame is read here: strings, brackets, commas.  What an element says, ``json`` reads afterwards, so an element
that is broken spoils itself and the file goes on behind it; a parser of the whole stream ends at the first one.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple, TypeAlias

KeyPath: TypeAlias = tuple[str, ...]
"""The keys that lead from the top of a file to a value in it."""
CHUNK: Final = 32_768
LARGEST: Final = 16_000_000
"""How many bytes an element may have; of a larger one only the beginning is kept."""
BEGINNING: Final = 4_000
DEEPEST: Final = 4
_KEY: Final = 65_536

_STRING: Final = rb'(?:[^"\\\n]++|\\[^\n])*+'
# JSON の文字列に生の改行は書けない。引用符が一つ欠けたことは、行の終わりで分かる。
_IN_STRING: Final = re.compile(_STRING)
_WHOLE: Final = re.compile(rb'"(' + _STRING + rb')"')
_PLAIN: Final = rb'[^"{}\[\]]++|"' + _STRING + rb'"'
# 閉じている括弧は、三重まで一度に読み飛ばす。閉じていないものは一つずつ数える。
_CLOSED: Final = functools.reduce(lambda inner, _: _PLAIN + rb"|[{\[](?:" + inner + rb")*+[}\]]", range(3), _PLAIN)
_DEEP: Final = re.compile(rb"(?:" + _CLOSED + rb")*+")
_TOP: Final = re.compile(rb"(?:" + _CLOSED.replace(rb'[^"', rb'[^,"', 1) + rb")*+")
_KEYS: Final = re.compile(rb'[^"{}\[\]]*+')
_LEAD: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:(?:var |let |const )?[\w.$]{1,200}\s*=\s*)?\Z")
_OPENED: Final = re.compile(rb"[\[{]")
_BLANK: Final = b" \t\r\n"
_QUOTE, _ESCAPE, _COMMA = b'"\\,'
_OPENING, _CLOSING = b"{[", b"}]"


class Element(NamedTuple):
    """One element: the keys of its array, how many bytes of the file end with it, what stands there.

    ``flaw`` is empty, or says why it is none: ``cut`` (the file ends in it), ``large``, ``lead`` (the file does not
    begin like JSON), ``rest`` (something stands behind the end of the JSON), ``empty`` (there is nothing).
    """

    path: KeyPath
    end: int
    raw: bytes
    flaw: str = ""


def elements(chunks: Iterable[bytes], wanted: Callable[[KeyPath], bool]) -> Iterator[Element]:
    """Yield the elements of every wanted array; however the bytes are cut into chunks, they are the same."""
    splitter = Splitter(wanted)
    for chunk in chunks:
        yield from splitter.feed(chunk)
    yield from splitter.close()


_Mode: TypeAlias = Callable[[], Element | None]


class Splitter:
    """Reads chunk after chunk; holds one element at most.

    Arrays inside other arrays, and below four keys, are not looked into.
    """

    def __init__(self, wanted: Callable[[KeyPath], bool]) -> None:
        """Ask ``wanted`` of every array at the top or below keys."""
        self._wanted: Final = wanted
        self._mode: _Mode = self._lead
        self._outer: _Mode = self._done  # 配列が終わったあとの読み方
        self._path: list[str] = []
        self._array: KeyPath = ()
        self._key = ""
        self._depth = 0
        self._string = False
        self._left = b""
        self._before = 0  # この塊より前に読んだバイト数
        self._parts: list[bytes] = []
        self._size = 0
        self._start = 0
        self._indent = b""  # いまの要素が始まった行の字下げ
        self._buffer = b""
        self._at = 0

    def feed(self, chunk: bytes) -> Iterator[Element]:
        """Yield the elements that end in the next bytes."""
        self._buffer, self._left = self._left + chunk, b""
        self._at = self._start = 0
        while self._at < len(self._buffer):
            if self._string:
                if not self._end_string():
                    break
                continue
            at = self._at
            found = self._mode()
            if found is not None:
                yield found
            elif self._at == at and not self._string:
                break
        end = self._at
        if self._mode in (self._elements, self._torn):
            self._keep(self._buffer[self._start : end])
        self._left = self._buffer[end:]
        self._before += end

    def close(self) -> Iterator[Element]:
        """Yield what the end of the file leaves open."""
        rest = (b"".join(self._parts) + self._left).strip(_BLANK + b";")
        end = self._before + len(self._left)
        if self._mode == self._ignored:
            return
        if self._mode == self._done:
            if rest:
                yield Element((), end, rest, "rest")
        elif self._mode == self._lead:
            blank = not rest.removeprefix(b"\xef\xbb\xbf").strip(_BLANK)
            yield Element((), end, rest, "empty" if blank else "lead")
        elif self._mode == self._torn and rest.endswith(b"]"):
            yield Element(self._array, end, rest[:-1])
        else:
            yield Element(self._array, end, rest, "cut")

    def _keep(self, part: bytes) -> None:
        """Keep a part of the current element, of one that is too large only the beginning."""
        self._size += len(part)
        self._parts.append(part)
        if self._size > LARGEST:
            self._parts = [b"".join(self._parts)[:BEGINNING]]

    def _end_string(self) -> bool:
        """Read on inside a string; return whether more can be read of this chunk."""
        buffer = self._buffer
        match = _IN_STRING.match(buffer, self._at)
        at = match.end() if match else self._at
        if at < len(buffer) and buffer[at] == _ESCAPE:
            if at + 1 == len(buffer):
                self._at = at  # 次の塊が来るまで、何がエスケープされているか分からない
                return False
            at += 1
        self._at = at
        if at < len(buffer):
            self._string, self._at = False, at + 1
            if buffer[at] != _QUOTE and self._mode == self._elements and self._depth:
                self._mode, self._at = self._torn, at
        return True

    def _lead(self) -> Element | None:
        match = _OPENED.search(self._buffer, self._at)
        if match is None or match.start() >= BEGINNING or not _LEAD.match(self._buffer[: match.start()]):
            # 始まりの飾りは短い。長いものは JSON ではない。
            if len(self._buffer) < BEGINNING:
                return None
            self._mode, self._at = self._ignored, len(self._buffer)
            return Element((), self._before + BEGINNING, self._buffer[:BEGINNING], "lead")
        self._at = match.end()
        if match[0] == b"[":
            self._open(())
        else:
            self._mode, self._outer = self._object, self._object
        return None

    def _open(self, path: KeyPath) -> None:
        """Go into an array."""
        self._depth = 0
        if self._wanted(path):
            self._array, self._mode = path, self._elements
            self._start, self._parts, self._size = self._at, [], 0
        else:
            self._depth, self._mode = 1, self._skipped

    def _object(self) -> Element | None:
        buffer = self._buffer
        match = _KEYS.match(buffer, self._at)
        self._at = match.end() if match else self._at
        if self._at == len(buffer):
            return None
        char = buffer[self._at]
        if char == _QUOTE:
            whole = _WHOLE.match(buffer, self._at)
            if whole:
                self._key, self._at = _key(whole[0]), whole.end()
            elif len(buffer) - self._at > _KEY:
                self._key, self._string, self._at = "", True, self._at + 1
            return None
        self._at += 1
        if char == ord("["):
            self._open((*self._path, self._key))
        elif char == ord("{"):
            if len(self._path) < DEEPEST:
                self._path.append(self._key)
            else:
                self._depth, self._mode = 1, self._skipped
        elif char == ord("}"):
            if self._path:
                self._path.pop()
            else:
                self._mode = self._done
        return None

    def _skipped(self) -> Element | None:
        self._walk(_DEEP)
        if not self._depth:
            self._mode = self._outer
        return None

    def _walk(self, plain: re.Pattern[bytes]) -> int:
        """Go on to the next sign that counts, and over it; return it, or 0 when the chunk ends before."""
        buffer = self._buffer
        match = plain.match(buffer, self._at)
        self._at = match.end() if match else self._at
        if self._at == len(buffer):
            return 0
        char = buffer[self._at]
        self._at += 1
        if char == _QUOTE:
            self._string = True
            return 0
        if char in _OPENING:
            self._depth += 1
        elif char in _CLOSING:
            self._depth -= 1
        return char

    def _elements(self) -> Element | None:
        top = not self._depth
        char = self._walk(_TOP if top else _DEEP)
        if char == _COMMA:
            return self._finish(self._at - 1)
        if top and self._depth == 1:
            blank, line, indent = b"".join([*self._parts, self._buffer[self._start : self._at - 1]]).rpartition(b"\n")
            self._indent = indent if line and not (blank + indent).strip(_BLANK) else b""
        if self._depth < 0:
            self._depth = 0
            if char == ord("]"):
                last = self._finish(self._at - 1)
                self._mode = self._outer
                return last
        return None

    def _torn(self) -> Element | None:
        """Look for the next element behind a broken one: a line that begins like the broken one's first."""
        begins = re.compile(rb"\n" + re.escape(self._indent) + rb"(?:\}[ ]?,[ ]?)?(?=\{)")
        match = begins.search(self._buffer, self._at)
        if match is None:
            self._at = max(self._at, len(self._buffer) - len(self._indent) - 8)
            return None
        self._at, self._mode, self._depth = match.end(), self._elements, 0
        return self._finish(match.end())

    def _finish(self, end: int) -> Element | None:
        """Return the element that stands before ``end`` in the chunk; a blank one is none."""
        self._keep(self._buffer[self._start : end])
        raw, large = b"".join(self._parts).strip(_BLANK).rstrip(b"," + _BLANK), self._size > LARGEST
        self._start, self._parts, self._size = self._at, [], 0
        if not raw and not large:
            return None
        return Element(self._array, self._before + self._at, raw, "large" if large else "")

    def _done(self) -> Element | None:
        # 終わりの後ろに何か残っていれば、捨てずに伝える。
        rest = self._buffer[self._at :]
        if not self._parts:
            rest = rest.lstrip(_BLANK + b";")
        room = BEGINNING - sum(map(len, self._parts))
        if rest and room:
            self._parts.append(rest[:room])
        self._at = len(self._buffer)
        return None

    def _ignored(self) -> Element | None:
        self._at = len(self._buffer)
        return None


def _key(raw: bytes) -> str:
    """Return a key as JSON reads it, or else as it is written."""
    written = raw.decode("utf-8", "replace")
    try:
        return str(json.loads(written, strict=False))
    except ValueError:
        return written[1:-1]
