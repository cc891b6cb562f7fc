"""A folium map that is saved as our page: one file that opens from disk without a network."""

import io
import os
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec, TypeVar, cast

import folium
import geopandas as gpd
from branca.element import Element, Figure

from corridors.content.basemap import Basemap, world_around
from corridors.content.vector_classes import USUAL_STEPS
from corridors.content.vector_content import vector_content
from corridors.content.vector_frames import USUAL_PRECISION, ready_frame, refuse_unknown, step_of
from corridors.content.vector_layers import PageLayer, Wanted, bounds_of, vector_layers
from corridors.data.whole_file import write_output
from corridors.errors import UsageError, text_in
from corridors.geo.frame import FRAME, box_around
from corridors.locales import DEFAULT_LANGUAGE, LANGUAGES, Message, message
from corridors.web.bare_page import about_map, bare_content, own_basemap
from corridors.web.blocks import Blocks
from corridors.web.column_layers import encode_layers
from corridors.web.elements import describe
from corridors.web.encode import encode_content
from corridors.web.frames import let_folium_read_frames
from corridors.web.options import MAP, options_from, plain_value
from corridors.web.page_figure import PAGE, PageFigure
from corridors.web.payload import PageData
from corridors.web.refusal import children_of, refuse_undrawable, refused
from corridors.web.tiles import opted_in_tiles, origins_of

if TYPE_CHECKING:
    from corridors.content.page_types import Content

let_folium_read_frames()

Asked = ParamSpec("Asked")
Result = TypeVar("Result")
Ground = Literal["auto", "none"]
"""Whether a map has a basemap."""


def _in_its_language(
    method: Callable[Concatenate["CorridorMap", Asked], Result],
) -> Callable[Concatenate["CorridorMap", Asked], Result]:
    """A method of a map that reports errors in the language of the map."""

    @wraps(method)
    def raised(page: "CorridorMap", /, *args: Asked.args, **kwargs: Asked.kwargs) -> Result:
        with text_in(page.lang):
            return method(page, *args, **kwargs)

    return raised


