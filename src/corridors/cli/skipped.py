"""What commands that read vector files share: the option that leaves out bad features, and their list."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from corridors.cli.frame import reader
from corridors.locales import counted

if TYPE_CHECKING:
    from corridors.data.vector_files import VectorLayer

Function = TypeVar("Function", bound=Callable[..., object])


def skip_option(command: Function) -> Function:
    """Add the option that leaves out features that cannot be used."""
    return click.option("--skip-bad", is_flag=True, help="cli.skip")(command)


def name_skipped(layers: "Sequence[VectorLayer]", *, quiet: bool) -> None:
    """Name on stderr each feature that was left out, and then their number."""
    skipped = [feature for layer in layers for feature in layer.skipped]
    if skipped and not quiet:
        language = reader()
        for feature in skipped:
            click.echo(feature.text(language), err=True)
        click.echo(counted("cli.skipped", len(skipped), language), err=True)
