"""Figures agree with hand-calculated ones."""

import numpy as np
import pytest

from moderation.classifier.training import evaluate

LABELS = np.array([1, 0, 1, 0, 0])
SCORES = np.array([0.9, 0.8, 0.7, 0.2, 0.1])


def test_ranking_figures_of_five_scores() -> None:
    assert evaluate.auc(LABELS, SCORES) == pytest.approx(5 / 6)
    assert evaluate.average_precision(LABELS, SCORES) == pytest.approx((1 + 2 / 3) / 2)
    assert evaluate.recall_at(LABELS, SCORES, 0.01) == 0.5
    assert evaluate.recall_at(LABELS, SCORES, 0.4) == 1.0


def test_the_interval_narrows_as_texts_are_added() -> None:
    assert evaluate.auc_error(0.9, 100, 100) == pytest.approx(0.0447, abs=1e-3)
    assert evaluate.auc_error(0.9, 1000, 1000) < evaluate.auc_error(0.9, 100, 100) / 3


def test_ties_count_one_half() -> None:
    assert evaluate.auc(np.array([1, 0]), np.array([0.5, 0.5])) == 0.5
    assert evaluate.average_precision(np.array([1, 0]), np.array([0.5, 0.5])) == 0.5


def test_calibration_error_is_the_mean_gap_between_score_and_share() -> None:
    labels = np.array([1, 1, 0, 0])
    assert evaluate.calibration_error(labels, np.array([1.0, 1.0, 0.0, 0.0])) == 0
    assert evaluate.calibration_error(labels, np.array([0.75] * 4)) == pytest.approx(0.25)


def test_a_set_with_one_label_has_no_ranking_figures() -> None:
    found = evaluate.figures(np.zeros(4, dtype=np.int64), np.array([0.1, 0.2, 0.6, 0.9]), 0.6)
    assert found.auc is None
    assert found.recall_at_1 is None
    assert found.clean_held == 0.5
