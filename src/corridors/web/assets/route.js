/* Routes over the page's network: the same rules, costs and order between equals, and the same card, as the command's. */
{
  const coded = corridors.data.network;
  const DETOUR = 3;
  const MODES = ["rail", "road", "sea", "air"];
  const CUTS = ["avoid", "status", "asOf", "closed", "modes"];

  /** A heap of [cost, hops, node], the least on top. */
  const heapOf = () => {
    const items = [];
    const less = (one, other) => one[0] < other[0] || (one[0] === other[0] && one[1] < other[1]);
    const swap = (i, j) => { [items[i], items[j]] = [items[j], items[i]]; };
    const push = (item) => {
      let at = items.push(item) - 1;
      for (let up; at && less(items[at], items[(up = (at - 1) >> 1)]); at = up) swap(at, up);
    };
    const pop = () => {
      const top = items[0];
      const last = items.pop();
      if (!items.length) return top;
      items[0] = last;
      for (let at = 0, down; (down = 2 * at + 1) < items.length; at = down) {
        if (down + 1 < items.length && less(items[down + 1], items[down])) down += 1;
        if (!less(items[down], items[at])) break;
        swap(at, down);
      }
      return top;
    };
    return { push, pop, size: () => items.length };
  };

  /**
   * The edges of the cheapest way from any of some nodes to any of others, or null. Of ways that cost the same the one of
   * the fewest edges is taken, and of those the one whose edges come first in the network, from the end backwards.
   */
  const bestPath = ({ nodes }, starts, ends, weight, allowed) => {
    const cost = new Float64Array(nodes.length).fill(Infinity);
    const hops = new Float64Array(nodes.length).fill(Infinity);
    const heap = heapOf();
    for (const start of starts) {
      cost[start] = hops[start] = 0;
      heap.push([0, 0, start]);
    }
    const wanted = new Set(ends);
    let end = null;
    while (heap.size()) {
      const [own, steps, here] = heap.pop();
      if (end !== null && (own > cost[end] || steps > hops[end])) break;
      if (own > cost[here] || (own === cost[here] && steps > hops[here])) continue;
      if (wanted.has(here) && (end === null || here < end)) end = here;
      for (const edge of nodes[here].edges) {
        if (!allowed[edge.nth]) continue;
        const next = edge.a === here ? edge.b : edge.a;
        const [sum, count] = [own + weight[edge.nth], steps + 1];
        if (sum > cost[next] || (sum === cost[next] && count >= hops[next])) continue;
        cost[next] = sum;
        hops[next] = count;
        heap.push([sum, count, next]);
      }
    }
    if (end === null) return null;
    const path = [];
    for (let here = end; hops[here];) {
      // Edges of a node stand in the network's order: the first that fits is the one meant.
      const back = nodes[here].edges.find((edge) => {
        const other = edge.a === here ? edge.b : edge.a;
        return allowed[edge.nth] && hops[other] + 1 === hops[here] && cost[other] + weight[edge.nth] === cost[here];
      });
      path.push(back);
      here = back.a === here ? back.b : back.a;
    }
    return { path: path.reverse(), end };
  };

  const usable = ({ status, opened, closed }, { asOf, include }) => {
    if (include.includes(status)) return true;
    if (asOf === null) return status === "operational";
    if (closed && closed < asOf) return false;
    if (opened) return opened <= asOf && status !== "suspended";
    return status === "operational";
  };

  const allows = ({ nodes, edges }, request) => {
    const modes = new Set([...request.modes, "transfer"]);
    const [avoid, closed, opened] = [request.avoid, request.closed, request.opened].map((list) => new Set(list));
    return edges.map(({ line, country, a, b }) =>
      modes.has(line.mode) && !closed.has(line.id) && ![country, nodes[a].country, nodes[b].country].some((code) => avoid.has(code))
      && (opened.has(line.id) || usable(line, request)));
  };

  const through = (network, request, weight) => {
    const allowed = allows(network, request);
    let starts = request.places[0].nodes;
    const path = [];
    for (const place of request.places.slice(1)) {
      const found = bestPath(network, starts, place.nodes, weight, allowed);
      if (!found) return null;
      path.push(...found.path);
      starts = [found.end];
    }
    return path;
  };

  const costsOf = ({ edges }, by) =>
    edges.map(({ seconds, metres, kind }) => (by === "time" ? seconds : metres + (kind === "transfer" ? coded.transferMetres : 0)));

  /** Which constraint cut the route: the first whose absence would leave one. */
  const whyNone = (network, request, cost) => {
    const without = { avoid: [], include: ["under_construction", "planned", "suspended"], asOf: null, closed: [], modes: MODES };
    const cut = CUTS.find((name) => {
      const key = name === "status" ? "include" : name;
      return String(request[key] ?? "") !== String(without[key] ?? "") && through(network, { ...request, [key]: without[key] }, cost);
    }) || "all";
    return noRoute(cut, request.places);
  };

  const noRoute = (cut, places) =>
    Object.assign(new Error(corridors.t(`route.none.${cut}`, corridors.pick(places[0].name), corridors.pick(places[places.length - 1].name))), { cut });

  const compare = (one, other) => {
    const at = one.path.findIndex((edge, nth) => edge !== other.path[nth]);
    if (at < 0) return one.path.length - other.path.length;
    return at < other.path.length ? one.path[at].nth - other.path[at].nth : 1;
  };

  const listOf = (value) => (Array.isArray(value) ? value : String(value ?? "").split(",").map((part) => part.trim()).filter(Boolean));

  const requestOf = (from, to, options) => {
    const places = [from, ...(Array.isArray(options.via) ? options.via : options.via ? [options.via] : []), to].map(corridors.placeOf);
    const modes = listOf(options.modes ?? options.mode);
    const asOf = options.asOf ?? options.as_of ?? null;
    const twice = places.find((place, nth) => places.indexOf(place) < nth);
    if (twice) throw Object.assign(new Error(corridors.t("route.twice", corridors.pick(twice.name))), { cut: "twice" });
    return {
      places, modes: modes.length ? modes : ["rail", "sea"], by: options.by === "time" ? "time" : "distance", asOf: asOf === null ? null : Number(asOf),
      include: listOf(options.include), avoid: listOf(options.avoid), closed: listOf(options.closed), opened: listOf(options.opened),
      alternatives: Math.max(1, Math.min(9, Number(options.alternatives) || 1)),
    };
  };

  /**
   * The best ways between two places, each with its nodes and edges. Options: modes (or mode), by ("distance" or "time"),
   * asOf (year), include (statuses), avoid (alpha-3), via (places), closed and opened (lines), alternatives.
   */
  corridors.findRoutes = (from, to, options = {}) => {
    const network = corridors.network();
    const request = requestOf(from, to, options);
    if (request.places.some((place) => request.avoid.includes(network.nodes[place.nodes[0]].country))) throw noRoute("avoid", request.places);
    const cost = costsOf(network, request.by);
    const weight = [...cost];
    const found = new Map();
    for (let round = 0; round < 2 * request.alternatives && found.size < request.alternatives; round += 1) {
      const path = through(network, request, weight);
      if (!path) break;
      const key = path.map((edge) => edge.nth).join();
      if (!found.has(key)) found.set(key, { path, total: path.reduce((sum, edge) => sum + cost[edge.nth], 0) });
      for (const edge of path) if (edge.kind === "leg") weight[edge.nth] *= DETOUR;
    }
    if (!found.size) throw whyNone(network, request, cost);
    return [...found.values()].sort((one, other) => one.total - other.total || compare(one, other))
      .map(({ path }) => ({ path, nodes: nodesOf(network, request.places[0], path), places: request.places }));
  };

  const nodesOf = ({ nodes }, start, path) => {
    if (!path.length) return [nodes[start.nodes[0]], nodes[start.nodes[0]]];
    let here = start.nodes.includes(path[0].a) ? path[0].a : path[0].b;
    return [nodes[here], ...path.map((edge) => nodes[(here = edge.a === here ? edge.b : edge.a)])];
  };

  const km = (metres) => Math.floor((metres + 50) / 100) / 10;
  const hours = (seconds) => Math.floor((seconds + 180) / 360) / 10;
  const total = (edges, key) => edges.reduce((sum, edge) => sum + edge[key], 0);

  const sums = (edges, keyOf) => {
    const metres = {};
    for (const edge of edges) metres[keyOf(edge)] = (metres[keyOf(edge)] || 0) + edge.metres;
    return Object.fromEntries(Object.entries(metres).map(([key, sum]) => [key, km(sum)]));
  };

  /** Edges of one line in a row as one leg, with the nodes that it runs through; borders and changes of gauge are none. */
  corridors.legsOf = ({ path, nodes }) => {
    const legs = [];
    path.forEach((edge, nth) => {
      if (edge.kind !== "leg" && edge.kind !== "transfer") return;
      const last = legs[legs.length - 1];
      if (last && last.line.id === edge.line.id && last.line.mode === edge.line.mode) {
        last.edges.push(edge);
        last.nodes.push(nodes[nth + 1]);
      } else legs.push({ line: edge.line, edges: [edge], nodes: [nodes[nth], nodes[nth + 1]] });
    });
    return legs.map((leg) => ({
      ...leg, km: km(total(leg.edges, "metres")), countries: sums(leg.edges.filter((edge) => edge.country), (edge) => edge.country),
      start: leg.nodes.find((node) => node.name), end: [...leg.nodes].reverse().find((node) => node.name),
    })).filter((leg) => leg.km || leg.line.mode !== "transfer");
  };

  const legCard = (leg) => ({
    mode: leg.line.mode, line: leg.line.id || null, line_name: leg.line.english || null,
    from: leg.start ? leg.start.name : "", to: leg.end ? leg.end.name : "",
    length_km: leg.km, measured_km: km(total(leg.edges, "measured")), country: Object.keys(leg.countries).join(";") || null,
    gauge_mm: leg.line.gauge, status: leg.line.status, hours: hours(total(leg.edges, "seconds")),
    confidence: coded.confidences[Math.max(...leg.edges.map((edge) => edge.line.confidence))],
  });

  const isOpen = (line, ends) => ends.some((node) => coded.openBorders.includes(`${line}:${node.country}`));

  /** The card of a way, under the stable names of "corridors route --format json". */
  corridors.routeCard = (way) => {
    const { path, nodes, places } = way;
    const steps = path.map((edge, nth) => ({ edge, ends: [nodes[nth], nodes[nth + 1]] }));
    const [start, end] = [nodes[0], nodes[nodes.length - 1]];
    const geodesic = corridors.geodesicKm(start, end);
    const length = km(total(path, "metres"));
    const long = path.filter((edge) => edge.metres);
    return {
      from: places[0].name.en, to: places[places.length - 1].name.en, from_id: places[0].id, to_id: places[places.length - 1].id,
      length_km: length, measured_km: km(total(path, "measured")), hours: hours(total(path, "seconds")),
      legs: corridors.legsOf(way).map(legCard),
      km_by_mode: sums(long, (edge) => edge.line.mode),
      countries: sums(long.filter((edge) => edge.country), (edge) => edge.country),
      borders: steps.filter(({ edge, ends: [one, other] }) => one.country !== other.country && !isOpen(edge.line.id, [one, other]))
        .map(({ edge, ends: [one, other] }) => ({ from: one.country, to: other.country, mode: edge.line.mode, line: edge.line.id })),
      gauge_breaks: steps.filter(({ edge }) => edge.kind === "gauge_change")
        .map(({ ends: [one, other] }) => ({ station: one.name, feature: one.place.id, from_mm: one.gauge, to_mm: other.gauge, country: one.country })),
      geodesic_km: Math.round(geodesic * 10) / 10, circuity: geodesic >= 1 ? Math.round((length / geodesic) * 1000) / 1000 : null,
      sources: [...new Set(path.flatMap((edge) => edge.line.sources))].sort((one, other) => coded.sources.indexOf(one) - coded.sources.indexOf(other)),
      assumptions: coded.assumptions,
    };
  };

  /** A promise of {routes: […]}, the same object as the command's; it fails with a message in the reader's language. */
  if (coded) corridors.route = async (from, to, options = {}) => ({ routes: corridors.findRoutes(from, to, options).map(corridors.routeCard) });
}
