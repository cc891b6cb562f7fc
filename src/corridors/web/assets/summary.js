/* What a page of one answer says beside its map: of each route its figures, legs and facts; what was asked and assumed. */
{
  const { el, data } = corridors;
  const told = (data.map || {}).summary;

  const legRow = (id) => {
    const leg = corridors.byId.get(id);
    const mode = corridors.t(leg.facts.find((fact) => fact.label === "answer.mode").key);
    const status = leg.status === "operational" ? null : corridors.t(`status.${leg.status}`);
    const words = [mode, ...leg.country.map(corridors.countryName), status].filter(Boolean).join(" · ");
    return el("li", {}, el("span", { class: "words" }, corridors.featureLink(id, corridors.nameOf(leg)), el("small", {}, words)),
      el("span", { class: "figure" }, corridors.quantity({ value: corridors.kilometres(leg), unit: "km", digits: 0 })));
  };

  const part = (open, title, ...inside) => el("details", { open }, el("summary", {}, title), inside);

  /** The summary of the answer, or null where the page is no answer. */
  corridors.buildSummary = () => {
    if (!told) return null;
    const box = el("section", { class: "plan answer", "data-summary": true });
    corridors.follow(["lang"], () => {
      const open = [...box.children].map((node) => node.open);
      const ways = told.ways.map(({ title, headline, legs, facts }, nth) => part(open[nth] ?? nth === 0, corridors.pick(title), corridors.headline(headline),
        el("ol", { class: "legs", "aria-label": corridors.t("route.legs") }, legs.map(legRow)), corridors.factList(facts)));
      box.replaceChildren(...ways, part(open[ways.length] ?? true, corridors.t("answer.asked"), corridors.factList(told.asked)),
        part(open[ways.length + 1] ?? true, corridors.t("route.assumptions"), el("p", {}, corridors.t("route.precision")), corridors.factList(told.assumed), part(false, corridors.t("page.sources", corridors.number(told.sources.length, 0)), el("ul", { class: "sources" }, told.sources.map(corridors.sourceItem)))));
    });
    return box;
  };
}
