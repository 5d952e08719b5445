"""Run mutmut over the modules in pyproject.toml, and list the mutants that no test noticed.

Exits with 1 if fewer than nine of ten were killed. NAME... restricts it, as in
`python -m tests.mutants 'moderation.policy.rules*'`. Results are stored in mutants/: an interrupted
run continues, and after a change only changed code and surviving mutants run again. Delete that
folder to start again, as after tests were removed.
"""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.mutants.plugin import MIGRATED

GOAL = 0.9
SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
MUTMUT = (sys.executable, "-m", "mutmut")
# A mutant that never ends counts as noticed.
NOTICED = {"killed", "timeout", "suspicious", "segfault", "caught by type check"}


def fates(listed: str) -> dict[str, str]:
    """The results of the mutants that were run, as mutmut lists them: "killed", "survived"..."""
    rows = (line.strip().rpartition(": ") for line in listed.splitlines())
    return {name: fate for name, colon, fate in rows if colon and fate != "not checked"}


def unnoticed(found: dict[str, str]) -> list[str]:
    return sorted(name for name, fate in found.items() if fate not in NOTICED)


def report(found: dict[str, str]) -> int:
    """Print the survivors and the score; return 1 if it is below the goal."""
    lived = unnoticed(found)
    for name in lived:
        print(f"{found[name]}: {name}")
    for module, count in Counter(name.rpartition(".")[0] for name in lived).most_common():
        print(f"{count:5} in {module}")
    killed, of = len(found) - len(lived), len(found)
    print(f"{killed} of {of} mutants killed: {killed / max(of, 1):.1%}, goal {GOAL:.0%}.")
    print(f"`{sys.executable} -m mutmut show NAME` shows one.")
    return int(killed < GOAL * of or not of)


def main(names: list[str]) -> int:
    before = [] if names else unnoticed(_found())
    with tempfile.TemporaryDirectory(prefix="comments-mutants-") as folder:
        environment = _with_database(Path(folder))
        failed = _run(names, environment)
        # Tests may have been written for them, but mutmut would not run them again.
        still = [name for name in before if name in _found()]
        if still and not failed:
            failed = _run(still, environment)
    return failed or report(_found())


def _with_database(folder: Path) -> dict[str, str]:
    """The environment of a run: it names a database that is migrated once for all mutants."""
    database = folder / "migrated.sqlite3"
    service = {"VAR_DIR": str(folder / "var"), "DATABASE_URL": f"sqlite:///{database}"}
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, env={**os.environ, **service}, check=True)
    return {**os.environ, MIGRATED: str(database)}


def _run(names: list[str], environment: dict[str, str]) -> int:
    """Return the exit code. Off a terminal, show only failures: mutmut draws its progress for one."""
    shown = None if sys.stdout.isatty() else subprocess.PIPE
    run = subprocess.run([*MUTMUT, "run", *names], stdout=shown, env=environment, text=True)
    if run.returncode and run.stdout:
        lines = run.stdout.replace("\r", "\n").splitlines()
        print("\n".join(line for line in lines if line[:1] not in SPINNER), file=sys.stderr)
    return run.returncode


def _found() -> dict[str, str]:
    listed = [*MUTMUT, "results", "--all", "true"]
    return fates(subprocess.run(listed, stdout=subprocess.PIPE, text=True, check=True).stdout)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
