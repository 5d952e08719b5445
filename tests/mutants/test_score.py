"""Which mutants `make mutants` counts as noticed, and when it fails."""

import tomllib
from pathlib import Path

import pytest

from tests.mutants.__main__ import fates, report, unnoticed

LISTED = """
    moderation.policy.decide.x_decide__mutmut_1: killed
    moderation.policy.decide.x_decide__mutmut_2: survived
    comments.reception.throttles.xǁBrokerBackoffǁstop__mutmut_1: timeout
    comments.reception.throttles.x_admit__mutmut_1: no tests
    comments.reception.throttles.x_admit__mutmut_2: not checked
"""


def test_untested_and_surviving_mutants_count_as_unnoticed_and_unrun_ones_do_not_count() -> None:
    found = fates(LISTED)
    assert len(found) == 4
    assert unnoticed(found) == [
        "comments.reception.throttles.x_admit__mutmut_1",
        "moderation.policy.decide.x_decide__mutmut_2",
    ]


@pytest.mark.parametrize(("lived", "failed"), [(10, 0), (11, 1)])
def test_a_run_under_nine_of_ten_fails(
    lived: int, failed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {f"m.x{n}": "survived" if n < lived else "killed" for n in range(100)}
    assert report(found) == failed
    assert f"{100 - lived} of 100 mutants killed: {100 - lived}.0%, goal 90%." in capsys.readouterr().out


def test_a_run_without_mutants_fails() -> None:
    assert report({}) == 1


@pytest.mark.parametrize(
    "named", ["source_paths", "only_mutate", "also_copy", "pytest_add_cli_args_test_selection"]
)
def test_the_mutated_modules_and_their_tests_exist(named: str) -> None:
    root = Path(__file__).parents[2]
    settings = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["mutmut"]
    assert [path for path in settings[named] if not (root / path).exists()] == []
