"""What kind of download a folder or a zip is, by the names in it; no file is opened."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from flamecheck.archives.members import Folder, Zip, naming

X_POSTS: Final = re.compile(r"(?P<root>(?:.*/)?)(?P<what>tweets?|community-tweet)(?:-part(?P<part>\d{1,6}))?\.js")
X_NOTES: Final = re.compile(r"(?P<root>(?:.*/)?)note-tweet(?:-part(?P<part>\d{1,6}))?\.js")
OUTBOX: Final = re.compile(r"(?:.*/)?outbox\.json")
_INSTAGRAM: Final = re.compile(
    r"(?:.*/)?(?:content|media|threads)/"
    r"(?P<what>posts|reels|stories|igtv_videos|threads_and_replies)(?:_(?P<part>\d{1,6}))?\.json"
)
_FACEBOOK: Final = re.compile(
    r"(?:.*/)?posts/(?P<what>your_posts(?:__check_ins__photos_and_videos)?|profile_posts|posts_on_other_pages_and_profiles"
    r"|your_videos|your_uncategorized_photos)(?:_(?P<part>\d{1,6}))?\.json"
)


class Meta(NamedTuple):
    """A file of posts in a download of Instagram or Facebook."""

    channel: str
    what: str
    name: str


def meta_files(names: Iterable[str]) -> list[Meta]:
    """Return the files of posts in a download of Instagram or Facebook, in the order of their names and numbers."""
    found = []
    for name in names:
        for channel, pattern in (("instagram", _INSTAGRAM), ("facebook", _FACEBOOK)):
            match = pattern.fullmatch(name)
            if match:
                order = (name.rpartition("/")[0], match["what"], int(match["part"] or 0), name)
                found.append((order, Meta(channel, match["what"], name)))
    return [file for _, file in sorted(found)]


def x_files(names: Iterable[str]) -> list[str]:
    """Return the files of posts in a download of X, in the order of their parts; only those of the topmost folder."""
    found = []
    for name in names:
        match = X_POSTS.fullmatch(name)
        if match:
            found.append((match["root"].count("/"), match["root"], match["what"] == "community-tweet", match, name))
    top = min((depth, root) for depth, root, *_ in found) if found else None
    here = [(later, int(match["part"] or 0), name) for depth, root, later, match, name in found if (depth, root) == top]
    return [name for _, _, name in sorted(here)]


def kind_of(names: Iterable[str]) -> str:
    """Return ``x``, ``mastodon``, ``meta`` or, for no download that is known, an empty text."""
    every = list(names)
    roots = {name.rpartition("/")[0] for name in x_files(every)}
    beside = {name.rpartition("/")[2] for name in every if name.rpartition("/")[0] in roots}
    if any(f"/{root}".endswith("/data") for root in roots) or beside & {"account.js", "manifest.js"}:
        return "x"
    if any(OUTBOX.fullmatch(name) for name in every):
        return "mastodon"
    return "meta" if meta_files(every) else ""


def kind_of_zip(path: Path) -> str:
    """Return what ``kind_of`` says of the members of a zip.

    Raises InputError (codes ``unreadable``, ``archive``) for one that cannot be read.
    """
    with naming(path):
        return kind_of(Zip(path).names)


def kind_of_folder(path: Path) -> str:
    """Return what ``kind_of`` says of a folder, or else ``parquet`` for one that holds such files, or ``folder``.

    Raises InputError (code ``unreadable``).
    """
    with naming(path):
        known = kind_of(Folder(path).names)
    return known or ("parquet" if any(path.glob("**/*.parquet")) else "folder")


def kind_of_json(path: Path, beginning: str) -> str:
    """Return ``meta`` for a file out of a download of Instagram or Facebook, ``mastodon`` for an outbox, else ""."""
    if '"orderedItems"' in beginning:
        return "mastodon"
    # posts_1.json という名前なら、どの道具でも付ける。中身の鍵で見分ける。
    known = any(file.channel == "facebook" for file in meta_files([f"posts/{path.name}"]))
    return "meta" if known or re.search(r'"creation_timestamp"\s*:\s*\d', beginning) else ""


def kind_of_tar(_path: Path) -> str:
    """Return the kind of a ``.tar.gz``: Mastodon alone exports one, and to look inside is to unpack it."""
    return "mastodon"
