/* Search over all names, in any script, with or without accents, in classes that are on or off. */
{
  const { el } = corridors;
  const MOST = 8;
  const { letters, dropped, spaced } = corridors.data.folding;

  /** A name as it is compared, by the tables of data.folding. */
  corridors.fold = (text) =>
    [...String(text).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()]
      .map((sign) => letters[sign] ?? (dropped.includes(sign) ? "" : spaced.includes(sign) ? " " : sign)).join("").replace(/\s+/g, " ").trim();

  const entryOf = (feature) => {
    // "Horgos (Khorgos)" is one place with two names; its second counts a little less than a name of its own.
    const given = Object.values(feature.name || {}).filter(Boolean);
    const pairs = given.map((name) => /^(.*\S)\s*[(（]([^()（）]+)[)）]$/.exec(name)).filter(Boolean);
    const names = [...new Set([...given, ...pairs.map((pair) => pair[1])].map(corridors.fold))];
    const others = pairs.map((pair) => corridors.fold(pair[2]));
    const codes = [feature.id, ...(feature.codes || []), ...(feature.facts || []).filter((fact) => fact.text && String(fact.text).length <= 40).map((fact) => fact.text)].map(corridors.fold);
    return { feature, names, others, codes, all: [...names, ...codes].join(" | ") };
  };

  const score = (entry, words, whole) => {
    if (!words.every((word) => entry.all.includes(word))) return null;
    const rank = (entry.feature.rank ?? 9) / 100 + (entry.feature.geometry.t === "Point" ? 0 : 0.02);
    if (entry.names.includes(whole) || entry.codes.includes(whole)) return rank;
    if (entry.others.includes(whole)) return 0.5 + rank;
    if (entry.names.some((name) => name.startsWith(whole))) return 1 + rank;
    if (entry.names.some((name) => name.includes(` ${whole}`))) return 2 + rank;
    return (entry.names.some((name) => name.includes(whole)) ? 3 : 4) + rank;
  };

  /** A search among features: from what somebody types to the features that are meant, best first. */
  corridors.searcher = (features) => {
    let index = null;
    return (query) => {
      index ??= features().map(entryOf);
      const whole = corridors.fold(query);
      if (!whole) return [];
      const words = whole.split(" ");
      return index.map((entry) => ({ feature: entry.feature, score: score(entry, words, whole) }))
        .filter((hit) => hit.score !== null).sort((a, b) => a.score - b.score).slice(0, MOST).map((hit) => hit.feature);
    };
  };

  corridors.find = corridors.searcher(() => corridors.features);

  const choose = (feature) => {
    corridors.show(feature.id);
    corridors.focusCard();
  };

  corridors.buildSearch = () => {
    const { input, list, empty, name } = corridors.buildCombobox({ id: "hits", type: "search", find: corridors.find, choose });
    const form = el("div", { class: "search", role: "search" }, input, list, empty);
    corridors.follow(["lang"], () => {
      name(corridors.t("ui.search"));
      form.setAttribute("aria-label", corridors.t("ui.search"));
      input.placeholder = corridors.t("ui.search");
    });
    return form;
  };
}
