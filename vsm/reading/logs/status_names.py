"""The name of a status -> what it means that an item is in it, and which stage a wait belongs to.

English, German, French, Spanish, Portuguese; names are compared in plain form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from vsm.items.build import Status, StatusKind
from vsm.reading.logs.log_names import plain


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in text.replace("\n", " ").split(",") if phrase.strip())


CANCELLED = _phrases("""cancelled, canceled, cancel, wont do, won t do, wont fix, won t fix, rejected, abandoned,
    duplicate, declined, discarded, withdrawn, invalid, not planned, not doing, obsolete, dropped, removed,
    closed without merging, cannot reproduce, abgebrochen, storniert, verworfen, abgelehnt, duplikat, zuruckgezogen,
    annule, annulee, rejete, rejetee, abandonne, abandonnee, refuse, refusee, doublon,
    cancelado, cancelada, rechazado, rechazada, descartado, descartada, abandonado, duplicado, anulado, anulada,
    rejeitado, rejeitada, recusado, recusada, duplicada""")
WAIT = _phrases("""ready, ready for, ready to, waiting, wait, awaiting, awaits, pending, backlog, to do, todo, to be,
    blocked, on hold, hold, queue, queued, selected, selected for, open, opened, new, reopened, created, not started,
    unstarted,
    submitted, requested, received, parked, paused, suspended, stalled, deferred, impediment, impeded, next, up next,
    scheduled, planned, inbox, ideas, idea, icebox, proposed, funnel, on ice, in queue, in backlog, triaged,
    offen, neu, wartet, warten, wartend, wartet auf, warten auf, bereit, bereit fur, bereit zum, bereit zur,
    zu erledigen, blockiert, zuruckgestellt, warteschlange, geplant, ausstehend, angehalten, aufgeschoben, eingang,
    in warteschlange, wiedereroffnet, angefragt, beantragt, angefordert, eingereicht, eingegangen,
    a faire, en attente, pret, prete, pret pour, bloque, bloquee, nouveau, nouvelle, ouvert, ouverte, en pause,
    suspendu, file d attente, a traiter, planifie, attente, soumis, soumise, recu, recue,
    por hacer, pendiente, pendiente de, en espera, listo para, lista para, bloqueado, bloqueada, nuevo, nueva, abierto,
    abierta, esperando, en cola, en pausa, cola, planificado, solicitado, solicitada, recibido, recibida,
    a fazer, pendente, em espera, aguardando, espera, pronto para, pronta para, novo, nova, aberto, aberta, na fila,
    fila, em pausa, planejado, recebido, recebida""")
DONE = _phrases("""done, closed, resolved, released, complete, completed, deployed, live, finished, delivered, shipped,
    in production, accepted, merged, archived, fixed, done done, published, launched,
    fertig, erledigt, geschlossen, abgeschlossen, gelost, ausgeliefert, beendet, veroffentlicht, live gegangen,
    in produktion,
    termine, terminee, ferme, fermee, resolu, resolue, clos, close, livre, livree, fini, finie, fait, cloture, cloturee,
    en production,
    hecho, hecha, terminado, terminada, cerrado, cerrada, resuelto, resuelta, finalizado, finalizada, completado,
    completada, entregado, entregada, listo, lista, en produccion,
    concluido, concluida, feito, feita, fechado, fechada, resolvido, resolvida, entregue, pronto, pronta, encerrado,
    encerrada, em producao""")
ACTIVE_BEGINNINGS = ("in", "im", "en", "em", "under", "being", "working", "doing")
_TRAILING_DONE = frozenset(
    _phrases("done, complete, completed, finished, fertig, abgeschlossen, termine, terminado, concluido")
)
_SMALL_WORDS = frozenset(
    _phrases("""for, to, in, on, of, the, a, be, and, at, from, by, auf, fur, im, zum, zur, am, bei, an, der, die, das,
    den, de, du, des, la, le, les, pour, en, por, para, el, los, las, del, em, do, da, dos, na, no, o, os, as""")
)
_WAIT_WORDS = frozenset(word for phrase in WAIT for word in phrase.split()) | _SMALL_WORDS
_ENVIRONMENTS = frozenset(_phrases("to, staging, test, qa, uat, dev, auf, sur, en"))
INTERRUPTIONS = _phrases("""blocked, on hold, hold, paused, suspended, stalled, parked, impediment, impeded, on ice,
    waiting for customer, waiting for client, waiting on customer, awaiting customer, pending customer,
    waiting for information, awaiting information, need info, needs info,
    blockiert, angehalten, zuruckgestellt, wartet auf kunde, wartet auf kunden, warten auf kunde, warten auf kunden,
    wartet auf ruckmeldung, pausiert,
    bloque, bloquee, en pause, suspendu, en attente du client, en attente client, attente client,
    bloqueado, bloqueada, en pausa, suspendido, en espera del cliente, esperando al cliente, pendiente del cliente,
    em pausa, suspenso, aguardando cliente, aguardando o cliente, impedimento""")
PLAINLY_WAITS = _phrases("""waiting, wait, awaiting, awaits, pending, backlog, to do, todo, blocked, on hold, queue,
    queued, ready for, in queue, in backlog, wartet, warten, wartend, wartet auf, warten auf, bereit fur, warteschlange,
    blockiert, in warteschlange, en attente, attente, file d attente, pret pour, bloque, en espera, esperando, en cola,
    cola, listo para, bloqueado, em espera, aguardando, espera, na fila, fila, pronto para""")
"""Names that are no activity, whatever their column is called; "Open account" and "New quote" are work."""
STEM = 4
"""Letters at the beginning that two words share to be about the same thing ("Test", "Testing")."""


def kind_by_name(name: str) -> StatusKind | None:
    """Tell what a status means by its name; `None` where the name says nothing of it.

    >>> [str(kind_by_name(name)) for name in ("Ready for review", "Dev done", "Won't do", "Erledigt", "Foo")]
    ['wait', 'wait', 'cancelled', 'done', 'None']
    """
    words = plain(name)
    if _begins(words, CANCELLED):
        return StatusKind.CANCELLED
    waits, done = _longest(words, WAIT), _longest(words, DONE)
    if done and done >= waits and (words in DONE or done > waits):
        elsewhere = set(words.split()) & _ENVIRONMENTS
        return StatusKind.DONE if words in DONE or not elsewhere else StatusKind.WAIT
    if waits:
        return StatusKind.WAIT
    if words.split()[-1:] and words.split()[-1] in _TRAILING_DONE:
        return StatusKind.WAIT
    if words.split()[:1] and (words.split()[0] in ACTIVE_BEGINNINGS or words.split()[0].endswith("ing")):
        return StatusKind.ACTIVE
    return None


def kinds_of_work(names: Sequence[str]) -> dict[str, StatusKind]:
    """Tell what rows with these names are that have a start and an end: work, unless the name plainly waits.

    >>> {name: str(kind) for name, kind in kinds_of_work(["Open account", "Waiting for review"]).items()}
    {'Open account': 'active', 'Waiting for review': 'wait'}
    """
    return {name: StatusKind.WAIT if _begins(plain(name), PLAINLY_WAITS) else StatusKind.ACTIVE for name in names}


def going_on(statuses: Sequence[Status]) -> frozenset[str]:
    """Name the statuses that are plainly no end: those that wait, and those of work called "in ..." or the like."""
    return frozenset(
        status.name
        for status in statuses
        if status.kind is StatusKind.WAIT
        or (
            status.kind is StatusKind.ACTIVE
            and plain(status.name).split()[:1] != []
            and plain(status.name).split()[0] in ACTIVE_BEGINNINGS
        )
    )


def says_status(name: str) -> bool:
    """Tell whether a name speaks of being in a status ("In review", "Done"), not of an activity."""
    kind = kind_by_name(name)
    return kind is not None and (kind is not StatusKind.ACTIVE or plain(name).split()[0] in ACTIVE_BEGINNINGS)


def _begins(words: str, phrases: Sequence[str]) -> bool:
    return _longest(words, phrases) > 0


def _longest(words: str, phrases: Sequence[str]) -> int:
    """Length of the longest phrase that the words begin with, 0 if none."""
    return max((len(p) for p in phrases if words == p or words.startswith(p + " ")), default=0)


def propose_statuses(
    names: Sequence[str],
    *,
    given: Sequence[Status] = (),
    known: Mapping[str, StatusKind] | None = None,
    between: NDArray[np.int64] | None = None,
) -> tuple[Status, ...]:
    """Propose a kind and a stage for each status; `names` in flow order, which decides what a wait waits for.

    `given` overrules by name, whatever its capitals, and its stage is proposed where it is empty; `known` are kinds
    that a tool's own export tells. `between` counts the moves from each of the names (row) to each (column), and tells
    a queue in front of the next stage from an interruption of one.
    """
    decided = {plain(status.name): status for status in given}
    kinds = {name: kind_of(name, given, known or {}) for name in names}
    active = [name for name in names if kinds[name] is StatusKind.ACTIVE]
    result = []
    for position, name in enumerate(names):
        chosen = decided.get(plain(name))
        if chosen is not None and chosen.stage:
            result.append(Status(name=name, kind=chosen.kind, stage=chosen.stage))
            continue
        stage = name
        if kinds[name] is StatusKind.WAIT:
            following = [other for other in names[position + 1 :] if kinds[other] is StatusKind.ACTIVE]
            here = [kinds[other] is StatusKind.ACTIVE for other in names]
            stage = _interrupted(names, position, here, between) or _waits_for(name, active, following)
        given_stage = decided.get(plain(stage))
        result.append(Status(name=name, kind=kinds[name], stage=(given_stage and given_stage.stage) or stage))
    return tuple(result)


def ignored(names: Sequence[str], given: Sequence[Status]) -> frozenset[str]:
    """Return those of the names that a person said to ignore; nobody and nothing else does."""
    kinds = {plain(status.name): status.kind for status in given}
    return frozenset(name for name in names if kinds.get(plain(name)) is StatusKind.IGNORE) if kinds else frozenset()


def kind_of(name: str, given: Sequence[Status], known: Mapping[str, StatusKind]) -> StatusKind:
    """Tell what a status means: as a person says, else as its tool does, else by its name; where nothing tells, work.

    Of several that a person gave by one name, the last counts.
    """
    chosen = next((status for status in reversed(given) if plain(status.name) == plain(name)), None)
    return chosen.kind if chosen else known.get(name) or kind_by_name(name) or StatusKind.ACTIVE


def _waits_for(name: str, active: Sequence[str], following: Sequence[str]) -> str:
    """The active status that a wait names ("Ready for review"), else the next one in flow order, else itself."""
    words = [word for word in plain(name).split() if word not in _WAIT_WORDS and word not in _TRAILING_DONE]
    if words and plain(name).split()[-1] not in _TRAILING_DONE:
        for other in (*following, *active):
            if any(_same_stem(word, its) for word in words for its in plain(other).split() if its not in _SMALL_WORDS):
                return other
    return following[0] if following else name


def _interrupted(
    names: Sequence[str], wait: int, active: Sequence[bool], between: NDArray[np.int64] | None
) -> str | None:
    """The active status that a wait interrupts: most items that left it for work went back to where they came from.

    Half of them is enough, and none at all, where the name says that it interrupts ("Blocked").
    """
    if between is None or wait >= len(between):
        return None
    counted = np.array(active[: len(between)])
    came, left = np.where(counted, between[:, wait], 0), np.where(counted, between[wait], 0)
    if not came.any():
        return None
    returned, needed = 2 * int(np.minimum(came, left).sum()), int(left.sum())
    if returned > needed or (returned == needed and _begins(plain(names[wait]), INTERRUPTIONS)):
        return names[int(np.lexsort((came, np.minimum(came, left)))[-1])]
    return None


def _same_stem(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= STEM and one[:STEM] == other[:STEM])
