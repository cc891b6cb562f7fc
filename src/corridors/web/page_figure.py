"""The figure of a CorridorMap: the root that folium expects. It writes the page, and holds the map and nothing else."""

from collections.abc import Callable

import folium
from branca.element import Element, Figure

from corridors.errors import UsageError, text_in
from corridors.locales import message
from corridors.web.iframe import iframe
from corridors.web.refusal import refused

PAGE = message("error.draw.remedy.page")


class PageFigure(Figure):
    """The root of a CorridorMap. It contains the map and accepts nothing else.

    Parameters
    ----------
    page_map
        The map.
    language
        The language of errors.
    text
        A function that returns the text of the page.
    """

    def __init__(self, page_map: folium.Map, language: str, text: Callable[[], str]) -> None:
        super().__init__()
        self.header, self.html, self.script = (_Closed(self, language) for _ in range(3))
        self._map = page_map
        self._language = language
        self._text = text
        super().add_child(page_map)

    def add_child(self, child: Element, name: str | None = None, index: int | None = None) -> "PageFigure":
        """Refuse anything but the map itself."""
        if child is not self._map:
            with text_in(self._language):
                raise refused(child, "error.draw.beside", remedy=PAGE)
        super().add_child(child, name=name, index=index)
        return self

    def render(self, **kwargs: object) -> str:  # noqa: ARG002  (folium passes keywords; none changes the page)
        """Return the page as text."""
        return self._text()

    def _repr_html_(self, **kwargs: object) -> str:
        """Return the page in a frame."""
        (width, width_unit), (height, height_unit) = self._map.width, self._map.height
        size = f"width:{width:g}{width_unit};" + (f"height:{height:g}px;" if height_unit == "px" else "height:600px;")
        return iframe(getattr(self._map, "title", "") or "Map", f"{size}border:0", page=self.render(**kwargs))


class _Closed(Element):
    """Where folium collects header, body and script of a page. Here it refuses them instead of losing them."""

    def __init__(self, figure: Figure, language: str) -> None:
        super().__init__()
        self._parent = figure
        self._language = language

    def add_child(self, child: Element, name: str | None = None, index: int | None = None) -> Element:  # noqa: ARG002
        """Refuse elements that would be lost."""
        with text_in(self._language):
            raise refused(child, "error.draw.markup", remedy=PAGE)

    def render(self, **kwargs: object) -> str:  # noqa: ARG002
        """Refuse, because parts of the page are not available separately."""
        with text_in(self._language):
            raise UsageError(message("error.draw", message("error.draw.parts"), message("error.draw.remedy.parts")))
