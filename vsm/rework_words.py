"""An analysis of a table of stages -> words on its rework: what it adds, where better quality saves most."""

from __future__ import annotations

from vsm.analysis import Analysis, StageFigures
from vsm.changes import SetCompleteAccurate
from vsm.headlines import near_endless
from vsm.improvement import WORTH_SAYING, Suggestion
from vsm.model import QualitySide, Topic
from vsm.wording import hours, listed, percent

NO_QUALITY = (
    "No stage states a %C&A (percent complete and accurate), so nothing is known of what is sent back. To get it, ask "
    "the people of each stage how many of the last ten items they could take up as they were, without asking back or "
    "sending them back: eight of ten are 80%. Put it into a column “%C&A”; a column “rework goes to” may name where "
    "defects go back to."
)


def rework_sentences(analysis: Analysis) -> tuple[str, ...]:
    """Say what being sent back adds to the lead time, or why nothing can be said, and which stages are silent."""
    stuck = analysis.never_finish
    if stuck:
        return (_never(analysis, stuck),)
    if analysis.cost_of_rework is None:
        return ("How much time rework takes is not known, as no stage states a time.", *_silent(analysis))
    if not any(s.sent_back for s in analysis.stages):
        return ("Nothing is sent back: every stage that states a %C&A states 100%.", *_silent(analysis))
    d, once = analysis.stream.definitions, analysis.lead_time
    more = f", {percent(analysis.cost_of_rework / once)} more" if once else ""
    return (
        f"Once through, an item takes {hours(once, d)}; with all that is sent back, an average item takes "
        f"{hours(analysis.lead_time_with_rework, d)}. Rework adds {hours(analysis.cost_of_rework, d)}{more}.",
        *(() if (caution := near_endless(analysis)) is None else (caution,)),
        *_silent(analysis),
    )


def _never(a: Analysis, stuck: tuple[str, ...]) -> str:
    zero = [s.name for s in a.stages if s.stage.complete_accurate == 0]
    if zero:
        return (
            f"Nothing ever finishes: with a %C&A of 0% at {listed(zero)}, every item is sent back again and again. "
            "Look at that figure first; visits and costs have no end until then."
        )
    return (
        f"Nothing ever finishes: so much is sent back, most of all at {listed(stuck)}, that an item would pass the "
        "stages without end. Look at these figures first."
    )


def _silent(a: Analysis) -> tuple[str, ...]:
    names = [s.name for s in a.stages if s.stage.complete_accurate is None]
    if not names:
        return ()
    states = "states" if len(names) == 1 else "state"
    return (f"{listed(names)} {states} no %C&A and {'is' if len(names) == 1 else 'are'} taken to send nothing back.",)


def best_quality(analysis: Analysis) -> Suggestion | None:
    """Return the suggestion to halve the defects where that saves most; `None` where it saves next to nothing."""
    return next(
        (s for s in analysis.suggestions if isinstance(s.change, SetCompleteAccurate) and s.saves is not None), None
    )


def quality_sentence(analysis: Analysis) -> str | None:
    """Say at which stage better quality saves most, and how much; `None` where nothing is sent back or finishes."""
    best = best_quality(analysis)
    if best is not None and best.before is not None and best.after is not None:
        incoming = analysis.stream.definitions.complete_accurate is QualitySide.INCOMING
        name = analysis.stages[best.stage].name
        return (
            f"Better quality saves most at {name}: {percent(1 - best.before)} of what "
            f"{'arrives' if incoming else 'leaves'} there has a defect. Half as many, {percent(1 - best.after)}, would "
            f"save {hours(best.saves, analysis.stream.definitions)} of lead time; none at all, "
            f"{hours(best.saves_at_most, analysis.stream.definitions)}."
        )
    if analysis.cost_of_rework:
        return f"At no stage alone would half the defects save {percent(WORTH_SAYING)} of the lead time."
    return None


def said_sentence(analysis: Analysis, as_brought: Analysis) -> str | None:
    """Say what the send-back targets that a person said change, against the data as it was brought; `None`: none were.

    It names the lead time with rework and the stage whose visits change most.
    """
    if not any(saying.topic is Topic.REWORK for saying in analysis.stream.said):
        return None
    d, now, before = analysis.stream.definitions, analysis.lead_time_with_rework, as_brought.lead_time_with_rework
    if now is None or before is None:
        return "Where defects go back to was said here, not by the file."
    most = max(range(len(analysis.stages)), key=lambda i: abs(_visits(analysis, i) - _visits(as_brought, i)))
    visits, visits_before = (f"{_visits(a, most):.2f}" for a in (analysis, as_brought))
    return (
        f"Where defects go back to was said here, not by the file: an average item then takes {hours(now, d)} instead "
        f"of {hours(before, d)}, and passes {analysis.stages[most].name} {visits} times instead of {visits_before}."
    )


def _visits(analysis: Analysis, index: int) -> float:
    return analysis.stages[index].expected_visits or 0.0


def loop_words(stage: StageFigures, analysis: Analysis) -> str:
    """Say one loop: "30% back to Code review, 0.45 times an item, adds 5.8 days"."""
    cost = "" if stage.cost_of_rework is None else f", adds {hours(stage.cost_of_rework, analysis.stream.definitions)}"
    others = [name for name, _ in stage.stage.rework_also]
    also = f", some of it to {listed(others)}" if others else ""
    return f"{defects(stage)} back to {stage.rework_target}{also}, {stage.sent_back or 0:.2f} times an item{cost}"


def defects(stage: StageFigures) -> str:
    """Say the share of items with a defect at a stage that states its %C&A."""
    share = stage.stage.complete_accurate
    return percent(None if share is None else 1 - share)
