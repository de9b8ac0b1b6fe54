"""Make docs/errors/ from the catalog and the pairs in tests/errors/: ``python tools/error_pages.py``.

A pair is a file that is wrong and the same file mended; the page shows the message the wrong one really gives.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flamecheck.codes import Code, catalog
from flamecheck.document import Source
from flamecheck.errors import Diagnostic, LoadError
from flamecheck.inputs.markdown import read_markdown
from flamecheck.policy.load import load_policy
from flamecheck.review.check import check
from flamecheck.screener import Screener
from flamecheck.settings.load import load, names_of
from flamecheck.suppression.apply import Controls, set_aside
from flamecheck.suppression.baseline import read_baseline
from flamecheck.suppression.known import Known, Rest
from flamecheck.tokens import Tokenizer

ROOT = Path(__file__).parents[1]
PAIRS, PAGES = ROOT / "tests" / "errors", ROOT / "docs" / "errors"
RULE = "tone/sample.yml"
DRAFT, BASELINE = ".md", ".jsonl"
KINDS = {
    "lexicons": "lexicon", "guards": "guard", "calendars": "calendar", "policies": "policy", "overlays": "overlay",
    "disguises": "profile",
    "pack.yml": "pack", "retired.yml": "retired",
}  # fmt: skip
SERIES = {
    "1": "ファイルと YAML", "2": "キーと値", "3": "パターンと正規表現", "4": "規則の意味", "5": "方針",
    "6": "規則の見直し（flamecheck rules check）", "7": "設定（pyproject.toml と flamecheck.toml）",
    "8": "指摘を抑える書き方とベースライン",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """What to write over the samples for a wrong pack and for the mended one; ``None`` is a file that is not there.

    ``cover`` looks for branches without an example, too: the samples of the other codes are too small for that.
    """

    wrong: Mapping[str, str | None]
    right: Mapping[str, str | None]
    also: Mapping[str, str | None]
    without: tuple[str, ...] = ()
    encoding: str = "utf-8"
    cover: bool = False


def pairs(code: str) -> list[Pair]:
    """Return the pairs of a code, in the order of its file."""
    path = PAIRS / f"{code}.toml"
    if not path.is_file():
        return []
    return [_pair(case) for case in tomllib.loads(path.read_text("utf-8"))["case"]]


def _pair(case: Mapping[str, Any]) -> Pair:
    known = {"wrong", "right", "also", "without", "encoding", "cover"}
    assert set(case) <= known, sorted(set(case) - known)
    files = {name: _files(case.get(name, {})) for name in ("wrong", "right", "also")}
    return Pair(
        **files,
        without=tuple(case.get("without", ())),
        encoding=case.get("encoding", "utf-8"),
        cover=case.get("cover", False),
    )


def _files(value: Any) -> dict[str, str | None]:
    if isinstance(value, str):
        return {RULE: value}
    return {name: None if text is False else text for name, text in value.items()}


def problems(pair: Pair, tokenizer: Tokenizer, *, wrong: bool) -> list[Diagnostic]:
    """Return every problem of the wrong or of the mended pack, written to a folder of its own."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for name, text in ({**pair.also, **(pair.wrong if wrong else pair.right)}).items():
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is not None:
                whole = over_sample(name, text, pair.without if wrong else ())
                path.write_bytes(whole.encode(pair.encoding if wrong else "utf-8", "replace"))
        if any(name.endswith(".toml") for name in pair.wrong):
            return _settings()
        found = check([Path()], tokenizer, cover=pair.cover)
        for name in pair.wrong:
            if name.startswith("policies/"):
                found += _policy(Path(name))
            elif name.endswith(DRAFT):
                found += _draft(Path(name), tokenizer)
            elif name.endswith(BASELINE):
                found += _baseline(Path(name))
        return found


def _policy(path: Path) -> list[Diagnostic]:
    try:
        load_policy(path, [])
    except LoadError as error:
        return list(error.diagnostics)
    return []


def _draft(path: Path, tokenizer: Tokenizer) -> list[Diagnostic]:
    """Return what there is to say of the directives of a draft, read with the rules beside it."""
    screener = Screener(packs=[Path()], shipped=False, tokenizer=tokenizer)
    known = Known(screener.pack.rules, lambda: Rest(screener.pack.retired))
    controls = Controls(lambda: known, date(2026, 11, 24), screener.policy.no_override)
    document = read_markdown(Source(path.name, path.read_text("utf-8"), "markdown"))
    return list(set_aside([(document, screener.screen(document).report)], controls, name=path.name)[1])


def _baseline(path: Path) -> list[Diagnostic]:
    try:
        read_baseline(path)
    except LoadError as error:
        return list(error.diagnostics)
    return []


