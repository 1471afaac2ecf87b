"""What is said of rework: every figure by hand, every case a sentence."""

from __future__ import annotations

import pytest

from tests.streams import WORKED, stream_of
from vsm import analyse
from vsm.changes import apply
from vsm.headlines import headline_figures, near_endless
from vsm.model import Definitions, QualitySide, Stage
from vsm.rework import lead_time_with_rework
from vsm.rework_words import best_quality, quality_sentence, rework_sentences, said_sentence
from vsm.said import Said, SaidOfStage, with_said

# a 8 h and b 8 h, half of which goes back to a: two visits each, 32 h instead of 16 h
HALF = stream_of(Stage(name="a", processing_time=8), Stage(name="b", processing_time=8, complete_accurate=0.5))
# the same behind one stage more: by default back to b (8 + 16 + 16 h), said: back to a (48 h)
THREE = stream_of(
    Stage(name="a", processing_time=8),
    Stage(name="b", processing_time=8),
    Stage(name="c", processing_time=8, complete_accurate=0.5),
)


def test_rework_adds_what_the_loops_take() -> None:
    first, silent = rework_sentences(analyse(HALF))
    assert first == (
        "Once through, an item takes 2 days; with all that is sent back, an average item takes 4 days. "
        "Rework adds 2 days, 100% more."
    )
    assert silent == "a states no %C&A and is taken to send nothing back."


def test_nothing_sent_back_is_said() -> None:
    sentences = rework_sentences(analyse(stream_of(Stage(name="a", processing_time=1, complete_accurate=1.0))))
    assert sentences == ("Nothing is sent back: every stage that states a %C&A states 100%.",)


def test_what_never_finishes_is_said_and_nothing_else() -> None:
    analysis = analyse(stream_of(Stage(name="a", processing_time=1, complete_accurate=0.0)))
    assert "Nothing ever finishes: with a %C&A of 0% at a" in rework_sentences(analysis)[0]
    assert quality_sentence(analysis) is None


def test_loops_beyond_counting_blame_no_share_of_zero() -> None:
    analysis = analyse(stream_of(Stage(name="a", processing_time=1, complete_accurate=1e-10)))
    assert "so much is sent back, most of all at a" in rework_sentences(analysis)[0]


def test_without_times_only_visits_are_known() -> None:
    analysis = analyse(stream_of(Stage(name="a", complete_accurate=0.5)))
    assert rework_sentences(analysis) == ("How much time rework takes is not known, as no stage states a time.",)
    assert analysis.stages[0].sent_back == 1.0


def test_the_best_quality_is_the_difference_of_two_analyses() -> None:
    best = best_quality(analyse(WORKED))
    assert best is not None
    assert WORKED.stages[best.stage].name == "Testing"
    before, after = lead_time_with_rework(WORKED), lead_time_with_rework(apply(WORKED, best.change))
    assert before is not None
    assert after is not None
    assert best.saves == pytest.approx(before - after, abs=1e-9)
    # C = 0.75: 16 h / 0.75 = 21.33 h instead of 32 h
    assert quality_sentence(analyse(HALF)) == (
        "Better quality saves most at b: 50% of what arrives there has a defect. Half as many, 25%, would save "
        "10.7 h of lead time; none at all, 2 days."
    )


def test_outgoing_quality_speaks_of_what_leaves() -> None:
    outgoing = Definitions(complete_accurate=QualitySide.OUTGOING)
    stream = stream_of(Stage(name="a", processing_time=8, complete_accurate=0.5), definitions=outgoing)
    assert "of what leaves there has a defect" in (quality_sentence(analyse(stream)) or "")


def test_what_was_said_of_targets_is_held_against_the_file() -> None:
    said = with_said(THREE, Said(stages=(SaidOfStage(stage="c", rework_to="a"),)))
    assert said_sentence(analyse(said), analyse(THREE)) == (
        "Where defects go back to was said here, not by the file: an average item then takes 6 days instead of 5 days, "
        "and passes a 2.00 times instead of 1.00."
    )
    assert said_sentence(analyse(THREE), analyse(THREE)) is None


def test_figures_with_rework_of_a_near_endless_loop_are_said_to_be_no_plan() -> None:
    # Where 99.5 % are sent back, a stage is passed 1 / 0.005 = 200 times.
    calm = stream_of(*(Stage(name=name, processing_time=1, wait_time=1, complete_accurate=0.9) for name in "abc"))
    loop = stream_of(Stage(name="a", processing_time=1, wait_time=1, complete_accurate=0.005))
    assert near_endless(analyse(calm)) is None
    said = near_endless(analyse(loop))
    assert said is not None
    assert said.startswith("With these %C&A an item would pass a 200 times on average")
    assert said.endswith("check the %C&A, first the lowest, 0.5% at a.")
    assert said in rework_sentences(analyse(loop))
    assert said in next(f.sentence for f in headline_figures(analyse(loop)) if f.key == "lead_time_with_rework")
