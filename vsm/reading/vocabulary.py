"""The names that people give to columns, total rows and figures not measured, in six languages, in folded form.

English, German, French, Spanish, Portuguese, Polish. Names are looked up whole, or found inside a longer header;
weak names (words that other headers use in passing) only whole.
"""

from __future__ import annotations

from vsm.model import QualitySide, WaitSide
from vsm.reading.shapes import Role


def _names(text: str) -> frozenset[str]:
    return frozenset(name.strip() for line in text.splitlines() for name in line.split(",") if name.strip())


NAMES: dict[Role, frozenset[str]] = {
    Role.STAGE: _names("""
        process step, process steps, work step, workflow step, stage name, step name, process stage, workflow stage,
        process name, activity name, task name, step description, process description, task description
        prozessschritt, prozessschritte, arbeitsschritt, arbeitsgang, prozessstufe, prozessphase, verfahrensschritt
        etape, etapes, nom de l etape, etape du processus
        etapa, etapas, paso, pasos, paso del proceso, etapa del proceso, nombre de la etapa
        passo, passos, etapa do processo, passo do processo, nome da etapa
        etap, etapy, nazwa etapu, krok, kroki, krok procesu, etap procesu"""),
    Role.PERIOD: _names("""
        reporting period, reporting month, time period, measurement period, measured in, measured on, snapshot date,
        as of date, date of measurement, berichtszeitraum, berichtsmonat, messzeitraum, stichtag
        periode de mesure, mois de mesure, periodo de medicion, periodo de medicao, okres pomiaru"""),
    Role.PROCESSING_TIME: _names("""
        pt, p t, processing time, process time, touch time, hands on time, work time, working time, active time,
        value added time, value add time, value adding time, va time, effort, touch, execution time, proc time,
        processing, task time, labor time, labour time, service time, time worked, net working time, active, va,
        hours worked, person hours, man hours, labor hours, labour hours
        bearbeitungszeit, prozesszeit, arbeitszeit, bearbeitung, aufwand, bearbeitungsdauer, prozessdauer, bz
        temps de traitement, tps de traitement, tps traitement,
        duree de traitement, temps de travail, temps de processus, temps de realisation,
        temps actif, temps a valeur ajoutee, temps de process
        tiempo de proceso, tiempo de procesamiento, tiempo de trabajo, tiempo activo, tiempo de valor agregado,
        tiempo de valor anadido, tiempo de ejecucion
        tempo de processamento, tempo de processo, tempo de trabalho, tempo de execucao, tempo ativo,
        tempo de valor agregado
        czas przetwarzania, czas pracy, czas wykonania, czas obrobki, czas procesu, czas przetworzenia"""),
    Role.WAIT_TIME: _names("""
        wt, w t, wait, waits, wait time, waiting, waiting time, delay, delays, delay time, idle, idle time, queue,
        queue time, queuing time, queueing time, time in queue, lag, lag time, hold time, nva time, nva,
        non value added time, non value adding time, days of inventory, inventory time, waittime
        wartezeit, warten, liegezeit, liegedauer, wartedauer, ubergangszeit, wz
        temps d attente, attente, duree d attente, temps attente, file d attente
        tiempo de espera, espera, tiempo en cola, cola, demora
        tempo de espera, tempo em fila, fila
        czas oczekiwania, oczekiwanie, czas czekania, czekanie, czas w kolejce, kolejka"""),
    Role.LEAD_TIME: _names("""
        lt, l t, lead time, leadtime, total time, elapsed time, throughput time, turnaround time, tat, flow time
        durchlaufzeit, dlz, gesamtzeit
        temps de traversee, delai, delai total, temps total, duree totale
        tiempo de entrega, plazo de entrega, tiempo total, plazo
        tempo de atravessamento, tempo total, prazo
        czas przejscia, czas realizacji, czas calkowity"""),
    Role.COMPLETE_ACCURATE: _names("""
        ca, c a, pca, complete accurate, complete and accurate, completeness and accuracy, percent complete accurate,
        first pass yield, fpy, yield, first time right, ftr, first time through, ftt, right first time, rft, quality,
        error free, defect free, without errors, without defects, free of errors, free of defects
        qualitat, ausbeute, gutquote, vollstandig und richtig, vollstandig und korrekt, vollstandig korrekt,
        fehlerfrei, fehlerfreie, fehlerfreiheit, ohne fehler, ohne mangel, mangelfrei
        qualite, complet et exact, rendement, sans erreur, sans erreurs, sans defaut, sans defauts,
        bon du premier coup
        calidad, completo y exacto, completo y correcto, sin error, sin errores, sin defecto, sin defectos,
        bien a la primera
        qualidade, completo e correto, completo e exato, sem erro, sem erros, sem defeito, sem defeitos,
        certo a primeira, certo na primeira
        jakosc, kompletne i poprawne, kompletnych i poprawnych, kompletne i dokladne, poprawnych, poprawnosc,
        bezbledne, bezblednych, bezblednie, bez bledow, bez wad, prawidlowych"""),
    Role.BATCH_SIZE: _names("""
        batch, batches, batch size, lot, lot size, transfer batch, transfer batch size
        losgrosse, los, chargengrosse, stapelgrosse
        taille de lot, taille du lot
        tamano de lote, tamano del lote, lote
        tamanho do lote, tamanho de lote
        wielkosc partii, partia, wielkosc serii"""),
    Role.HANDOFFS: _names("""
        handoff, handoffs, hand offs, hand off, handover, handovers, hand overs, people touching, people involved,
        touches
        ubergabe, ubergaben, beteiligte
        transfert, transferts, passages de main, intervenants
        traspasos, transferencias, entregas
        repasses, passagens
        przekazania, przekazan, liczba przekazan"""),
    Role.PEOPLE: _names("""
        people, staff, staffing, fte, ftes, operator, operators, headcount, workers, employees, persons, resources,
        team size
        mitarbeiter, mitarbeitende, personen, personal, bediener, vza, vzae, beschaftigte
        personnes, effectif, effectifs, operateur, operateurs, etp
        personas, operarios, operadores, trabajadores
        pessoas, operadores, funcionarios
        osoby, osob, pracownicy, pracownikow, liczba osob, etaty, operatorzy"""),
    Role.AVAILABILITY: _names("""
        uptime, availability, machine uptime
        verfugbarkeit
        disponibilite
        disponibilidad
        disponibilidade
        dostepnosc"""),
    Role.DEMAND: _names("""
        demand, customer demand, arrival rate, arrivals, items per week, items per day, items per month
        bedarf, nachfrage, kundenbedarf
        demande, demande client
        demanda, demanda del cliente, demanda do cliente
        popyt, zapotrzebowanie"""),
    Role.WIP: _names("""
        wip, work in progress, work in process, inventory, queue length, queue size, items waiting, items in queue,
        stock, backlog size
        bestand, umlaufbestand
        en cours, encours, inventaire
        inventario, existencias, trabajo en curso
        estoque, trabalho em andamento
        zapas, zapasy, praca w toku, w toku"""),
    Role.REWORK_TO: _names("""
        rework to, rework goes to, rework back to, back to, returns to, return to, sent back to, goes back to
        nacharbeit an, nacharbeit bei, zuruck an, zuruck zu
        reprise a, retour a, retour vers, renvoi a
        retrabajo a, vuelve a, devuelto a
        retrabalho para, volta para, devolvido para
        poprawka w, poprawki do, wraca do, zwrot do"""),
    Role.PARALLEL_GROUP: _names("""
        parallel, parallel group, in parallel, runs in parallel, parallel with
        parallelgruppe, parallele gruppe
        parallele, groupe parallele, en parallele
        paralelo, grupo paralelo, en paralelo, em paralelo
        rownolegle, grupa rownolegla"""),
    Role.TEAM: _names("""
        team, owner, process owner, step owner, department, swimlane, swim lane, responsible, performed by, done by,
        assigned to, dept
        abteilung, verantwortlich, verantwortliche, zustandig, bereich
        equipe, responsable, departement
        equipo, departamento
        responsavel, setor
        zespol, dzial, wlasciciel, odpowiedzialny"""),
    Role.KIND: _names("""
        kind, kind of step, step type, type of step, step kind, stage type, kind of stage
        schrittart, kategorie
        type d etape, categorie
        tipo de etapa, tipo de paso, categoria
        tipo de passo
        rodzaj, rodzaj etapu, typ etapu, kategoria"""),
    Role.NOTE: _names("""
        note, notes, comment, comments, remark, remarks
        notiz, notizen, bemerkung, bemerkungen, kommentar, kommentare, anmerkung, anmerkungen
        remarque, remarques, commentaire, commentaires
        nota, notas, comentario, comentarios, observaciones
        observacoes
        uwagi, uwaga, notatki, komentarz, komentarze"""),
}

