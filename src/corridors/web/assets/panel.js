/* The panel beside the map: what the map says, as of when, search, legend, totals, sources, other maps. */
{
  const { el, data } = corridors;
  const map = data.map || {};
  let sourcesOpen = false;

  /** Whether there is anything to put in a panel; a bare map has none. */
  corridors.hasPanel = () => Boolean(corridors.pick(map.title) || (map.groups || []).length);

  /** The statement, each number of it with a way to its own sources. */
  const statement = () => {
    const text = corridors.pick(map.statement);
    const { grounds, [corridors.tongue()]: numbers } = map.quoted || {};
    let at = 0;
    const parts = (numbers || []).flatMap(([start, end, ground]) => {
      const part = [text.slice(at, start), corridors.sourced(text.slice(start, end), corridors.sourcesAt(grounds[ground]))];
      at = end;
      return part;
    });
    return [...parts, text.slice(at)];
  };

  /** What the map is called: where another year is shown, only that it is of that year. */
  corridors.mapTitle = ({ year }) => (map.dated && !corridors.ownYear(year) ? corridors.pick(map.dated).replace("{year}", year) : corridors.pick(map.title));

  const fillHead = (head, { year }) => {
    const own = !map.dated || corridors.ownYear(year);
    const shown = own ? map.year : year;
    const day = map.asOf && corridors.date(map.asOf);
    const date = day ? (shown ? corridors.t("page.year", shown, day) : corridors.t("page.asof", day)) : null;
    const ground = own ? corridors.sourcesAt(map.ground) : [];
    head.replaceChildren(
      el("h1", {}, corridors.mapTitle({ year })),
      ...[map.statement && own ? el("p", { class: "statement" }, statement()) : null, date ? el("p", { class: "fine" }, date, ground.length ? [" · ", corridors.sourced(corridors.t("page.ground"), ground)] : null) : null].filter(Boolean));
  };

  const sources = () => {
    const used = new Set(corridors.features.flatMap((feature) => feature.sources || []));
    const ids = Object.keys(data.sources || {}).filter((id) => !used.size || used.has(id));
    if (!ids.length) return null;
    return el("details", { open: sourcesOpen, toggle: (event) => { sourcesOpen = event.target.open; } }, el("summary", {}, corridors.t("page.sources", corridors.number(ids.length, 0))), el("ul", { class: "sources" }, ids.map(corridors.sourceItem)));
  };

  const credits = (state) => {
    const on = (map.groups || []).filter((group) => group.classes.some((id) => state.layers.includes(id)));
    if (map.credit) return map.credit;
    const parts = on.map((group) => group.credit).filter(Boolean).flatMap((credit) => credit.split(/\s*[;·]\s*/));
    return [...new Set(parts)].join(" · ");
  };

  const otherMaps = (state) => {
    const others = (map.maps || []).filter((entry) => entry.id !== map.id && /^(https?:\/\/|[\w.-]+\.html$)/.test(entry.href));
    if (!others.length) return null;
    const carry = `#lang=${state.lang}${state.theme === "dark" ? "&theme=dark" : ""}`;
    return el("nav", { "aria-label": corridors.t("page.maps") }, el("h2", {}, corridors.t("page.maps")),
      el("ul", {}, others.map((entry) => el("li", {}, el("a", { href: entry.href + carry }, corridors.pick(entry.title))))));
  };

  corridors.buildPanel = () => {
    const head = el("header", { class: "head" });
    const foot = el("footer", { class: "foot" });
    const full = corridors.features.length > 0;
    const scroll = el("div", { class: "scroll" }, full ? [corridors.buildScenario(), corridors.buildSummary(), corridors.buildPlanner(), corridors.buildTree(), corridors.buildTotals()] : null, foot);
    corridors.follow(["lang", "year"], (state) => fillHead(head, state));
    corridors.follow(["lang", "theme", "layers"], (state) => {
      const credit = credits(state);
      const thanks = credit ? el("p", { class: "fine" }, `${corridors.t("card.credit")}: `, el("span", { lang: "en" }, credit)) : null;
      foot.replaceChildren(...[sources(), otherMaps(state), el("p", { class: "fine" }, corridors.t("page.disclaimer")), thanks].filter(Boolean));
    });
    return el("div", { class: "panel", id: "panel", "data-blocks": true }, head, full ? corridors.buildSearch() : null, scroll);
  };

  /** The credits of the layers that are on, each once. */
  corridors.buildCredits = () => {
    const line = el("p", { class: "credits", "data-blocks": true, lang: "en" });
    corridors.follow(["layers", "lang"], (state) => {
      line.textContent = credits(state);
      line.hidden = !line.textContent;
    });
    return line;
  };
}
