"""The names that tools and people give to the columns of item logs, in five languages, in plain form.

English, German, French, Spanish, Portuguese. The first names of a role are the better ones where a file has several.
"""

from __future__ import annotations

import re

from vsm.folding import fold
from vsm.reading.log_shapes import LogRole

_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_NO_WORD = re.compile(r"[\W_]+")


def plain(header: str) -> str:
    """Reduce a header to small words without accents, signs, brackets and camel humps.

    >>> plain("case:concept:name"), plain("Created At (UTC)"), plain("stateChangeDate")
    ('case concept name', 'created at', 'state change date')
    """
    text = _BRACKETS.sub(" ", _CAMEL.sub(" ", header)) if _BRACKETS.sub("", header).strip() else header
    return _NO_WORD.sub(" ", fold(text)).strip()


def _names(text: str) -> dict[str, int]:
    listed = (name.strip() for line in text.splitlines() for name in line.split(","))
    return {name: rank for rank, name in enumerate(filter(None, listed))}


NAMES: dict[LogRole, dict[str, int]] = {
    LogRole.ITEM: _names("""
        case concept name, case id, caseid, case key, issue key, item key, item id, work item id, ticket key, ticket id,
        ticket number, case number, documentkey, document key, card id, key, identifier, iid, task id, order id,
        order number, request id, incident id,
        incident number, patient id, document id, claim id, application id, trace id, pr number, issue number,
        issue id, id, case, item, issue, ticket, work item, card, order, patient, request, incident, claim, trace,
        document, invoice, invoice number, story, story id, task number, number, pull request, application,
        card name, nr, no
        vorgangsnummer, vorgangs id, vorgangsschlussel, fall id, fallnummer, fall nr, ticketnummer, auftragsnummer,
        schlussel, vorgang, fall, auftrag, antrag, antragsnummer, bestellung, nummer, kennung
        cle de ticket, cle, id dossier, n de dossier, numero de dossier, dossier, identifiant, demande, commande, numero
        id de caso, id del caso, caso, clave, clave de incidencia, incidencia, pedido, solicitud, expediente
        id do caso, chave, chave do item, chamado, solicitacao, processo"""),
    LogRole.STAGE: _names("""
        concept name, to status, to state, status to, new status, new state, to string, to column, new value,
        newvalue, list after, to, status, state, stage, activity, activity en, activity de, activity name,
        activity id, task name, board column,
        column, list,
        list name, stage name, status name, step, step name, phase, event, event name, handling, task, action,
        operation, process step, workflow step, station,
        value, event type, type of event
        neuer status, nach status, nach, ereignis, zustand, phase, stufe, schritt, arbeitsschritt, aktivitat, tatigkeit,
        bearbeitungsschritt, prozessschritt, verfahrensschritt, vorgangsschritt, teilschritt, arbeitsgang,
        arbeitsstation, bearbeitungsstation, bearbeitungsstufe, bearbeitungsphase, bearbeitungsstatus, prozessphase,
        spalte
        nouveau statut, vers, evenement, statut, etat, etape, activite, tache, colonne
        nuevo estado, evento, estado, etapa, actividad, paso, fase, tarea, columna
        novo status, novo estado, situacao, atividade, passo, tarefa, coluna"""),
    LogRole.FROM_STAGE: _names("""
        from status, from state, status from, old status, old state, previous status, previous state, from string,
        from column, old value, oldvalue, original value, list before, from
        alter status, von status, von, ancien statut, de, estado anterior, estado antiguo, status anterior"""),
    LogRole.TIMESTAMP: _names("""
        time timestamp, timestamp, transition date, transition time, status transition date, change date, changed at,
        changed on, changed, changed date, edit date, eventtime, sys created on, state change date, date of change,
        event time, event date, event timestamp,
        date time, datetime, time, date, when, entered, entered at, entered on, entry date, moved at, moved, logged at,
        created, created at, created date, completed, completed at, completion time, complete timestamp
        zeitstempel, zeitpunkt, anderungsdatum, geandert am, geandert, datum, datum uhrzeit, uhrzeit
        horodatage, horodate, date de changement, date du changement, date heure, date et heure, modifie le
        marca de tiempo, fecha de cambio, fecha, fecha y hora, fecha hora, instante
        carimbo de data hora, data da mudanca, data, data hora, data e hora"""),
    LogRole.START: _names("""
        start timestamp, start time, start date, start datetime, start, started, started at, started on, begin,
        begin time, begin date, beginning, from time, from date, entered, entered at, entry time, entry date, time in,
        date in, in, start of work, in progress at, valid from, effective from, gultig ab, gultig von
        beginn, anfang, start datum, startdatum, startzeit, beginnt am, begonnen, begonnen am, eintritt, eingang
        debut, date de debut, heure de debut, commence le, date debut, entree
        inicio, fecha de inicio, fecha inicio, hora de inicio, iniciado, entrada
        data de inicio, data inicio, inicio em, iniciado em"""),
    LogRole.END: _names("""
        end timestamp, complete timestamp, end time, end date, end datetime, end, ended, ended at, finish, finish time,
        finish date, finished, finished at, completion time, completion date, completed, completed at, complete,
        complete time, exited, exited at, exit time, exit date, left, left at, time out, date out, out, to time,
        to date, stop, stop time, time timestamp, valid to, valid until, effective to, gultig bis
        ende, end datum, enddatum, endzeit, beendet, beendet am, fertig am, abgeschlossen am, austritt, ausgang
        fin, date de fin, heure de fin, termine le, date fin, sortie
        fin, fecha de fin, fecha fin, hora de fin, terminado, finalizado, salida
        fim, data de fim, data fim, data de termino, termino, finalizado em, concluido em, saida"""),
    LogRole.ENQUEUED: _names("""
        enqueued, enqueued at, enabled, enable time, enabled time, enable timestamp, enabled timestamp, queued,
        queued at, queue time start, arrival, arrival time, arrived, arrived at, available since
        eingereiht, eingereiht am, ankunft, arrivee, mis en file, llegada, encolado, chegada, enfileirado"""),
    LogRole.LIFECYCLE: _names("""
        lifecycle transition, lifecycle, lifecycle id, lifecycle state, registration type, transition, event type,
        transition type, start complete, start or end, lebenszyklus, ereignistyp, cycle de vie, type d evenement,
        ciclo de vida, tipo de evento"""),
    LogRole.PAIR: _names("""
        activity instance id, activity instance, handling id, concept instance, lifecycle instance, instance id,
        instance, activity instance identifier, visit id, execution id, work id"""),
    LogRole.FIELD: _names("""
        field, field name, fieldname, field event, changed field, field changed, change field, attribute, property,
        feld, feldname, champ,
        nom du champ, campo, nombre del campo, nome do campo"""),
    LogRole.PERSON: _names("""
        org resource, resource, resource id, resource name, employee, employee id, performer, performed by, worker,
        agent, operator, assignee, assigned to, assignee name, person, user, user name, owner, member, changed by,
        author, responsible, staff, handled by,
        edited by
        bearbeiter, bearbeiterin, mitarbeiter, mitarbeiterin, zustandig, zustandige person, zugewiesen an, ressource,
        person, benutzer, verantwortlich, verantwortlicher
        responsable, employe, utilisateur, attribue a, assigne a, intervenant, auteur
        empleado, encargado, persona asignada, asignado a, usuario, recurso
        responsavel, funcionario, atribuido a, colaborador"""),
    LogRole.TYPE: _names("""
        issue type, work item type, item type, ticket type, case type, request type, type, card type, work type,
        vorgangstyp, typ, art, ticketart, type de ticket, type de demande, tipo de incidencia, tipo de item, tipo"""),
    LogRole.TEAM: _names("""
        team, org group, assignment group, squad, team name, department, group, abteilung, gruppe, equipe, service,
        equipo, departamento, grupo, departement, groupe"""),
    LogRole.RESOLUTION: _names("""
        resolution, state reason, resolution code, close code, closure code, close reason, closed reason,
        closing reason, losung, abschlussgrund, resolucion, resolucao"""),
}
"""Role -> {name in plain form: its rank, 0 the best}."""

