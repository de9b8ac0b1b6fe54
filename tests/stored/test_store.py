"""A compiled pack in a file finds what the one it was made from finds, shares what it shares, and is never trusted.

That every kind of condition comes back is asked by ``agree`` in the property tests of the rule language.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from agreement import tokenizer

from flamecheck.compiler import compile_rules
from flamecheck.document import plain
from flamecheck.engine import find
from flamecheck.errors import Diagnostic, Place
from flamecheck.matchers.phrase import PhraseMatcher
from flamecheck.program import Entries
from flamecheck.rules.load import load_pack
from flamecheck.rules.rule import Pack
from flamecheck.ruleset import Ruleset
from flamecheck.screener import Screener
from flamecheck.stored.kinds import FORMAT, classes
from flamecheck.stored.read import BrokenError, load
from flamecheck.stored.store import MOST, Store
from flamecheck.stored.write import dump

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pack, Ruleset]:
    folder = tmp_path_factory.mktemp("own")
    for part in ("lexicons", "tone"):
        (folder / part).mkdir()
    (folder / "lexicons" / "品.yml").write_text(
        "id: 品\ntitle: 品\nsense: 品\nsource: 例\nentries: [茶, 菓子, 売る~]\n", "utf-8"
    )
    for name in ("one", "two"):
        (folder / "tone" / f"{name}.yml").write_text(
            f"id: tone/{name}\ncategory: insult-violence\ntitle: 例\nseverity: high\nconfidence: medium\nstatus: test\n"
            "message: 例です\naffected: 読み手\nrewrite: 外す\nmatch:\n  any: [<品>, {regex: 'a{1,3}', literals: [a]}]\n"
            "unless: [{id: no, match: {after: [はない]}, effect: cancel, why: 打ち消し}]\n"
            "examples:\n  flag: [⟦茶⟧です]\n  pass: [水です]\n",
            "utf-8",
        )
    pack = load_pack([folder])
    return pack, compile_rules(pack, tokenizer())


def test_what_was_stored_finds_the_same_in_the_corpus() -> None:
    screener = Screener.default()
    pack, ruleset = load(dump(screener.pack, screener.ruleset, "a"), "a")
    assert [rule.id for rule in pack.rules] == [rule.id for rule in screener.pack.rules]
    assert pack.retired == screener.pack.retired
    lines = (ROOT / "corpora" / "first.jsonl").read_text("utf-8").splitlines()
    lines += (ROOT / "corpora" / "functional" / "disguise.jsonl").read_text("utf-8").splitlines()[:40]
    flagged = 0
    for line in lines:
        document = plain(json.loads(line)["text"].replace("⟦", "").replace("⟧", ""))
        expected = find(document, screener.ruleset, screener.tokenizer)
        assert find(document, ruleset, screener.tokenizer) == expected
        flagged += bool(expected.findings)
    assert flagged > 20
    assert len(ruleset.prefilter.gates) > 1000
    assert len(ruleset.compiled[:]) == len(screener.ruleset.compiled)
    assert len(ruleset.prefilter.gates) == len(screener.ruleset.prefilter.gates)


def test_what_two_rules_share_is_one_value_again(small: tuple[Pack, Ruleset]) -> None:
    _, ruleset = load(dump(*small, "a"), "a")
    found = []
    for item in ruleset.compiled:
        phrase = item.matcher.members[0]  # type: ignore[attr-defined]
        assert isinstance(phrase, PhraseMatcher)
        found += [step for step in phrase.program if isinstance(step, Entries)]
    one, other = found
    assert one is other


def test_a_rule_is_decoded_when_it_is_asked_for_and_once(small: tuple[Pack, Ruleset]) -> None:
    _, ruleset = load(dump(*small, "a"), "a")
    assert not ruleset.prefilter.gates
    first = ruleset.compiled[0]
    assert first.rule.id == "tone/one"
    assert first is ruleset.compiled[0]
    assert first is ruleset.compiled[-2]
    assert ruleset.prefilter.gates
    with pytest.raises(IndexError):
        ruleset.compiled[2]


def test_what_only_authors_ask_for_is_left_out(small: tuple[Pack, Ruleset]) -> None:
    raw = dump(*small, "a")
    pack, ruleset = load(raw, "a")
    rule = ruleset.compiled[0].rule
    assert (rule.flags, rule.passes, rule.guards, rule.place.path) == ((), (), (), "")
    assert rule.message == small[0].rules[0].message
    assert pack.lexicons == {}
    assert ruleset.compiled[0].guards[0].cases[0].case.why == "打ち消し"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: b"",
        lambda raw: raw[:-1],
        lambda raw: raw[:200],
        lambda raw: raw.replace(FORMAT.encode(), b"flamecheck ruleset 0", 1),
        lambda raw: bytes([raw[0] ^ 1]) + raw[1:],
        lambda raw: raw[:-3] + b"abc",
        lambda raw: b"\xff\xfe\n" + raw,
        lambda raw: b"{}\n{}",
        lambda raw: f"{FORMAT} 2 {zlib.crc32(b'[]')}\n[]".encode(),
    ],
)
def test_damaged_bytes_are_refused(spoil: Callable[[bytes], bytes], small: tuple[Pack, Ruleset]) -> None:
    with pytest.raises(BrokenError):
        load(spoil(dump(*small, "a")), "a")


def test_bytes_made_from_something_else_are_refused(small: tuple[Pack, Ruleset]) -> None:
    with pytest.raises(BrokenError):
        load(dump(*small, "a"), "b")


def test_a_file_names_only_classes_of_the_list(small: tuple[Pack, Ruleset]) -> None:
    raw = dump(*small, "a")
    lead, _, body = raw.partition(b"\n")
    size = int(lead.rsplit(b" ", 2)[1])
    head = json.loads(body[:size])
    assert set(head["kinds"]) <= classes().keys()
    head["kinds"][0] = "os.system"
    other = json.dumps(head).encode()
    body = other + body[size:]
    with pytest.raises(BrokenError):
        load(f"{FORMAT} {len(other)} {zlib.crc32(body)}\n".encode() + body, "a")


def test_a_store_makes_once_and_reads_then(small: tuple[Pack, Ruleset], tmp_path: Path) -> None:
    store = Store(tmp_path / "rulesets", "a", pytest.fail)
    made = []

    def make() -> tuple[Pack, Ruleset]:
        made.append(1)
        return small

    assert store.get(make) is small
    pack, ruleset = store.get(make)
    assert made == [1]
    assert ruleset.fingerprint == small[1].fingerprint
    assert pack.fingerprint == small[0].fingerprint


def test_a_damaged_file_is_made_anew_with_a_warning(small: tuple[Pack, Ruleset], tmp_path: Path) -> None:
    Store(tmp_path, "a", pytest.fail).get(lambda: small)
    (path,) = tmp_path.glob("*.fcr")
    path.write_bytes(path.read_bytes()[:-9])
    said: list[str] = []
    assert Store(tmp_path, "a", said.append).get(lambda: small) is small
    assert len(said) == 1
    assert "作り直します" in said[0]
    _, ruleset = Store(tmp_path, "a", pytest.fail).get(pytest.fail)
    assert ruleset.compiled[0].rule.id == "tone/one"


def test_a_pack_with_warnings_is_not_stored(small: tuple[Pack, Ruleset], tmp_path: Path) -> None:
    from dataclasses import replace

    warned = replace(small[0], warnings=(Diagnostic("FC438", Place("a.yml", 1, 1), "読みません", level="warning"),))
    Store(tmp_path, "a", pytest.fail).get(lambda: (warned, small[1]))
    assert not list(tmp_path.glob("*.fcr"))


def test_a_folder_that_cannot_be_made_costs_only_time(small: tuple[Pack, Ruleset], tmp_path: Path) -> None:
    (tmp_path / "rulesets").write_text("ファイル", "utf-8")
    said: list[str] = []
    assert Store(tmp_path / "rulesets", "a", said.append).get(lambda: small) is small
    assert said


def test_the_oldest_files_go(small: tuple[Pack, Ruleset], tmp_path: Path) -> None:
    for number in range(MOST + 2):
        Store(tmp_path, str(number), pytest.fail).get(lambda: small)
        for age, path in enumerate(sorted(tmp_path.glob("*.fcr"), key=lambda path: path.stat().st_mtime_ns)):
            os.utime(path, (age, age))
    assert len(list(tmp_path.glob("*.fcr"))) == MOST
    Store(tmp_path, str(MOST + 1), pytest.fail).get(pytest.fail)
