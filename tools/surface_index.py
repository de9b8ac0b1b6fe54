"""Make the index of spellings for the installed dictionary: ``python tools/surface_index.py``; needed once a release."""

from __future__ import annotations

from pathlib import Path

from flamecheck.tokenizers.sudachi import SudachiTokenizer
from flamecheck.tokenizers.surfaces import dumps, walk

FOLDER = Path(__file__).parents[1] / "src" / "flamecheck" / "tokenizers" / "surfaces"


def main() -> None:
    """Write the index and say how large it is."""
    tokenizer = SudachiTokenizer()
    data = dumps(walk(tokenizer._dictionary))
    path = FOLDER / (tokenizer.version.replace(" ", "-") + ".z")
    path.write_bytes(data)
    print(f"{path.name}: {len(data)} bytes")


if __name__ == "__main__":
    main()
