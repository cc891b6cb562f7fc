"""Answers of an open atlas, and the files that they can be saved as: a map page, a figure, data, text."""

import json
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from corridors.analysis.compare import Comparison
from corridors.analysis.route import Route
from corridors.analysis.routing import Request
from corridors.analysis.scenario_result import ScenarioResult
from corridors.data.findings import printable
from corridors.data.geojson import geojson_text
from corridors.data.whole_file import keep_foreign, write_whole
from corridors.errors import UsageError
from corridors.locales import DEFAULT_LANGUAGE, LANGUAGES, message
from corridors.output import rows_text
from corridors.route_text import Naming, comparison_text, routes_text
from corridors.scenario_text import PAIR_COLUMNS, scenario_text, totals_text
from corridors.web.content import Studio

if TYPE_CHECKING:
    from corridors.paper.sheet import Sheet
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
}
"""What a file holds, by the suffix of its name."""

FIGURES = ("svg", "pdf", "png")
SIGNATURE = {"generator": "corridors"}


def form_of(path: Path, given: str | None = None, forms: Mapping[str, str] = FORMS) -> str:
    """What is to be written to a file, by its suffix.

    Parameters
    ----------
    path
        The file.
    given
        The form that was asked for by name, where one was.
    forms
        What each suffix stands for.

    Raises
    ------
    UsageError
        Where the suffix stands for nothing, or for another form than the one asked for.
    """
    form = forms.get(path.suffix.lower())
    if form is None:
        raise UsageError(message("error.answer.suffix", printable(str(path)), list(forms)))
    if given not in {None, form}:
        suffix = next(suffix for suffix, other in forms.items() if other == given)
        raise UsageError(message("error.answer.form", printable(str(path)), form, str(given), suffix))
    return form


