"""The review sheet: a workbook in which people decide over the flagged posts, and a sheet that says what it is of."""

from __future__ import annotations

from datetime import datetime
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
        book = xlsxwriter.Workbook(file, options)
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
        except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
            text = said(error) if isinstance(error, OSError) else str(error)
            raise InputError("unwritable", f"{target}: 書けません: {text}") from None
