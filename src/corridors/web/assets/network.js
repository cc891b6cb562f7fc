/* The network that travels in the page, read back once, when it is first asked for: places, nodes, lines, edges. */
{
  const coded = corridors.data.network;
  const LAYERS = ["cities", "stations", "ports", "airports"]; // where several have one name, the first layer's is meant
  const SNAP_KM = 50;
  const MOST = 8;
  let network = null;

  /** A value and how often it stands, and so on, as one list. */
  const runs = (list) => list.flatMap((value, nth) => (nth % 2 ? [] : Array(list[nth + 1]).fill(value)));

  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  /** The whole numbers of a text: base 64, five bits a letter, lowest first, a sixth where more follow; the first bit is the sign. */
  const numbers = (text) => {
    const list = [];
    let [value, shift] = [0, 0];
    for (const letter of text) {
      const digit = ALPHABET.indexOf(letter);
      value += (digit & 31) << shift;
      shift += 5;
      if (digit & 32) continue;
      list.push(value & 1 ? -(value >>> 1) : value >>> 1);
      value = shift = 0;
    }
    return list;
  };

  const sums = (steps) => {
    let sum = 0;
    return steps.map((step) => (sum += step));
  };

  /** The names of one language; a number stands for so many places without one. */
  const column = (list) => list.flatMap((item) => (typeof item === "number" ? Array(item).fill("") : [item]));

  const nameFromId = (id) => id.split("-").slice(1).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");

  const readPlaces = () => {
    const columns = Object.entries(coded.names).map(([language, list]) => [language, column(list)]);
    const ids = coded.places.flatMap(([layer, names]) =>
      (typeof names === "number" ? Array(names).fill("") : names.split(" ")).map((id) => ({ layer, id })));
    const passed = new Set(coded.passed);
    return ids.map(({ layer, id }, nth) => {
      const feature = corridors.byId.get(`${layer}/${id}`);
      const own = columns.map(([language, names]) => [language, names[nth]]).filter(([, name]) => name);
      const name = feature ? feature.name : { en: nameFromId(id), ...Object.fromEntries(own) };
      return { id: `${layer}/${id}`, layer, name, feature, codes: coded.codes[nth] || [], choosable: !passed.has(nth), nodes: [] };
    });
  };

  const readNodes = (places) => {
    const { place, gauge, country, lon, lat } = coded.nodes;
    const countries = runs(country);
    const [lons, lats] = [lon, lat].map((text) => sums(numbers(text)));
    let [at, next] = [-1, 0];
    return [...place].map((step, nth) => {
      if (step === "1") at += 1;
      const own = step === "-" ? null : places[at];
      if (own) own.nodes.push(nth);
      const where = own && own.feature ? own.feature.geometry.c : [lons[next], lats[next++]];
      return { place: own, name: own ? own.name.en : "", gauge: coded.gauges[gauge[nth]], country: coded.countries[countries[nth]], lon: where[0] / 1e5, lat: where[1] / 1e5, edges: [] };
    });
  };

  const readLine = ([id, mode, status, opened, closed, gauge, confidence, sources], nodes, ends) => {
    const feature = corridors.byId.get(id);
    const told = coded.lineNames[id];
    const name = told ? Object.fromEntries(Object.keys(coded.names).map((language, nth) => [language, told[nth]])) : feature && feature.name;
    // A flight has no name of its own: the command calls it after its ends.
    const english = id.startsWith("flights/") ? ends.map((end) => nodes[end].name).join(" – ") : name ? name.en : "";
    return {
      id, name, english, mode: coded.modes[mode], status: coded.statuses[status], opened: opened || null, closed: closed || null,
      gauge: coded.gauges[gauge] || null, confidence, sources: (sources || []).map((source) => coded.sources[source]),
    };
  };

  /** Estimated hours of an edge, by the rules of network.costs.hours_of. */
  const hoursOf = ({ kind, line, metres }) => {
    const { values } = coded.assumptions;
    if (kind === "border") return values[`border_hours.${line.mode}`];
    if (kind === "gauge_change") return values["fixed_hours.gauge_change"];
    if (kind === "transfer") return values["fixed_hours.transfer"];
    return metres / 1000 / values[`speeds_kmh.${line.mode}`] + (line.mode === "air" ? values["fixed_hours.flight"] : 0);
  };

  const countryOf = ({ kind, line }, one, other) =>
    (kind !== "border" && line.mode !== "sea" && line.mode !== "air" && one.country === other.country ? one.country : "");

  const readEdges = (nodes) => {
    const { kind, line, country, seconds } = coded.edges;
    const [a, b, metres, more] = ["a", "b", "metres", "measuredMore"].map((key) => numbers(coded.edges[key]));
    const starts = sums(a);
    const ends = new Map();
    const ofLine = runs(line);
    const bases = runs(numbers(coded.edges.basis)).map((of) => coded.bases[of]);
    const kinds = runs(kind).map((of) => coded.kinds[of]);
    ofLine.forEach((of, nth) => ends.set(of, [(ends.get(of) || [starts[nth]])[0], b[nth]]));
    const lines = coded.lines.map((codes, nth) => readLine(codes, nodes, ends.get(nth)));
    return starts.map((start, nth) => {
      const edge = { nth, a: start, b: b[nth], kind: kinds[nth], basis: bases[nth], line: lines[ofLine[nth]], metres: metres[nth], measured: metres[nth] + more[nth] };
      edge.country = country[nth] ?? countryOf(edge, nodes[edge.a], nodes[edge.b]);
      edge.seconds = seconds[nth] ?? Math.floor(3600 * hoursOf(edge) + 0.5);
      nodes[edge.a].edges.push(edge);
      nodes[edge.b].edges.push(edge);
      return edge;
    });
  };

  /** The network, or null where the page has none. */
  corridors.network = () => {
    if (!coded || network) return network;
    const places = readPlaces();
    const nodes = readNodes(places);
    network = { places, nodes, edges: readEdges(nodes), byId: new Map(places.filter((place) => place.choosable).map((place) => [place.id, place])) };
    return network;
  };

  /** Geodesic distance in km between two positions on WGS84, by Vincenty's formulae; in degrees. */
  corridors.geodesicKm = (one, other) => {
    const [major, flat] = [6378137, 1 / 298.257223563];
    const minor = major * (1 - flat);
    const rad = Math.PI / 180;
    const turn = (other.lon - one.lon) * rad;
    const [u1, u2] = [one, other].map(({ lat }) => Math.atan((1 - flat) * Math.tan(lat * rad)));
    const [s1, c1, s2, c2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
    let lambda = turn;
    for (let round = 0; round < 200; round += 1) {
      const [sinL, cosL] = [Math.sin(lambda), Math.cos(lambda)];
      const sinS = Math.hypot(c2 * sinL, c1 * s2 - s1 * c2 * cosL);
      if (!sinS) return 0;
      const cosS = s1 * s2 + c1 * c2 * cosL;
      const sigma = Math.atan2(sinS, cosS);
      const sinA = (c1 * c2 * sinL) / sinS;
      const cosA2 = 1 - sinA * sinA;
      const cosM = cosA2 ? cosS - (2 * s1 * s2) / cosA2 : 0;
      const c = (flat / 16) * cosA2 * (4 + flat * (4 - 3 * cosA2));
      const before = lambda;
      lambda = turn + (1 - c) * flat * sinA * (sigma + c * sinS * (cosM + c * cosS * (2 * cosM * cosM - 1)));
      if (Math.abs(lambda - before) > 1e-13) continue;
      const u = (cosA2 * (major * major - minor * minor)) / (minor * minor);
      const bigA = 1 + (u / 16384) * (4096 + u * (u * (320 - 175 * u) - 768));
      const bigB = (u / 1024) * (256 + u * (u * (74 - 47 * u) - 128));
      const inner = (bigB / 6) * cosM * (4 * sinS * sinS - 3) * (4 * cosM * cosM - 3);
      const change = bigB * sinS * (cosM + (bigB / 4) * (cosS * (2 * cosM * cosM - 1) - inner));
      return (minor * bigA * (sigma - change)) / 1000;
    }
    return NaN;
  };

  const bare = (name) => [name, name.replace(/\s*[(（][^()（）]*[)）]/g, ""), ...name.split(" / "), ...[...name.matchAll(/[(（]([^()（）]*)[)）]/g)].map((found) => found[1])];

  const index = () => {
    if (network.known) return network.known;
    network.known = new Map();
    for (const place of network.byId.values()) {
      const names = [...Object.values(place.name), ...place.codes, place.id, place.id.split("/")[1]].filter(Boolean);
      for (const key of new Set(names.flatMap(bare).map(corridors.fold))) {
        if (key) network.known.set(key, [...(network.known.get(key) || []), place]);
      }
    }
    return network.known;
  };

  const nearest = (lon, lat) => {
    const near = [...network.byId.values()].filter((place) => place.layer !== "airports")
      .map((place) => ({ place, km: corridors.geodesicKm({ lon, lat }, network.nodes[place.nodes[0]]) }))
      .reduce((best, other) => (other.km < best.km ? other : best));
    return near.km <= SNAP_KM ? near.place : null;
  };

  /** The place that somebody means by an id, a name in any language, a code, or "longitude,latitude"; else an error. */
  corridors.placeOf = (text) => {
    const { byId } = corridors.network();
    const asked = String(text).trim();
    if (byId.has(asked)) return byId.get(asked);
    const position = /^(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)$/.exec(asked);
    const near = position && nearest(Number(position[1]), Number(position[2]));
    if (near) return near;
    const found = index().get(corridors.fold(asked)) || [];
    for (const layer of LAYERS) {
      const inLayer = found.filter((place) => place.layer === layer);
      if (inLayer.length === 1) return inLayer[0];
      if (inLayer.length) throw new Error(corridors.t("route.ambiguous", asked, inLayer.slice(0, MOST).map((place) => `${corridors.pick(place.name)} (${place.id})`).join(", ")));
    }
    throw new Error(corridors.t("route.unknown", asked));
  };
}
