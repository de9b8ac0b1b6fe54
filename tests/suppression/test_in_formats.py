"""A directive in the comment syntax of each format covers what it should."""

from __future__ import annotations

import pytest
from setting_aside import codes, controls, finding, report_of

from flamecheck.document import Source
from flamecheck.formats import documents_of
from flamecheck.spans import Span
from flamecheck.suppression.apply import set_aside

SAYS = "flamecheck: {}[tone/sorry] reason=「引用です」"
END = "flamecheck: ignore-end[tone/sorry]"


def left(name: str, text: str) -> tuple[list[str], list[str]]:
    """Return which of the words 遺憾0, 遺憾1 … are still findings, and the codes of what was said."""
    posts = []
    for document in documents_of(Source(name, text), fields=("text",)):
        words = document.text
        starts = [at for at in range(len(words)) if words.startswith("遺憾", at)]
        posts.append((document, report_of(*(finding("tone/sorry", Span(at, at + 3), words) for at in starts))))
    reports, said = set_aside(posts, controls(), name=name)
    return [found.matched for report in reports for found in report.findings], codes(said)


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("a.md", f"遺憾0\n\n<!-- {SAYS.format('ignore')} -->\n\n- 遺憾1\n- 遺憾2\n\n遺憾3\n", ["遺憾0", "遺憾3"]),
        ("a.md", f"> 遺憾0\n>\n> <!-- {SAYS.format('ignore')} -->\n> 遺憾1\n\n遺憾2\n", ["遺憾0", "遺憾2"]),
        ("a.md", f"遺憾0 <!-- {SAYS.format('ignore-line')} -->\n遺憾1\n", ["遺憾1"]),
        ("a.md", f"[//]: # ({SAYS.format('ignore')})\n\n遺憾0\n\n遺憾1\n", ["遺憾1"]),
        ("a.md", f"遺憾0\n\n<!-- {SAYS.format('ignore-start')} -->\n\n# 遺憾1\n\n|遺憾2|\n|-|\n|x|\n\n<!-- {END} -->\n\n遺憾3\n",
         ["遺憾0", "遺憾3"]),
        ("a.md", f"---\ntitle: 遺憾0\nflamecheck: {SAYS.format('ignore-file').removeprefix('flamecheck: ')}\n---\n遺憾1\n", []),
        ("a.md", f"---\ntitle: 遺憾0 # {SAYS.format('ignore-line')}\n---\n遺憾1\n", ["遺憾1"]),
        ("a.mdx", f"{{/* {SAYS.format('ignore')} */}}\n\n遺憾0\n\n遺憾1\n", ["遺憾1"]),
        ("a.html", f"<p>遺憾0</p>\n<!-- {SAYS.format('ignore')} -->\n<p>遺憾1</p><p>遺憾2</p>\n", ["遺憾0", "遺憾2"]),
        ("a.html", f"<p>遺憾0</p><!-- {SAYS.format('ignore-line')} -->\n<p>遺憾1</p>\n", ["遺憾1"]),
        ("a.yaml", (f"posts:\n  # {SAYS.format('ignore')}\n  - text: 遺憾0\n  - text: 遺憾1 # {SAYS.format('ignore-line')}\n"
                   "  - text: 遺憾2\n"), ["遺憾2"]),
    ],
)  # fmt: skip
def test_each_format_has_its_own_way_to_say_it(name: str, text: str, kept: list[str]) -> None:
    assert left(name, text) == (kept, [])
    assert left(name, text.replace("\n", "\r\n")) == (kept, [])


@pytest.mark.parametrize(
    ("name", "apart"), [("a.jsonl", '{{"text": "遺憾{0}"{1}}}\n'), ("a.yaml", "---\ntext: 遺憾{0}\n{1}")]
)
def test_a_key_in_one_of_several_posts_speaks_of_that_post(name: str, apart: str) -> None:
    said = SAYS.format("ignore").removeprefix("flamecheck: ")
    key = f', "flamecheck": "{said}"' if name == "a.jsonl" else f"flamecheck: {said}\n"
    assert left(name, apart.format(0, key) + apart.format(1, "")) == (["遺憾1"], [])


def test_a_key_in_any_mapping_speaks_of_that_mapping() -> None:
    said = SAYS.format("ignore").removeprefix("flamecheck: ")
    text = f"ja:\n  home: {{text: 遺憾0}}\n  page:\n    flamecheck: {said}\n    a: {{text: 遺憾1}}\n    b: {{text: 遺憾2}}\n"
    assert left("a.yaml", text) == (["遺憾0"], [])


@pytest.mark.parametrize("value", ["3", '{"ignore": "tone/sorry"}', '["ignore"]', "[3]"])
def test_a_key_with_anything_but_texts_is_told(value: str) -> None:
    assert left("a.json", f'{{"text": "遺憾0", "flamecheck": {value}}}') == (["遺憾0"], ["FC801"])


def test_code_holds_no_directives() -> None:
    text = f"```html\n<!-- {SAYS.format('ignore-file')} -->\n```\n\n遺憾0\n"
    assert left("a.md", text) == (["遺憾0"], [])
