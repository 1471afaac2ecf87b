"""What is said of capacity: figures by hand, what is missing by name, and measured told from assumed."""

from __future__ import annotations

from tests.streams import stream_of
from vsm import analyse
from vsm.analysis import Analysis
from vsm.capacity_words import (
    capacity_sentences,
    effective_time,
    not_for_people,
    steady_stages,
    still_missing,
    takt_sentence,
    variability_sentence,
)
from vsm.model import Definitions, Stage


def of(*stages: Stage, demand: float | None = 5) -> Analysis:
    return analyse(stream_of(*stages, definitions=Definitions(demand=demand)))


def test_only_what_is_missing_is_asked_for() -> None:
    assert still_missing(of(Stage(name="a", processing_time=4))) == (
        "To tell how busy the stages are, one has to know how many people work at a stage; one stage is enough to "
        "begin with."
    )
    assert "no stage has all three" in still_missing(of(Stage(name="a", processing_time=4), Stage(name="b", people=1)))
    stuck = Stage(name="a", processing_time=4, people=1, complete_accurate=0.0)
    assert "nothing ever finishes" in still_missing(of(stuck))


def test_an_overload_with_rework_counts_its_visits_and_says_how_many_would_keep_up() -> None:
    # 10 new items come and 5 of the 10 that are done in 40 h: 15, of which 5 stay, each for 2 visits; 2 people would be
    # busy 100 %, 3 keep up
    analysis = of(Stage(name="a", processing_time=4, people=1, complete_accurate=0.5), demand=10)
    assert capacity_sentences(analysis)[0] == (
        "a cannot do what is asked of it: the queue in front of it grows by 5 items a week (10 visits, as items "
        "come again). It takes 3 people there to keep up, not 1."
    )
    assert (
        takt_sentence(analysis) == "To meet the demand, an item has to be finished every 4 h (takt); a cannot keep up."
    )


def test_exactly_full_is_no_growth_but_no_rest_either() -> None:
    analysis = of(Stage(name="a", processing_time=4, people=1), demand=10)
    assert "exactly what it can do" in capacity_sentences(analysis)[0]
    assert "every stage whose people are known keeps up" in (takt_sentence(analysis) or "")


def test_effective_time_shares_the_work_among_people_and_repeats_it_for_rework() -> None:
    # 4 h twice for two people who are there half of their time
    stage = Stage(name="a", processing_time=4, people=2, availability=0.5, complete_accurate=0.5)
    analysis = of(stage)
    assert effective_time(analysis, analysis.stages[0]) == 8.0


def test_a_stage_with_a_demand_of_its_own_is_held_against_that() -> None:
    analysis = of(Stage(name="a", processing_time=4, people=1, demand=2), demand=20)
    assert "and 2 are asked for" in capacity_sentences(analysis)[0]


def test_unknown_stages_are_not_covered_by_what_is_said_of_the_others() -> None:
    analysis = of(Stage(name="a", processing_time=4, people=1), Stage(name="b", processing_time=4))
    said = " ".join(capacity_sentences(analysis))
    assert "little of the waiting in front of these stages is for lack of people" in said
    assert "It is not known how busy b is." in said


def test_a_wait_that_busy_people_do_not_explain_is_told() -> None:
    analysis = of(Stage(name="a", processing_time=4, wait_time=16), Stage(name="b", processing_time=4, people=1))
    assert not_for_people(analysis, 1, 4.0) == (
        " The table states 2 days there: what is beyond that is not for lack of people."
    )
    assert not_for_people(analysis, 1, 16.0) == ""


def test_variability_is_measured_or_assumed_and_said() -> None:
    none, one, both = (
        Stage(name="a"),
        Stage(name="a", work_variation=0.5),
        Stage(name="a", work_variation=0.5, arrival_variation=2.0),
    )
    assert variability_sentence(of(none), 0).startswith("It is assumed that work and arrivals vary")
    assert "it is assumed that arrivals vary" in variability_sentence(of(one), 0)
    assert "assumed" not in variability_sentence(of(both), 0)


def test_queues_with_a_length_are_those_of_stages_that_keep_up_the_busiest_first() -> None:
    times = {"a": 4, "b": 9, "c": 6}
    stages = [Stage(name=name, processing_time=time, people=1) for name, time in times.items()]
    # 20, 45 and 30 of 40 hours
    assert steady_stages(of(*stages, Stage(name="d"))) == (2, 0)


def test_a_stage_where_nobody_works_is_named_before_all_others() -> None:
    nobody, idle = Stage(name="a", processing_time=4, people=0), Stage(name="b", processing_time=1, people=1)
    analysis = of(nobody, idle)
    assert capacity_sentences(analysis)[0] == "Nobody works at a, so no item gets past."
    assert (takt_sentence(analysis) or "").endswith("(takt); a cannot keep up.")
    away = Stage(name="a", processing_time=4, people=2, availability=0.0)
    assert capacity_sentences(of(away)) == ("Nobody works at a, so no item gets past.",)
    assert capacity_sentences(of(Stage(name="a", processing_time=0, people=0))) == ()
