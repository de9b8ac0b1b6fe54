"""No output tells a number that stands where no rule has looked."""

from __future__ import annotations

from auditresults import unread, verdict

from flamecheck.audit.masks import without_leaks


def test_extra_and_the_message_of_an_error_tell_no_number() -> None:
    told = without_leaks(verdict(1, "晴れ", extra={"full_text": "090-1234-5678"}))
    assert told.row["extra"] == {"full_text": "090-****-5678"}
    assert "1234" not in without_leaks(unread(2, "channel に「090-1234-5678」は使えません")).row["error"]["message"]
