/* Scenarios: which one is chosen, how far the slider stands between before and after, and what the two are drawn with. */
{
  const { el, data } = corridors;
  const list = (data.map || {}).scenarios || [];
  const nodes = corridors.decode({ t: "LineString", c: (data.map || {}).nodes || [] });
  const MOST = 10; // rows of the table
  const BARS = 62; // pixels of the longest bar
  const PANES = ["corridors-way-before", "corridors-way-after"]; // dots above the rails, a halo below them
  let map = null;
  let gates = [];
  let ways = [];

  const chosen = (state) => list.find((entry) => entry.id === state.scenario) || list[0];
  const own = (state, start) => corridors.features.filter((feature) => feature.scenario === state.scenario && feature.id.startsWith(start));
  const between = ([before, after], state) => before + ((after - before) * state.after) / 100;
  const percent = (value) => corridors.quantity({ value, unit: "percent", digits: value && value < 10 ? 1 : 0 });

  /** The scenario that a change asks for: one that there is, else the first; null on a page without. */
  corridors.tidyScenario = (id) => (list.find((entry) => entry.id === id) || list[0] || { id: null }).id;
  corridors.firstScenario = () => corridors.tidyScenario(null);

  // --- the control on the map ---

  corridors.buildScenarioControl = () => {
    if (!list.length) return null;
    const select = el("select", { name: "scenario", change: () => corridors.propose({ scenario: select.value, selected: null }) },
      list.map((entry) => el("option", { value: entry.id })));
    const slider = el("input", { type: "range", name: "after", min: 0, max: 100, step: 5, input: () => corridors.propose({ after: Number(slider.value) }) });
    const word = (key, at) => el("button", { type: "button", class: "link", "data-say": key, click: () => corridors.propose({ after: at }) });
    const ends = [word("scenario.before", 0), word("scenario.after", 100)];
    corridors.follow(["lang", "scenario", "after"], (state) => {
      [...select.options].forEach((option, nth) => { option.textContent = corridors.pick(list[nth].title); });
      select.value = state.scenario;
      select.setAttribute("aria-label", corridors.t("scenario.choose"));
      slider.value = String(state.after);
      slider.setAttribute("aria-label", corridors.t("scenario.slider"));
      slider.setAttribute("aria-valuetext", state.after === 0 ? corridors.t("scenario.before") : state.after === 100 ? corridors.t("scenario.after") : percent(state.after));
      ends.forEach((node) => { node.textContent = corridors.t(node.dataset.say); });
    });
    return el("div", { class: "controls beforeafter", "data-blocks": true }, select, el("div", { class: "slide" }, ends[0], slider, ends[1]));
  };

  // --- the tables of the panel ---

  const figures = (feature) => Object.fromEntries((feature.headline || []).map(({ label, value }) => [label.replace("scenario.", ""), value]));

  const pairRow = (feature, most) => {
    const { before, after, saved, added } = figures(feature);
    const size = saved || added || after || before;
    const bar = el("span", { class: `bar ${feature.change}` });
    bar.style.width = `${Math.max(1, Math.round((BARS * size) / most))}px`;
    const amount = saved ? `−${corridors.number(saved, 0)}` : added ? `+${corridors.number(added, 0)}` : "";
    const cell = (km) => el("td", { class: "figure" }, km === undefined ? corridors.t("scenario.none") : corridors.number(km, 0));
    const name = el("button", { type: "button", class: "link", click: () => { corridors.show(feature.id); corridors.focusCard(); } }, corridors.nameOf(feature));
    return el("tr", {}, el("th", { scope: "row" }, name), cell(before), cell(after), el("td", { class: "gain" }, bar, amount ? el("span", { class: "figure" }, amount) : null));
  };

  const head = (...keys) => el("thead", {}, el("tr", {}, keys.map((key, nth) => el("th", { scope: "col", class: nth ? "figure" : null }, key ? corridors.t(key) : ""))));

  const pairTable = (state) => {
    const rows = own(state, "pairs/").sort((a, b) => a.nth - b.nth).slice(0, MOST);
    const sizes = rows.map((feature) => { const { before, after, saved, added } = figures(feature); return saved || added || after || before; });
    return el("table", { class: "most" }, el("caption", {}, corridors.t("scenario.most")), head("scenario.pair", "scenario.before", "scenario.after", ""),
      el("tbody", {}, rows.map((feature) => pairRow(feature, Math.max(...sizes)))));
  };

  const gateTable = (state) => {
    const rows = own(state, "gateways/");
    if (!rows.length) return null;
    const show = (feature) => () => { corridors.show(feature.id); corridors.focusCard(); };
    return el("table", { class: "most" }, el("caption", {}, corridors.t("scenario.gateways")), head("kind.gateway", "scenario.before", "scenario.after"),
      el("tbody", {}, rows.map((feature) => el("tr", {}, el("th", { scope: "row" }, el("button", { type: "button", class: "link", click: show(feature) }, corridors.nameOf(feature))),
        feature.share.map((share) => el("td", { class: "figure" }, percent(share)))))));
  };

  /** How many pairs come nearer, go farther, are joined or cut off, as far as there are any; and what that adds up to. */
  const summary = (state) => {
    const { totals, ends } = chosen(state);
    const counts = ["better", "worse", "joined", "cut"].filter((effect) => totals[effect])
      .map((effect) => corridors.counted(`scenario.count.${effect}`, totals[effect]));
    const said = [corridors.counted("scenario.counts", totals.pairs, counts.join(corridors.t("list.and")) || corridors.t("scenario.count.none"))];
    const sum = (totals.saved_km > 0 ? "−" : "+") + corridors.quantity({ value: Math.abs(totals.saved_km), unit: "km", digits: 0 });
    if (totals.better || totals.worse) said.push(corridors.t("scenario.sum", sum));
    if (ends.length) said.push(corridors.t("scenario.loose_ends", ends.map(corridors.pick).join(corridors.t("list.and"))));
    return el("p", {}, said.join(corridors.tongue() === "zh" ? "" : " "));
  };

  corridors.buildScenario = () => {
    if (!list.length) return null;
    const box = el("section", { class: "scenario" });
    corridors.follow(["lang", "scenario"], (state) => {
      box.setAttribute("aria-label", corridors.pick(chosen(state).title));
      box.replaceChildren(...[el("h2", {}, corridors.pick(chosen(state).title)), summary(state), pairTable(state), gateTable(state), el("p", { class: "fine" }, corridors.t("scenario.assumed"))].filter(Boolean));
    });
    return box;
  };

  // --- before and after on the map ---

  /** A gateway's circle, its area by share, with the share as text; both move with the slider. */
  const gate = (feature) => {
    const at = corridors.decode(feature.geometry);
    const text = el("span", { "data-blocks": true });
    const circle = L.circleMarker(at, { pane: "corridors-gates", renderer: L.svg({ pane: "corridors-gates", padding: 0.3 }), interactive: false, className: feature.shut ? "gate shut" : "gate", weight: 1.5 }).addTo(map);
    const label = L.marker(at, { pane: "corridors-shares", interactive: false, keyboard: false, icon: L.divIcon({ className: "share", html: text, iconSize: [0, 0] }) }).addTo(map);
    const set = (state) => {
      const share = between(feature.share, state);
      const least = feature.shut ? 9 : 0; // one that nobody leaves by any more stays as an empty ring
      circle.setRadius(Math.max(least, share ? 4 + 2.1 * Math.sqrt(share) : 0));
      text.textContent = percent(Math.round(share * 10) / 10);
      text.style.top = `${8 + 2.1 * Math.sqrt(share)}px`;
    };
    return { set, remove: () => { circle.remove(); label.remove(); } };
  };

  const drawGates = (state, changed) => {
    if (changed.has("scenario") || changed.has("layers")) {
      gates.forEach((entry) => entry.remove());
      gates = state.layers.includes("scenario.gateway") ? own(state, "gateways/").map(gate) : [];
    }
    gates.forEach((entry) => entry.set(state));
    corridors.relabel();
  };

  /** The ways of the selected pair: before as dots, after with a halo. */
  const drawWays = (state) => {
    ways.forEach((layer) => layer.remove());
    const feature = corridors.byId.get(state.selected);
    const courses = (feature && feature.ways) || [];
    ways = courses.map((numbers, nth) => numbers.length && L.polyline(numbers.map((number) => nodes[number]), {
      pane: PANES[nth], renderer: L.svg({ pane: PANES[nth], padding: 0.3 }), interactive: false, fill: false, weight: 4, className: nth ? "way after" : "way before",
    }).addTo(map)).filter(Boolean);
  };

  const fade = (state) => {
    const style = map.getContainer().style;
    style.setProperty("--after", String(state.after / 100));
    style.setProperty("--before", String(1 - state.after / 100));
    for (const level of levels) {
      const pane = map.getPane(`corridors-${level}`);
      if (!pane) continue;
      pane.style.opacity = String(state.after / 100);
      pane.style.visibility = state.after ? "" : "hidden";
    }
  };

  const levels = Object.entries(data.classes || {}).filter(([id, entry]) => id.startsWith("scenario.") && entry.geometry === "line").map(([, entry]) => 400 + entry.z * 10);

  const look = (state) => {
    const { bounds, narrow } = chosen(state);
    Object.assign(data.map.view, { bounds, narrow });
    corridors.goHome();
  };

  corridors.drawScenario = (leaflet) => {
    if (!list.length) return;
    map = leaflet;
    for (const [name, level] of [[PANES[0], 462], [PANES[1], 445], ["corridors-gates", 474], ["corridors-shares", 640]]) {
      map.createPane(name).style.zIndex = String(level);
      map.getPane(name).style.pointerEvents = "none";
    }
    let first = true;
    corridors.follow(["scenario"], (state) => {
      if (!first || !corridors.readFragment(window.location.hash).view) look(state);
      first = false;
    });
    corridors.follow(["scenario", "after", "layers", "lang"], drawGates);
    corridors.follow(["after", "scenario"], fade);
    corridors.follow(["selected", "scenario"], drawWays);
  };
}
