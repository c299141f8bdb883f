"""The command that checks a bank, its report in words and for machines."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import click

from quizapp.cli.bank_folders import bank_folder
from quizapp.domain.questions.bank_from_facts import build_bank
from quizapp.domain.questions.bank_lint.report import Report, VoiceShare, report_on
from quizapp.domain.questions.bank_lint.rule import Finding, Severity
from quizapp.settings import Settings

MOST_PLACES = 6
MOST_VOICES = 6


@click.command(name="check")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print the whole report for machines.")
@click.pass_obj
def check(settings: Settings, name: str, as_json: bool) -> None:
    """Check the bank NAME for flaws of item writing and of attribution; exit 1 on an error.

    A warning is answered in bank.toml by [[accepted]] with its rule, place and a reason; then it does not count.
    """
    folder = bank_folder(settings.questions, name)
    base = folder.fact_base()
    report = report_on(build_bank(base, written=folder.written(base)), base.accepted, datetime.now(UTC).date())
    click.echo(report_as_json(report) if as_json else "\n".join(in_words(report)))
    if report.errors:
        sys.exit(1)


def report_as_json(report: Report) -> str:
    """Write the whole report as JSON."""
    data: dict[str, Any] = {"errors": report.errors, "warnings": report.warnings, **asdict(report)}
    for row, given in zip(report.guesses, data["guesses"], strict=True):
        given["gives_away"] = row.gives_away
    for covered, told in zip(report.coverage, data["coverage"], strict=True):
        told["missing"] = covered.missing
    return json.dumps(data, ensure_ascii=False, indent=1)


def in_words(report: Report) -> Iterator[str]:
    """Yield the lines of the report for a terminal: findings by rule, then the tables, then the count."""
    yield f"{report.bank}: {report.questions} questions on {report.facts} facts."
    yield from _findings(report.findings)
    yield from _answered(report)
    yield from _guesses(report)
    yield from _voices("Questions by speaker", report.speakers)
    yield from _voices("Questions by side", report.sides)
    yield from _tiers(report)
    yield ""
    answered = f", {len(report.answered)} answered" if report.answered else ""
    yield f"{_count(report.errors, 'error')}, {_count(report.warnings, 'warning')}{answered}."


def _findings(findings: Sequence[Finding]) -> Iterator[str]:
    errors_first = sorted(findings, key=lambda one: one.severity is not Severity.ERROR)
    for (rule, severity, advice), found in groupby(errors_first, key=lambda one: (one.rule, one.severity, one.advice)):
        places = list(found)
        yield ""
        yield f"{severity.value:8}{rule} ({len(places)}): {advice}"
        most = len(places) if severity is Severity.ERROR else MOST_PLACES
        yield from (f"        {_spot(one)}" for one in places[:most])
        if len(places) > most:
            yield f"        … and {len(places) - most} more; --json lists them all."


def _spot(finding: Finding) -> str:
    return f"{finding.place}  [{finding.detail}]" if finding.detail else finding.place


def _answered(report: Report) -> Iterator[str]:
    if report.answered:
        yield ""
        yield "Answered in bank.toml"
        for one in report.answered:
            yield f"        {one.finding.rule} {_spot(one.finding)}"
            yield f"          accepted: {one.reason}"


def _guesses(report: Report) -> Iterator[str]:
    yield from _table(
        "Guessing without the article",
        ("habit", "questions", "score", "chance", "verdict"),
        (
            (
                row.habit,
                str(row.questions),
                f"{row.score:.0%}" if row.questions else "–",
                f"{row.chance:.0%}" if row.questions else "–",
                "gives away" if row.gives_away else "like chance" if row.questions else "never decides",
            )
            for row in report.guesses
        ),
    )


def _voices(title: str, rows: Sequence[VoiceShare]) -> Iterator[str]:
    shown = ((row.label, str(row.questions), f"{row.share:.0%}") for row in rows[:MOST_VOICES])
    yield from _table(title, ("voice", "questions", "share"), shown)


def _tiers(report: Report) -> Iterator[str]:
    yield from _table(
        "Facts asked",
        ("tier", "facts", "asked", "recalled", "recognised", "on a card", "in full"),
        (
            (row.tier.value, *map(str, (row.facts, row.asked, row.recalled, row.recognised, row.cards, row.full)))
            for row in report.tiers
        ),
    )


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield a table with its first column to the left and the others to the right."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    yield ""
    yield title
    for line in lines:
        cells = (cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))
        yield f"        {line[0].ljust(widths[0])}  {'  '.join(cells)}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