WEAK_NAMES: dict[Role, frozenset[str]] = {
    Role.STAGE: _names("""
        stage, stages, step, steps, process, processes, activity, activities, task, tasks, phase, phases, operation,
        operations, station, workstation, name, status, state, process phase
        schritt, schritte, prozess, aktivitat, aktivitaten, vorgang, stufe, aufgabe, tatigkeit, arbeitsplatz
        processus, activite, activites, tache, taches, poste, nom
        proceso, procesos, actividad, fase, operacion, tarea, nombre
        processo, atividade, operacao, tarefa, nome
        proces, czynnosc, czynnosci, faza, operacja, zadanie, nazwa, stanowisko"""),
    Role.PERIOD: _names("""period, month, quarter, week, sprint, iteration, date, year, snapshot, half year, as of, pi
        zeitraum, monat, quartal, woche, jahr, datum, halbjahr
        periode, mois, trimestre, semaine, annee, semestre
        periodo, mes, semana, ano, fecha, data, okres, miesiac, kwartal, tydzien, rok"""),
    Role.PROCESSING_TIME: _names("p, work, arbeit"),
    Role.WAIT_TIME: _names("w, hold"),
    Role.COMPLETE_ACCURATE: _names("""correct, accurate, accuracy, korrekt, richtig, corrects, correcte,
        correctes, conforme, conformes, correcto, correctos, correcta, correctas, correto, corretos, correta, corretas,
        poprawne, poprawnie, prawidlowe, dobrych"""),
    Role.WIP: _names("backlog, items, pieces"),
    Role.TEAM: _names("""group, lane, role, function, unit, who, area, actor, gruppe, rolle, service, role, fonction,
        qui, grupo, rol, funcion, quien, papel, funcao, quem, grupa, rola, kto"""),
    Role.KIND: _names("type, category, art, typ, tipo, va nva"),
    Role.NOTE: _names("description, details, beschreibung, descripcion, descricao, opis, info"),
    Role.REWORK_TO: _names("rework target"),
    Role.DEMAND: _names("volume, menge, volumen, wolumen"),
}

