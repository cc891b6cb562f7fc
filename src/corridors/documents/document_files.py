"""An order for a document to its files: read the article, make all files, then write all of them or none."""

from pathlib import Path

from corridors.content.context import Context
from corridors.content.load import Tell
from corridors.data.findings import printable
from corridors.data.whole_file import write_own
from corridors.documents.document import check_target, make_document, own_report, story_report
from corridors.documents.template import Article, read_article
from corridors.errors import UsageError
from corridors.locales import message


def open_article(path: Path | None, target: Path, story: str | None = None) -> Article:
    """A user's own article, the story of a map, or our report if neither is given. The target is checked against it.

    Raises
    ------
    UsageError
        If the target has no suffix of a document, or is the article itself, or both an article and a story are given.
    FileError, InputError
        If the article cannot be read.
    """
    check_target(target)
    if path is None:
        return own_report() if story is None else story_report(story)
    if story is not None:
        raise UsageError(message("error.report.story.both"))
    if path.resolve() == target.resolve():
        raise UsageError(message("error.report.itself", printable(str(target))))
    return read_article(path)


def document_run(
    article: Article,
    context: Context,
    target: Path,
    *,
    lang: str,
    force: bool = False,
    tell: Tell = lambda _: None,
) -> list[Path]:
    """Make a document and write its files, all of them or none.

    See :func:`corridors.documents.document.make_document` for the parameters. With ``force``, files that corridors did
    not make are replaced. ``tell`` is called with a message about each step.

    Raises
    ------
    UsageError, InputError
        If it cannot be made.
    FileError
        If a file cannot be written, or a file that corridors did not make is in its place.
    """
    tell(message("cli.step.document"))
    files = make_document(context, article, target, lang=lang)
    write_own(files, force=force)
    return list(files)
