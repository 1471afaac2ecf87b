"""Subject -> the written improvement summary: about one page, computed, and the same words for the same figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vsm.advice import order_sentence, suggestion_words
from vsm.analysis import Analysis
from vsm.bottlenecks import Kind
from vsm.changes import Lever
from vsm.data_words import data_notes
from vsm.future import FutureState
from vsm.future_words import bottleneck_sentence, gain_sentence, order_words, shares_sentence, warnings
from vsm.headlines import FLOW_EFFICIENCY_CAVEAT, definition_notes
from vsm.improvement import Suggestion
from vsm.metrics import vital_queues
from vsm.money import money
from vsm.plan import Scenario
from vsm.plan_words import change_sentences, due_sentence, money_sentences
from vsm.scenario_words import most_saved_sentence, scenario_sentences
from vsm.subject import Subject
from vsm.verdicts import findings, queue_place, verdict_sentences, verdict_title
from vsm.wording import boundaries, count, hours, kind_of_source, listed, percent

MOST_SUGGESTIONS = 5
"""More do not fit on a page; the summary says how many others there are."""
MOST_CHANGES = 6
"""More of a plan do not fit on half a page; the summary says how many others there are."""
MOST_SCENARIOS = 4
"""Beside each other; the summary says how many others there are."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading with what stands under it."""

    title: str
    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Summary:
    """The written summary, as plain text in sections."""

    title: str
    sections: tuple[Section, ...]


def write_summary(subject: Subject) -> Summary:
    """Write the improvement summary of a stream; with a scenario, what it brings stands behind the suggestions."""
    analysis = subject.analysis
    stream = analysis.stream
    return Summary(
        title=f"{stream.name}{f' ({boundaries(stream).strip()})' if boundaries(stream) else ''}",
        sections=(
            Section(title="In short", paragraphs=(" ".join(findings(analysis)),)),
            Section(title="Where the time goes", paragraphs=_where_time_goes(analysis)),
            Section(title="The bottleneck", paragraphs=(_bottleneck(analysis),)),
            Section(title="Quality and rework", paragraphs=(_quality(analysis),)),
            _suggestions(analysis),
            *(() if subject.plan is None else (_future_state(*subject.plan),)),
            *((_scenarios(subject),) if subject.futures else ()),
            Section(title="What to measure next", bullets=to_measure_next(analysis)),
            Section(title="Data notes", bullets=(*data_notes(analysis), *definition_notes(analysis))),
        ),
    )


def _where_time_goes(a: Analysis) -> tuple[str, ...]:
    paragraphs = [_vital_waits(a), team_sentence(a), _longest_work(a)]
    if a.flow_efficiency is not None:
        paragraphs.append(FLOW_EFFICIENCY_CAVEAT)
    return (" ".join(p for p in paragraphs if p),)


def _vital_waits(a: Analysis) -> str:
    definitions = a.stream.definitions
    if not a.wait_time and (a.stream.measured is not None or any(s.stage.undivided_time for s in a.stages)):
        return _undivided(a)
    if not a.wait_time:
        return "No waiting is stated." if a.wait_time is None else "Nothing waits: every stated wait is 0."
    vital = vital_queues(a.stream)
    covered = sum(q.wait_time for q in vital)
    places = [f"{queue_place(q)} ({hours(q.wait_time, definitions)})" for q in vital]
    return (
        f"Items wait {hours(a.wait_time, definitions)} in all, {percent(covered / a.wait_time)} of it {listed(places)}."
    )


def team_sentence(a: Analysis) -> str:
    """Say how much of the waiting lies between teams and how much inside them; "" where no team or wait is stated."""
    wait, definitions = a.team_wait, a.stream.definitions
    if wait is None or not a.wait_time:
        return ""
    return (
        f"{hours(wait.between, definitions)} of waiting ({percent(wait.between / a.wait_time)}) lies between teams and "
        f"{hours(wait.inside, definitions)} inside them."
    )