ASKED: dict[str, str] = {
    name: question
    for names, question in (
        (
            _names("""ct, c t, cycle time, cycletime, cycle times, zykluszeit, zyklus, temps de cycle, tiempo de ciclo,
            tempo de ciclo, czas cyklu"""),
            "cycle time has four meanings: the work on one item, the time from one finished item to the next, the time "
            "in a stage with its waiting, and the time through the whole stream. Is it the processing time or the lead "
            "time of a stage, or neither?",
        ),
        (
            _names("""time, duration, times, zeit, dauer, temps, duree, tiempo, duracion, tempo, duracao, czas,
            czas trwania"""),
            "is it the processing time, the wait time or the lead time of a stage?",
        ),
    )
    for name in names
}

KNOWN_UNUSED: dict[str, str] = {
    name: why
    for names, why in (
        (
            _names("""c o, co, changeover, change over, changeover time, setup, set up, setup time, set up time,
            rustzeit, umrustzeit, temps de changement, tiempo de cambio, tempo de setup, czas przezbrojenia"""),
            "changeover times are not part of the method",
        ),
        (
            _names("takt, takt time, taktzeit, temps takt, tiempo takt, tempo takt, czas taktu"),
            "takt time follows from the demand and is not read",
        ),
        (
            _names("#, no, nr, number, num, order, seq, sequence, pos, position, lp, id, idx, index, row, n, n o"),
            "it numbers the rows; stages are taken in the order of the rows",
        ),
        (
            _names("scrap, scrap rate, defect rate, defects, error rate, rework rate, ausschuss, rebut, rebuts"),
            "it speaks of defects; %C&A is its complement, and is not worked out from it",
        ),
        (_names("cost, costs, price, kosten, cout, couts, costo, coste, custo, koszt"), "costs are not read"),
    )
    for name in names
}