OPENED = _names("""
    created, created at, created date, created on, creation date, opened, opened at, open date, opened on, requested,
    request date, requested at, received, received at, reported, reported at, submitted, submitted at, arrival date,
    erstellt, erstellt am, angelegt, angelegt am, eroffnet, eingegangen am, cree, cree le, date de creation, ouvert le,
    creada, creado, fecha de creacion, abierto el, criado, criado em, data de criacao, aberto em""")
"""Dates that say when an item began, in a list of items."""
CLOSED = _names("""
    completed, completed at, completed date, done, done date, finished, finished at, delivered, delivery date, resolved,
    resolved at, resolution date, resolved date, closed, closed at, closed date, closed on, merged at, merged, released,
    release date, completion date, end date,
    erledigt, erledigt am, gelost, geschlossen, geschlossen am, abgeschlossen, abgeschlossen am, geliefert am,
    resolu, resolu le, ferme, ferme le, termine le, cloture le, date de cloture, livre le,
    resuelta, resuelto, cerrado, cerrada, fecha de cierre, fecha de resolucion, entregado,
    resolvido, resolvido em, fechado, fechado em, data de conclusao, concluido, concluido em, entregue em""")
"""Dates that say when an item was finished, in a list of items; the first listed is taken."""
NOT_DONE = frozenset(
    _names("""won t do, wont do, won t fix, wont fix, will not do, will not fix, wontfix, duplicate, duplicated,
    cannot reproduce, can t reproduce, not reproducible, not planned, cancelled, canceled, declined, rejected,
    abandoned, invalid, not a bug, obsolete, out of scope, withdrawn, not an issue, works as designed,
    duplikat, abgelehnt, abgebrochen, storniert, nicht reproduzierbar, wird nicht erledigt, wird nicht behoben,
    doublon, annule, duplicado, cancelado""")
)
"""What a resolution says of an item that was closed and not done, in plain form."""
STATUS_HEADERS = frozenset({"status", "state", "statut", "estado", "etat", "zustand", "situacao"})
PRESENT_STATUS = frozenset(
    _names("""current status, present status, current state, status now, aktueller status, statut actuel,
    statut courant, estado actual, status atual, estado atual""")
)
"""Headers of a column that says how items stand now."""
STATUS_WORDS = frozenset(
    _names("""status, state, column, list, zustand, statut, etat, estado, situacao, spalte, colonne, columna, coluna,
    stage, phase, stufe, etapa, etape, fase""")
)
"""Words of a header that speak of being somewhere, not of doing something."""
ACTIVITY_WORDS = frozenset(
    _names("activity, task, concept, aktivitat, tatigkeit, activite, tache, actividad, tarea, atividade, tarefa")
)
"""Words of a header that speak of doing something."""
BETWEEN_WORDS = frozenset(_names("step, schritt, bearbeitungsschritt, prozessschritt, paso, passo, station"))
"""Words of a header that can mean either."""
ENTERED_WORDS = frozenset(
    _names("""entered, entry, changed, change, transition, moved, start, started, begin, since, geandert, anderung,
    modifie, cambio, mudanca""")
)
COMPLETED_WORDS = frozenset(
    _names("""complete, completed, completion, finished, finish, end, ended, done, abgeschlossen, beendet, termine,
    finalizado, concluido""")
)
BEGIN_WORDS = frozenset(
    _names("start, started, starts, begin, began, beginn, anfang, debut, inicio, entered, von, from, in")
)
CLOSING_WORDS = frozenset(
    _names("end, ended, ends, finish, finished, ende, bis, fin, fim, exited, left, complete, completed, out, to, until")
)
"""Words that tell the start column of a stage from its end column."""
EDGE_FILLERS = frozenset(_names("date, time, datum, zeit, at, on, of, de, data, fecha, timestamp"))
STATUS_FIELDS = frozenset(
    _names("""status, state, stage, column, list, statut, estado, situacao, zustand, board column, workflow status,
    workflow state, issue status, incident state, system state""")
)
"""What the field column of a changelog says of a change of status, in plain form."""
CREATED_FIELDS = frozenset(_names("created, create, creation, new, added, initial"))
STARTS = frozenset(
    _names("start, started, starts, begin, began, beginning, beginn, gestartet, debut, inicio, in progress, inprogress")
)
COMPLETES = frozenset(
    _names("""complete, completed, completes, end, ended, ends, finish, finished, stop, stopped, done, close, closed,
    ende, beendet, abgeschlossen, fin, termine, fim, concluido, completo""")
)
OTHER_DATES = _names("""
    updated, updated at, updated on, last updated, last viewed, modified, modified at, last modified, due, due date,
    duedate, target date, planned end, planned start, planned date, cycle start, cycle end, archived, archived at,
    exported at, birth date, date of birth, state change date, last activity, date last activity, revised date,
    aktualisiert, zuletzt geandert, fallig, fallig am, falligkeitsdatum, mis a jour, echeance, date d echeance,
    actualizado, actualizada, vencimiento, fecha de vencimiento, atualizado, data de vencimento""")
"""Dates of an item that say nothing about its way through the stages."""
NO_DURATIONS = _names("""
    story points, points, estimate, original estimate, remaining estimate, priority, weight, votes, watchers, sprint,
    count, number, no, nr, rank, severity, age, effort, size, value, cost, budget, year, month, week, comments, total,
    total time, sum, lead time, cycle time, resolution time, blocked days, parent, epic, milestone, time spent""")
"""Numbers of an item that are no time in a status."""
