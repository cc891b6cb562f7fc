/* Routes over the page's network: the same rules, costs and order between equals, and the same card, as the command's. */
{
  const coded = corridors.data.network;
  const [LONGEST, MOST_SHARED] = coded ? coded.others : [];
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

  /** What it costs to reach the nodes from any of some, in how many edges; with ends, until the cheapest of them is reached. */
  const reach = ({ nodes }, starts, weight, allowed, ends) => {
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
    return { cost, hops, end };
  };

  /**
   * The edges of the cheapest way to a node. Of ways that cost the same the one of the fewest edges is taken, and of those
   * the one whose edges come first in the network, from the end backwards.
   */
  const trace = ({ nodes }, { cost, hops }, weight, allowed, end) => {
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
    return path.reverse();
  };

  const usable = ({ status, opened, closed }, { asOf, include }) => {
    if (include.includes(status)) return true;
    if (asOf === null) return status === "operational";
    if (closed && closed < asOf) return false;
    if (opened) return opened <= asOf && status !== "suspended";
    return status === "operational";
  };

  const countriesOf = ({ nodes }, { country, a, b }) => [country, nodes[a].country, nodes[b].country];

  /** The rules of network.routing.allows and network.graph.travelled. */
  const allows = (network, request) => {
    const modes = new Set([...request.modes, "transfer"]);
    const may = network.edges.map((edge) => modes.has(edge.line.mode) && !request.closed.has(edge.nth)
      && !countriesOf(network, edge).some((code) => request.avoid.includes(code)) && (request.opened.has(edge.nth) || usable(edge.line, request)));
    const met = new Set(network.edges.flatMap(({ nth, line, a, b }) => (line.id && may[nth] ? [a, b] : [])));
    return network.edges.map(({ nth, line, kind, a, b }) => may[nth] && Boolean(line.id || kind === "transfer" || (met.has(a) && met.has(b))));
  };

  const refused = (name) => Object.assign(new Error(corridors.t("route.no_switch", name)), { cut: "switch" });

  /** Numbers of the edges of lines, railways, parts of them (LINE:ISO) and, to close them, ports; as network.switches. */
  const switched = (network, names, running) => new Set(names.flatMap((name) => {
    const [bare, iso] = name.split(":");
    const ids = coded.railways[bare] || [bare];
    const own = network.edges.filter((edge) => (ids.includes(edge.line.id) || ids.includes(edge.line.id.split("/")[1])) && (!iso || countriesOf(network, edge).includes(iso)));
    const lines = new Set(own.filter(({ line }) => (line.status === "operational") === running).map(({ line }) => line.id));
    const found = own.filter(({ line }) => lines.has(line.id)).map(({ nth }) => nth);
    const port = running && !own.length ? coded.ports[name.replace(/^ports\//, "")] : null;
    if (!port && !found.length) throw refused(name);
    return port || found;
  }));

  /** The best way through all places, section by section, or null. */
  const through = (network, request, weight, allowed = allows(network, request)) => {
    const sections = [];
    let starts = request.places[0].nodes;
    for (const place of request.places.slice(1)) {
      const found = reach(network, starts, weight, allowed, place.nodes);
      if (found.end === null) return null;
      const path = trace(network, found, weight, allowed, found.end);
      sections.push({ path, starts, ends: place.nodes, nodes: passed(network, path, found.end) });
      starts = [found.end];
    }
    sections.slice(0, -1).forEach((section) => { section.ends = section.nodes.slice(-1); });
    return sections;
  };

  /** The nodes of a way, from its end. */
  const passed = (network, path, end) => [...path].reverse().reduce((nodes, { a, b }) => [a === nodes[0] ? b : a, ...nodes], [end]);

  const sumOf = (path, weight) => path.reduce((sum, edge) => sum + weight[edge.nth], 0);

  /** Other ways, each the best one by way of some place, by the rules of network.routing.find_routes. */
  const others = (network, request, sections, cost, allowed) => {
    const found = [sections.flatMap(({ path }) => path)];
    const whole = sumOf(found[0], cost);
    const ways = sections.flatMap(({ path, starts, ends }, nth) => {
      const [there, back] = [starts, ends].map((some) => reach(network, some, cost, allowed));
      const [rest, steps] = [whole - sumOf(path, cost), found[0].length - path.length];
      return network.nodes.map((_, node) => ({ nth, node, there, back, total: rest + there.cost[node] + back.cost[node], hops: steps + there.hops[node] + back.hops[node] }));
    }).filter(({ total }) => total <= LONGEST * whole).sort((one, other) => one.total - other.total || one.hops - other.hops || one.nth - other.nth || one.node - other.node);
    for (const { nth, node, there, back } of ways) {
      if (found.length >= request.alternatives) break;
      const [start, end] = [there, back].map((costs) => trace(network, costs, cost, allowed, node));
      const [before, after] = [passed(network, start, node), passed(network, end, node)];
      const nodes = [...sections.slice(0, nth).flatMap((section) => section.nodes.slice(0, -1)), ...before, ...after.slice(0, -1), ...sections.slice(nth + 1).flatMap((section) => section.nodes.slice(1))];
      if (new Set(nodes).size < nodes.length) continue;
      const path = sections.flatMap((section, at) => (at === nth ? [...start, ...end.reverse()] : section.path));
      const legs = path.filter(({ kind }) => kind === "leg");
      const held = new Set(found.flat());
      if (sumOf(legs.filter((edge) => held.has(edge)), cost) <= MOST_SHARED * sumOf(legs, cost)) found.push(path);
    }
    return found;
  };

  const costsOf = ({ edges }, by) =>
    edges.map(({ seconds, metres, kind }) => (by === "time" ? seconds : metres + (kind === "transfer" ? coded.transferMetres : 0)));

  const textOf = (value) => String(value instanceof Set ? [...value] : value ?? "");

  /** Which constraint cut the route: the first whose absence would leave one. */
  const whyNone = (network, request, cost) => {
    const without = { avoid: [], include: ["under_construction", "planned", "suspended"], asOf: null, closed: new Set(), modes: MODES };
    const cut = CUTS.find((name) => {
      const key = name === "status" ? "include" : name;
      return textOf(request[key]) !== textOf(without[key]) && through(network, { ...request, [key]: without[key] }, cost);
    }) || "all";
    return noRoute(cut, request.places);
  };

  const noRoute = (cut, places) =>
    Object.assign(new Error(corridors.t(`route.none.${cut}`, corridors.pick(places[0].name), corridors.pick(places[places.length - 1].name))), { cut });

  const listOf = (value) => (Array.isArray(value) ? value : String(value ?? "").split(",").map((part) => part.trim()).filter(Boolean));

  const requestOf = (network, from, to, options) => {
    const places = [from, ...(Array.isArray(options.via) ? options.via : options.via ? [options.via] : []), to].map(corridors.placeOf);
    const modes = listOf(options.modes ?? options.mode);
    const asOf = options.asOf ?? options.as_of ?? null;
    const [first, last] = coded.years;
    if (asOf !== null && !(asOf >= first && asOf <= last)) throw Object.assign(new Error(corridors.t("route.no_year", asOf, first, last)), { cut: "year" });
    const twice = places.find((place, nth) => places.indexOf(place) < nth);
    if (twice) throw Object.assign(new Error(corridors.t("route.twice", corridors.pick(twice.name))), { cut: "twice" });
    const avoid = listOf(options.avoid);
    if (places.some((place) => avoid.includes(network.nodes[place.nodes[0]].country))) throw noRoute("avoid", places);
    const request = {
      places, modes: modes.length ? modes : ["rail", "sea"], by: options.by === "time" ? "time" : "distance", asOf: asOf === null ? null : Number(asOf),
      include: listOf(options.include), avoid, alternatives: Math.max(1, Math.min(9, Number(options.alternatives) || 1)),
      opened: switched(network, listOf(options.opened), false), closed: switched(network, listOf(options.closed), true),
    };
    const changed = [...request.opened, ...request.closed];
    if (changed.some((nth) => request.opened.has(nth) && request.closed.has(nth)) || (changed.length && !changed.some((nth) => request.modes.includes(network.edges[nth].line.mode)))) {
      throw refused([...listOf(options.opened), ...listOf(options.closed)].join(", "));
    }
    return request;
  };

  /**
   * The best ways between two places, each with its nodes and edges. Options: modes (or mode), by ("distance" or "time"),
   * asOf (year), include (statuses), avoid (alpha-3), via (places), opened (lines, railways), closed (also ports), alternatives.
   */
  corridors.findRoutes = (from, to, options = {}) => {
    const network = corridors.network();
    const request = requestOf(network, from, to, options);
    const cost = costsOf(network, request.by);
    const allowed = allows(network, request);
    const sections = through(network, request, cost, allowed);
    if (!sections) throw whyNone(network, request, cost);
    return (request.alternatives > 1 ? others(network, request, sections, cost, allowed) : [sections.flatMap(({ path }) => path)])
      .map((path) => ({ path, nodes: nodesOf(network, request.places[0], path), places: request.places, allowed }));
  };

  /** The two stations, one of them an end, between which a line would shorten a way best; as network.missing_link. */
  const missingLink = ({ places, allowed }, geodesic) => {
    if (places.length > 2) return null;
    const network = corridors.network();
    const [there, back] = places.map(({ nodes }) => reach(network, nodes, network.edges.map(({ metres }) => metres), allowed).cost);
    const bound = 1000 * coded.far * geodesic;
    const degree = new Map();
    for (const { nth, kind, line, a, b } of network.edges) {
      if (kind === "leg" && line.mode === "rail" && allowed[nth]) for (const end of [a, b]) degree.set(end, (degree.get(end) || 0) + 1);
    }
    const near = (metres) => [...degree.keys()].filter((nth) => metres[nth] < bound && (network.nodes[nth].place || {}).choosable).sort((one, other) => one - other);
    let best = null;
    for (const one of near(there)) {
      for (const other of near(back)) {
        if ((degree.get(one) !== 1 && degree.get(other) !== 1) || there[one] + back[other] >= bound) continue;
        const metres = Math.round(1000 * corridors.geodesicKm(network.nodes[one], network.nodes[other]));
        const total = there[one] + back[other] + metres;
        if (metres > 0 && total <= bound && (!best || total + metres < best.total + best.metres)) best = { metres, total, from: network.nodes[one], to: network.nodes[other] };
      }
    }
    return best && { from: best.from.name, to: best.to.name, from_id: best.from.place.id, to_id: best.to.place.id, km: km(best.metres), length_km: km(best.total) };
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

  /** Kilometres by what their length rests on, from the best. */
  const byBasis = (edges) => {
    const found = sums(edges.filter((edge) => edge.metres), (edge) => edge.basis);
    return Object.fromEntries(coded.bases.filter((basis) => basis in found).map((basis) => [basis, found[basis]]));
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

  /** What edges rest on, each source once, in the order of the page's list. */
  const sourcesOf = (edges) => [...new Set(edges.flatMap((edge) => edge.line.sources))].sort((one, other) => coded.sources.indexOf(one) - coded.sources.indexOf(other));

  const legCard = (leg) => ({
    mode: leg.line.mode, line: leg.line.id || null, line_name: leg.line.english || null,
    from: leg.start ? leg.start.name : "", to: leg.end ? leg.end.name : "",
    length_km: leg.km, measured_km: km(total(leg.edges, "measured")), country: Object.keys(leg.countries).join(";") || null,
    gauge_mm: leg.line.gauge, status: leg.line.status, hours: hours(total(leg.edges, "seconds")),
    confidence: coded.confidences[Math.max(...leg.edges.map((edge) => edge.line.confidence))], km_by_basis: byBasis(leg.edges), sources: sourcesOf(leg.edges),
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
    const circuity = geodesic >= 1 ? Math.round((length / geodesic) * 1000) / 1000 : null;
    return {
      from: places[0].name.en, to: places[places.length - 1].name.en, from_id: places[0].id, to_id: places[places.length - 1].id,
      length_km: length, measured_km: km(total(path, "measured")), hours: hours(total(path, "seconds")),
      legs: corridors.legsOf(way).map(legCard),
      km_by_mode: sums(long, (edge) => edge.line.mode), km_by_basis: byBasis(path),
      countries: sums(long.filter((edge) => edge.country), (edge) => edge.country),
      borders: steps.filter(({ edge, ends: [one, other] }) => one.country !== other.country && !isOpen(edge.line.id, [one, other]))
        .map(({ edge, ends: [one, other] }) => ({ from: one.country, to: other.country, mode: edge.line.mode, line: edge.line.id })),
      gauge_breaks: steps.filter(({ edge }) => edge.kind === "gauge_change")
        .map(({ ends: [one, other] }) => ({ station: one.name, feature: one.place.id, from_mm: one.gauge, to_mm: other.gauge, country: one.country })),
      geodesic_km: Math.round(geodesic * 10) / 10, circuity, missing_link: circuity > coded.far ? missingLink(way, Math.round(geodesic * 10) / 10) : null,
      sources: sourcesOf(path),
      assumptions: coded.assumptions,
    };
  };

  /** A promise of {routes: […]}, the same object as the command's; it fails with a message in the reader's language. */
  if (coded) corridors.route = async (from, to, options = {}) => ({ routes: corridors.findRoutes(from, to, options).map(corridors.routeCard) });
}
