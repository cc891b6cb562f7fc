"""The base of all results of an open atlas: they print, and can be saved as a page, a figure, data or text.

A result has the found route, comparison or scenario and its context, and gives access to its values.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

import geopandas as gpd
import pandas as pd

from corridors.content.context import Context
from corridors.content.page_types import Content
from corridors.data.findings import printable
from corridors.data.whole_file import write_own
from corridors.errors import UsageError
from corridors.locales import DEFAULT_LANGUAGE, message
from corridors.network.assumptions import Assumed
from corridors.network.corridors import Comparison
from corridors.network.route import Route
from corridors.network.scenario_result import ScenarioResult
from corridors.text.routes import Naming

if TYPE_CHECKING:
    from corridors.figures.sheet import Sheet
    from corridors.web.map import CorridorMap

FORMS: Mapping[str, str] = {
    ".html": "html",
    ".json": "json",
    ".md": "md",
    ".csv": "csv",
    ".geojson": "geojson",
    ".txt": "table",
    ".svg": "svg",
    ".pdf": "pdf",
    ".png": "png",
    ".xlsx": "xlsx",
    ".gpkg": "gpkg",
}
"""The format of a file, by the suffix of its name."""

FIGURES = ("svg", "pdf", "png")

Rows = list[dict[str, object]]
Found = TypeVar("Found", Route, Comparison, ScenarioResult)


def form_of(path: Path, given: str | None = None, forms: Mapping[str, str] = FORMS) -> str:
    """The format of a file to write, by its suffix.

    Parameters
    ----------
    path
        The file.
    given
        The format that was requested by name, if any.
    forms
        The format of each suffix.

    Raises
    ------
    UsageError
        If the suffix is unknown, or stands for another format than the requested one.
    """
    form = forms.get(path.suffix.lower())
    if form is None:
        raise UsageError(message("error.answer.suffix", printable(str(path)), list(forms)))
    if given not in {None, form}:
        suffix = next(suffix for suffix, other in forms.items() if other == given)
        raise UsageError(message("error.answer.form", printable(str(path)), form, str(given), suffix))
    return form


@dataclass(frozen=True, slots=True, repr=False)
class Result(ABC, Generic[Found]):
    """The base of routes, comparisons and scenarios of an open atlas. They print, and can be drawn and saved.

    Attributes
    ----------
    found
        The found route, comparison or scenario.
    context
        The context of the result. Maps and texts use its names, sources and basemap.
    """

    found: Found
    context: Context = field(compare=False)

    @abstractmethod
    def text(self, form: str, *, lang: str = DEFAULT_LANGUAGE) -> str:
        """The result as ``table``, ``md``, ``csv``, ``json`` or ``geojson``."""

    @abstractmethod
    def _content(self) -> Content:
        """The content of the result's page."""

    @abstractmethod
    def tables(self) -> dict[str, Rows]:
        """The whole result as plain rows under stable names, by the name of their table."""

    @abstractmethod
    def frames(self) -> dict[str, gpd.GeoDataFrame]:
        """The parts of the result that can be drawn, EPSG:4326, by the name of their layer in a GeoPackage."""

    def __str__(self) -> str:
        """The result as on a terminal, in English."""
        return self.text("table")

    def __repr__(self) -> str:
        """The result in one line."""
        return repr(self.found)

    def _repr_html_(self) -> str:
        """The result for notebooks; data is escaped."""
        return self.found._repr_html_()

    def as_dict(self) -> dict[str, object]:
        """The result under the stable names of the command's JSON."""
        return self.found.as_dict()

    def to_frame(self) -> pd.DataFrame:
        """The result as a table, with a row for each leg, corridor or pair."""
        return self.found.to_frame()

    def to_geojson(self) -> gpd.GeoDataFrame:
        """The result as features, EPSG:4326, each with an ``id``."""
        return self.found.to_geojson()

    def _basis(self, assumptions: Assumed, sources: Sequence[str]) -> dict[str, Rows]:
        """The assumptions and the sources of the result, as tables."""
        changed = assumptions["overridden"]
        rows = [
            {"name": name, "value": value, "overridden": name in changed}
            for name, value in assumptions["values"].items()
        ]
        return {"assumptions": rows, "sources": [dict(self.context.sources[name]) for name in sources]}

    def _naming(self, lang: str) -> Naming:
        """A function that names features in a language: as in the layers, or else in English."""
        if lang == DEFAULT_LANGUAGE:
            return lambda _, name: name
        names, rows = self.context.names, self.context.facts.rows("corridors")
        corridors = {f"corridors/{row['id']}": {lang: row.get(f"name_{lang}") or row["name_en"]} for row in rows}
        return lambda feature, name: (names.get(feature) or corridors.get(feature, {})).get(lang, name)

    def to_map(self, *, lang: str = DEFAULT_LANGUAGE) -> "CorridorMap":
        """The result on its own map page. ``lang`` is used if the page does not have the reader's own language."""
        from corridors.web.map import CorridorMap  # noqa: PLC0415 - only a page needs folium

        page = CorridorMap(lang=lang)
        page.content = self._content()
        return page

    def save(
        self, path: str | Path, *, lang: str = DEFAULT_LANGUAGE, force: bool = False, sheet: "Sheet | None" = None
    ) -> Path:
        """Write the result to a file, completely or not at all, in the format of its suffix.

        Parameters
        ----------
        path
            The path ends in .html (an offline map page), .json, .md, .csv, .geojson, .txt (a table), .xlsx (a
            workbook), .gpkg (a GeoPackage), or .svg, .pdf or .png (a figure for print).
        lang
            Language of text, and of a page that does not have the reader's own language.
        force
            Replace a file that corridors did not make.
        sheet
            The sheet of a figure, with its language. None means a sheet of 180 mm.

        Raises
        ------
        UsageError
            If the suffix is unknown, or a figure needs matplotlib and it is missing.
        FileError
            If the file cannot be written, or a file that corridors did not make is in its place.
        """
        path = Path(path)
        write_own({path: self._bytes(form_of(path), lang, sheet)}, force=force)
        return path

    def _bytes(self, form: str, lang: str, sheet: "Sheet | None") -> bytes:
        """The result as a file in a format."""
        if form == "html":
            return self.to_map(lang=lang).get_root().render().encode()
        as_of = self.context.as_of
        if form == "xlsx":
            from corridors.text.workbook import tables_bytes  # noqa: PLC0415 - only a workbook needs it

            return tables_bytes(self.tables(), title=repr(self).strip("<>"), as_of=as_of, language=lang)
        if form == "gpkg":
            from corridors.text.geopackage import geopackage_bytes  # noqa: PLC0415 - only a GeoPackage needs it

            return geopackage_bytes(self.frames(), self.tables(), as_of=as_of)
        if form not in FIGURES:
            return (self.text(form, lang=lang) + "\n").encode()
        from corridors.figures.figure import print_figure  # noqa: PLC0415 - only a figure needs paper
        from corridors.figures.sheet import Sheet, drawing_bytes  # noqa: PLC0415

        printed = print_figure(self._content(), self.context.basemap, sheet or Sheet(lang=lang))
        return drawing_bytes(printed.drawing, form)
