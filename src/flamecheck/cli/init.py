"""``flamecheck init``: write a first settings file, and say what comes next."""

from __future__ import annotations

import argparse
from importlib.resources import files
from pathlib import Path
from typing import Final

from flamecheck.display import visible

KINDS: Final = ("blog", "docs", "posts")
_NEXT: Final = """\
{name} を書きました（{kind}）。中の説明を読みながら、自社に合わせてください。

次にすること
  1. まず見るだけ    flamecheck check {folder}
     はじめは report-only = true なので、指摘があっても終了コードは 0 です。
  2. 前からある指摘  flamecheck baseline create {folder}
     書きとめたら、{name} の baseline の行の # を消します。新しい指摘だけが残ります。
  3. 慣れたら        report-only の行を消し、.pre-commit-config.yaml に足します。

       repos:
         - repo: <flamecheck の置き場所>
           rev: v{version}
           hooks:
             - id: flamecheck

何がどこから効くかは、flamecheck settings show ファイル で見られます。
"""


def add(verb: argparse.ArgumentParser) -> None:
    """Ask what the repository holds and where the file goes."""
    told = "blog（記事）、docs（製品の文書）、posts（予約投稿）。なければ blog"
    verb.add_argument("folder", nargs="?", default=".", metavar="PATH", help="置くフォルダー（なければここ）")
    verb.add_argument("--kind", choices=KINDS, default="blog", help=told)
    verb.add_argument("--force", action="store_true", help="もうあるファイルを書きなおす")


def starter(kind: str) -> str:
    """Return the text of the first settings file of a kind."""
    return (files("flamecheck.settings") / "starters" / f"{kind}.toml").read_text("utf-8")


def run(arguments: argparse.Namespace) -> int:
    """Write the file; raises ValueError when there are settings already and nothing says to write over them."""
    from flamecheck import __version__
    from flamecheck.settings.find import holder
    from flamecheck.settings.read import NAME

    folder = Path(arguments.folder)
    if not folder.is_dir():
        raise ValueError(f"フォルダー「{visible(arguments.folder)}」がありません。先に作ってください")
    path = folder / NAME
    if arguments.force:
        path.write_text(starter(arguments.kind), "utf-8", newline="\n")
    else:
        known = holder(folder)
        if known:
            shown = visible(str(known))
            raise ValueError(
                f"{shown} に設定がもうあります。書きなおすときは --force を付けてください（{NAME} を書きます）"
            )
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(starter(arguments.kind))
        except FileExistsError:
            raise ValueError(f"{visible(str(path))} がもうあります。ファイルでないか、先のないリンクです") from None
    where = visible(str(folder))
    print(_NEXT.format(name=visible(str(path)), kind=arguments.kind, folder=where, version=__version__), end="")
    return 0
