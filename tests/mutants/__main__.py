"""Runs mutmut over the modules that pyproject.toml names, and says which mutants no test noticed.

Exits with 1 where fewer than nine of ten were killed. NAME... narrows it, as in
`python -m tests.mutants 'moderation.policy.rules*'`. What was found is kept in mutants/: a run that was
stopped goes on where it was, and after a change only what has changed is run, and again what lived.
Remove that folder for a score from the beginning, as after tests were removed.
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
# A mutant that never ends is noticed too.
NOTICED = {"killed", "timeout", "suspicious", "segfault", "caught by type check"}


def fates(listed: str) -> dict[str, str]:
    """What became of each mutant that was run, as mutmut lists it: "killed", "survived"..."""
    rows = (line.strip().rpartition(": ") for line in listed.splitlines())
    return {name: fate for name, colon, fate in rows if colon and fate != "not checked"}


def unnoticed(found: dict[str, str]) -> list[str]:
    return sorted(name for name, fate in found.items() if fate not in NOTICED)


def report(found: dict[str, str]) -> int:
    """Prints what lived and the score; 1 where that is under the goal."""
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
        # Tests may have been written for them: mutmut would let them stand.
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
    """The exit code. Mutmut draws its progress for terminals; elsewhere only a failure is shown."""
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
