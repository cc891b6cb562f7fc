/* The one state of the page and the one way to change it: every control proposes, apply() decides and tells who follows. */
{
  const data = corridors.data;
  const classes = data.classes || {};
  const map = data.map || {};
  const THEMES = ["light", "dark"];
  const RESERVED = ["map", "layers", "lang", "year", "select", "theme", "table", "compare", "route", "scenario", "after", "embed"];
  const filterNames = (map.filters || []).map((filter) => filter.property).filter((name) => !RESERVED.includes(name));
  const classIds = Object.keys(classes);
  const defaultLayers = classIds.filter((id) => classes[id].on);

  // What most features of a class, or figures of one label, have in common is written once (see web/packing.py).
  const complete = (thing, usual) => {
    for (const [key, value] of Object.entries(usual || {})) if (!(key in thing)) thing[key] = value;
    return thing;
  };
  const usual = { classes: {}, labels: {}, ...data.defaults };
  corridors.features = (data.features || []).map((feature) => complete(feature, usual.classes[feature.class]));
  for (const { headline, facts } of corridors.features) for (const entry of [...(headline || []), ...(facts || [])]) complete(entry, usual.labels[entry.label]);
  corridors.byId = new Map(corridors.features.map((feature) => [feature.id, feature]));

  const state = { view: null, layers: null, filters: {}, lang: null, year: null, selected: null, theme: null, table: false, compare: false, route: null, scenario: null, after: 100 };
  const followers = [];
  const underway = []; // the changes that are being drawn, the outermost first

  /** Have render(state, changed) called when one of these keys of the state has changed. */
  corridors.follow = (keys, render) => followers.push({ keys, render });

  /** Whether a change of that key is being drawn at this moment. */
  corridors.awaits = (key) => underway.some((changed) => changed.has(key));

  const copy = (value) => JSON.parse(JSON.stringify(value));
  corridors.state = () => ({ ...copy(state), language: state.lang });

  /** Ids of classes; the id of a group or the name of a layer stands for all its classes. */
  const classesOf = (names) => {
    const wanted = new Set();
    for (const name of names) {
      if (classes[name]) wanted.add(name);
      for (const group of map.groups || []) {
        if (group.id === name || group.layer === name) group.classes.forEach((id) => wanted.add(id));
      }
    }
    return classIds.filter((id) => wanted.has(id));
  };

  const tidyView = (view) => {
    const [lat, lng] = Array.isArray(view.center) ? view.center : [view.lat, view.lng];
    const zoom = Number(view.zoom);
    if (![lat, lng, zoom].every((value) => Number.isFinite(Number(value)))) return null;
    return { lat: Number(lat), lng: Number(lng), zoom };
  };

  const tidy = (change) => {
    const clean = {};
    const lang = change.lang ?? change.language;
    if (lang && (data.langs || []).includes(lang)) clean.lang = lang;
    const view = change.view && tidyView(change.view);
    if (view) clean.view = view;
    if (Array.isArray(change.layers)) clean.layers = classesOf(change.layers);
    if (THEMES.includes(change.theme)) clean.theme = change.theme;
    if ("table" in change) clean.table = Boolean(change.table);
    if ("compare" in change) clean.compare = Boolean(change.compare);
    if ("year" in change) clean.year = Number.isInteger(Number(change.year)) && change.year !== null && change.year !== "" ? Number(change.year) : null;
    if ("selected" in change) clean.selected = corridors.byId.has(change.selected) ? change.selected : null;
    if ("scenario" in change) clean.scenario = corridors.tidyScenario(change.scenario);
    if ("after" in change && Number.isFinite(Number(change.after))) clean.after = Math.max(0, Math.min(100, Math.round(Number(change.after))));
    if ("route" in change) clean.route = corridors.tidyRoute(change.route);
    if (change.filters) {
      clean.filters = {};
      for (const [property, values] of Object.entries(change.filters)) {
        if (Array.isArray(values)) clean.filters[property] = values.map(String);
      }
    }
    return clean;
  };

  /** Change the state and let everything that follows the changed keys redraw itself. */
  corridors.apply = (change, everything = false) => {
    const clean = tidy(change || {});
    const changed = new Set(Object.keys(clean).filter((key) => everything || JSON.stringify(clean[key]) !== JSON.stringify(state[key])));
    if (everything) Object.keys(state).forEach((key) => changed.add(key));
    if (!changed.size) return corridors.state();
    Object.assign(state, clean);
    underway.push(changed);
    for (const { keys, render } of followers) if (keys.some((key) => changed.has(key))) render(state, changed);
    underway.pop();
    if (!everything) writeFragment();
    window.dispatchEvent(new CustomEvent("corridors:change", { detail: corridors.state() }));
    if (changed.has("selected")) window.dispatchEvent(new CustomEvent("corridors:select", { detail: state.selected }));
    return corridors.state();
  };
  corridors.propose = (change) => corridors.apply(change);

  const plain = (text) => encodeURIComponent(text).replace(/%(2F|3A|2C)/g, decodeURIComponent);

  const writeFragment = () => {
    const parts = [];
    if (state.view) parts.push(`map=${state.view.zoom}/${state.view.lat}/${state.view.lng}`);
    if (state.layers.join() !== defaultLayers.join()) parts.push(`layers=${state.layers.map(plain).join(",")}`);
    for (const name of filterNames) if (state.filters[name]) parts.push(`${plain(name)}=${state.filters[name].map(plain).join(",")}`);
    parts.push(`lang=${state.lang}`);
    if (state.year !== null) parts.push(`year=${state.year}`);
    if (state.selected) parts.push(`select=${plain(state.selected)}`);
    if (state.theme === "dark") parts.push("theme=dark");
    if (state.table) parts.push("table");
    if (data.comparison && state.compare !== corridors.comparesAtFirst()) parts.push(`compare=${Number(state.compare)}`);
    if (state.route) parts.push(`route=${plain(corridors.routeText(state.route))}`);
    if (state.scenario && state.scenario !== corridors.tidyScenario(null)) parts.push(`scenario=${plain(state.scenario)}`);
    if (state.after !== 100) parts.push(`after=${state.after}`);
    if (corridors.embedded) parts.push("embed");
    // A page inside srcdoc or a sandbox may not touch its address; the map works all the same.
    try { window.history.replaceState(null, "", `#${parts.join("&")}`); } catch { /* keep the address as it is */ }
  };

  /** The change that a fragment asks for, from "#map=4.2/43.1/76.2&layers=a,b&lang=nl&select=ports/x". */
  corridors.readFragment = (fragment) => {
    const change = {};
    const filters = {};
    for (const part of fragment.replace(/^#/, "").split("&")) {
      const at = part.indexOf("=");
      let name = at < 0 ? part : part.slice(0, at);
      let value = at < 0 ? "" : part.slice(at + 1);
      try { name = decodeURIComponent(name); } catch { continue; }
      const list = value.split(",").filter(Boolean).map((item) => { try { return decodeURIComponent(item); } catch { return item; } });
      value = list.join(",");
      if (name === "map") {
        const [zoom, lat, lng] = value.split("/").map(Number);
        if (value.split("/").length === 3 && [zoom, lat, lng].every(Number.isFinite)) change.view = { zoom, lat, lng };
      } else if (name === "layers") change.layers = list;
      else if (name === "lang") change.lang = value;
      else if (name === "year") change.year = value;
      else if (name === "select") change.selected = value;
      else if (name === "theme") change.theme = value;
      else if (name === "table") change.table = true;
      else if (name === "compare") change.compare = value !== "0";
      else if (name === "route") change.route = corridors.routeFromText(value);
      else if (name === "scenario" || name === "after") change[name] = value;
      else if (name === "embed") change.embed = true;
      else if (filterNames.includes(name)) filters[name] = list;
    }
    if (Object.keys(filters).length) change.filters = filters;
    return change;
  };

  /** What the page starts with: the fragment, else the reader's own language and theme, else the map's. */
  corridors.initialState = () => {
    // A page that is the attribute of a frame (srcdoc) has no address: its root element says what to open with.
    const asked = corridors.readFragment(window.location.hash || document.documentElement.dataset.fragment || "");
    corridors.embedded = Boolean(asked.embed);
    const own = (window.navigator.languages || []).map((code) => code.slice(0, 2).toLowerCase()).find((code) => (data.langs || []).includes(code));
    const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
    state.lang = own || data.lang;
    state.theme = dark ? "dark" : "light";
    state.layers = defaultLayers;
    state.compare = asked.compare ?? corridors.comparesAtFirst();
    state.scenario = corridors.tidyScenario(null);
    return asked;
  };

  window.addEventListener("hashchange", () => {
    const asked = corridors.readFragment(window.location.hash);
    corridors.apply({ layers: defaultLayers, filters: {}, selected: null, compare: corridors.comparesAtFirst(), route: null, scenario: null, after: 100, ...asked });
  });
}
