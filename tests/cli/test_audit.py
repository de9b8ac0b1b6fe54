"""``audit`` as a whole: resume, Ctrl-C, a full disk, samples, what is told and what is refused."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from packs import pack, rule

from flamecheck.audit import run as engine
from flamecheck.cli import audit as verb
from flamecheck.cli.common import Recipe
from flamecheck.cli.main import main
from flamecheck.screener import Screener

COUNT = 60


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Screen with one small rule, in a folder with a file of posts."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(engine, "RECORDS", 5)
    rules = pack(tmp_path / "pack", {"tone/sample.yml": rule("合言葉", "[⟦合言葉⟧です]")})
    screener = Screener(packs=[rules], shipped=False)
    monkeypatch.setattr(Recipe, "make", lambda _: screener)
    lines = [
        {
            "id": n,
            "text": f"{'合言葉' if n % 7 == 0 else '晴れ'} {n}",
            "context": {"posted_at": f"2024-05-{n % 28 + 1:02}"},
        }
        for n in range(COUNT)
    ]
    Path("in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


def rows(name: str) -> list[Any]:
    return [json.loads(line) for line in Path(name).read_text("utf-8").splitlines()]


def names() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


def stop_after(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Press Ctrl-C before the work file has more than ``count`` results."""
    write = engine._write
    pressed: list[bool] = []

    def written(work: Any, chunk: Any) -> None:
        write(work, chunk)
        if work.counts.read >= count and not pressed:
            pressed.append(True)
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(engine, "_write", written)


def test_ctrl_c_leaves_a_partial_output_and_resume_makes_it_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "in.jsonl", "--output", "whole.jsonl"]) == 1
    with monkeypatch.context() as patched:
        stop_after(patched, 20)
        assert main(["audit", "in.jsonl", "--output", "out.jsonl"]) == verb.STOPPED
    told = capsys.readouterr().err
    assert "途中で止めました" in told
    assert "--resume" in told
    assert 20 <= len(rows("out.jsonl")) < COUNT
    assert "out.jsonl.work" in names()
    assert main(["audit", "in.jsonl", "--output", "out.jsonl"]) == 2
    assert "--resume" in capsys.readouterr().err
    assert main(["audit", "in.jsonl", "--output", "out.jsonl", "--resume", "--jobs", "2"]) == 1
    assert Path("out.jsonl").read_bytes() == Path("whole.jsonl").read_bytes()
    assert names() == ["in.jsonl", "out.jsonl", "pack", "whole.jsonl"]


@pytest.mark.parametrize(
    ("more", "told"),
    [(["--since", "2024-05-02"], "期間と抽出"), (["--policy", "strict"], "方針"), (["--channel", "x"], "オプション")],
)
def test_another_question_is_not_gone_on_with(
    more: list[str], told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patched:
        stop_after(patched, 20)
        main(["audit", "in.jsonl", "--output", "out.jsonl"])
    if told == "方針":
        screener = Screener(packs=[Path("pack")], shipped=False, policy="strict")
        monkeypatch.setattr(Recipe, "make", lambda _: screener)
    assert main(["audit", "in.jsonl", "--output", "out.jsonl", "--resume", *more]) == 2
    assert told in capsys.readouterr().err
    assert main(["audit", "in.jsonl", "--output", "out.jsonl", "--restart", *more]) == 1


def test_a_changed_input_is_not_gone_on_with(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patched:
        stop_after(patched, 20)
        main(["audit", "in.jsonl", "--output", "out.jsonl"])
    with Path("in.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"text": "雨"}\n')
    assert main(["audit", "in.jsonl", "--output", "out.jsonl", "--resume"]) == 2
    assert "読むもの" in capsys.readouterr().err


def test_two_runs_do_not_share_a_work_folder(capsys: pytest.CaptureFixture[str]) -> None:
    from flamecheck.audit.work import Work

    script = (
        "import sys; from pathlib import Path; from flamecheck.audit.work import Work\n"
        "work = Work(Path('out.jsonl.work'), {}, made_on='2026-11-24'); print('ready', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"ready\n"
        assert main(["audit", "in.jsonl", "--output", "out.jsonl"]) == 2
        other.kill()
    assert "ほかの flamecheck audit" in capsys.readouterr().err
    with Work(Path("out.jsonl.work"), {}, made_on="2026-11-24", restart=True):
        pass


def test_a_sample_is_the_same_for_the_same_seed_and_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    ids = []
    for seed in ("1", "1", "2"):
        main(["audit", "in.jsonl", "--output", "out.jsonl", "--sample", "10", "--seed", seed])
        ids.append([row["id"] for row in rows("out.jsonl")])
    assert len(ids[0]) == 10
    assert ids[0] == ids[1] == sorted(ids[0])
    assert ids[0] != ids[2]
    assert "無作為に 10 件まで（seed 2）（選ばれなかった投稿 50）" in capsys.readouterr().err


def test_days_choose_posts_by_their_own_day(capsys: pytest.CaptureFixture[str]) -> None:
    main(["audit", "in.jsonl", "--output", "out.jsonl", "--since", "2024-05-27", "--until", "2024-05-27"])
    assert [row["id"] for row in rows("out.jsonl")] == [26, 54]
    assert "期間の外 58" in capsys.readouterr().err


def test_a_dry_run_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "in.jsonl", "--output", "out.jsonl", "--dry-run"]) == 0
    assert "in.jsonl: 60 件（試しに 60 件を見て、読めない記録 0）" in capsys.readouterr().err
    assert names() == ["in.jsonl", "pack"]


def test_rows_go_to_standard_output_without_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "in.jsonl", "in.jsonl"]) == 1
    out = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["id"] for line in out] == [*range(COUNT), *range(COUNT)]
    assert names() == ["in.jsonl", "pack"]