def _undivided(a: Analysis) -> str:
    longest = max(a.stages, key=lambda s: s.lead_time or 0)
    if not longest.lead_time:
        return "No item is finished."
    told = "" if a.wait_time == 0 else f" Nothing in the {kind_of_source(a.stream)} tells work from waiting."
    share = percent(longest.share_of_lead_time)
    return (
        f"Items are longest in {longest.name}: {hours(longest.lead_time, a.stream.definitions)}, {share} of it.{told}"
    )


def _longest_work(a: Analysis) -> str:
    stated = [s for s in a.stages if s.stage.processing_time]
    if not stated or not a.processing_time:
        return ""
    most = max(stated, key=lambda s: s.stage.processing_time or 0)
    share = percent((most.stage.processing_time or 0) / a.processing_time)
    return f"Most work is done in {most.name}: {share} of the processing time."


def _bottleneck(a: Analysis) -> str:
    title = () if a.bottleneck.kind is Kind.DELAY else (f"{verdict_title(a)}.",)
    return " ".join((*title, *verdict_sentences(a)))


def _quality(a: Analysis) -> str:
    if a.stream.measured is not None or a.never_finish or a.rolled_complete_accurate is None:
        return findings(a)[-1]
    definitions = a.stream.definitions
    stated = [s for s in a.stages if s.stage.complete_accurate is not None]
    lowest = min(stated, key=lambda s: s.stage.complete_accurate or 0)
    sentences = [f"Rolled %C&A over {count(len(stated), 'stage')} is {percent(a.rolled_complete_accurate)}."]
    if lowest.stage.complete_accurate == 1:
        return f"{sentences[0]} No stage states any defects."
    sentences.append(f"The lowest %C&A is {percent(lowest.stage.complete_accurate)}, at {lowest.name}.")
    dearest = max(stated, key=lambda s: s.cost_of_rework or 0)
    if dearest.cost_of_rework:
        sentences.append(
            f"The loop that costs most goes from {dearest.name} back to {dearest.rework_target} and adds "
            f"{hours(dearest.cost_of_rework, definitions)} to an average item."
        )
    return " ".join(sentences)


def _suggestions(a: Analysis) -> Section:
    if not a.suggestions:
        return Section(
            title="Suggestions",
            paragraphs=(
                f"Nothing in the {kind_of_source(a.stream)} points to a change that would save a noticeable part of "
                "the lead time.",
            ),
        )
    shown = a.suggestions[:MOST_SUGGESTIONS]
    opening = order_sentence(a)
    others = len(a.suggestions) - len(shown)
    if others:
        opening += f" {count(others, 'more is', 'more are')} in the full list."
    return Section(title="Suggestions", paragraphs=(opening,), bullets=_suggestion_bullets(a, shown))


def _suggestion_bullets(a: Analysis, shown: Sequence[Suggestion]) -> tuple[str, ...]:
    """Write one bullet a suggestion; what one lever assumes and how to begin with it is said once."""
    bullets, said = [], set[str]()
    levers = set[Lever]()
    for suggestion in shown:
        words = suggestion_words(a, suggestion)
        parts = [f"{words.title}: {words.saves}.", words.evidence]
        if words.assumption not in said:
            parts.append(words.assumption)
        if suggestion.lever not in levers:
            parts.append(f"First step: {words.first_step[0].lower()}{words.first_step[1:]}")
        questions = [q for q in words.questions if q not in said]
        if questions:
            parts.append(f"Ask: {' '.join(questions)}")
        said.update((words.assumption, *questions))
        levers.add(suggestion.lever)
        bullets.append(" ".join(parts))
    return tuple(bullets)


