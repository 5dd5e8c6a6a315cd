"""The rules of the house that a reader of code relies on, checked on the code itself."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.sources import called, code, every, nodes, text, tree

#: Files in which one looks something up and that nobody reads from beginning to end, each with why.
LOOKED_UP = {"financing/acts.py": "one line for each act there is"}
#: Files that ask the database without `desk.select`, each with why nobody sees through it what is not theirs.
ASKS_FREELY = {
    "financing/desk.py": "is the door",
    "financing/entries.py": "settings of the zone, which hold for everybody who counts days or figures",
    "financing/journal.py": "reads and chains its own lines",
    "financing/checkpoints.py": "signed beside the journal; what is shown goes through its own sight",
    "financing/proof/making.py": "seals the lines of the whole journal, for the platform",
    "financing/proof/against.py": "holds the whole journal against its checkpoints, for the operator",
    "financing/proof/kit.py": "the whole for an auditor, who sees all of it",
    "financing/proof/proving.py": "proves one line among all, for the operator",
    "financing/still.py": "asks for a picture that stands still, not what is in it",
    "financing/leading.py": "which days are run, for the platform itself",
    "financing/health.py": "ages and counts; no row leaves",
    "financing/numbers.py": "its own counter",
    "financing/two_clocks.py": "the time of the database, and no row",
    "financing/emergencies/service.py": "whether a firm has this code and a reading of it stands, for who may see neither",
    "financing/finding.py": "words by which things are found; what is found is shown by its own sight",
    "financing/credit/places.py": "the last score of every need, written with the score itself",
    "financing/listed.py": "counts the rows of a query that holds to a sight already",
    "financing/parties/permits.py": "whether a firm agrees to an item, the same for whoever wants to use it",
    "financing/bulletins/naming.py": "names of firms in a text that anybody may read, whoever wrote it",
    "financing/incidents/concerned.py": "whom an incident concerns, drawn from the whole; names and counts alone come out of it",
    "financing/parties/names.py": "the name beside a matter in sight",
    "financing/once.py": "form tokens, by their hash",
    "financing/outbox.py": "what waits to be sent, for the platform itself",
    "financing/safekeeping.py": "keeps and brings back the whole",
    "financing/resealing.py": "every sealed cell under a new key, for the operator",
    "financing/side_walls.py": "says on which side a transaction stands, before any row is there",
    "financing/replica.py": "how far the journal reaches here and there",
    "financing/drills.py": "counts and sums of a restored copy, and the clean database it is brought into",
    "financing/row_walls.py": "says that the platform itself reads, for backup, restore and new keys",
    "financing/conduct/wall.py": "says who reads, before any row of who reported is there",
    "financing/conduct/posts.py": "who sits on the two seats, for whoever has to be told or let in",
    "financing/conduct/reports.py": "reports by their keyed marks, at the platform's own desk",
    "financing/conduct/cases.py": "who reported and what was written, once a case is held by sight",
    "financing/conduct/evidence.py": "the files of a case that is held by sight",
    "financing/conduct/checks.py": "pay-outs to be asked about, for the platform",
    "financing/conduct/detection.py": "tries of a bank, counted for the platform",
    "financing/conduct/figures.py": "counts over all cases; no name leaves but a bank's, and no small group",
    "financing/walls_aside.py": "asks which walls stand, not what is behind them",
    "financing/clocks/service.py": "the clock of the need at hand, for whoever moves the need on",
    "financing/clocks/posts.py": "whose post it is, for the platform that tells them",
    "financing/clocks/promises.py": "what the need at hand owes, for whoever moves it on or hands a paper in",
    "financing/papers/versions.py": "which papers lay before a step, whoever takes it",
    "financing/people/tries.py": "counted attempts, by hashed key",
    "financing/people/keys.py": "keys, by their digest, before anybody is known",
    "financing/people/sessions.py": "sessions, by hashed token",
    "financing/people/dormant.py": "which accounts nobody uses, for the platform itself",
    "financing/people/factors.py": "one's own passkeys, for who proves or has lost them",
    "financing/people/passkeys.py": "one's own passkeys, and whether a new one is known already",
    "web/strictness.py": "whether the zone was filled for a demo",
    "financing/guarantees/caps.py": "what is in force of all firms, and the guarantor's own decisions",
    "financing/events/service.py": "the list of the event at hand: a firm that leaves makes room for firms it does not see",
    "financing/events/views.py": "counts of people and grades; names are shown by sight, and no grade below five firms",
    "financing/personal/erasing.py": "erases whatever is held, whoever may see it",
    "financing/personal/erasures.py": "the firm or the account that is asked about, and whether it has another signatory",
    "financing/personal/holds.py": "whatever has to be kept stands against erasing, also where a tie or a seat hides it; only the kind and the day are told",
    "financing/personal/holdings.py": "one's own account and what hangs on it, by the account at the desk",
    "financing/personal/retention.py": "the platform's own night: what is over goes, whoever's it is",
    "financing/inspections/views.py": "the name of the firm beside a matter in sight",
    "financing/diligence/tasks.py": "whether the need at hand was visited and the visit read; nothing of what was found",
    "financing/bridge/ledger.py": "the book of a pool, whoever's money moves",
    "financing/bridge/bans.py": "whether a bank is suspended, which a firm is refused for and does not see",
    "financing/guarantees/ledger.py": "sums of movements, whoever's case they are",
    "financing/credit/laboratory.py": "tries a card on every firm of the zone; names are shown by sight",
    "financing/commitments/reversals.py": "the number of the need in a notice, also after the bank's consent ended",
    "financing/figures/fates.py": "answers of all banks, for medians and counts; names are shown by sight",
    "financing/guarantees/set_back.py": "voids ballots when a file changes; who changes it need not see the case",
    "financing/guarantees/agreements.py": "which agreement rules a loss, whoever asks",
    "financing/guarantees/pricing.py": "years of use by the ledger, and the guarantor's rates, which everybody may read",
    "financing/guarantees/limits.py": "counters locked in one order, whoever's case it is",
    "financing/guarantees/related.py": "groups reach across firms, whoever asks",
    "financing/guarantees/related_views.py": "names of the firms in one group, to whoever may read one of them",
    "financing/guarantees/agenda.py": "a case keeps its turn, also where a tie hides it from whoever asks",
    "financing/guarantees/delegated.py": "a member calls in a case that is not theirs to read yet; a changed file ends a decision",
    "financing/guarantees/deferrals.py": "every deferral of a case, for its record and for the daily run",
    "financing/guarantees/interests.py": "what a member declared counts whoever changes what follows from it; nobody is shown it here",
    "financing/guarantees/interest_views.py": "who has declared and when, never what; names to whoever may open a declaration",
    "financing/guarantees/recusal.py": "ties follow whoever acts, also for those who see neither case nor declaration",
    "financing/guarantees/experts.py": "pool, seed and lots are the same for every reader and for the record",
    "financing/guarantees/recusal_views.py": "the cases of a meeting whose ties, seen by their own sight, are told to the tied member",
    "financing/guarantees/tally.py": "counts every ballot; nobody is shown one before the seal",
    "financing/guarantees/record.py": "what a sealed resolution rests on, the same for every reader",
    "financing/guarantees/service.py": "the guarantor of the case at hand",
    "financing/guarantees/meetings.py": "a meeting waits also for a case that a tie hides from its chair",
    "financing/guarantees/meeting_views.py": "counts the cases of a meeting in sight",
    "financing/guarantees/views.py": "whether one has voted oneself, and the score beside a case in sight",
    "financing/guarantees/security_views.py": "the number of the case beside what was asked for it",
    "financing/parties/service.py": "whether a code is on file, told to whoever types it, and nothing else of the firm",
    "financing/people/unfinished.py": "one's own answers alone, by the account at the desk",
    "financing/letters/blanks.py": "the names in a letter, the same for whoever issues it",
    "financing/letters/views.py": "the names beside a guarantee in sight",
    "financing/letters/papers.py": "whether a file was made before, whoever asks",
    "financing/letters/checks.py": "what a letter rests on, the same for whoever prepares and whoever issues it",
    "financing/letters/entries.py": "the guarantee and its case, under lock, for whoever may book an entry",
    "financing/letters/service.py": "the case, the offer and the need behind a letter at hand",
    "financing/loans/changing.py": "maturity and open extension of the loan at hand, under lock",
    "financing/loans/classes.py": "whether a change waits for the loan at hand",
    "financing/loans/renewal.py": "every maturity that is near, for the platform that tells people",
    "financing/loans/shown.py": "numbers and firms' names beside loans in sight",
    "financing/compensation/breaker.py": "a bank's rate holds whoever looks: sums of the ledger, the stop that stands, who decided a case",
    "financing/figures/beside.py": "a bank's row of the scoreboard is the same whoever reads it: sums of the ledger, and no firm in them",
    "financing/loans/reversing.py": "what a repayment had freed, by the ledger of its guarantee, whoever decides",
    "financing/loans/reversal_model.py": "repayments that count no more, for whoever counts the others",
    "financing/compensation/deciding.py": "the claim of the decision at hand, under lock",
    "financing/compensation/duty.py": "lines of the journal about the case or offer at hand, the side's own alone; the firm, need and guarantor it names",
    "financing/compensation/files.py": "that a paper is there is told to the bank and to the guarantor alike; what it says is not",
    "financing/compensation/late.py": "papers promised for the claim at hand, and who handles its need",
    "financing/compensation/paper.py": "firm, bank and agreement that a decision names",
    "financing/compensation/paying.py": "the claim and the parts behind the ledger entry at hand",
    "financing/compensation/recovery.py": "the guarantee, its case and the payment behind it, under lock",
    "financing/compensation/payables.py": "recoveries, costs and parts of the guarantee at hand, under lock",
    "financing/compensation/recovery_views.py": "firm, bank and guarantee that a case in sight is about",
    "financing/compensation/review.py": "the payment behind a review, and who handles its need",
    "financing/compensation/review_views.py": "that there were warnings, checks and votes, on which days and how many, behind a review in sight",
    "financing/compensation/recovery_late.py": "whether the owner of the case at hand is in service",
    "financing/compensation/service.py": "the guarantee, its open claim and its pauses, under lock",
    "financing/compensation/terms.py": "what was paid and settled under the guarantee at hand, and how its loan stands",
    "financing/compensation/views.py": "firm, bank and guarantee that a claim in sight is about",
    "financing/imports/repayments.py": "the loans and repayments of the bank whose workbook it is",
    "financing/loans/plans.py": "pay-outs, repayments and changes of the loan at hand, whoever moves its plan on",
    "financing/loans/service.py": "the loan, the need and the guarantee behind the offer at hand, under lock",
    "financing/loans/views.py": "how loans in sight stand, which does not depend on who asks",
    "financing/helping/appointments.py": "the time of an appointment at hand, to be given back",
    "financing/helping/people.py": "who is in service, and the name of a firm for whoever helps firms",
    "financing/helping/surveys.py": "which firms have still to be told of the survey, for the platform that tells them",
    "financing/helping/survey_views.py": "names of confirmed firms beside their answers, for whoever helps firms",
    "financing/helping/views.py": "names of confirmed firms beside who helps them, for whoever helps firms",
    "financing/helping/ladder.py": "who was told of what is late, for the platform that tells them",
    "financing/hygiene/service.py": "the last sign of life of a need, whoever gave it; nobody is shown it but as a day",
    "financing/office/handover.py": "who is in service, and ties of a receiver, which nobody is told but by a refusal",
    "financing/office/worklist.py": "puts in order what each part of it has asked by sight",
    "financing/grants.py": "rights to whole tables, given to an account by their owner: no row is read",
    "financing/office/draws.py": "the whole journal of a month, for the platform itself",
    "financing/ratings/views.py": "counts of all ratings, hidden below five firms; whom to ring behind a call in sight",
    "financing/reserves/reading.py": "sums of every guarantee's ledger and votes in numbers; names are shown by role",
    "financing/register/ledger.py": "adds up the ledgers of every guarantee; names are shown by role",
    "financing/watch/classes.py": "how warnings and visits hold a class down, the same for whoever asks",
    "financing/watch/service.py": "whether an occurrence was warned of before, whoever finds it, and the guarantee behind a warning",
    "financing/watch/views.py": "the names and numbers beside a check or a warning in sight",
    "financing/watch/visits.py": "who of the office went along, and the number of a guarantee whose check is at hand",
    "financing/contests/grounds.py": "who had decided what, whoever asks; names and votes go to nobody",
    "financing/contests/service.py": "the need and the decision behind a second look in sight",
    "financing/contests/views.py": "counts of all, or of a bank's own; firms behind them are never told",
    "financing/offers/asks.py": "ends questions with the way they belong to, for whoever ended it, and counts what was asked before",
    "financing/offers/releases.py": "ends requests with the way they belong to, for whoever ended it; whether a head's account is open still",
    "financing/offers/held.py": "what is on file for a consented match, without who asked for it; no paper leaves before its consent is checked",
    "financing/offers/claims.py": "whether any bank has claimed the need, without saying which",
    "financing/offers/drawdowns.py": "the number of a need whose consent may be over by the time it is paid",
    "financing/offers/opening.py": "one deadline for all banks of a need, for the platform itself",
    "financing/offers/service.py": "closes also the offers still sealed to the firm that has chosen",
    "financing/figures/first.py": "counts first loans of the whole zone; names leave it for those alone who may know them",
    "financing/figures/funnel.py": "counts the whole zone; what stands for few firms is hidden where it is shown",
    "financing/figures/ratios.py": "counts the whole zone; what stands for few firms is hidden where it is shown",
    "financing/figures/stands.py": "keeps figures for every reader, at the platform's own desk",
    "financing/figures/volumes.py": "counts the whole zone; what stands for few firms is hidden where it is shown",
    "financing/figures/statistics.py": "asks since when needs were handed in at all",
    "financing/figures/outcomes.py": "counts sessions for everybody; few firms are hidden",
    "financing/figures/publication.py": "publishes counts of the whole zone, of five firms at least",
    "financing/figures/tracks.py": "counts the whole zone; figures too coarse to name a firm leave the slice",
    "financing/figures/views.py": "counts the whole zone, and hides what stands for fewer than five firms",
    "financing/search/views.py": "puts together queries that each hold to a sight",
    "financing/journal_views.py": "the end of the chain, for whoever may check it",
    "financing/imports/firms.py": "rows beside firms by code, for whoever may register and correct every firm",
    "financing/imports/needs.py": "whether a firm has the same need in draft already; nobody is shown it",
    "financing/imports/products.py": "what stands on a shelf, which everybody may read",
    "financing/imports/service.py": "the next import, for the platform itself; writes and clears rows of an import in sight",
    "web/pages/health.py": "how the database keeps what it promised",
    "web/jobs.py": "sweeps what has expired, for the platform itself",
    "web/stage/big/zone.py": "writes made-up rows into a database that holds nothing else",
    "web/commands/demonstrate.py": "whether the database is empty, and who can sign in",
}
#: Files of financing in which something is not whole, each with why no amount can be among it.
NOT_WHOLE = {"financing/credit/books.py": "a ratio, on its way to the card as the shortest decimal"}
ASKING = {"select", "update", "delete", "insert", "text", "exists"}
#: Statements put together from words of our own, each with where they come from.
BUILT = {
    "financing/finding.py": "kinds and ways, both from lists of our own; what was typed is bound",
    "web/stage/big/zone.py": "the name of its own mark, beside the statement",
    "web/stage/big/bulk.py": "names of tables and columns, as the models have them",
    "financing/db.py": "names of settings, listed beside the statement",
    "financing/engines.py": "names of settings, listed beside the statement",
    "financing/walls_aside.py": "names of walls, as the database itself lists them",
    "financing/drills.py": "its own mark, beside the statement",
    "financing/row_walls.py": "the name of its own setting, beside the statement",
}


def functions(name: str) -> list[ast.FunctionDef]:
    return list(nodes(name, ast.FunctionDef, ast.AsyncFunctionDef))


def test_a_check_of_every_file_tells_all_that_fail():
    @every(["one.py", "two.py", "three.py"])
    def check(name):
        assert name == "two.py"

    with pytest.raises(AssertionError) as said:
        check()
    assert [line.split(":")[0] for line in str(said.value).splitlines() if ".py:" in line] == ["one.py", "three.py"]


@every([name for name in code() if name not in LOOKED_UP])
def test_a_file_is_read_in_one_sitting(name):
    assert len(text(name).splitlines()) <= 300


@every(code())
def test_a_function_fits_on_a_screen(name):
    long = {f.name: f.end_lineno - f.lineno + 1 for f in functions(name) if f.end_lineno - f.lineno >= 40}
    assert long == {}


def test_most_functions_are_short():
    lengths = sorted(f.end_lineno - f.lineno + 1 for name in code() for f in functions(name))
    assert lengths[len(lengths) // 2] <= 10


@every(code())
def test_a_file_says_what_it_is_for(name):
    assert ast.get_docstring(tree(name)) or text(name).strip() == ""


@every(code())
def test_no_file_is_a_drawer_for_odds_and_ends(name):
    drawers = {"utils", "util", "helpers", "helper", "manager", "base", "common", "data", "info", "misc", "core", "lib"}
    assert not drawers & set(re.split(r"[/_.]", name))


@every([name for name in code() if name != "financing/desk.py"])
def test_only_the_desk_moves_a_state(name):
    moved = [
        f"{name}:{target.lineno}"
        for node in nodes(name, ast.Assign, ast.AugAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "state"
    ]
    moved += [
        f"{name}:{node.lineno}"
        for node in nodes(name, ast.Call)
        if (called(node) == "setattr" and ast.unparse(node.args[1]) == "'state'")
        or (called(node).endswith(".values") and any(word.arg == "state" for word in node.keywords))
    ]
    assert moved == []


@every([name for name in code("financing") if name not in NOT_WHOLE])
def test_no_float_comes_near_money(name):
    assert [node.lineno for node in nodes(name, ast.Call) if called(node) == "float"] == []


def test_money_is_never_divided_but_by_the_one_function_that_rounds():
    assert [node.lineno for node in nodes("financing/money.py", ast.BinOp) if isinstance(node.op, ast.Div)] == []
    assert [node.lineno for node in nodes("financing/money.py", ast.Constant) if isinstance(node.value, float)] == []


def asking(name: str) -> list[str]:
    """Places at which a file puts a question to the database by itself."""
    imported = {
        alias.asname or alias.name
        for node in nodes(name, ast.ImportFrom)
        if (node.module or "").startswith("sqlalchemy")
        for alias in node.names
        if alias.name in ASKING - {"exists"}
    }
    past_the_desk = re.compile(r"(session|connection)\.(get|get_one|query|merge|exec_driver_sql)$")
    return [
        f"{name}:{node.lineno} {called(node)}"
        for node in nodes(name, ast.Call)
        if called(node) in imported or past_the_desk.search(called(node))
    ]


@every([name for name in code("financing", "reports", "web") if name not in ASKS_FREELY])
def test_nobody_asks_the_database_past_the_desk(name):
    allowed = (
        "financing/db.py",
        "financing/engines.py",
        "financing/walls.py",
        "financing/sights.py",
        "financing/migrations/",
    )
    assert name.startswith(allowed) or asking(name) == []


@every(ASKS_FREELY)
def test_no_exception_outlives_its_reason(name):
    assert asking(name) != []


@every([name for name in code() if name not in BUILT])
def test_no_statement_is_glued_together(name):
    runs = re.compile(r"(^|\.)(text|execute|exec_driver_sql|executemany|executescript)$")
    glued = (ast.JoinedStr, ast.BinOp)
    assert [
        f"{name}:{node.lineno}"
        for node in nodes(name, ast.Call)
        if runs.search(called(node)) and node.args
        and (isinstance(node.args[0], glued) or ".format" in ast.unparse(node.args[0]))
    ] == []  # fmt: skip


@every([name for name in code() if name.endswith("/rules.py") or name.startswith("scoring/")])
def test_rules_know_no_clock(name):
    clocks = re.compile(r"\b(datetime\.now|date\.today|datetime\.today|utcnow|time\.time|perf_counter|monotonic)$")
    assert [node.lineno for node in nodes(name, ast.Call) if clocks.search(called(node))] == []


@every(code("financing", "reports"))
def test_below_the_edge_nobody_looks_at_the_clock(name):
    clocks = re.compile(r"\b(datetime\.now|date\.today|datetime\.today|utcnow)$")
    assert [node.lineno for node in nodes(name, ast.Call) if clocks.search(called(node))] == []
