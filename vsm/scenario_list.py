"""Several scenarios, of which one is looked at -> the same with one thing changed, undone or done again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vsm.plan import PlannedChange, Scenario

FIRST_NAME = "Future state"
LONGEST_NAME = 60
MOST_UNDONE = 50
"""So many steps can be undone."""


@dataclass(frozen=True, kw_only=True)
class ScenarioList:
    """Scenarios in the order in which they were begun; there is always at least one."""

    scenarios: tuple[Scenario, ...] = (Scenario(name=FIRST_NAME),)
    at: int = 0
    """The position of the one that is looked at."""

    @property
    def current(self) -> Scenario:
        """The scenario that is looked at."""
        return self.scenarios[self.at]

    def with_current(self, scenario: Scenario) -> ScenarioList:
        """Put another in the place of the one that is looked at."""
        return replace(self, scenarios=(*self.scenarios[: self.at], scenario, *self.scenarios[self.at + 1 :]))

    def with_planned(self, planned: tuple[PlannedChange, ...]) -> ScenarioList:
        """Give the current scenario other changes."""
        return self.with_current(replace(self.current, planned=planned))

    def looking_at(self, position: int) -> ScenarioList:
        """Look at another scenario."""
        return replace(self, at=position)

    def with_new(self, scenario: Scenario) -> ScenarioList:
        """Put a scenario at the end under a name of its own, and look at it."""
        named = replace(scenario, name=self.free_name(scenario.name))
        return ScenarioList(scenarios=(*self.scenarios, named), at=len(self.scenarios))

    def renamed(self, name: str) -> ScenarioList:
        """Give the current scenario another name; a blank one changes nothing, one that is taken gets a number."""
        wanted = " ".join(name.split())[:LONGEST_NAME]
        if not wanted or wanted == self.current.name:
            return self
        return self.with_current(replace(self.current, name=self.free_name(wanted)))

    def without_current(self) -> ScenarioList:
        """Take the current scenario away; of the last one, everything but an empty scenario."""
        rest = (*self.scenarios[: self.at], *self.scenarios[self.at + 1 :])
        return ScenarioList(scenarios=rest, at=min(self.at, len(rest) - 1)) if rest else ScenarioList()

    def free_name(self, name: str) -> str:
        """Return `name`, or with a number where there is a scenario of that name already.

        >>> ScenarioList().free_name("Future state")
        'Future state 2'
        """
        taken = {scenario.name for scenario in self.scenarios}
        numbered = (f"{name} {i}" for i in range(2, len(taken) + 3))
        return name if name not in taken else next(n for n in numbered if n not in taken)


@dataclass(frozen=True, kw_only=True)
class History:
    """The scenarios as they are, as they were before each change, and what was undone."""

    now: ScenarioList = ScenarioList()
    past: tuple[ScenarioList, ...] = ()
    undone: tuple[ScenarioList, ...] = ()

    def then(self, new: ScenarioList) -> History:
        """Go on with `new`; nothing is noted where it changes nothing."""
        if new == self.now:
            return self
        return History(now=new, past=(*self.past, self.now)[-MOST_UNDONE:])

    def looking_at(self, position: int) -> History:
        """Look at another scenario: nothing to undo."""
        return replace(self, now=self.now.looking_at(position))

    def back(self) -> History:
        """Undo the last change, if there is one."""
        if not self.past:
            return self
        return History(now=self.past[-1], past=self.past[:-1], undone=(*self.undone, self.now))

    def forth(self) -> History:
        """Do again what was undone last, if anything was."""
        if not self.undone:
            return self
        return History(now=self.undone[-1], past=(*self.past, self.now), undone=self.undone[:-1])


def moved(planned: tuple[PlannedChange, ...], position: int, by: int) -> tuple[PlannedChange, ...]:
    """Move a change up (-1) or down (1) in the list; at the ends it stays."""
    rest = [*planned[:position], *planned[position + 1 :]]
    rest.insert(min(max(position + by, 0), len(rest)), planned[position])
    return tuple(rest)
