"""The context of an atlas: the one object for pages, figures, charts, documents and results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import geopandas as gpd

from corridors.claims.assertions import Assessor
from corridors.claims.wayfinder import Wayfinder
from corridors.content.basemap import Basemap, country_labels, read_basemap
from corridors.data.catalog import Catalog
from corridors.data.facts import Facts
from corridors.data.maps import MapEntry
from corridors.data.package import layer_text
from corridors.data.tables import NAMED, Record, Row
from corridors.locales import LANGUAGES, messages
from corridors.measures.catchment import Catchment, find_catchment
from corridors.measures.gateways import Gateway
from corridors.measures.measure import Measures
from corridors.measures.statistics import Split
from corridors.network.assumptions import Assumptions
from corridors.network.corridors import Comparison
from corridors.network.declared_scenarios import DeclaredScenarios
from corridors.network.graph import Network

Names = Mapping[str, Mapping[str, str]]

OF_FACTS = (
    *("features", "names", "names_of_stops", "organisations", "unverified", "remarks", "sources"),
    *("layer_texts", "content_hash", "basemap", "catchment"),
)
"""The parts of a context that follow from its facts and layers alone, made at first use."""


@dataclass(frozen=True, eq=False)
class Context:
    """The content of a geodata folder as layers, measures and a network, and the declared maps.

    The functions of ``content.load`` make it, and it never changes. Parts that take time and are not always needed
    (names, basemap, ways) are made at first use.

    Attributes
    ----------
    geodata
        The folder that it was read from.
    layers
        A frame per layer, EPSG:4326.
    splits
        Kilometres by country, by layer of lines.
    gateways
        The gateway of each port.
    measures
        All numbers of the atlas. Those of scenarios and corridors are included if these were computed.
    network
        All layers joined, for routes.
    assumptions
        The assumptions of routes.
    maps
        The declared maps, by name.
    declared
        The declared scenarios, and their results.
    comparison
        The corridors side by side.
    other_years
        The contexts of other years, as far as they were needed (``content.load.in_year``).
    """

    geodata: Path
    catalog: Catalog
    facts: Facts
    layers: Mapping[str, gpd.GeoDataFrame]
    splits: Mapping[str, Split]
    gateways: Mapping[str, Gateway]
    measures: Measures
    network: Network
    assumptions: Assumptions
    maps: Mapping[str, MapEntry] = field(default_factory=dict)
    declared: DeclaredScenarios = field(default_factory=DeclaredScenarios)
    comparison: Comparison = field(default_factory=lambda: Comparison(()))
    other_years: dict[int, "Context"] = field(default_factory=dict, init=False, repr=False)

    def __getstate__(self) -> dict[str, object]:
        """The fields to pickle. Everything else follows from them."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def with_parts_of(self, other: "Context") -> "Context":
        """The same context, with the parts that another one has made of the same facts and layers."""
        vars(self).update({name: part for name, part in vars(other).items() if name in OF_FACTS})
        return self

    def prepare(self) -> None:
        """Make now what every page needs: the parts that follow from facts and layers, and the words."""
        for name in OF_FACTS:
            getattr(self, name)
        _ = self.basemap.fine
        for language in LANGUAGES:
            messages(language)

    @property
    def as_of(self) -> str:
        """The atlas's date, ISO 8601."""
        return self.catalog.as_of

    @cached_property
    def features(self) -> Mapping[str, Mapping[str, Record]]:
        """The features of each layer by id, in the order of the layer: their columns, with a shapely ``geometry``."""
        return {
            layer: {feature["id"]: feature for feature in frame.to_dict("records")}
            for layer, frame in self.layers.items()
        }

    @cached_property
    def names(self) -> Names:
        """Names by language of every feature, by ``layer/id``."""
        return {
            f"{layer}/{name}": {key: feature[f"name_{key}"] for key in NAMED if feature[f"name_{key}"]}
            for layer, features in self.features.items()
            for name, feature in features.items()
        }

    def name_of(self, feature: str, english: str) -> Mapping[str, str]:
        """The names of a place by language: of a feature, or of a waypoint or station that is not a feature."""
        known = self.names.get(feature)
        table, _, name = feature.partition("/")
        row = self.facts.by_id(table).get(name) if table in {"stations", "route_waypoints"} else None
        if known or not row:
            return known or {"en": english}
        return {key: row[f"name_{key}"] for key in (*LANGUAGES, "local") if row.get(f"name_{key}")}

    @cached_property
    def names_of_stops(self) -> Names:
        """Names by language of stations and waypoints, by their English name."""
        rows = [*self.facts.rows("route_waypoints"), *self.facts.rows("stations")]
        return {
            row["name_en"]: {key: row[f"name_{key}"] for key in LANGUAGES if row.get(f"name_{key}")} for row in rows
        }

    @cached_property
    def organisations(self) -> Names:
        """Names by language of operators and airlines, by their English name."""
        rows = self.facts.rows("organisations")
        return {row["name_en"]: {key: row.get(f"name_{key}") or row["name_en"] for key in LANGUAGES} for row in rows}

    @cached_property
    def unverified(self) -> Mapping[str, Sequence[str]]:
        """What of a feature rests on no source, by ``layer/id``."""
        return {row["feature"]: row["attributes"] for row in self.facts.rows("unverified")}

    @cached_property
    def remarks(self) -> Names:
        """The remarks by language, by ``layer/id``."""
        return self.facts.remarks()

    @cached_property
    def sources(self) -> Mapping[str, Row]:
        """The rows of ``sources.csv``, by id."""
        return self.facts.by_id("sources")

    @cached_property
    def layer_texts(self) -> Mapping[str, str]:
        """Each layer as the text of its GeoJSON file."""
        return {name: layer_text(frame, self.catalog.layers[name]) for name, frame in self.layers.items()}

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of all layers, one file after the other in the order of their names: 64 hexadecimal digits."""
        whole = sha256()
        for name in sorted(self.layer_texts, key="{}.geojson".format):
            whole.update(self.layer_texts[name].encode())
        return whole.hexdigest()

    @cached_property
    def basemap(self) -> Basemap:
        """The basemap. All pages and figures share it."""
        return read_basemap(self.geodata / "basemap", country_labels(self.layers["countries"]))

    @cached_property
    def catchment(self) -> Catchment:
        """The stops of lines and the cities near them."""
        return find_catchment(self.facts, self.layers["cities"])

    @cached_property
    def ways(self) -> Wayfinder:
        """The network, as checks use it. An existing comparison of corridors is used again."""
        compared = self.comparison if self.comparison.corridors else None
        return Wayfinder(self.facts, self.layers, self.network, self.assumptions, compared)

    @cached_property
    def assessor(self) -> Assessor:
        """Answers whether the facts support a sentence. It remembers its answers."""
        return Assessor(self.measures, self.ways)
