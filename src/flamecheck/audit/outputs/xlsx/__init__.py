"""The review sheet: a workbook in which people decide over the flagged posts, and a sheet that says what it is of."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from flamecheck.audit.ordered import ordered
from flamecheck.audit.result import Results, RunFacts
from flamecheck.audit.storing import storing
from flamecheck.errors import InputError, missing, said


def write(results: Results, facts: RunFacts, target: str) -> None:
    """Write every post with findings, the one to read first in front, and count what is left out.

    Raises InputError (codes ``unwritable``, ``extra`` without xlsxwriter).
    """
    try:
        import xlsxwriter
    except ImportError:
        raise missing("xlsxwriter", "audit") from None
    from flamecheck.audit.outputs.xlsx.looks import FONT, SIZE, Looks
    from flamecheck.audit.outputs.xlsx.posts import Sheets
    from flamecheck.audit.outputs.xlsx.summary import summarize

    # 途中の行は一時ファイルに置かれる。途中で止まっても、利用者のフォルダーには何も残さない。
    with storing(target) as file, TemporaryDirectory(prefix="flamecheck-") as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "default_format_properties": {"font_name": FONT, "font_size": SIZE},
        }
        # 直接 target に書くと、空きがなくなったときに、閉じられない zip が残る。
        made = Path(folder) / "book"
        book = xlsxwriter.Workbook(made, options)
        try:
            book.use_zip64()
            book.set_properties(
                {
                    "title": "投稿の見直し",
                    "author": f"flamecheck {facts.version}",
                    "created": datetime.fromisoformat(facts.made_on),
                }
            )
            looks = Looks(book, facts.tiers)
            sheets = Sheets(book, looks)
            summary = book.add_worksheet("集計")
            with ordered(results, facts) as (tally, posts):
                for result in posts:
                    sheets.add(result, facts)
            sheets.finish()
            summarize(summary, looks, facts, tally, sheets)
            book.close()
            with made.open("rb") as whole:
                shutil.copyfileobj(whole, file)
            file.flush()
        except (OSError, sqlite3.Error, xlsxwriter.exceptions.XlsxWriterException) as error:
            text = said(error) if isinstance(error, OSError) else str(error)
            raise InputError("unwritable", f"{target}: 書けません: {text}") from None
        finally:
            # 途中でやめたときは、書きかけの行の一時ファイルが開いたまま残っている。
            for sheet in book.worksheets():
                sheet.row_data_fh.close()