def test_leaks_are_starred_in_the_quarantine() -> None:
    with Path("in.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"text": 090-1234-5678}\n')
    assert main(["audit", "in.jsonl", "--output", "out.jsonl"]) == 3
    (row,) = rows("out.quarantine.jsonl")
    assert (row["place"], row["code"], row["raw"]) == ("in.jsonl 61 行目", "json", '{"text": 090-****-5678}')


SECRETS = ("090-1234-5678", "4242 4242 4242 4242", "1234 5678 9018", "普通 2345678", "taro.y@gmail.com", "hunter2xyz")


def test_no_output_tells_a_leak_that_no_rule_has_found(capsys: pytest.CaptureFixture[str]) -> None:
    post = "合言葉は{}、担当の携帯です。{} マイナンバー{} {} {} パスワードは{}".format(*SECRETS)
    lines = [{"id": 1, "text": post, "memo": post}, {"id": 2, "text": post.replace("合言葉", "晴れ")}, {"id": [post]}]
    lines.append({"id": 3, "text": post, "context": {"channel": post}})
    Path("leaks.jsonl").write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    suffixes = ("jsonl", "csv", "html", "xlsx", "parquet")
    asked = [part for suffix in suffixes for part in ("--output", f"out.{suffix}")]
    main(["audit", "leaks.jsonl", *asked])
    told = capsys.readouterr()
    shown = {"stdout": told.out, "stderr": told.err, "quarantine": Path("out.quarantine.jsonl").read_text("utf-8")}
    shown |= {suffix: Path(f"out.{suffix}").read_text("utf-8") for suffix in ("jsonl", "csv", "html")}
    with zipfile.ZipFile("out.xlsx") as book:
        shown["xlsx"] = "".join(book.read(name).decode() for name in book.namelist())
    shown["parquet"] = str(pq.read_table("out.parquet").to_pylist())
    assert "090-****-5678" in shown["csv"]
    assert "090-****-5678" in shown["parquet"]
    leaked = [(where, secret) for where, words in shown.items() for secret in SECRETS if secret[4:] in words]
    assert leaked == []


def test_headers_that_are_a_post_are_told_starred(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bare.csv").write_text("1,電話は090-1234-5678まで\n2,晴れ\n", "utf-8")
    main(["audit", "bare.csv", "--output", "out.csv"])
    told = capsys.readouterr().err
    assert "1234-5678" not in told
    assert "bare.csv" in told


def test_a_disk_that_fills_up_is_told_and_gone_on_with(capfd: pytest.CaptureFixture[str]) -> None:
    import resource

    main(["audit", "in.jsonl", "--output", "whole.jsonl"])
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    pid = os.fork()
    if pid == 0:
        # 大きさの限りは、この子だけのもの。
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
        os._exit(main(["audit", "in.jsonl", "--output", "out.jsonl"]))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 2
    assert "Traceback" not in capfd.readouterr().err
    assert not Path("out.jsonl").exists()
    assert main(["audit", "in.jsonl", "--output", "out.jsonl", "--resume"]) == 1
    assert Path("out.jsonl").read_bytes() == Path("whole.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--output", "out.doc"], "使えるもの: .csv"),
        (["--format", "xlsx"], "--output"),
        (["--output", "o.jsonl", "--column", "text"], "text=本文"),
        (["--output", "o.jsonl", "--compare", "none.jsonl"], "none.jsonl"),
        (["--output", "o.jsonl", "--since", "2024-05-02", "--until", "2024-05-01"], "--until 2024-05-01 より後"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_screened(
    more: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "in.jsonl", *more]) == 2
    assert told in capsys.readouterr().err
    assert names() == ["in.jsonl", "pack"]


@pytest.mark.parametrize(
    "more",
    [
        ["--since", "2024-01-01"], ["--sample", "5"], ["--seed", "3"], ["--resume"], ["--dry-run"], ["--jobs", "2"],
        ["--compare", "old.jsonl"], ["--quarantine", "q.jsonl"], ["--encoding", "cp932"], ["--account", "midori"],
        ["--channel", "x"], ["--output", "o.xlsx"], ["--format", "csv"], ["--sheet", "投稿"],
    ],
)  # fmt: skip
def test_flags_that_spark_does_not_know_are_refused_by_name(
    more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "--engine", "spark", "in", "out", *more]) == 2
    told = capsys.readouterr().err
    assert more[0] in told
    assert "Traceback" not in told
    assert names() == ["in.jsonl", "pack"]


def test_ctrl_c_while_rules_are_loaded_promises_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(_: object) -> Screener:
        raise KeyboardInterrupt

    monkeypatch.setattr(Recipe, "make", stopped)
    assert main(["audit", "in.jsonl", "--output", "out.jsonl"]) == 130
    assert capsys.readouterr().err.endswith("止めました。何も書いていません\n")
    assert names() == ["in.jsonl", "pack"]