def _settings() -> list[Diagnostic]:
    """Return everything about the settings of the working directory, whose ``flamecheck.toml`` holds."""
    try:
        loaded = load()
    except LoadError as error:
        return list(error.diagnostics)
    return [*loaded.warnings, *names_of(loaded)]


def kind_of(name: str) -> str:
    """Return which kind of file stands at this path of a pack."""
    return KINDS.get(Path(name).name) or KINDS.get(Path(name).parent.name, "rule")


def over_sample(name: str, text: str, without: tuple[str, ...] = ()) -> str:
    """Return the sample for a file of this name, with the top-level keys of ``text`` put over its own."""
    if name.endswith((DRAFT, BASELINE)):
        return text
    if name.endswith(".toml"):
        return text.rstrip("\n") + "\n"
    sample = (PAIRS / "samples" / f"{kind_of(name)}.yml").read_text("utf-8")
    kept = {key: block for key, block in _blocks(sample).items() if key not in without}
    return "".join({**kept, **_blocks(text.rstrip("\n") + "\n" if text else "")}.values())


def _blocks(text: str) -> dict[str, str]:
    """Return the text cut at its top-level keys; a key written twice stays one block."""
    found: dict[str, str] = {}
    key = ""
    for line in text.splitlines(keepends=True):
        start = re.match(r"[a-z_]+(?=:)", line)
        key = start[0] if start else key
        found[key] = found.get(key, "") + line
    return found


def page(code: Code, tokenizer: Tokenizer) -> str:
    """Return the page of one code."""
    parts = [f"# {code.id} {code.title}\n", f"{code.en}\n", f"{code.means}\n{code.why}\n", f"**直し方**: {code.mend}\n"]
    several = len(pairs(code.id)) > 1
    for number, pair in enumerate(pairs(code.id), 1):
        shown = "\n\n".join(problem.render() for problem in problems(pair, tokenizer, wrong=True))
        parts += [
            f"## 例{f' {number}' if several else ''}\n",
            *_excerpts(pair.also, pair),
            "誤り:\n",
            *_excerpts(pair.wrong, pair),
            "表示:\n",
            f"```text\n{_visible(shown)}\n```\n",
            "直した形:\n",
            *_excerpts(pair.right, pair),
        ]
    return "\n".join(parts)


def _excerpts(files: Mapping[str, str | None], pair: Pair) -> Iterator[str]:
    for name, text in files.items():
        if text is None:
            yield f"`{name}` がありません。\n"
            continue
        if not text and files is pair.wrong:
            yield f"`{name}`: `{'`, `'.join(pair.without)}` がありません。\n"
            continue
        note = f"（{pair.encoding} で保存）" if files is pair.wrong and pair.encoding != "utf-8" else ""
        kind = (
            "markdown"
            if name.endswith(DRAFT)
            else "json"
            if name.endswith(BASELINE)
            else "toml"
            if name.endswith(".toml")
            else "yaml"
        )
        yield f"`{name}`{note}\n\n```{kind}\n{_visible(text.rstrip(chr(10)) or _whole(name))}\n```\n"


def _whole(name: str) -> str:
    return over_sample(name, "").rstrip("\n")


def _visible(text: str) -> str:
    """Return the text with control characters and a carriage return as pictures, so that the page stays text."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", lambda found: chr(0x2400 + min(ord(found[0]), 0x21)), text)


def index(tokenizer: Tokenizer) -> str:
    """Return the first page: how a message is read, and every code with its title."""
    message = "\n\n".join(problem.render() for problem in problems(pairs("FC205")[0], tokenizer, wrong=True))
    head = (PAIRS / "head.md").read_text("utf-8")
    lines = [head.replace("MESSAGE", message).replace("SAMPLE", _whole(RULE))]
    for series, title in SERIES.items():
        codes = [code for code in catalog().values() if code.id[2] == series]
        lines.append(f"## FC{series}xx {title}\n\n| コード | 何が起きたか |\n|---|---|")
        lines += [f"| [{code.id}]({code.id}.md) | {_cell(code.title)} |" for code in codes]
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def pages(tokenizer: Tokenizer) -> dict[str, str]:
    """Return every page of docs/errors/ by file name."""
    made = {f"{code.id}.md": page(code, tokenizer) for code in catalog().values()}
    return {"README.md": index(tokenizer), **made}


def main() -> None:
    """Write every page and drop those of codes that are gone."""
    from flamecheck.tokenizers.sudachi import SudachiTokenizer

    made = pages(SudachiTokenizer())
    PAGES.mkdir(exist_ok=True)
    for old in PAGES.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (PAGES / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
