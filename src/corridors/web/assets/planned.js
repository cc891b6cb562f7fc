/* The route that the state asks for: found once, drawn on the map with a halo, brought into view. */
{
  const { data } = corridors;
  const MODES = ["rail", "road", "sea", "air"];
  const LISTS = ["include", "avoid", "via"];
  const HOP_KM = 40;
  const RISE_MS = 200; // until a phone's sheet stands at its new height
  let map = null;
  let drawn = null;
  let found = { key: null };

  const idOf = (text) => {
    try { return text ? corridors.placeOf(text).id : ""; } catch { return ""; }
  };

  corridors.routeModes = MODES;

  /** What a route is asked by, with everything unknown left out; null where no end of it is known. */
  corridors.tidyRoute = (asked) => {
    if (!asked || !data.network) return null;
    const [from, to] = [idOf(asked.from), idOf(asked.to)];
    if (!from && !to) return null;
    const modes = MODES.filter((mode) => (asked.modes || ["rail", "sea"]).includes(mode));
    const include = ["under_construction", "planned"].filter((status) => (asked.include || []).includes(status));
    const avoid = data.network.countries.filter((iso) => (asked.avoid || []).includes(iso));
    const via = [asked.via || []].flat().map(idOf).filter(Boolean);
    return { from, to, modes, by: asked.by === "time" ? "time" : "distance", include, avoid, via };
  };

  /** The same as text: from~to~modes~by~include~avoid~via, as far as there is anything to tell. */
  corridors.routeText = ({ from, to, modes, by, ...lists }) => [from, to, modes.join(","), by, ...LISTS.map((key) => lists[key].join(","))].join("~").replace(/~+$/, "");

  corridors.routeFromText = (text) => {
    const [from, to, modes, by, ...lists] = text.split("~");
    return { from, to, modes: modes === undefined ? undefined : modes.split(","), by, ...Object.fromEntries(LISTS.map((key, nth) => [key, (lists[nth] || "").split(",")])) };
  };

  /** The way that the state asks for, or the reason why there is none: {way} or {error}; null where nothing is asked. */
  corridors.planned = ({ route, year, lang }) => {
    if (!route || !route.from || !route.to) return null;
    const key = JSON.stringify([route, year, lang]);
    if (found.key !== key) {
      found = { key };
      try {
        if (!route.modes.length) throw new Error(corridors.t("route.no_mode"));
        [found.way] = corridors.findRoutes(route.from, route.to, { ...route, asOf: year });
      } catch (error) {
        found.error = error.message;
      }
    }
    return found;
  };

  /** Points along the great circle between two nodes, close enough together to look like it. */
  const arc = (one, other) => {
    const parts = Math.max(1, Math.ceil(corridors.geodesicKm(one, other) / HOP_KM));
    const [a, b] = [one, other].map(({ lon, lat }) => {
      const [l, f] = [(lon * Math.PI) / 180, (lat * Math.PI) / 180];
      return [Math.cos(f) * Math.cos(l), Math.cos(f) * Math.sin(l), Math.sin(f)];
    });
    const angle = Math.acos(Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));
    return Array.from({ length: parts + 1 }, (_, nth) => {
      if (nth === 0 || nth === parts || !angle) return nth ? [other.lat, other.lon] : [one.lat, one.lon];
      const [p, q] = [Math.sin((1 - nth / parts) * angle), Math.sin((nth / parts) * angle)].map((part) => part / Math.sin(angle));
      const [x, y, z] = a.map((value, axis) => value * p + b[axis] * q);
      return [(Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI, (Math.atan2(y, x) * 180) / Math.PI];
    });
  };

  const pointsOf = (nodes) => nodes.slice(1).flatMap((node, nth) => arc(nodes[nth], node).slice(nth ? 1 : 0));

  const render = (state) => {
    if (drawn) drawn.remove();
    drawn = null;
    const { way } = corridors.planned(state) || {};
    if (!way) return;
    const look = { pane: "corridors-picked", renderer: L.svg({ pane: "corridors-picked", padding: 0.3 }), interactive: false, fill: false };
    const legs = corridors.legsOf(way).map(({ line, nodes }) => ({ line, points: pointsOf(nodes) }));
    const halos = legs.map(({ points }) => L.polyline(points, { ...look, weight: 10, className: "halo" }));
    const lines = legs.map(({ line, points }) =>
      L.polyline(points, { ...look, weight: line.mode === "transfer" ? 2 : 3.5, className: "picked", dashArray: line.mode === "transfer" ? "1 5" : data.look.dashes[line.status] }));
    const ring = { pane: "corridors-ring", renderer: L.svg({ pane: "corridors-ring", padding: 0.3 }), interactive: false, fill: false };
    const passed = way.places.slice(1, -1).map((place) => corridors.network().nodes[place.nodes[0]]);
    const ends = [way.nodes[0], ...passed, way.nodes[way.nodes.length - 1]].flatMap(({ lat, lon }) =>
      [L.circleMarker([lat, lon], { ...ring, radius: 9, weight: 6, className: "halo" }), L.circleMarker([lat, lon], { ...ring, radius: 9, weight: 2.5, className: "picked" })]);
    drawn = L.featureGroup([...halos, ...lines, ...ends]).addTo(map);
  };

  /** Bring the whole route into the free part of the map. */
  corridors.showRoute = () => {
    if (!drawn) return;
    if (document.documentElement.dataset.layout === "sheet") window.setTimeout(look, RISE_MS);
    else look();
  };

  const look = () => {
    if (!drawn) return;
    const { topLeft, bottomRight } = corridors.freeArea();
    const room = (corner) => [corner[0] + 40, corner[1] + 40];
    const { center, zoom } = map._getBoundsCenterZoom(drawn.getBounds(), { paddingTopLeft: room(topLeft), paddingBottomRight: room(bottomRight), maxZoom: 9 });
    corridors.propose({ view: { lat: center.lat, lng: center.lng, zoom } });
  };

  corridors.drawRoute = (leaflet) => {
    map = leaflet;
    corridors.follow(["route", "year", "lang"], render);
  };
}