RUNNING_WORDS = _names(
    "cumulative, cumulated, cum, running, kumuliert, kumulierte, cumule, cumulee, acumulado, narastajaco"
)
STAGE_COMPANIONS = _names("value, stream, name, and, no, vsm")
UNIT_WORDS = _names("unit, units, uom, einheit, einheiten, unite, unites, unidad, unidades, unidade, jednostka, jedn")
NEXT_WORDS = _names("next, nachste, nachsten, nachstem, suivant, suivante, siguiente, proximo, proxima, nastepny, "
                    "nastepnym, nastepnego")  # fmt: skip
WAIT_SIDE_WORDS: dict[WaitSide, frozenset[str]] = {
    WaitSide.BEFORE: _names("""before, upstream, preceding, prior, queue, queuing, queueing, vor, davor, vorher, avant,
        antes, przed, cola, fila, kolejka, kolejce, incoming"""),
    WaitSide.AFTER: _names("""after, afterwards, downstream, following, nach, danach, nachher,
        apres, despues, depois, apos, po,
        outgoing"""),
}
QUALITY_SIDE_WORDS: dict[QualitySide, frozenset[str]] = {
    QualitySide.INCOMING: _names("""incoming, in, input, received, arriving, eingehend, eingang, entrant, entree,
        entrada, entrante, recibido, recebido, przychodzace, wejscie, na wejsciu"""),
    QualitySide.OUTGOING: _names("""outgoing, out, output, delivered, leaving, ausgehend, ausgang, sortant, sortie,
        salida, saliente, saida, wychodzace, wyjscie, na wyjsciu"""),
}
YIELD_NAMES = _names("first pass yield, fpy, yield, first time right, ftr, first time through, ftt, rft, "
                     "right first time, ausbeute, gutquote, rendement")  # fmt: skip

FILLERS = _names("""avg, average, mean, typical, estimated, est, approx, o, durchschnittliche, mittlere,
    moyen, moyenne, medio, media, promedio, sredni, srednia, the, of, per, in, for, number, no, nr, anzahl, nombre, nb,
    numero, liczba, de, der, la, current, actual, percent, pct, rate, prozent, pourcentage, porcentaje,
    porcentagem, percentual, procent""")

COUNT_UNITS = _names("""pcs, pc, pieces, piece, items, item, units, stk, stuck, szt, sztuk, unidades, uds, pzas, piezas,
    pecas, parts, orders, cases, tickets, people, persons, fte, ftes, osoby, osob, personen, personas, personnes,
    pessoas, operators, times, x""")

DEMAND_UNITS: dict[str, str] = {
    word: unit
    for unit, words in (
        ("per hour", "per hour, /h, /hour, /hr, hourly, pro stunde, /std, par heure, por hora, na godzine, per h"),
        ("per day", "per day, /day, /d, daily, a day, pro tag, /tag, taglich, par jour, /jour, /j, por dia, /dia, "
                    "diario, dziennie, na dzien, /dzien, per d"),
        ("per week", "per week, /week, /wk, /w, weekly, a week, pro woche, /woche, wochentlich, par semaine, /semaine, "
                     "por semana, /semana, semanal, tygodniowo, na tydzien, /tydzien, per wk"),
        ("per month", "per month, /month, /mo, monthly, a month, pro monat, /monat, monatlich, par mois, /mois, "
                      "por mes, /mes, mensual, mensal, miesiecznie, na miesiac, /miesiac"),
    )
    for word in _names(words)
}  # fmt: skip

TOTAL_NAMES = _names("""total, totals, sum, sums, summe, summen, gesamt, gesamtsumme, insgesamt, somme, totaux, totales,
    suma, soma, razem, lacznie, ogolem, overall, grand total, sub total, subtotal, zwischensumme, sous total,
    total general, suma total, total geral, somme totale, suma calkowita, podsumowanie, σ, ∑, in total, all stages,
    rolled, lead time, flow efficiency, process cycle efficiency, process efficiency, pce, activity ratio,
    durchlaufzeit, flusseffizienz, prozesseffizienz""")
