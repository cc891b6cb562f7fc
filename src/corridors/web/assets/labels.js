/* Names on the map: placed by rank, each at the first of several places around its point where it covers nothing. */
{
  const { el, data } = corridors;
  const POINT_FROM_ZOOM = [0, 3, 3.5, 4.25, 5, 5.75, 6.5, 7.25, 8, 8.5]; // by rank
  const COUNTRY_FROM_ZOOM = [0, 3, 4, 5, 5.5, 6];
  const sizes = new Map();
  let map = null;
  let pane = null;
  let bench = null;
  let placed = [];

  /** The zoom from which a point of that rank is named. */
  corridors.labelZoom = (rank) => POINT_FROM_ZOOM[Math.max(0, Math.min(9, rank))];

  const overlaps = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

  const covered = () => {
    const origin = map.getContainer().getBoundingClientRect();
    return [...document.querySelectorAll("[data-blocks]")]
      .map((node) => node.getBoundingClientRect())
      .filter((rect) => rect.width && rect.height)
      .map((rect) => [rect.left - origin.left - 3, rect.top - origin.top - 3, rect.right - origin.left + 3, rect.bottom - origin.top + 3]);
  };

  /** A name without what stands in brackets; the card has it in full. */
  const shortName = (name) => name.replace(/\s+\([^()]*\)(?=[\s,]|$)/g, "").replace(/（[^（）]*）$/, "").trim() || name;

  /** Names along ribbons, where they are long enough to carry them: one entry for each, with the places it may take. */
  const ribbons = (inView) => {
    const state = corridors.state();
    const pixels = 1000 / map.distance(map.getCenter(), map.containerPointToLatLng(map.getSize().divideBy(2).add([1, 0]))); // of a kilometre
    const shown = corridors.features.filter((feature) => feature.tag && corridors.isShown(feature, state));
    const names = shown.map((feature) => shortName(corridors.nameOf(feature)));
    return shown.flatMap((feature, nth) => {
      const [latlng, ...others] = corridors.decode({ t: "LineString", c: feature.tag.at }).map(L.latLng).filter((at) => inView.contains(at));
      if (!latlng) return [];
      const text = names.filter((name) => name === names[nth]).length > 1 ? corridors.nameOf(feature) : names[nth];
      return [{ text, kind: "ribbon", ink: corridors.ink(feature.class), latlng, others, room: feature.tag.km * pixels, order: 14, reach: 10, near: true, must: true, mayHide: 1 }];
    });
  };

  const wanted = (points) => {
    const zoom = map.getZoom();
    const inView = map.getBounds();
    const selected = corridors.state().selected;
    const list = [];
    for (const entry of (data.basemap || {}).labels || []) {
      const rank = entry.rank ?? 3;
      const latlng = L.latLng(entry.lat, entry.lon);
      if (zoom < (COUNTRY_FROM_ZOOM[rank] ?? 6) || !inView.contains(latlng)) continue;
      const text = corridors.pick(entry.name);
      const small = rank === 1 ? { text, kind: "country minor" } : null;
      list.push({ text, small, kind: rank > 1 ? "country minor" : "country", latlng, order: rank * 10 + 5, reach: 0, wide: rank === 0, mayHide: rank > 1 ? 0 : 1 });
    }
    for (const { feature, latlng, size, crowded } of points) {
      const chosen = feature.id === selected;
      const rank = chosen ? -1 : feature.rank ?? 9;
      const city = corridors.isCity(feature);
      if (zoom < corridors.labelZoom(rank) || !inView.contains(latlng)) continue;
      if (crowded && !city && rank > 0) continue;
      const kind = (feature.id.startsWith("ports/") ? "port" : "city") + (rank <= 0 ? " major" : "");
      list.push({ text: shortName(corridors.nameOf(feature)), kind, latlng, order: rank * 10 + (city ? 0 : 1), reach: size / 2 + (chosen ? 8 : 2), must: rank <= 0, near: rank <= 2, mayHide: rank <= 0 ? 99 : 0 });
    }
    list.push(...ribbons(inView));
    return list.filter((entry) => entry.text).sort((a, b) => a.order - b.order);
  };

  const measure = (list) => {
    const lang = corridors.tongue();
    const unknown = [];
    for (const entry of list.flatMap((one) => (one.small ? [one, one.small] : [one]))) {
      entry.key = `${lang}|${entry.kind}|${entry.text}`;
      if (sizes.has(entry.key)) continue;
      sizes.set(entry.key, null);
      unknown.push([entry.key, el("div", { class: `measure ${entry.kind}` }, entry.text)]);
    }
    if (!unknown.length) return;
    bench.replaceChildren(...unknown.map(([, node]) => node));
    for (const [key, node] of unknown) {
      const rect = node.getBoundingClientRect();
      sizes.set(key, [Math.ceil(rect.width) + 1, Math.ceil(rect.height)]);
    }
    bench.replaceChildren();
  };

  /** Places for the top left corner of a box of w × h pixels around a point at 0,0, the best first. */
  const places = (entry, w, h) => {
    const r = entry.reach;
    if (!r) {
      // A country's name may step aside only a little, or it would name its neighbour.
      const [across, down] = entry.wide ? [40, 30] : [22, 24];
      const steps = [0, -0.5, 0.5, -1, 1];
      return steps.flatMap((y) => steps.map((x) => [x * across, y * down])).sort((a, b) => Math.hypot(...a) - Math.hypot(...b)).map(([dx, dy]) => [dx - w / 2, dy - h / 2]);
    }
    const around = (gap) => {
      const d = gap * 0.7;
      return [[gap, -h / 2], [-gap - w, -h / 2], [-w / 2, -gap - h], [-w / 2, gap], [d, -d - h], [d, d], [-d - w, -d - h], [-d - w, d]];
    };
    const near = entry.near ? [...around(r), ...around(r + 8)] : around(r);
      return entry.must ? [...near, ...around(r + 18)] : near;
  };

  const place = (entry, taken, marks, size) => {
    const [w, h] = sizes.get(entry.key);
    const at = map.latLngToContainerPoint(entry.latlng);
    const tries = places(entry, w, h).map(([dx, dy]) => {
      const [x, y] = [Math.round(at.x + dx), Math.round(at.y + dy)];
      return { dx: x - at.x, dy: y - at.y, box: [x, y, x + w, y + h] };
    }).filter(({ box }) => box[0] >= 2 && box[1] >= 2 && box[2] <= size.x - 2 && box[3] <= size.y - 2 && !taken.some((other) => overlaps(box, other)));
    const hides = entry.room === undefined ? marks : [...marks, ...marks.course];
    // The first place that hides no symbol, else the one that hides the fewest, for names that have to be there.
    let best = null;
    for (const candidate of tries) {
      const hidden = hides.reduce((sum, mark) => sum + (mark.owner !== entry.latlng && overlaps(candidate.box, mark.box) ? mark.weight : 0), 0);
      if (!best || hidden < best.hidden) best = { ...candidate, hidden };
      if (!hidden) break;
    }
    return best && best.hidden <= entry.mayHide ? best : null;
  };

  /** Lay all labels anew for the present view. */
  const lay = () => {
    const size = map.getSize();
    const points = corridors.drawnPoints();
    const list = wanted(points);
    measure(list);
    const marks = points.filter(({ crowded }) => !crowded).map(({ feature, latlng, size: width }) => {
      const { x, y } = map.latLngToContainerPoint(latlng);
      const r = width / 2;
      return { owner: latlng, weight: feature.rank <= 0 ? 3 : 1, box: [x - r, y - r, x + r, y + r] };
    });
    // The name of a ribbon keeps off the ribbons; other names may lie on them.
    marks.course = corridors.ribbonPoints().map(({ x, y }) => ({ weight: 0.15, box: [x - 2, y - 2, x + 2, y + 2] }));
    const taken = covered();
    const seen = [];
    placed = [];
    for (const entry of list) {
      const at = map.latLngToContainerPoint(entry.latlng);
      // The same name twice at one place (a city and its station) is said once.
      if (seen.some((other) => other.text === entry.text && at.distanceTo(other.at) < 60)) continue;
      if (entry.room !== undefined && entry.room < sizes.get(entry.key)[0] * 0.6) continue;
      const found = [entry.latlng, ...(entry.others || [])].reduce((done, latlng) => done || place(Object.assign(entry, { latlng }), taken, marks, size), null) || (entry.small && place(Object.assign(entry, entry.small), taken, marks, size));
      if (!found) continue;
      taken.push(found.box);
      seen.push({ text: entry.text, at });
      const node = el("div", { class: `label ${entry.kind} leaflet-zoom-animated` }, entry.text);
      if (entry.ink) node.style.textDecorationColor = entry.ink;
      const offset = L.point(found.dx, found.dy);
      L.DomUtil.setPosition(node, map.latLngToLayerPoint(entry.latlng).add(offset).round());
      placed.push({ node, latlng: entry.latlng, offset });
    }
    pane.replaceChildren(...placed.map(({ node }) => node));
  };

  let waiting = false;
  /** Lay the labels once when the present change is done, however often it was asked for. */
  corridors.relabel = () => {
    if (waiting || !map) return;
    waiting = true;
    window.queueMicrotask(() => {
      waiting = false;
      lay();
    });
  };

  corridors.drawLabels = (leaflet) => {
    map = leaflet;
    pane = map.createPane("corridors-labels");
    pane.style.zIndex = "600";
    pane.setAttribute("aria-hidden", "true");
    bench = el("div", { class: "bench", "aria-hidden": "true" });
    map.getContainer().append(bench);
    map.on("moveend zoomend resize", corridors.relabel);
    map.on("zoomanim", ({ center, zoom }) => {
      for (const { node, latlng, offset } of placed) L.DomUtil.setPosition(node, map._latLngToNewLayerPoint(latlng, zoom, center).add(offset).round());
    });
    corridors.follow(["lang", "layers", "filters", "year", "selected", "theme", "table"], corridors.relabel);
  };
}
