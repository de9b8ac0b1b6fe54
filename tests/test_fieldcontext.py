"""The context of a post from its own fields."""

from __future__ import annotations

from typing import Any

import pytest

from flamecheck.context import Context
from flamecheck.errors import InputError
from flamecheck.fieldcontext import context_of


@pytest.mark.parametrize(
    ("fields", "known"),
    [
        ({}, {}),
        ({"posted_at": "2026/8/9 9:00"}, {"posted_at": "2026-08-09T09:00"}),
        ({"date": "2026-08-09", "post_type": "notice"}, {"posted_at": "2026-08-09", "post_type": "notice"}),
        ({"date": "{{ .Date }}", "published_at": ""}, {}),
        ({"scheduled_at": "2026-08-09T09:00Z"}, {"posted_at": "2026-08-09T18:00+09:00", "scheduled": True}),
        ({"paid": "true"}, {"paid": True}),
        ({"paid": "gifted", "context": {"reach": "20", "paid": "false"}}, {"reach": 20, "paid": False}),
        ({"context": "近況"}, {}),
        ({"post_type": "post", "channel": "gopher"}, {}),
        ({"post_type": ["a"], "channel": "blog"}, {"channel": "blog"}),
    ],
)
def test_fields_give_a_context(fields: dict[str, Any], known: dict[str, Any]) -> None:
    assert context_of(fields, lambda _: 1) == Context.of(known)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"posted_at": "あした"}, "context-value"),
        ({"channel": "instagrm"}, "context-value"),
        ({"post_type": "campain"}, "context-value"),
        ({"context": {"channel": "gopher"}}, "context-value"),
        ({"context": {"canal": "x"}}, "context-key"),
    ],
)
def test_what_cannot_be_meant_is_an_error_with_its_line(fields: dict[str, Any], code: str) -> None:
    with pytest.raises(InputError) as caught:
        context_of(fields, len)
    assert (caught.value.code, caught.value.line) == (code, len(next(iter(fields))))
    assert caught.value.message.startswith(f"{caught.value.line} 行目: ")
