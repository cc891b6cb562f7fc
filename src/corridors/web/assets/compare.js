/* The corridors side by side: a table beside the map, sortable, whose rows lead to the ribbons and their cards. */
{
  const { el, data } = corridors;
  const { rows, limit } = data.comparison || { rows: [], limit: 0 };
  const COLUMNS = ["name", "km", "days", "countries", "borders", "breaks", "double", "electrified", "cities", "people", "published"];
  const ROOM = 700; // pixels of width, and 600 of height, from which on the table starts open
  const order = { column: null, down: false };
  let drawer = null;
  let opener = null;

  /** Whether the table is open when the page opens: where there is room for map and table. */
  corridors.comparesAtFirst = () => rows.length > 0 && !corridors.embedded && window.innerWidth >= ROOM && window.innerHeight >= 600;

  /** A range of a quantity: 13–15 days. */
  corridors.span = (quantity) => `${corridors.number(quantity.value, quantity.digits)}–${corridors.quantity({ ...quantity, value: quantity.to })}`;

  /** How far a computed length is from a published one; plainly where that is much. Null: the line is scaled by it. */
  corridors.difference = ({ differs, misfit }) => {
    if (differs === null) return corridors.t("compare.scaled");
    if (!differs) return corridors.t("compare.equal");
    const by = corridors.quantity({ value: Math.abs(differs), unit: "percent", digits: 1 });
    const way = differs < 0 ? "shorter" : "longer";
    if (!misfit) return corridors.t(`compare.${way}`, by);
    return el("strong", {}, corridors.t(`compare.misfit.${way}`, by, corridors.quantity({ value: misfit, unit: "percent", digits: 0 })));
  };

  const signed = (value) => (value > 0 ? "+" : "") + corridors.number(value, 1);

  /** All that is published of a length in one cell: from the least to the greatest, with the differences in percent. */
  const published = (list) => {
    if (!list.length) return "–";
    const [values, differs] = [list.flatMap(([from, to]) => [from, to ?? from]), list.flatMap(([, , differs]) => differs ?? [])];
    const ends = (numbers, write) => {
      const [least, most] = [write(Math.min(...numbers)), write(Math.max(...numbers))];
      return least === most ? [least] : [least, most];
    };
    const lengths = ends(values, (km) => corridors.number(km, 0)).join("–");
    if (!differs.length) return [lengths, el("small", { class: "off-by" }, corridors.t("compare.not_compared"))];
    const far = differs.some((percent) => Math.abs(percent) > limit);
    const percents = ends(differs, signed);
    const told = percents.length > 1 ? corridors.t("compare.range", ...percents) : percents[0];
    const percent = ((data.formats || {})[corridors.tongue()] || {}).percent || "{0} %";
    return [lengths, el("small", { class: "off-by" }, el(far ? "strong" : "span", {}, percent.replace("{0}", told)))];
  };

  const share = (value) => (value === null ? "–" : corridors.quantity({ value, unit: "percent", digits: 1 }));

  const CELLS = {
    km: (row) => corridors.number(row.km, 0),
    days: (row) => corridors.number(row.days, 1),
    countries: (row) => corridors.number(row.countries.length, 0),
    borders: (row) => corridors.number(row.borders, 0),
    breaks: (row) => corridors.number(row.breaks, 0),
    double: (row) => share(row.double),
    electrified: (row) => share(row.electrified),
    cities: (row) => corridors.number(row.cities, 0),
    people: (row) => corridors.number(row.people / 1e6, 1),
    published: (row) => published(row.published),
  };

  const worth = (row, column) => {
    if (column === "countries") return row.countries.length;
    return column === "published" ? (row.published[0] || [null])[0] : row[column];
  };

  const sorted = () => {
    const { column, down } = order;
    if (!column) return rows;
    const collator = new Intl.Collator(corridors.tongue());
    const named = (row) => corridors.nameOf(corridors.byId.get(row.id));
    return [...rows].sort((a, b) => {
      if (column === "name") return collator.compare(named(a), named(b)) * (down ? -1 : 1);
      const [one, other] = [worth(a, column), worth(b, column)];
      // Rows without a value come last in either direction.
      if (one === null || other === null) return (one === null) - (other === null);
      return (one - other) * (down ? -1 : 1);
    });
  };

  const header = (column) => {
    const now = order.column === column;
    const turn = () => {
      order.down = now && !order.down;
      order.column = column;
      render(corridors.state());
      drawer.querySelector(`[data-sort="${column}"]`).focus();
    };
    const short = `compare.column.${column}`;
    const words = corridors.t(corridors.knows(short) ? short : `compare.${column}`);
    return el("th", { scope: "col", class: column === "name" ? null : "figure", "aria-sort": now ? (order.down ? "descending" : "ascending") : null },
      el("button", { type: "button", "data-sort": column, click: turn }, words, now ? el("span", { "aria-hidden": "true" }, order.down ? " ↓" : " ↑") : null));
  };

  const line = (row, state) => {
    const feature = corridors.byId.get(row.id);
    const pick = () => corridors.show(row.id);
    const name = el("button", { type: "button", class: "link", click: (event) => { event.stopPropagation(); pick(); corridors.focusCard(); } }, corridors.nameOf(feature));
    const sample = corridors.swatch(feature.class, { status: feature.status, basis: feature.basis === "stations" ? null : feature.basis });
    const basis = corridors.t("compare.basis", corridors.quantity({ value: row.basis, unit: "percent", digits: 0 }));
    const ends = el("small", {}, corridors.t("compare.ends", corridors.pick(row.from), corridors.pick(row.to)), el("br"), basis);
    const head = el("th", { scope: "row" }, el("div", { class: "named" }, sample, el("div", {}, name, ends)));
    const cells = COLUMNS.slice(1).map((column) => el("td", { class: "figure", "data-cell": column }, CELLS[column](row)));
    return el("tr", { "data-row": row.id, class: row.id === state.selected ? "chosen" : null, click: pick }, head, cells);
  };

  const render = (state) => {
    const table = el("table", {}, el("caption", {}, corridors.t("compare.caption")),
      el("thead", {}, el("tr", {}, COLUMNS.map(header))), el("tbody", {}, sorted().map((row) => line(row, state))));
    const far = rows.some((row) => row.published.some(([, , differs]) => Math.abs(differs) > limit));
    const bold = far ? ` ${corridors.t("compare.bold", corridors.quantity({ value: limit, unit: "percent", digits: 0 }))}` : "";
    const close = corridors.signButton("close", { class: "icon", "aria-label": corridors.t("ui.close"), click: () => corridors.propose({ compare: false }) });
    const words = corridors.t("compare.toggle");
    const kept = drawer.querySelector(".scroll");
    const from = kept ? [kept.scrollLeft, kept.scrollTop] : [0, 0];
    drawer.setAttribute("aria-label", words);
    const scroll = el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": words }, table, el("p", { class: "fine" }, corridors.t("compare.note") + bold));
    drawer.replaceChildren(close, scroll);
    [scroll.scrollLeft, scroll.scrollTop] = from;
  };

  /** Whether the comparison is to be seen: the table of features takes its place. */
  const seen = (state) => state.compare && !state.table;

  corridors.buildComparison = () => {
    if (!rows.length) return null;
    drawer = el("section", { class: "drawer compare", "data-compare": true, hidden: !seen(corridors.state()) });
    corridors.follow(["compare", "table", "lang", "selected"], (state, changed) => {
      const open = seen(state);
      if (changed.has("compare") || changed.has("table")) {
        if (open && drawer.hidden) opener = document.activeElement;
        else if (!open && opener && drawer.contains(document.activeElement)) opener.focus();
        drawer.hidden = !open;
      }
      render(state);
      corridors.arrange();
    });
    return drawer;
  };

  /** The button that opens and closes the comparison, or nothing on a map without one. */
  corridors.buildComparisonButton = () => {
    if (!rows.length) return null;
    const toggle = () => {
      const open = seen(corridors.state());
      corridors.propose(open ? { compare: false } : { compare: true, table: false });
    };
    const node = corridors.signButton("compare", { class: "icon", click: toggle });
    corridors.follow(["lang", "compare", "table"], (state) => {
      node.setAttribute("aria-label", corridors.t("compare.toggle"));
      node.title = corridors.t("compare.toggle");
      node.setAttribute("aria-expanded", String(seen(state)));
    });
    return node;
  };
}
