"""Downloads in the layouts that services really give out, with invented posts; for tests and for trying things."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

OWNER, USER = "1400000000000000001", "rei_kobo"
ACTOR = "https://mastodon.example/users/rei_kobo"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
POISON = b"\xff\x00 nobody may read this"
PRIVATE = (
    "direct-messages.js",
    "direct-messages-group.js",
    "like.js",
    "ad-impressions.js",
    "deleted-tweets.js",
    "contact.js",
)


def tweet(id: str, text: str, created_at: str = "Tue Mar 05 14:02:11 +0000 2024", **more: Any) -> dict[str, Any]:
    """Return one element of ``tweets.js``; numbers are strings there."""
    inner: dict[str, Any] = {
        "edit_info": {"initial": {"editTweetIds": [id], "editsRemaining": "5", "isEditEligible": False}},
        "retweeted": False,
        "source": '<a href="https://mobile.twitter.com" rel="nofollow">Twitter Web App</a>',
        "entities": {"hashtags": [], "symbols": [], "user_mentions": [], "urls": []},
        "display_text_range": ["0", str(len(text))],
        "favorite_count": "0",
        "id_str": id,
        "truncated": False,
        "retweet_count": "0",
        "id": id,
        "created_at": created_at,
        "favorited": False,
        "full_text": text,
        "lang": "ja",
    }
    return {"tweet": inner | more}


def note(id: str, text: str, at: str, urls: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    """Return one element of ``note-tweet.js``."""
    core = {"styletags": [], "urls": list(urls), "text": text, "mentions": [], "cashtags": [], "hashtags": []}
    return {
        "noteTweet": {"noteTweetId": id, "updatedAt": at, "createdAt": at, "lifecycle": {"name": "Unset"}, "core": core}
    }


def ytd(name: str, values: Iterable[Any], part: int = 0, *, indent: int | None = 2) -> bytes:
    """Return a script of a download of X."""
    body = json.dumps(list(values), indent=indent, ensure_ascii=False)
    return f"window.YTD.{name}.part{part} = {body}".encode("utf-8", "surrogatepass")


def x_files(
    parts: Sequence[Iterable[Any]], notes: Iterable[Any] = (), *, root: str = "", missing: Sequence[str] = ()
) -> dict[str, bytes]:
    """Return the files of a download of X by name; what nobody may open is no script at all."""
    names = ["tweets.js", *(f"tweets-part{n}.js" for n in range(1, len(parts)))]
    account = {"email": "pr@example.invalid", "username": USER, "accountId": OWNER, "accountDisplayName": "れい工房"}
    listed = [{"fileName": f"data/{name}", "globalName": "YTD", "count": "1"} for name in (*names, *missing)]
    manifest = {"userInfo": {"accountId": OWNER, "userName": USER}, "dataTypes": {"tweets": {"files": listed}}}
    files = {f"data/{name}": ytd("tweets", part, n) for n, (name, part) in enumerate(zip(names, parts, strict=True))}
    files |= {
        "data/account.js": ytd("account", [{"account": account}]),
        "data/manifest.js": b"window.__THAR_CONFIG = " + json.dumps(manifest, ensure_ascii=False).encode(),
        "data/note-tweet.js": ytd("note_tweet", notes),
        "Your archive.html": b"<html></html>",
    }
    files |= {f"data/{name}": POISON for name in PRIVATE}
    return {f"{root}{name}": raw for name, raw in files.items()}


def activity(number: int, content: str, /, **note: Any) -> dict[str, Any]:
    """Return one element of ``outbox.json``."""
    own = f"{ACTOR}/statuses/{number}"
    inner: dict[str, Any] = {
        "id": own,
        "type": "Note",
        "summary": None,
        "inReplyTo": None,
        "published": "2024-12-05T10:39:15Z",
        "url": f"https://mastodon.example/@rei_kobo/{number}",
        "attributedTo": ACTOR,
        "to": [PUBLIC],
        "cc": [f"{ACTOR}/followers"],
        "sensitive": False,
        "content": content,
        "attachment": [],
    }
    return {
        "id": f"{own}/activity",
        "type": "Create",
        "actor": ACTOR,
        "published": inner["published"],
        "object": inner | note,
    }


def boost(number: int) -> dict[str, Any]:
    """Return the passing on of somebody else's post."""
    other = "https://other.example/users/someone/statuses/1"
    return {"id": f"{ACTOR}/statuses/{number}/activity", "type": "Announce", "actor": ACTOR, "object": other}


def outbox(items: Sequence[Any]) -> bytes:
    """Return ``outbox.json``."""
    whole = {
        "@context": ["https://www.w3.org/ns/activitystreams", {"ostatus": "http://ostatus.org#"}],
        "id": "outbox.json",
        "type": "OrderedCollection",
        "totalItems": len(items),
        "orderedItems": items,
    }
    return json.dumps(whole, ensure_ascii=False).encode()


def misread(text: str) -> str:
    """Return a text as the downloads of Instagram and Facebook hold it."""
    return text.encode("utf-8").decode("latin-1")


def as_meta(value: Any) -> bytes:
    r"""Return JSON as Instagram and Facebook write it, every sign beyond ASCII as ``\u00XX``."""
    return json.dumps(value, indent=2).encode()


def folder(at: Path, files: Mapping[str, bytes]) -> Path:
    """Write the files below a folder."""
    for name, raw in files.items():
        (at / name).parent.mkdir(parents=True, exist_ok=True)
        (at / name).write_bytes(raw)
    return at


def zipped(at: Path, files: Mapping[str, bytes], *, kind: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write the files into a zip."""
    with zipfile.ZipFile(at, "w", kind) as archive:
        for name, raw in files.items():
            archive.writestr(zipfile.ZipInfo(name), raw, kind)
    return at


def tarred(at: Path, files: Mapping[str, bytes]) -> Path:
    """Write the files into a ``.tar.gz``."""
    with gzip.open(at, "wb") as stream, tarfile.open(fileobj=stream, mode="w") as archive:
        for name, raw in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(raw)
            archive.addfile(member, io.BytesIO(raw))
    return at


def encrypted(path: Path) -> Path:
    """Let every member of a zip say that it has a password."""
    raw = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + flags] |= 1
            at = raw.find(mark, at + 4)
    path.write_bytes(raw)
    return path
