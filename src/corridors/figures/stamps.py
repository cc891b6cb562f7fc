"""One path at many places to marks in a drawing, as matplotlib's PathCollection draws them, in far less time.

A PathCollection prepares a colour map, and computes the exact extents of the path's curves. Stamps need neither.
"""

from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_rgba
from matplotlib.path import Path
from matplotlib.transforms import Transform

from corridors.figures.projection import Array

GROUP = "PathCollection"


class Stamps(Artist):
    """A path at each of many places.

    Parameters
    ----------
    path, size
        The path around 0,0, and the transform from it to dots.
    places, position
        The places, and the transform from them to dots.
    face, edge, width, alpha
        Colours (``none`` for no colour), the width of the edge in points, and the opacity.
    """

    def __init__(
        self, path: Path, places: Array, *, size: Transform, position: Transform, face: str, edge: str, width: float,
        alpha: float,
    ) -> None:  # fmt: skip
        super().__init__()
        self._path, self._size = path, size
        self._places, self._position = Path(places), position
        self._face, self._edge, self._width = to_rgba(face, alpha), to_rgba(edge, alpha), width

    def draw(self, renderer: RendererBase) -> None:
        """Draw the marks. They are one group in SVG."""
        renderer.open_group(GROUP)
        gc = renderer.new_gc()
        gc.set_clip_rectangle(self.get_clip_box())
        gc.set_joinstyle("round")
        gc.set_capstyle("round")
        gc.set_foreground(self._edge, isRGBA=True)
        gc.set_linewidth(self._width)
        renderer.draw_markers(gc, self._path, self._size, self._places, self._position, self._face)
        gc.restore()
        renderer.close_group(GROUP)
        self.stale = False
