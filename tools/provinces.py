"""The lines between provinces of Natural Earth to the western provinces of China: the file of a declared kind.

    python -m tools.provinces ne_10m_admin_1_states_provinces_lines.shp --geodata geodata

Natural Earth's lines at 1:10m have no names here. So they divide the country of the basemap into areas, and a city in
each area tells which it is. The areas are simplified together, so that neighbours share their border. All positions are
EPSG:4326, lon/lat in degrees, on the grid that pages have for areas.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

from corridors.content.basemap import COARSE_STEP
from corridors.data.basemap import FINE
from corridors.data.geojson import CRS, write_geojson
from corridors.errors import CorridorsError, FileError, InputError
from corridors.layers.countries import read_outlines
from tools.english import English

COUNTRY = "CHN"
SOURCES = "natural-earth;chinagate-2009-12-23;chinaorg-es-2009-11-12"
REACH = 0.05
"""A line that ends this near to the edge of the country is led on to it, in degrees."""

TOLERANCE = 0.04
"""The tolerance of the simplification (Visvalingam's, the root of an area), in degrees."""

ACCURACY_M = 5000


@dataclass(frozen=True, slots=True)
class Province:
    """A province, with its names, and the longitude and latitude in degrees of its capital."""

    id: str
    form: str
    names: tuple[str, str, str, str]
    capital: tuple[float, float]


WESTERN = (
    Province("cn-chongqing", "municipality", ("Chongqing", "Chongqing", "重庆市", "Чунцин"), (106.55, 29.56)),
    Province("cn-gansu", "province", ("Gansu", "Gansu", "甘肃省", "Ганьсу"), (103.79, 36.06)),
    Province("cn-guangxi", "autonomous_region", ("Guangxi", "Guangxi", "广西壮族自治区", "Гуанси"), (108.32, 22.82)),
    Province("cn-guizhou", "province", ("Guizhou", "Guizhou", "贵州省", "Гуйчжоу"), (106.72, 26.58)),
    Province(
        "cn-inner-mongolia",
        "autonomous_region",
        ("Inner Mongolia", "Binnen-Mongolië", "内蒙古自治区", "Внутренняя Монголия"),
        (111.65, 40.81),
    ),
    Province("cn-ningxia", "autonomous_region", ("Ningxia", "Ningxia", "宁夏回族自治区", "Нинся"), (106.27, 38.47)),
    Province("cn-qinghai", "province", ("Qinghai", "Qinghai", "青海省", "Цинхай"), (101.76, 36.63)),
    Province("cn-shaanxi", "province", ("Shaanxi", "Shaanxi", "陕西省", "Шэньси"), (108.93, 34.26)),
    Province("cn-sichuan", "province", ("Sichuan", "Sichuan", "四川省", "Сычуань"), (104.07, 30.67)),
    Province("cn-tibet", "autonomous_region", ("Tibet", "Tibet", "西藏自治区", "Тибет"), (91.10, 29.65)),
    Province(
        "cn-xinjiang", "autonomous_region", ("Xinjiang", "Xinjiang", "新疆维吾尔自治区", "Синьцзян"), (87.60, 43.80)
    ),
    Province("cn-yunnan", "province", ("Yunnan", "Yunnan", "云南省", "Юньнань"), (102.83, 24.88)),
)
"""The provinces that the Western Development covers."""


def divided(country: BaseGeometry, lines: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """The areas into which lines divide a country. A line that nearly reaches its edge is led on to it."""
    edge = country.boundary
    inside = shapely.line_merge(shapely.union_all(shapely.intersection(np.asarray(lines, dtype=object), country)))
    ends = [shapely.Point(end) for line in shapely.get_parts(inside) for end in (line.coords[0], line.coords[-1])]
    near = [end for end in ends if 0 < end.distance(edge) < REACH]
    links = [shapely.shortest_line(end, edge) for end in near]
    beyond = [shapely.affinity.scale(link, 1.01, 1.01, origin=shapely.Point(link.coords[0])) for link in links]
    return list(shapely.polygonize(list(shapely.get_parts(shapely.union_all([edge, inside, *beyond])))).geoms)


def provinces(country: BaseGeometry, lines: Sequence[BaseGeometry]) -> gpd.GeoDataFrame:
    """The western provinces, as the file of their kind has them.

    Raises
    ------
    InputError
        If the lines leave two capitals in one area.
    """
    areas = divided(country, lines)
    mine = [
        next((nth for nth, area in enumerate(areas) if area.covers(shapely.Point(one.capital))), -1) for one in WESTERN
    ]
    if -1 in mine or len({*mine}) < len(mine):
        raise InputError(English("The lines do not part the provinces. Remedy: give those of Natural Earth at 1:10m."))
    shapes = shapely.coverage_simplify(np.asarray([areas[nth] for nth in mine], dtype=object), TOLERANCE)
    rows = [
        {
            "id": one.id,
            **dict(zip(("name_en", "name_nl", "name_zh", "name_ru"), one.names, strict=True)),
            "form": one.form,
            "status": "operational",
            "country": COUNTRY,
            "source": SOURCES,
            "confidence": "high",
            "geometry_basis": "digitised",
            "accuracy_m": ACCURACY_M,
        }
        for one in WESTERN
    ]
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry=shapely.set_precision(shapes, COARSE_STEP), crs=CRS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.provinces", description=__doc__.partition("\n")[0])
    parser.add_argument("lines", type=Path, help="ne_10m_admin_1_states_provinces_lines.shp")
    parser.add_argument("--geodata", type=Path, default=Path("geodata"), help="folder with the basemap")
    parser.add_argument("-o", "--output", type=Path, required=True, help="file to write")
    given = parser.parse_args(arguments)
    try:
        country = read_outlines(given.geodata / "basemap" / FINE)[COUNTRY]
        lines = shapely.from_wkb(pyogrio.raw.read(given.lines, bbox=country.bounds)[2])
        write_geojson(provinces(country, lines), given.output)
    except pyogrio.errors.DataSourceError as error:
        sys.stderr.write(f"{given.lines}: cannot be read ({error}). Remedy: give the shapefile.\n")
        return FileError.exit_code
    except CorridorsError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
