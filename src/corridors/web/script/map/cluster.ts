/* Markers that lie close together, as one sign with their number. A click shows them, and so does the Enter key. */
import { aria, el } from "../dom.ts";
import { formatNumber, unitWord } from "../payload/text.ts";
import type { ClusterOptions } from "../types/elements.ts";

const RADIUS = 80; // pixels between the middles of two signs, at least
const SPREAD = 34; // pixels between markers that lie at the same place, once they are spread

type Marker = L.Marker | L.CircleMarker;

interface Cluster {
  /** Pixels of the world at the zoom. */
  at: L.Point;
  markers: Marker[];
}

const homes = new Map<Marker, L.LatLng>(); // of markers that are spread

const homeOf = (marker: Marker): L.LatLng => homes.get(marker) ?? marker.getLatLng();

const boundsOf = (markers: Marker[]): L.LatLngBounds => L.latLngBounds(markers.map(homeOf));

/** Markers by nearness: each joins the first cluster within reach, or begins one. */
const clustersOf = (map: L.Map, markers: Marker[], reach: number): Cluster[] => {
  const grid = new Map<string, Cluster[]>();
  const clusters: Cluster[] = [];
  const cellOf = (value: number): number => Math.floor(value / reach);
  for (const marker of markers) {
    const at = map.project(homeOf(marker), map.getZoom());
    const [column, row] = [cellOf(at.x), cellOf(at.y)];
    const near = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].flatMap((dy) => grid.get(`${column + dx} ${row + dy}`) ?? []));
    const found = near.find((cluster) => cluster.at.distanceTo(at) < reach);
    if (found) found.markers.push(marker);
    else {
      const begun = { at, markers: [marker] };
      clusters.push(begun);
      const key = `${column} ${row}`;
      grid.set(key, [...(grid.get(key) ?? []), begun]);
    }
  }
  return clusters;
};

const signOf = (count: number): L.DivIcon => {
  const side = 24 + 6 * Math.min(4, String(count).length);
  const html = el("span", {}, formatNumber(count, 0));
  return L.divIcon({ html, className: "corridors-cluster", iconSize: [side, side] });
};

/** The layer of markers in clusters. */
export const clusterLayer = (markers: L.Layer[], options: ClusterOptions): L.Layer => {
  const {
    maxClusterRadius = RADIUS,
    disableClusteringAtZoom = Number.POSITIVE_INFINITY,
    zoomToBoundsOnClick = true,
  } = options;
  const all = markers as Marker[];
  const shown = L.layerGroup();
  const drawn = new Map<string, L.Layer>(); // by the markers that a layer stands for
  const spreads = new Set<string>();
  const layer = new L.Layer();

  const remove = (key: string): void => {
    const gone = drawn.get(key);
    if (gone) shown.removeLayer(gone);
    drawn.delete(key);
    spreads.delete(key);
  };
  const put = (key: string, added: L.Layer): void => {
    remove(key);
    drawn.set(key, added);
    shown.addLayer(added);
  };

  /** Markers around the place that they share, each with a line to it. */
  const spread = (map: L.Map, { markers: same, at }: Cluster): L.Layer => {
    const turn = (2 * Math.PI) / same.length;
    const away = Math.max(SPREAD, SPREAD / turn);
    for (const marker of same) homes.set(marker, marker.getLatLng());
    const lines = same.map((marker, nth) => {
      const place = map.unproject(at.add([away * Math.sin(nth * turn), -away * Math.cos(nth * turn)]), map.getZoom());
      marker.setLatLng(place);
      return L.polyline([homeOf(marker), place], { weight: 1, color: "#777777", interactive: false });
    });
    const group = L.layerGroup([...lines, ...same]);
    group.on("remove", () => {
      for (const marker of same) {
        marker.setLatLng(homeOf(marker));
        homes.delete(marker);
      }
    });
    return group;
  };

  const open = (map: L.Map, key: string, cluster: Cluster): void => {
    const bounds = boundsOf(cluster.markers);
    if (map.getZoom() >= map.getMaxZoom() || bounds.getSouthWest().equals(bounds.getNorthEast())) {
      put(key, spread(map, cluster));
      spreads.add(key);
    } else if (zoomToBoundsOnClick) map.fitBounds(bounds, { padding: [40, 40] });
  };

  const signMarker = (map: L.Map, key: string, cluster: Cluster): L.Marker => {
    const count = cluster.markers.length;
    const words = `${formatNumber(count, 0)} ${unitWord("features", count, 0)}`;
    const sign = L.marker(map.unproject(cluster.at, map.getZoom()), { icon: signOf(count), alt: words });
    sign.on("click", () => open(map, key, cluster));
    sign.on("keypress", ({ originalEvent }: L.LeafletKeyboardEvent) => {
      if (originalEvent.key === "Enter" || originalEvent.key === " ") open(map, key, cluster);
    });
    sign.on("add", () => aria(sign.getElement(), "label", words));
    return sign;
  };

  const wantedOn = (map: L.Map): Map<string, Cluster> => {
    const apart = map.getZoom() >= disableClusteringAtZoom || maxClusterRadius <= 0;
    const seen = map.getBounds().pad(0.2);
    const clusters = apart
      ? all.map((marker) => ({ at: L.point(0, 0), markers: [marker] }))
      : clustersOf(map, all, maxClusterRadius);
    const near = clusters.filter(({ markers: own }) => own.some((marker) => seen.contains(homeOf(marker))));
    return new Map(near.map((cluster) => [cluster.markers.map((marker) => L.stamp(marker)).join(" "), cluster]));
  };

  /** What stays is not drawn again, so that an open popup stays open when the map moves. */
  const draw = (map: L.Map): void => {
    const wanted = wantedOn(map);
    for (const key of [...drawn.keys()]) if (!wanted.has(key)) remove(key);
    for (const [key, cluster] of wanted) {
      if (!drawn.has(key)) put(key, cluster.markers.length > 1 ? signMarker(map, key, cluster) : cluster.markers[0]);
    }
  };

  let leave = (): void => undefined;
  layer.onAdd = (map) => {
    const gather = (): void => {
      for (const key of [...spreads]) remove(key);
    };
    const redraw = (): void => draw(map);
    leave = () => {
      map.off("zoomstart", gather).off("moveend", redraw);
    };
    map.on("zoomstart", gather).on("moveend", redraw);
    shown.addTo(map);
    redraw();
    return layer;
  };
  layer.onRemove = () => {
    leave();
    for (const key of [...drawn.keys()]) remove(key);
    shown.remove();
    return layer;
  };
  return layer;
};