class Answer:
    """What routes, comparisons and scenarios of an open atlas have in common: each can be drawn and saved."""

    __slots__ = ()
    studio: Callable[[], Studio]

    @abstractmethod
    def text(self, form: str, *, lang: str = DEFAULT_LANGUAGE) -> str:
        """The answer as ``table``, ``md``, ``csv``, ``json`` or ``geojson``."""

    @abstractmethod
    def _content(self) -> dict[str, Any]:
        """The content of the answer's page."""

    def _naming(self, lang: str) -> Naming:
        """How features are named in a language: as the layers have it, else in English."""
        if lang == DEFAULT_LANGUAGE:
            return lambda _, name: name
        desk = self.studio().desk
        corridors = {f"corridors/{row['id']}": {lang: row[f"name_{lang}"]} for row in desk.facts.rows("corridors")}
        return lambda feature, name: (desk.names.get(feature) or corridors.get(feature, {})).get(lang, name)

    def to_map(self, *, lang: str = DEFAULT_LANGUAGE) -> "CorridorMap":
        """The answer on a map page of its own; ``lang`` counts where the reader's own language is none of its four."""
        from corridors.web.map import CorridorMap  # noqa: PLC0415 - only a page needs folium

        page = CorridorMap(lang=lang)
        page.content = self._content()
        return page

    def save(
        self, path: str | Path, *, lang: str = DEFAULT_LANGUAGE, force: bool = False, sheet: "Sheet | None" = None
    ) -> Path:
        """Write the answer to a file, whole or not at all, in the form that its suffix stands for.

        Parameters
        ----------
        path
            Ends in .html (an offline map page), .json, .md, .csv, .geojson, .txt (a table), or .svg, .pdf or .png (a
            figure for print).
        lang
            Language of text, and of the page where the reader's own is none of its four.
        force
            Write over a file that corridors did not make.
        sheet
            What a figure is drawn on, language included; none means one of 180 mm.

        Raises
        ------
        UsageError
            Where the suffix stands for nothing, or matplotlib is missing for a figure.
        FileError
            Where the file cannot be written, or another's stands there.
        """
        path = Path(path)
        data = self._bytes(form_of(path), lang, sheet)
        if not force:
            keep_foreign(path, data)
        write_whole(path, data)
        return path

    def _bytes(self, form: str, lang: str, sheet: "Sheet | None") -> bytes:
        """The answer as a file of a form."""
        if form == "html":
            return self.to_map(lang=lang).get_root().render().encode()
        if form not in FIGURES:
            return (self.text(form, lang=lang) + "\n").encode()
        from corridors.paper.figure import print_figure  # noqa: PLC0415 - only a figure needs paper
        from corridors.paper.ground import Ground  # noqa: PLC0415
        from corridors.paper.sheet import Sheet, drawing_bytes  # noqa: PLC0415

        studio = self.studio()
        ground = Ground.of(studio.basemap, studio.basemap_folder)
        return drawing_bytes(print_figure(self._content(), ground, sheet or Sheet(lang=lang)).drawing, form)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRoute(Answer, Route):
    """A route of an open atlas.

    Attributes
    ----------
    request
        What was asked.
    studio
        Makes what its map is made from, once it is asked for.
    others
        Where it is the best of several: the others, best first. They are drawn and saved with it.
    """

    request: Request = field(repr=False)
    studio: Callable[[], Studio] = field(repr=False, compare=False)
    others: Sequence[Route] = field(default=(), repr=False)

    def text(self, form: str, *, lang: str = DEFAULT_LANGUAGE) -> str:
        """The route, and others beside it, as ``table``, ``md``, ``csv``, ``json`` or ``geojson``."""
        routes = [self, *self.others]
        if form == "geojson":
            return _geojson(_legs(routes), "route")
        if form == "json":
            return json.dumps({"routes": [route.as_dict() for route in routes]}, ensure_ascii=False, indent=2)
        if form == "csv":
            legs = [{"route": nth, **leg.as_dict()} for nth, one in enumerate(routes, start=1) for leg in one.legs]
            return rows_text(legs, "csv", name="legs", language=lang, columns=list(legs[0]) if legs else ["route"])
        return routes_text(routes, "md" if form == "md" else "table", language=lang, named=self._naming(lang))

    def _content(self) -> dict[str, Any]:
        from corridors.web.route_map import route_content  # noqa: PLC0415 - only a page needs it

        return route_content([self, *self.others], self.request, self.studio())


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundComparison(Answer, Comparison):
    """Corridors of an open atlas side by side; ``studio`` makes what their map is made from."""

    studio: Callable[[], Studio] = field(repr=False, compare=False)

    def text(self, form: str, *, lang: str = DEFAULT_LANGUAGE) -> str:
        """The corridors as ``table``, ``md``, ``csv``, ``json`` or ``geojson``."""
        if form == "geojson":
            return _geojson(self.to_geojson(), "corridors")
        if form in {"json", "csv"}:
            rows = self.as_dict()["corridors"]
            plain = [name for name in rows[0] if name not in {"published", "weakest", "assumptions"}]
            return rows_text(rows, "json" if form == "json" else "csv", name="corridors", language=lang, columns=plain)
        return comparison_text(self, "md" if form == "md" else "table", language=lang, named=self._naming(lang))

    def _content(self) -> dict[str, Any]:
        from corridors.web.answer_maps import comparison_content  # noqa: PLC0415 - only a page needs it

        return comparison_content(self, self.studio())


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundScenario(Answer, ScenarioResult):
    """A scenario of an open atlas.

    Attributes
    ----------
    title
        What it is called, by language.
    studio
        Makes what its map is made from, once it is asked for.
    """

    title: Mapping[str, str] = field(repr=False)
    studio: Callable[[], Studio] = field(repr=False, compare=False)

    def text(self, form: str, *, lang: str = DEFAULT_LANGUAGE) -> str:
        """What the scenario changes as ``table``, ``md``, ``csv``, ``json`` or ``geojson``."""
        if form == "geojson":
            return _geojson(self.to_geojson(), "scenario")
        if form == "json":
            return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)
        if form == "csv":
            rows = [pair.as_dict() for pair in self.pairs]
            columns = [*PAIR_COLUMNS, "effect", "from_id", "to_id"]
            return rows_text(rows, "csv", name="pairs", language=lang, columns=columns)
        return scenario_text(self, self.studio().layers, "md" if form == "md" else "table", language=lang)

    def _content(self) -> dict[str, Any]:
        from corridors.web.answer_maps import scenario_content  # noqa: PLC0415 - only a page needs it

        said = {language: totals_text(self, language) for language in LANGUAGES}
        result = replace(self, name=self.name or "asked")
        return scenario_content(result, self.title, said, self.studio())


def _geojson(frame: gpd.GeoDataFrame, name: str) -> str:
    """A frame as the text of a collection."""
    return geojson_text(frame, name=name, members=SIGNATURE).rstrip("\n")


def _legs(routes: Sequence[Route]) -> gpd.GeoDataFrame:
    """The legs of routes as lines; where there are several, ``route`` counts them, and ids begin with its number."""
    frames = [route.to_geojson() for route in routes]
    if len(frames) == 1:
        return frames[0]
    counted = [
        frame.assign(id=[f"{nth}-{leg}" for leg in frame["id"]], route=nth) for nth, frame in enumerate(frames, start=1)
    ]
    return gpd.GeoDataFrame(pd.concat(counted, ignore_index=True), crs="EPSG:4326")
