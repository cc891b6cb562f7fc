/* The totals of what is shown: features, kilometres by mode, kilometres of railway by country. */
{
  const { el } = corridors;
  const MODES = ["rail", "road", "pipeline", "ferry"];
  let box = null;
  let open = false;

  const rowOf = (words, km, name, holds) => {
    const sources = () => corridors.sourcesOf(corridors.shown(corridors.state()).filter((feature) => feature.km && holds(feature)));
    return el("tr", { [`data-${name[0]}`]: name[1] }, el("th", { scope: "row" }, words), el("td", { class: "figure" }, corridors.sourced(corridors.quantity({ value: km, unit: "km", digits: 0 }), sources)));
  };

  const render = (state) => {
    const shown = corridors.shown(state);
    const { mode, country } = corridors.sums(shown);
    const modes = MODES.filter((name) => mode.has(name)).map((name) => rowOf(corridors.t(`mode.${name}`), mode.get(name), ["mode", name], (feature) => feature.kind === name));
    const count = el("p", { class: "tally", "data-count": shown.length }, shown.length ? corridors.counted("totals.shown", corridors.features.length, corridors.number(shown.length, 0)) : corridors.t("totals.empty"));
    const byCountry = country.length ? el("details", { toggle: (event) => { open = event.target.open; } },
      el("summary", {}, corridors.t("totals.country")),
      el("table", {}, el("tbody", {}, country.map(([iso, km]) => rowOf(corridors.countryName(iso), km, ["country", iso], (feature) => feature.kind === "rail" && iso in feature.km))))) : null;
    if (byCountry) byCountry.open = open;
    box.setAttribute("aria-label", corridors.t("ui.totals"));
    box.replaceChildren(...[count, modes.length ? el("table", {}, el("tbody", {}, modes)) : null, byCountry].filter(Boolean));
  };

  corridors.buildTotals = () => {
    box = el("section", { class: "totals", "data-totals": true });
    corridors.follow(["lang", "layers", "filters", "year", "scenario"], render);
    return box;
  };
}
