"""What commands that read vector files share: the engine, the option that leaves out bad features, and their list."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from corridors.cli.frame import reader
from corridors.locales import counted

if TYPE_CHECKING:
    from corridors.data.vector_features import BadFeature

Function = TypeVar("Function", bound=Callable[..., object])


def reading_options(command: Function) -> Function:
    """Add the options that say how files are read."""
    command = click.option("--crs", metavar="CRS", help="cli.crs")(command)
    return click.option("--skip-bad", is_flag=True, help="cli.skip")(command)


def engine_options(command: Function) -> Function:
    """Add the options that say what does the work."""
    command = click.option("--scheduler", metavar="ADDRESS", help="cli.scheduler")(command)
    names = click.Choice(["single", "dask"])
    return click.option("--engine", type=names, default="single", show_default=True, help="cli.engine")(command)


def name_skipped(skipped: "Sequence[BadFeature]", *, quiet: bool) -> None:
    """Name on stderr each feature that was left out, and then their number."""
    if skipped and not quiet:
        language = reader()
        for feature in skipped:
            click.echo(feature.text(language), err=True)
        click.echo(counted("cli.skipped", len(skipped), language), err=True)
