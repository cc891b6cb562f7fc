/* The card: what is known about the selected feature, or about one layer; every figure with its unit and its sources. */
{
  const { el, data } = corridors;
  let card = null;
  let about = null; // id of the group whose layer card is open
  let opener = null;

  const accuracy = (metres) =>
    corridors.quantity(metres >= 1000 ? { value: metres / 1000, unit: "km", digits: metres < 10000 && metres % 1000 ? 1 : 0 } : { value: metres, unit: "m", digits: 0 });

  const featureLink = (id, words) => {
    if (!corridors.byId.has(id)) return words;
    return el("button", { type: "button", class: "link", click: () => corridors.show(id) }, words);
  };

  corridors.featureLink = featureLink;

  /** The period of a figure, marked where it is later than the date of the map. */
  const when = ({ date, later }) => corridors.date(date) + (later ? corridors.t("list.and") + corridors.t("series.later", corridors.date(data.map.asOf)) : "");

  const factValue = (fact) => {
    if (fact.keys) return fact.keys.map((key) => corridors.t(key)).join(corridors.t("list.and"));
    if (fact.key) return corridors.t(fact.key);
    if (fact.country) return [fact.country].flat().map(corridors.countryName).join(corridors.t("list.and"));
    const names = fact.name || (corridors.byId.get(fact.feature) || {}).name;
    if (names) {
      const name = featureLink(fact.feature, corridors.pick(names));
      if (fact.km === undefined || fact.km === null) return name;
      const km = corridors.quantity({ value: fact.km, unit: "km", digits: fact.km < 10 ? 1 : 0 });
      if (!fact.bearing) return corridors.parts("place.distance", km, name);
      return corridors.parts("place.bearing", km, corridors.t(`bearing.${fact.bearing}`), name);
    }
    if (fact.value !== undefined && fact.value !== null) return (fact.to === undefined ? corridors.quantity(fact) : corridors.span(fact)) + (fact.date ? ` (${when(fact)})` : "");
    if (fact.date) return corridors.date(fact.date);
    return fact.text === undefined || fact.text === null ? "–" : String(fact.text);
  };

  const facts = (list, own) => {
    if (!list || !list.length) return null;
    return el("dl", { class: "facts" }, list.flatMap((fact, nth) => {
      const long = String(fact.text ?? "").length > 22 || (fact.sources || []).length ? "long" : null;
      const foreign = fact.text && corridors.tongue() !== "en" ? "en" : null;
      const again = nth > 0 && list[nth - 1].label === fact.label;
      const head = again || !fact.label ? null : el("dt", { class: long || (fact.of ? "long" : null) }, corridors.t(fact.label));
      const part = fact.of ? el("dt", { class: long ? "part long" : "part" }, corridors.pick(fact.of)) : null;
      const far = fact.differs === undefined ? null : el("small", {}, corridors.difference(fact));
      const said = fact.said ? el("small", { lang: "en" }, fact.said) : null;
      const from = (fact.sources || []).map((id) => el("small", { class: "fine" }, sourceLink(id)));
      const number = typeof fact.value === "number" && !from.length;
      const value = number ? corridors.sourced(factValue(fact), typeof own === "function" ? () => own(fact) : own) : factValue(fact);
      return [head, part, el("dd", { class: long, lang: foreign }, value, far, said, from)];
    }));
  };

  corridors.factList = facts;

  const headline = (list, own, all) => {
    if (!list || !list.length) return null;
    return el("dl", { class: "headline" }, list.slice(0, 3).map((figure) => {
      const amount = corridors.number(figure.value, figure.digits);
      const percent = figure.unit === "percent" || figure.unit === "year"; // these have no word behind them
      const shown = percent ? corridors.quantity({ ...figure, about: false, more: false }) : amount;
      const large = el("span", { class: "large" }, corridors.sourced(shown, figure.cites ? figure.cites.map((nth) => all[nth]) : own));
      return el("div", {},
        el("dt", {}, corridors.t(figure.label), figure.date ? `, ${when(figure)}` : ""),
        el("dd", {}, corridors.bounded(figure, large), percent ? null : el("span", { class: "unit" }, ` ${corridors.unit(figure.unit, figure.value, figure.digits)}`)));
    }));
  };

  corridors.headline = headline;

  const status = (feature) => {
    if (feature.scenario) return null; // it changes what is there, and has no status of its own
    const now = corridors.statusIn(feature, corridors.state().year) || feature.status;
    if (!now) return null;
    const later = feature.later ? corridors.t("card.later", corridors.date(feature.later)) : null;
    const line = feature.geometry.t.endsWith("LineString");
    const style = (data.classes[feature.class] || {}).style || {};
    const sample = line ? corridors.lineSwatch(style, corridors.ink(feature.class), { ...feature, status: now, basis: feature.basis }) : null;
    if (now === "operational" && !later && !line) return null;
    return el("p", { class: "status" }, sample, el("span", {}, corridors.t(`status.${now}`), later ? ` · ${later}` : ""));
  };

  const precision = (feature) => {
    const said = [];
    if (feature.basis && corridors.knows(`basis.text.${feature.basis}`)) said.push(corridors.t(`basis.text.${feature.basis}`));
    if (feature.accuracy_m) said.push(corridors.t("card.within", accuracy(feature.accuracy_m)));
    if (feature.confidence) said.push(corridors.t(`confidence.text.${feature.confidence}`));
    if (!said.length) return null;
    return [el("h3", {}, corridors.t("card.precision")), el("p", {}, said.map((words) => corridors.t("sentence", words)).join(corridors.tongue() === "zh" ? "" : " "))];
  };

  const sourceLink = (id) => {
    const { url, title } = (data.sources || {})[id] || {};
    return corridors.link(url, title || id);
  };

  const sourceItem = (id) => {
    const source = (data.sources || {})[id] || {};
    const rest = [source.producer, source.date ? corridors.date(source.date) : null].filter((part) => part && part !== source.title).join(", ");
    return el("li", {}, sourceLink(id), rest ? ` · ${rest}` : "");
  };
  corridors.sourceItem = sourceItem;

  const note = (text) => {
    if (!text) return null;
    const heading = corridors.t(corridors.tongue() === "en" ? "card.note" : "card.note.english");
    return [el("h3", {}, heading), el("p", { lang: "en" }, text)];
  };

  const head = (over, title, local) => {
    const close = corridors.signButton("close", { class: "icon", "aria-label": corridors.t("ui.close"), click: dismiss });
    return el("div", { class: "card-head" }, el("p", { class: "over" }, over), close,
      el("h2", { id: "card-title", tabindex: "-1" }, title), local ? el("p", { class: "local" }, local) : null);
  };

  const featureCard = (feature) => {
    const title = corridors.nameOf(feature);
    const local = feature.name && feature.name.local && feature.name.local !== title ? feature.name.local : null;
    const kind = corridors.knows(`kind.${feature.kind}`) ? corridors.t(`kind.${feature.kind}`) : corridors.pick((data.classes[feature.class] || {}).title);
    const where = (feature.country || []).map(corridors.countryName).filter((name) => name !== title).join(corridors.t("list.and"));
    const sources = feature.sources || [];
    const own = sources.slice(0, feature.own); // those of the feature itself, before those of single figures
    return [
      head([kind, where].filter(Boolean).join(" · "), title, local),
      el("div", { class: "card-body" },
        status(feature), headline(feature.headline, own, sources), corridors.charts(feature.series, sources), facts(feature.facts, own),
        precision(feature), note(feature.note),
        sources.length ? [el("h3", {}, corridors.t("card.sources")), el("ul", { class: "sources" }, sources.map(sourceItem))] : null),
    ];
  };

  /** Whether a statistic by a property counts a feature. */
  const counts = (feature, by) => {
    if (!by) return true;
    const [property, value] = by;
    return property === "gauge" || property === "commodity" ? feature.class.endsWith(`.${value}`) : [feature[property]].flat().includes(value);
  };

  /** What a statistic by a property is of, in words. */
  const named = ([property, value]) => {
    if (property === "country") return corridors.countryName(value);
    return property === "gauge" ? `${value} mm` : corridors.t(`${property}.${value}`);
  };

  const layerCard = (group) => [
    head(corridors.t("card.layer"), corridors.pick(group.title), null),
    el("div", { class: "card-body" },
      facts(group.stats.map((stat) => ({ ...stat, ...(stat.by ? { of: named(stat.by) } : {}) })), (stat) => corridors.sourcesOf(corridors.features.filter((feature) => group.classes.includes(feature.class) && counts(feature, stat.by)))),
      group.precision ? [el("h3", {}, corridors.t("card.precision")), el("p", { lang: "en" }, group.precision)] : null,
      group.licence ? [el("h3", {}, corridors.t("card.licence")), el("p", { lang: "en" }, group.licence)] : null,
      group.credit ? [el("h3", {}, corridors.t("card.credit")), el("p", { lang: "en" }, group.credit)] : null),
  ];

  const dismiss = () => {
    about = null;
    if (corridors.state().selected) corridors.propose({ selected: null });
    else fill();
    if (opener && opener.isConnected) opener.focus();
    opener = null;
  };

  const fill = () => {
    const feature = corridors.byId.get(corridors.state().selected);
    const group = ((data.map || {}).groups || []).find((entry) => entry.id === about);
    card.hidden = !feature && !group;
    card.replaceChildren(...(feature ? featureCard(feature) : group ? layerCard(group) : []).flat());
    card.scrollTop = 0;
    corridors.arrange();
    corridors.relabel();
  };

  /** Open the card of a group of layers. */
  corridors.openLayerCard = (id) => {
    opener = document.activeElement;
    about = id;
    if (corridors.state().selected) corridors.propose({ selected: null });
    about = id;
    fill();
    card.querySelector("h2").focus({ preventScroll: true });
  };

  /** Move the keyboard to the card, and back to where it was when the card closes. */
  corridors.focusCard = () => {
    opener = document.activeElement;
    const title = card.querySelector("h2");
    if (title) title.focus({ preventScroll: true });
  };

  corridors.buildCard = () => {
    card = el("section", { class: "card", "data-blocks": true, "aria-labelledby": "card-title", hidden: true });
    corridors.follow(["selected", "lang", "year"], (state, changed) => {
      if (changed.has("selected")) about = null;
      fill();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !card.hidden && !event.defaultPrevented && !document.querySelector(".origin:popover-open")) dismiss();
    });
    return card;
  };
}