OVERALL_NAMES = _names("""takt, takt time, lead time, process lead time, production lead time, processing time,
    process time, touch time, wait time, waiting time, flow efficiency, process efficiency, process cycle efficiency,
    pce, efficiency, value added, value add, value adding, value added ratio, value add ratio, value added percentage,
    value added time, value added share, non value added, non value added time, va, nva, va ratio, va percentage,
    va time, nva time, c a, pca, complete and accurate, rolled throughput yield, rolled yield, rty, first pass yield,
    fpy, throughput, throughput rate, wip, work in progress, work in process, flow load, customer demand,
    available time, available working time, bottleneck, activity ratio, oee, handoffs
    taktzeit, kundentakt, durchlaufzeit, gesamtdurchlaufzeit, bearbeitungszeit, prozesszeit, wartezeit, liegezeit,
    flusseffizienz, flussgrad, flussfaktor, prozesseffizienz, effizienz, prozesswirkungsgrad, wertschopfung,
    wertschopfend, wertschopfungsanteil, wertschopfungsgrad, wertschopfungsquote, wertschopfungszeit, durchsatz,
    umlaufbestand, kundenbedarf, engpass, verfugbare zeit, verfugbare arbeitszeit
    temps takt, temps de traversee, delai de traversee, temps de traitement, temps d attente, efficacite du flux,
    efficience du flux, efficacite du processus, efficience du processus, valeur ajoutee, taux de valeur ajoutee,
    ratio de valeur ajoutee, part de valeur ajoutee, en cours, encours, demande client
    tiempo takt, tiempo de entrega, plazo de entrega, tiempo de proceso, tiempo de espera, eficiencia de flujo,
    eficiencia del flujo, eficiencia del proceso, eficiencia del ciclo del proceso, valor agregado, valor anadido,
    ratio de valor agregado, ratio de valor anadido, trabajo en curso, demanda del cliente
    tempo takt, tempo de atravessamento, tempo de processamento, tempo de espera, eficiencia de fluxo,
    eficiencia do fluxo, eficiencia do processo, valor acrescentado, taxa de valor agregado, vazao,
    trabalho em andamento, demanda do cliente
    czas taktu, czas przejscia, czas realizacji, czas przetwarzania, czas oczekiwania, efektywnosc przeplywu,
    wydajnosc przeplywu, efektywnosc procesu, sprawnosc procesu, wartosc dodana, wartosci dodanej,
    wskaznik wartosci dodanej, udzial wartosci dodanej, przepustowosc, praca w toku, zapotrzebowanie klienta""")
AVERAGE_NAMES = _names(
    "average, mean, median, avg, durchschnitt, mittelwert, moyenne, promedio, media, mediana, srednia"
)
TOTAL_COMPANIONS = _names("""time, times, lead, processing, process, wait, waiting, hours, days, minutes, stream, value,
    h, d, min, lt, pt, wt, all, stages, steps, duration, value stream, overall, general, the, of, for, whole, row, c, a,
    ca, pca, complete, accurate, and""")

NOT_MEASURED = _names("""n/a, na, n.a., n.a, -, --, –, —, ?, ??, tbd, t.b.d., unknown, none, null, not measured, x, .,
    not known, tbc, pending, missing, k.a., k. a., unbekannt, offen, nc, n.c., inconnu, nd, n.d., n/d, desconocido,
    desconhecido, s/d, brak, brak danych, b.d., bd, nieznane, s/o, nicht gemessen, …, ...""")
ERROR_TEXTS = _names("""#div/0!, #n/a, #n/a!, #name?, #null!, #num!, #ref!, #value!, #wert!, #zahl!, #bezug!, #nv,
    #getting_data, #spill!, #calc!, #valeur!, #nombre!, #nom?, #valor!, #arg!, #adr!, #liczba!""")
NOTE_STARTS = _names("""note, notes, source, sources, legend, remark, remarks, comment, comments, assumption,
    assumptions, hinweis, anmerkung, quelle, legende, remarque, nota, notas, fuente, fonte, uwaga, uwagi, zrodlo,
    created by, prepared by, last updated, updated, date, author, stand, version""")

GROUP_WORDS = _names("""time, times, zeit, zeiten, temps, tiempo, tiempos, tempo, tempos, czas, czasy, durations,
    quality, people, resources, staffing, flow, figures, metrics, measures, stage, step, process, data, capacity""")

ITEM_NAMES = _names("""item, items, key, issue key, issue, issue id, ticket, ticket id, case, case id, caseid, card,
    card id, id, work item, work item id, work item key, story, order, order id, order number, patient, vorgangsnummer,
    ticketnummer, case concept name, trace, document, invoice, request, request id""")
CHANGE_NAMES = _names("""status, state, from, to, start, end, started, finished, start time, end time, timestamp,
    start timestamp, end timestamp, complete timestamp, date, changed, created, resolved, done, closed, completed, time,
    start date, end date, time timestamp, event, activity, concept name, lifecycle transition""")