class CorridorMap(folium.Map):
    """A map that accepts folium's own elements, and that is saved as one offline page.

    Parameters
    ----------
    location
        Latitude, longitude of the centre in degrees (WGS84). None shows the area of the content, or the whole world.
    width, height
        Size of the frame in a notebook, in pixels or as a percentage; a saved page fills its window.
    title, statement
        Heading of the page and the sentence below it. Without a title, the map fills the page.
    lang
        Language of the page if the page does not have the reader's own language: nl, en, zh or ru.
    tiles
        None, or map tiles to load when the page opens: a URL template or the name of a known provider. The page's
        policy then allows that one server, and the page needs the network to show them.
    attribution
        Who made the tiles; a URL template needs it.
    basemap
        ``none`` for a map without a basemap.
    options
        Other keywords of folium.Map: zoom_start, min_zoom, max_zoom, max_bounds, zoom_control, … The page always has a
        scale bar; control_scale is ignored.

    Attributes
    ----------
    content
        Further content of the page, as keys of its payload (groups, classes, features, sources, …), or None.
    layers
        The layers that :meth:`add_layer` added.
    tile_origins
        The servers from which map tiles may be loaded (``https://tile.example``).

    folium stores its elements and draws nothing. Names, popups, tooltips and properties reach the page as data, and its
    script shows them as text. Elements that need files from the network or their own script are refused.
    """

    # folium's own page names nine remote files here. Ours has none.
    default_js: list[tuple[str, str]] = []  # noqa: RUF012  (the type that folium declares)
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(
        self,
        location: Sequence[float] | None = None,
        width: str | float = "100%",
        height: str | float = "100%",
        *,
        title: str = "",
        statement: str = "",
        lang: str = DEFAULT_LANGUAGE,
        tiles: str | None = None,
        attribution: str | None = None,
        basemap: Ground = "auto",
        **options: Any,  # noqa: ANN401  (folium's own keywords, which folium checks)
    ) -> None:
        if lang not in LANGUAGES:
            raise _wrong("error.draw.lang", repr(lang), remedy=message("error.draw.remedy.one_of", LANGUAGES))
        self.lang = lang
        with text_in(lang):
            layer = None if tiles is None else opted_in_tiles(tiles, attribution)
            if options.get("crs", "EPSG3857") != "EPSG3857":
                raise _wrong("error.draw.crs", str(options["crs"]), remedy=message("error.draw.remedy.crs"))
        self.tile_origins: tuple[str, ...] = ()
        super().__init__(location, width, height, tiles=None, **options)
        self._has_location = location is not None
        self._zooms = {key: options[key] for key in ("min_zoom", "max_zoom") if options.get(key) is not None}
        self._page = PageFigure(self, lang, self._page_text)
        self.title = title
        self.statement = statement
        self.content: Content | None = None
        self.basemap = basemap
        self.layers: list[PageLayer] = []
        if layer is not None:
            self.tile_origins = origins_of(str(layer.tiles), layer.options.get("subdomains", "abc"))
            self.add_child(layer)

    @_in_its_language
    def add_child(self, child: Element, name: str | None = None, index: int | None = None) -> "CorridorMap":
        """Add a folium element, or refuse it with the reason and a remedy (UsageError)."""
        refuse_undrawable(child, tiles=self.tile_origins)
        super().add_child(child, name=name, index=index)
        return self

    @_in_its_language
    def add_js_link(self, name: str, url: str) -> None:
        """Refuse: the page loads no script."""
        raise _wrong("error.draw.loads", name, url, remedy=PAGE)

    @_in_its_language
    def add_css_link(self, name: str, url: str) -> None:
        """Refuse: the page loads no style sheet."""
        raise _wrong("error.draw.loads", name, url, remedy=PAGE)

    @_in_its_language
    def add_layer(
        self,
        frame: gpd.GeoDataFrame,
        name: str = "data",
        *,
        column: str | None = None,
        scheme: str | None = None,
        steps: int = USUAL_STEPS,
        label: str | None = None,
        color: str | None = None,
        precision: int = USUAL_PRECISION,
        licence: str = "",
    ) -> "CorridorMap":
        """Add a frame of any size: points, lines and areas with legend, search, table, filters, cards and totals.

        Parameters
        ----------
        frame
            The features, in any coordinate reference system. It is not changed.
        name
            The name of the layer for readers.
        column
            The column that gives the colours: by its values, or by steps of its numbers.
        scheme, steps
            How numbers are divided: ``Quantiles`` or a scheme of mapclassify; the number of steps, 2 to 6.
        label
            The column that names a feature; None for a column with a usual name.
        color
            The colour of all features (``#rrggbb``), if no column gives it.
        precision
            Decimals of the coordinates in degrees, 0 to 7.
        licence
            The licence of the data.

        Returns
        -------
        CorridorMap
            The map itself.

        Raises
        ------
        UsageError
            If the frame has no coordinate reference system or no such column, or the precision is not possible.
        """
        ready = ready_frame(frame)
        refuse_unknown((column, label), ready.columns)
        wanted = Wanted(column, scheme, steps, label, step_of(precision), color, self.lang)
        self.layers.extend(vector_layers(name, ready, wanted, [layer.id for layer in self.layers], licence))
        return self

    @_in_its_language
    def payload(self) -> dict[str, object]:
        """Return the description of the whole content of the page. The same map gives the same data each time."""
        return self.page_data().payload

    def _below(self, layers: Sequence[PageLayer]) -> Basemap | None:
        """The basemap of a map without the atlas's content, if it has one."""
        if self.content or self.basemap == "none":
            return None
        inside = own_basemap()
        return world_around(inside, bounds_of(layers) or FRAME) if layers else inside

    @_in_its_language
    def page_data(self) -> PageData:
        """Return the whole content of the page: its description, and the blocks that it names."""
        blocks = Blocks()
        elements, layers = self._elements()
        bare = bare_content(self.lang, self._below(layers) or {})
        own = vector_content(layers) if layers else {}
        content = encode_content(cast("Content", {**bare, **own, **self._content()}), blocks)
        columns, stream = encode_layers(layers)
        about = cast("Mapping[str, object]", content["map"])
        whole = {**content, "map": {**self._map_data(), **about}, "elements": elements}
        return PageData(whole | {"columns": columns} if columns else whole, blocks.data(), stream)

    def _content(self) -> "Content":
        """The content of the atlas, if the map has it. Its basemap, if it has one, can be enlarged."""
        content = self.content or {}
        return {**content, "basemap": content["basemap"].fine} if "basemap" in content else content

    def _page_text(self) -> str:
        """Return the page."""
        from corridors.web.page import page_html  # noqa: PLC0415  (the page's files are read only where one is made)

        return page_html(*self.page_data(), tile_hosts=self.tile_origins, content=self.content)

    def get_root(self) -> Figure:
        """Return the page's own figure, even if the map was put into another one."""
        return self._page

    def render(self, **kwargs: object) -> str:
        """Return the page as text. Keywords are accepted, as in folium, and ignored."""
        if self._parent is not self._page:
            with text_in(self.lang):
                raise _wrong("error.draw.figure", remedy=message("error.draw.remedy.figure"))
        return self._page.render(**kwargs)

    def save(
        self,
        outfile: str | bytes | os.PathLike[str] | IO[Any],
        close_file: bool = True,  # noqa: FBT001, FBT002  (folium's signature)
        **kwargs: object,
    ) -> None:
        """Write the page to a path, completely or not at all, or to an open file.

        An open file is closed, unless ``close_file`` is False.

        Raises
        ------
        UsageError
            If an element cannot be drawn; nothing is written then.
        FileError
            If the file cannot be written.
        """
        page = self._page.render(**kwargs)
        if isinstance(outfile, str | bytes | os.PathLike):
            write_output(Path(os.fsdecode(outfile)), page.encode())
            return
        outfile.write(page if isinstance(outfile, io.TextIOBase) else page.encode())
        if close_file:
            outfile.close()

    def _repr_html_(self, **kwargs: object) -> str:
        """Return the page in a frame, as notebooks show it."""
        return self._page._repr_html_(**kwargs)

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:  # noqa: ARG002  (IPython's include and exclude)
        """Return the page in a frame, and its text for places that cannot show a page."""
        return {"text/html": self._repr_html_(), "text/plain": f"{self.title}\n{self.statement}".strip() or "Map"}

    def _elements(self) -> tuple[list[dict[str, object]], list[PageLayer]]:
        """Return folium's elements as data, and all layers with columns: own ones, then those of large elements."""
        front = tuple(self.objects_to_stay_in_front)
        layers = list(self.layers)
        into = None if self.content else layers  # content has its own legend
        elements = [describe(child, tiles=self.tile_origins, front=front, layers=into) for child in children_of(self)]
        if self._has_location or not (self.content or self.layers):
            elements.insert(0, self._view())
        return elements, layers

    def _view(self) -> dict[str, object]:
        options = options_from({**self.options, **self._zooms}, MAP, self)
        return {
            "type": "view",
            "center": list(self.location),
            "zoom": self._zoom(),
            "options": options,
        }

    def _zoom(self) -> int | float:
        zoom = plain_value(self.options.get("zoom"), self)
        if not isinstance(zoom, int | float):
            raise refused(self, "error.draw.zoom", repr(zoom), remedy=message("error.draw.remedy.zoom"))
        return zoom

    def _map_data(self) -> dict[str, object]:
        return about_map(self.title, self.statement, box_around(self.location, self._zoom()))


def _wrong(key: str, *values: object, remedy: Message) -> UsageError:
    """The error of an impossible element or option of a map, with the remedy."""
    return UsageError(message("error.draw", message(key, *values), remedy))
