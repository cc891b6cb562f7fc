"""Findings to the output of a command, and to its exit code."""

from typing import TYPE_CHECKING

import click

from corridors.cli.frame import FOUND_SOMETHING, reader, show
from corridors.locales import counted, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridors.data.findings import Finding
    from corridors.text.output import Format


def list_findings(findings: "Sequence[Finding]", output: "Format", language: str, *, quiet: bool) -> int:
    """Print findings, and their number on stderr. Return the exit code: 1 if there is a fault among them."""
    from corridors.text.output import rows_text

    if output == "table":
        lines = []
        for finding in findings:
            line = finding if finding.level == "fault" else message("finding.note", finding)
            lines.append(f"{finding.rule}  {line.text(language)}")
        if lines:
            show(output, lambda: "\n".join(lines))
    else:
        columns = ("rule", "file", "where", "property", "message", "remedy", "level")
        rows = [finding.as_dict(language) for finding in findings]
        click.echo(rows_text(rows, output, name="findings", language=language, columns=columns))
    faults = [finding for finding in findings if finding.level == "fault"]
    if not quiet:
        click.echo(counted("cli.findings", len(faults), reader()), err=True)
        if notes := len(findings) - len(faults):
            click.echo(counted("cli.notes", notes, reader()), err=True)
    return FOUND_SOMETHING if faults else 0
