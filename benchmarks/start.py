"""What a run of the program costs, as a ratio to starting bare Sudachi on the same draft in the same run.

    python benchmarks/start.py [FOLDER] [ROUNDS]

Whole processes, wall and CPU time, rounds interleaved, medians compared.  FOLDER is a content repository (nothing of it
is changed); its cold run is made once, for it takes long.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DRAFT = "春のいちご大福ができました。今年は新しい農園のいちごを使っています。本日十時から、駅前の店でお待ちしています。"
BARE = f"import sudachipy; print(len(sudachipy.Dictionary().create().tokenize({DRAFT!r})))"


def spent(command: list[str]) -> tuple[float, float]:
    """Return seconds of wall and CPU time of one run of a command."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)  # noqa: S603 - own commands
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, cpu


def main() -> None:
    """Print one ratio a line."""
    folder = sys.argv[1] if len(sys.argv) > 1 else ""
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as work:
        draft = Path(work, "draft.md")
        draft.write_text(f"# 告知\n\n{DRAFT}\n", "utf-8")
        check = [sys.executable, "-m", "flamecheck", "check", "--no-config", "--report-only"]
        kept = ["--cache-dir", str(Path(work, "kept"))]
        stages = {
            "bare Sudachi": [sys.executable, "-c", BARE],
            "python -c pass": [sys.executable, "-c", "pass"],
            "flamecheck --help": [sys.executable, "-m", "flamecheck", "--help"],
            "one draft, cold": [*check, "--no-cache", str(draft)],
            "one new draft, rules stored": [*check, *kept, str(Path(work, "new.md"))],
            "one draft, kept": [*check, *kept, str(draft)],
        }
        spent(stages["one draft, kept"])
        if folder:
            stages["the folder, kept"] = [*check, *kept, folder]
        once = {"the folder, cold": spent(stages["the folder, kept"])} if folder else {}
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in stages}
        for number in range(rounds):
            Path(work, "new.md").write_text(f"# 告知\n\n{DRAFT}限定{number + 1}個です。\n", "utf-8")
            for name, command in stages.items():
                times[name].append(spent(command))
    medians = {
        name: (statistics.median(wall for wall, _ in all_), statistics.median(cpu for _, cpu in all_))
        for name, all_ in times.items()
    } | once
    wall, cpu = medians["bare Sudachi"]
    print(f"{rounds} rounds, load {os.getloadavg()[0]:.1f}; wall and CPU time, × bare Sudachi")
    for name, (one, other) in medians.items():
        print(f"{name}: {one / wall:.2f} {other / cpu:.2f}")


if __name__ == "__main__":
    main()
