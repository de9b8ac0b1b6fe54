"""The quarantine: a file with every record that could not be screened, where it stands, and why."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from flamecheck.audit.line import raw_of, result_of
from flamecheck.audit.publish import placing
from flamecheck.wire import dump


def quarantine_name(output: str) -> str:
    """Return the name of the quarantine beside an output: ``posts.xlsx`` → ``posts.quarantine.jsonl``."""
    path = Path(output)
    return str(path.with_name(f"{path.stem}.quarantine.jsonl"))


def write_quarantine(lines: Iterable[bytes], name: str) -> None:
    """Write a row of JSON for each record in error among ``lines`` of a work file; leaks were starred when it was read.

    Raises InputError (code ``unwritable``).
    """
    with placing(name) as target, target.open("wb") as file:
        for line in lines:
            if b'"error":' not in line:
                continue
            result = result_of(line)
            if result.failed:
                error, post = result.row["error"], result.post
                row = {"archive": post.archive, "number": post.number, "place": post.place, "id": result.row["id"]}
                row |= {"code": error["code"], "message": error["message"], "line": error["line"], "raw": raw_of(line)}
                file.write(dump(row).encode() + b"\n")
