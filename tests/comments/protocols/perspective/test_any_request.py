"""Whatever is sent, the answer is one of Perspective's: scores, or an error that says why not."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.comments.protocols.perspective.conftest import Ask

pytestmark = pytest.mark.django_db
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=8,
)


GOOD: dict[str, Any] = {
    "comment": {"text": "Дякую за статтю."},
    "requestedAttributes": {"TOXICITY": {"scoreThreshold": 0.5}, "SPAM": {}},
    "attributeScores": {"TOXICITY": {"summaryScore": {"value": 1}}},
    "languages": ["en"],
    "clientToken": "t",
}
NAMES = st.sampled_from(["TOXICITY", "THREAT", "TOXICITY_EXPERIMENTAL", "", "nothing"])
TEXTS = st.text(max_size=60) | st.sampled_from(["You are an idiot.", "🙂 ідіот", "\ud800", "\0"])
OPTIONS = st.dictionaries(st.sampled_from(["scoreType", "scoreThreshold"]), SCALARS)
SUMMARIES = st.fixed_dictionaries({"summaryScore": st.fixed_dictionaries({"value": SCALARS})})
OTHERS: dict[str, st.SearchStrategy[Any]] = {
    "comment": st.fixed_dictionaries({"text": TEXTS}),
    "requestedAttributes": st.dictionaries(NAMES, OPTIONS, max_size=2),
    "attributeScores": st.dictionaries(NAMES, SUMMARIES, max_size=2),
    "languages": st.lists(st.sampled_from(["uk", "de", "-", ""]), max_size=2),
    "context": ANYTHING,
    "spanAnnotations": st.booleans(),
    "doNotStore": st.booleans(),
    "dropUnsupportedAttributes": st.booleans(),
    "clientToken": st.text(max_size=9),
}


@st.composite
def requests(draw: st.DrawFn) -> dict[str, Any]:
    """Return a good request with up to three fields changed, one of them to anything at all."""
    changed = draw(st.lists(st.sampled_from(sorted(OTHERS)), max_size=2))
    strange = draw(st.lists(st.sampled_from(sorted(OTHERS)), max_size=1))
    return {
        **GOOD,
        **{name: draw(OTHERS[name]) for name in changed},
        **{name: draw(ANYTHING) for name in strange if draw(st.booleans())},
    }


@pytest.mark.parametrize("method", ["analyze", "suggestscore"])
def test_no_request_fails_for_our_reasons(ask: Ask, method: str) -> None:
    answered: set[int] = set()

    @given(body=requests())
    @settings(
        max_examples=50,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def send(body: Any) -> None:
        response = ask(json.dumps(body), method=method)
        answer = response.json()
        answered.add(response.status_code)
        assert answer["detectedLanguages"] if "error" not in answer else answer["error"]["message"]

    send()
    assert answered == {200, 400}
