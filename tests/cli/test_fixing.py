"""What ``--diff`` shows and ``--fix`` writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from setting_aside import draft

from flamecheck.cli.fixing import fix, rewrite
from flamecheck.errors import InputError
from flamecheck.grading import Confidence, Severity
from flamecheck.outcome import Outcome, RuleNote, Screened
from flamecheck.policy.decide import decide
from flamecheck.policy.load import load_policy

RULES = {
    "tone/sorry": RuleNote(
        "tone/sorry", "", "non-apology", "tone", Severity.LOW, Confidence.HIGH, "test", "", "", "",
        fix=(("父兄", "保護者"), ("看護婦", "看護師👩")),
    )
}  # fmt: skip


def outcome(name: str, marked: str) -> Outcome:
    document, report = draft(marked, name)
    verdict = decide(report, load_policy("standard", [Path(__file__).parents[2] / "rules" / "policies"]))
    return Outcome(name, document.origin.text, (Screened(document, verdict),))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16"])
def test_bytes_that_are_not_rewritten_stay(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.md"
    text = "題\r\n父兄の皆さま\n終わり\r"
    path.write_bytes(text.encode(encoding))
    rewrite(path, text, text.replace("父兄", "保護者"), encoding="utf-16" if encoding == "utf-16" else None)
    assert path.read_bytes() == text.replace("父兄", "保護者").encode(encoding)


@pytest.mark.parametrize(
    ("raw", "text", "new"),
    [
        ("変わった".encode(), "父兄", "保護者"),
        ("看護婦".encode("cp932"), "看護婦", "看護師👩"),
        (b"\xff\xfe\x80", "父兄", "保護者"),
    ],
)
def test_a_file_that_cannot_be_written_back_is_left(tmp_path: Path, raw: bytes, text: str, new: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(raw)
    with pytest.raises(InputError, match="書き換えません"):
        rewrite(path, text, new)
    assert path.read_bytes() == raw


def test_a_diff_is_shown_and_nothing_written_unless_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    before = "父兄の皆さまへ\r\n"
    Path("a.md").write_bytes(before.encode())
    Path("b.md").write_bytes("看護婦".encode("cp932"))
    outcomes = [outcome("a.md", "⟦父兄⟧の皆さまへ\r\n"), outcome("b.md", "⟦看護婦⟧"), outcome("c.md", "晴れ")]
    assert fix(outcomes, RULES, write=False) == 0
    out, err = capsys.readouterr()
    assert "-父兄の皆さまへ\r\n+保護者の皆さまへ\r\n" in out
    assert err == "2 ファイルの 2 か所を書き換えられます（--fix で書き込みます）\n"
    assert Path("a.md").read_bytes() == before.encode()
    assert fix(outcomes, RULES, write=True) == 2
    out, err = capsys.readouterr()
    assert out.count("--- a/") == 2
    assert err.startswith("b.md: 書き換えません")
    assert err.endswith("1 ファイルの 1 か所を書き換えました\n")
    assert Path("a.md").read_bytes() == "保護者の皆さまへ\r\n".encode()
    assert Path("b.md").read_bytes() == "看護婦".encode("cp932")


def test_a_rule_without_rewrites_and_an_unknown_one_change_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert fix([outcome("a.md", "⟦topic/insult:父兄⟧")], RULES, write=True) == 0
    assert capsys.readouterr() == ("", "")
