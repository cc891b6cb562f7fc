/* The features on the map: lines, points and areas of every class, what the pointer finds, and what is selected. */
{
  const { svg, data } = corridors;
  const drawn = new Map(); // feature id → {feature, layer, status, point}
  const { citySizes, capitalRing, stationsFrom } = data.look;
  // A hollow line says "not electrified", but only on a map whose legend says so.
  const HOLLOW_MEANS = ((data.map || {}).filters || []).some((filter) => filter.property === "electrified");
  let map = null;
  let renderers = null;
  let selection = [];

  const classOf = (feature) => (data.classes || {})[feature.class] || { style: {}, geometry: "line" };
  const depth = (entry) => 400 + Math.max(0, Math.min(18, entry.z ?? 5)) * 10;

  const rendererAt = (level) => {
    if (renderers.has(level)) return renderers.get(level);
    const name = `corridors-${level}`;
    map.createPane(name).style.zIndex = String(level);
    map.getPane(name).style.pointerEvents = "none";
    const renderer = new corridors.Stack({ pane: name, padding: 0.3 });
    renderers.set(level, renderer);
    return renderer;
  };

  const stroked = ({ stroke, width, opacity, dash }) => {
    const path = svg("path");
    Object.assign(path.style, { stroke, strokeWidth: `calc(${width}px * var(--zw, 1) + var(--hw, 0px))`, opacity: String(opacity), strokeDasharray: dash || "none" });
    return path;
  };

  /** Which lines had wires in another year is not known. */
  const ownYear = () => corridors.ownYear(corridors.state().year);

  const lineNodes = (feature, status) => {
    const entry = classOf(feature);
    const look = { ...feature, status, hollow: (feature.hollow && HOLLOW_MEANS && ownYear()) || entry.style.hollow };
    const nodes = corridors.strokes(entry.style, corridors.ink(feature.class), look)
      .map((stroke) => ({ tier: stroke.role === "casing" ? "casing" : "ink", node: stroked(stroke) }));
    const target = svg("path", { class: "hit", "data-feature": feature.id });
    nodes.push({ tier: "hit", node: target });
    let marks = null;
    if (status === "suspended" || (feature.basis === "stations" && (feature.stops || []).length)) {
      const node = svg("path", { class: status === "suspended" ? "mark cross" : "mark" });
      node.style.stroke = corridors.ink(feature.class);
      nodes.push({ tier: "mark", node, place: true });
      marks = { node, suspended: status === "suspended", stops: feature.basis === "stations" ? feature.stops : null, fromZoom: stationsFrom };
    }
    return { nodes, target, marks };
  };

  corridors.isCity = (feature) => feature.id.startsWith("cities/");

  /** The size of a point in pixels: its own, a city's by population (capitals have room for their ring), its class's. */
  const fullSize = (feature) => {
    if (feature.size) return feature.size;
    if (!corridors.isCity(feature)) return classOf(feature).style.size || 12;
    const people = (feature.headline || []).find((figure) => figure.label === "fact.population")?.value || 0;
    return citySizes.find(([least]) => people >= least)[1] + (feature.kind === "capital" ? capitalRing : 0);
  };

  /** Symbols shrink a little where the whole continent is in view. */
  corridors.pointScale = (zoom) => Math.max(0.72, Math.min(1, 0.72 + (zoom - 2.25) * 0.22));
  corridors.pointSize = (feature) => fullSize(feature) * corridors.pointScale(map.getZoom());

  const symbolOf = (feature) => feature.symbol || (feature.kind === "capital" && (data.symbols || {}).capital ? "capital" : classOf(feature).style.symbol);

  const pointNodes = (feature, status) => {
    const size = fullSize(feature);
    const target = svg("g", { class: "spot", "data-feature": feature.id }, svg("circle", { r: Math.max(9, size / 2 + 3), class: "catch" }));
    const sign = corridors.symbol(symbolOf(feature), corridors.ink(feature.class), size, feature.confidence === "low" || status === "planned");
    if (status === "under_construction" || status === "suspended") sign.style.opacity = "0.6";
    target.append(sign);
    return { nodes: [{ tier: "ink", node: target }], target };
  };

  const areaNodes = (feature) => {
    const style = classOf(feature).style;
    const target = svg("path", { class: "patch", "data-feature": feature.id });
    target.style.fill = style.hatch ? "url(#corridors-hatch)" : style.fill ? corridors.ink(feature.class) : "none";
    // What carries no value can be clicked, but has no tooltip that would follow the pointer all over the map.
    if (!style.hatch && !style.fill) target.classList.add("bare");
    return { nodes: [{ tier: "area", node: target }], target };
  };

  const layerOf = (feature, status) => {
    const entry = classOf(feature);
    const renderer = rendererAt(depth(entry));
    const where = corridors.decode(feature.geometry);
    const options = { renderer, pane: renderer.options.pane, weight: 14 };
    if (feature.geometry.t === "Point") return L.circleMarker(where, { ...options, radius: 10, draw: () => pointNodes(feature, status) });
    if (feature.geometry.t.endsWith("Polygon")) return L.polygon(where, { ...options, draw: () => areaNodes(feature) });
    if (entry.style.offset !== undefined) return new corridors.Ribbon(where, { ...options, smoothFactor: 2, offset: entry.style.offset, draw: () => lineNodes(feature, status) });
    return L.polyline(where, { ...options, smoothFactor: feature.basis === "great_circle" ? 0.4 : 1, draw: () => lineNodes(feature, status) });
  };

  const hint = (feature) => {
    const state = corridors.state();
    const kind = corridors.knows(`kind.${feature.kind}`) ? corridors.t(`kind.${feature.kind}`) : corridors.pick(classOf(feature).title);
    const status = corridors.statusIn(feature, state.year);
    const rest = status && status !== "operational" ? `${kind}, ${corridors.t(`status.${status}`)}` : kind;
    return corridors.el("span", { class: "hint" }, corridors.el("b", {}, corridors.nameOf(feature)), ` · ${rest}`);
  };

  const add = (feature, status) => {
    const layer = layerOf(feature, status);
    const point = feature.geometry.t === "Point";
    const { hatch, fill } = classOf(feature).style;
    const bare = feature.geometry.t.endsWith("Polygon") && !hatch && !fill;
    // The table is the keyboard's way to a feature; Leaflet's focus listeners would make each one a nameless tab stop.
    layer._addFocusListeners = () => {};
    if (!bare) layer.bindTooltip(() => hint(feature), { sticky: !point, direction: "top", offset: [0, -8], opacity: 1, className: "tip" });
    layer.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      corridors.choose(feature.id, point ? layer.getLatLng() : event.latlng);
    });
    layer.on("mouseover mouseout", (event) => {
      for (const { node } of layer._drawn.nodes) node.classList.toggle("hover", event.type === "mouseover");
    });
    layer.addTo(map);
    drawn.set(feature.id, { feature, layer, status, point, own: ownYear() });
  };

  const switchNodes = (item, name, on) => {
    for (const { node } of item.layer._drawn.nodes) node.classList.toggle(name, on);
  };

  /** Redraw what the state shows; a feature whose status differs in the chosen year is drawn anew. */
  const render = (state) => {
    for (const item of [...drawn.values()]) {
      const status = corridors.statusIn(item.feature, state.year);
      if (status && (status !== item.status || (item.feature.hollow && item.own !== ownYear()))) {
        item.layer.remove();
        add(item.feature, status);
      }
    }
    const on = new Set(state.layers);
    const classesOn = state.layers.map((id) => data.classes[id]);
    // Drawn stations make ticks needless; names on tinted land need a stronger colour.
    map.getContainer().classList.toggle("with-stations", classesOn.some((entry) => entry.style.symbol === "station"));
    map.getContainer().classList.toggle("tinted", classesOn.some((entry) => entry.geometry === "area" && entry.style.fill));
    for (const item of drawn.values()) {
      item.on = on.has(item.feature.class) && corridors.passes(item.feature, state);
      switchNodes(item, "off", !item.on);
    }
    declutter();
  };

  /** Of points that would lie on one another only the first in rank is drawn; the others appear on zooming in. */
  const declutter = () => {
    const zoom = map.getZoom();
    map.getContainer().style.setProperty("--zw", String(corridors.lineScale(zoom)));
    const points = [...drawn.values()].filter((item) => item.point && item.on);
    const selected = corridors.state().selected;
    const rank = ({ feature }) => (feature.id === selected ? -1 : feature.rank ?? 9);
    points.sort((a, b) => rank(a) - rank(b));
    const cells = new Map();
    for (const item of points) {
      const style = classOf(item.feature).style;
      const fromZoom = style.minZoom ?? (style.symbol === "station" ? stationsFrom : corridors.isCity(item.feature) ? corridors.labelZoom(item.feature.rank ?? 9) - 0.25 : 0);
      const { x, y } = map.project(item.layer.getLatLng(), zoom);
      const reach = corridors.pointSize(item.feature) * 0.42;
      const [column, row] = [Math.floor(x / 24), Math.floor(y / 24)];
      let free = zoom >= fromZoom;
      for (let i = -1; free && i < 2; i += 1) {
        for (let j = -1; free && j < 2; j += 1) {
          free = !(cells.get(`${column + i},${row + j}`) || []).some((other) => Math.hypot(other.x - x, other.y - y) < reach + other.reach);
        }
      }
      item.crowded = !free && item.feature.id !== selected; // the selected is first: it has room, whatever its zoom
      switchNodes(item, "crowded", item.crowded);
      if (item.crowded) continue;
      const key = `${column},${row}`;
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push({ x, y, reach });
    }
  };

  /** The points whose symbols are drawn now, for the labels: feature, latlng and size. */
  corridors.drawnPoints = () =>
    [...drawn.values()].filter((item) => item.point && item.on && !item.crowded)
      .map((item) => ({ feature: item.feature, latlng: item.layer.getLatLng(), size: corridors.pointSize(item.feature) }));

  /** The features of which something is to be seen in the window of the map. */
  corridors.inView = () => {
    const corner = map.containerPointToLayerPoint([0, 0]);
    const view = L.bounds(corner, corner.add(map.getSize()));
    const crosses = (points) => points.slice(1).some((point, i) => L.LineUtil.clipSegment(points[i], point, view));
    const seen = ({ point, layer, feature }) => {
      if (point) return view.contains(map.latLngToLayerPoint(layer.getLatLng()));
      const closed = feature.geometry.t.endsWith("Polygon");
      return layer._parts.some((points) => (closed ? L.PolyUtil.clipPolygon(points, view).length : crosses(points)));
    };
    return [...drawn.values()].filter((item) => item.on && !item.crowded && seen(item)).map((item) => item.feature);
  };

  /** The lines that are drawn now: each feature with points along it that are in view, so many pixels apart. */
  corridors.drawnLines = (step) => {
    const room = L.bounds([0, 0], map.getSize());
    return [...drawn.values()].filter((item) => item.on && item.layer._parts && classOf(item.feature).geometry === "line").map(({ feature, layer }) => ({ feature, points: layer._parts.flatMap((points) =>
      points.slice(1).flatMap((point, i) => {
        const steps = Math.max(1, Math.round(point.distanceTo(points[i]) / step));
        return Array.from({ length: steps }, (_, n) => map.layerPointToContainerPoint(points[i].add(point.subtract(points[i]).multiplyBy(n / steps)))).filter((at) => room.contains(at));
      })) }));
  };

  const outline = (feature, level) => {
    const entry = classOf(feature);
    const where = corridors.decode(feature.geometry);
    const base = { pane: level, renderer: L.svg({ pane: level, padding: 0.3 }), interactive: false, fill: false };
    const closed = feature.geometry.t.endsWith("Polygon");
    const dash = data.look.dashes[feature.status];
    const { offset, width: own } = entry.style;
    const draw = (weight, className, dashArray) => {
      const options = { ...base, weight, className, dashArray };
      return offset === undefined ? (closed ? L.polygon : L.polyline)(where, options) : new corridors.Ribbon(where, { ...options, smoothFactor: 2, offset });
    };
    if (feature.geometry.t === "Point") {
      const radius = corridors.pointSize(feature) / 2 + 4;
      return [L.circleMarker(where, { ...base, radius, weight: 7, className: "halo" }), L.circleMarker(where, { ...base, radius, weight: 2.5, className: "picked" })];
    }
    const width = closed ? 1 : own || 2;
    // The colour of a ribbon stays to be seen: it gets an edge, not a line over it.
    if (offset !== undefined) {
      const core = draw(width, "core", dash);
      core.on("add", () => { core.getElement().style.stroke = corridors.ink(feature.class); });
      return [draw(width + 8, "halo", null), draw(width + 2.6, "picked", null), core];
    }
    if (feature.ways) return [draw(1.5, "picked", null)]; // the ways are what is to be seen
    return [draw(width + 9, "halo", null), draw(width + 1.5, "picked", dash)];
  };

  const select = (state) => {
    selection.forEach((layer) => layer.remove());
    selection = [];
    const feature = corridors.byId.get(state.selected);
    if (!feature) return;
    selection = outline(feature, feature.geometry.t === "Point" ? "corridors-ring" : "corridors-picked");
    selection.forEach((layer) => layer.addTo(map));
    declutter();
  };

  corridors.layerOf = (id) => drawn.get(id).layer;

  /** Where to look to see a feature in the free part of the map: unchanged if it is well in view already. */
  corridors.viewOf = (id) => {
    const feature = corridors.byId.get(id);
    const { topLeft, bottomRight } = corridors.freeArea();
    const point = feature.geometry.t === "Point";
    const bounds = point ? drawn.get(id).layer.getLatLng().toBounds(10) : drawn.get(id).layer.getBounds();
    const size = map.getSize();
    const free = L.bounds([topLeft[0] + 20, topLeft[1] + 20], [size.x - bottomRight[0] - 20, size.y - bottomRight[1] - 20]);
    const here = L.bounds(map.latLngToContainerPoint(bounds.getNorthWest()), map.latLngToContainerPoint(bounds.getSouthEast()));
    const span = here.getSize();
    if (free.contains(here) && (point ? map.getZoom() >= 5 : Math.max(span.x, span.y) > 80)) return null;
    const edge = Math.min(40, (size.y - topLeft[1] - bottomRight[1]) / 4); // in a small frame not more than there is
    const { center, zoom } = map._getBoundsCenterZoom(bounds, {
      paddingTopLeft: [topLeft[0] + edge, topLeft[1] + edge],
      paddingBottomRight: [bottomRight[0] + edge, bottomRight[1] + edge],
      maxZoom: point ? Math.max(6.5, map.getZoom()) : 9,
    });
    return { lat: center.lat, lng: center.lng, zoom };
  };

  /** Bring a feature onto the map: its class on, no filter in its way, in view, selected. */
  corridors.show = (id) => {
    const feature = corridors.byId.get(id);
    if (!feature) return;
    const state = corridors.state();
    const change = { selected: id };
    if (!state.layers.includes(feature.class)) change.layers = [...state.layers, feature.class];
    if (feature.scenario) Object.assign(change, { scenario: feature.scenario, after: state.after || 100 });
    if (!corridors.passes(feature, { ...state, ...change })) change.filters = {};
    if (!corridors.passes(feature, { ...state, ...change, filters: {} })) change.year = null;
    corridors.propose(change);
    const view = corridors.viewOf(id);
    if (view) corridors.propose({ view });
  };

  corridors.drawFeatures = (leaflet) => {
    map = leaflet;
    renderers = new Map();
    const pointLevels = Object.values(data.classes || {}).filter((entry) => entry.geometry === "point").map(depth);
    const panes = { "corridors-picked": Math.min(590, ...pointLevels) - 5, "corridors-ring": 595 };
    for (const [name, level] of Object.entries(panes)) {
      map.createPane(name).style.zIndex = String(level);
      map.getPane(name).style.pointerEvents = "none";
    }
    const order = [...corridors.features].sort((a, b) => (b.rank ?? 9) - (a.rank ?? 9));
    order.forEach((feature) => add(feature, feature.status || "operational"));
    map.on("zoomend", declutter);
    map.on("click", () => corridors.propose({ selected: null }));
    corridors.follow(["layers", "filters", "year", "scenario"], render);
    corridors.follow(["selected"], select);
  };
}