def _future_state(scenario: Scenario, future: FutureState) -> Section:
    """Say what a scenario brings, what it is worth, and what to change first."""
    gain = " ".join(s for s in (gain_sentence(future), shares_sentence(future), bottleneck_sentence(future)) if s)
    gain = f"{gain[0].lower()}{gain[1:]}"
    worth = money_sentences(money(future, scenario.costs), scenario.costs)
    changes = change_sentences(scenario, future)
    opening = [f"{count(len(changes), 'change')}, in the order in which they are made."] if changes else []
    opening += [s for s in (order_words(future), due_sentence(scenario, future)) if s]
    if len(changes) > MOST_CHANGES:
        opening.append(f"The first {MOST_CHANGES} are listed; the plan has all of them.")
    paragraphs = (f"Planned as “{scenario.name}”: {gain}", *warnings(future), " ".join(worth), " ".join(opening))
    return Section(
        title="The future state", paragraphs=tuple(p for p in paragraphs if p), bullets=changes[:MOST_CHANGES]
    )


def _scenarios(subject: Subject) -> Section:
    """Say what each scenario brings, and which saves most."""
    opening, others = most_saved_sentence(subject.futures), len(subject.futures) - MOST_SCENARIOS
    if others > 0:
        opening = f"{opening} {count(others, 'more is', 'more are')} in the table of scenarios.".strip()
    bullets = scenario_sentences(subject.futures[:MOST_SCENARIOS])
    return Section(title="The scenarios", paragraphs=(opening,) if opening else (), bullets=bullets)


def to_measure_next(analysis: Analysis) -> tuple[str, ...]:
    """List what is missing and what knowing it would tell, one sentence each, the most useful first."""
    stages = [s.stage for s in analysis.stages]
    if analysis.stream.measured is not None:
        return _to_measure_next_to_a_log(analysis)
    gaps = (
        ("Wait time", list(analysis.without_wait_time), "waits are usually most of the lead time"),
        ("Processing time", list(analysis.without_processing_time), "flow efficiency needs it"),
        ("%C&A", [s.name for s in stages if s.complete_accurate is None], "it shows where rework comes from"),
        ("Batch size", [s.name for s in stages if s.batch_size is None], "it explains a part of the waits"),
    )
    found = [_gap(what, missing, len(stages), why) for what, missing, why in gaps if missing]
    without_people = [s.name for s in stages if s.people is None and s.processing_time is not None]
    if without_people:
        found.append(
            _gap("People", without_people, len(stages), "with the demand they tell a lack of capacity from a delay")
        )
    if analysis.demand is None:
        found.append("Demand in items a week: with the people it tells a lack of capacity from a mere delay.")
    longest = analysis.longest_queue
    if longest is not None:
        found.append(
            f"The real wait {queue_place(longest)}: note for the next ten items when each arrived and when work began."
        )
    return tuple(found)


def _to_measure_next_to_a_log(analysis: Analysis) -> tuple[str, ...]:
    found = []
    if analysis.flow_efficiency is None and analysis.wait_time is None:
        found.append("Which statuses wait: with a status such as “ready for …” the log tells work from waiting.")
    found.append("People at each stage: they tell a lack of capacity from a mere delay.")
    return tuple(found)


def _gap(what: str, missing: list[str], stages: int, why: str) -> str:
    where = (
        "every stage" if len(missing) == stages else listed(missing) if len(missing) <= 3 else f"{len(missing)} stages"
    )
    return f"{what} of {where}: {why}."


def summary_markdown(summary: Summary) -> str:
    """Set a summary as Markdown, with the marks that a name might hold escaped."""
    lines = [f"# {escape_markdown(summary.title)}"]
    for section in summary.sections:
        lines += ["", f"## {section.title}"]
        for paragraph in section.paragraphs:
            lines += ["", escape_markdown(paragraph)]
        if section.bullets:
            lines += ["", *(f"- {escape_markdown(bullet)}" for bullet in section.bullets)]
    return "\n".join(lines) + "\n"


def escape_markdown(text: str) -> str:
    """Make text inert in Markdown and the HTML inside it: no link, picture, emphasis or table can come of it.

    >>> escape_markdown("![x](http://a) | <b>")
    '!\\\\[x\\\\](http://a) \\\\| &lt;b&gt;'
    """
    plain = re.sub(r"&(?=#?\w+;)", "&amp;", " ".join(text.split())).replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]|~$#])", r"\\\1", plain)
