/* Search over all names, in any script, with or without accents, in classes that are on or off. */
{
  const { el, data } = corridors;
  const MOST = 8;
  const VARIANTS = { ß: "ss", ø: "o", ł: "l", đ: "d", ı: "i", æ: "ae", œ: "oe", ə: "a" };
  let index = null;
  let input = null;
  let list = null;
  let empty = null;
  let hits = [];
  let active = -1;

  /** Lower case without accents, apostrophes or hyphens, so that Xi'an, Xi’an and xian are one word. */
  corridors.fold = (text) =>
    String(text).normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
      .replace(/[ßøłđıæœə]/g, (letter) => VARIANTS[letter])
      .replace(/['’‘ʻʼ`´ʹ"]/g, "").replace(/[-–—_/.,()·]+/g, " ").replace(/\s+/g, " ").trim();

  const build = () =>
    corridors.features.map((feature) => {
      // "Horgos (Khorgos)" is one place with two names; its second counts a little less than a name of its own.
      const given = Object.values(feature.name || {}).filter(Boolean);
      const pairs = given.map((name) => /^(.*\S)\s*[(（]([^()（）]+)[)）]$/.exec(name)).filter(Boolean);
      const names = [...new Set([...given, ...pairs.map((pair) => pair[1])].map(corridors.fold))];
      const others = pairs.map((pair) => corridors.fold(pair[2]));
      const codes = [feature.id, ...(feature.codes || []), ...(feature.facts || []).filter((fact) => fact.text && String(fact.text).length <= 40).map((fact) => fact.text)].map(corridors.fold);
      return { feature, names, others, codes, all: [...names, ...codes].join(" | ") };
    });

  const score = (entry, words, whole) => {
    if (!words.every((word) => entry.all.includes(word))) return null;
    const rank = (entry.feature.rank ?? 9) / 100 + (entry.feature.geometry.t === "Point" ? 0 : 0.02);
    if (entry.names.includes(whole) || entry.codes.includes(whole)) return rank;
    if (entry.others.includes(whole)) return 0.5 + rank;
    if (entry.names.some((name) => name.startsWith(whole))) return 1 + rank;
    if (entry.names.some((name) => name.includes(` ${whole}`))) return 2 + rank;
    return (entry.names.some((name) => name.includes(whole)) ? 3 : 4) + rank;
  };

  corridors.find = (query) => {
    index ??= build();
    const whole = corridors.fold(query);
    if (!whole) return [];
    const words = whole.split(" ");
    return index.map((entry) => ({ feature: entry.feature, score: score(entry, words, whole) }))
      .filter((hit) => hit.score !== null).sort((a, b) => a.score - b.score).slice(0, MOST).map((hit) => hit.feature);
  };

  const choose = (feature) => {
    close();
    input.value = corridors.nameOf(feature);
    corridors.show(feature.id);
    corridors.focusCard();
  };

  const close = () => {
    list.hidden = true;
    empty.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };

  const mark = (position) => {
    active = position;
    [...list.children].forEach((node, nth) => node.setAttribute("aria-selected", String(nth === active)));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", `hit-${active}`);
      list.children[active].scrollIntoView({ block: "nearest" });
    }
  };

  const option = (feature, nth) => {
    const kind = corridors.knows(`kind.${feature.kind}`) ? corridors.t(`kind.${feature.kind}`) : corridors.pick((data.classes[feature.class] || {}).title);
    const where = (feature.country || []).map(corridors.countryName).join(corridors.t("list.and"));
    return el("li", { role: "option", id: `hit-${nth}`, "aria-selected": "false", mousedown: (event) => event.preventDefault(), click: () => choose(feature) },
      corridors.swatch(feature.class), el("span", { class: "words" }, corridors.nameOf(feature), el("small", {}, [kind, where].filter(Boolean).join(" · "))));
  };

  const look = () => {
    hits = corridors.find(input.value);
    const nothing = !hits.length && corridors.fold(input.value) !== "";
    list.replaceChildren(...hits.map(option));
    list.hidden = !hits.length;
    empty.hidden = !nothing;
    empty.textContent = nothing ? corridors.t("search.empty", input.value.trim()) : "";
    input.setAttribute("aria-expanded", String(Boolean(hits.length)));
    mark(-1);
  };

  const keys = (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) look();
      if (!hits.length) return;
      mark((active + (event.key === "ArrowDown" ? 1 : -1) + hits.length + (active < 0 && event.key === "ArrowUp" ? 1 : 0)) % hits.length);
    } else if (event.key === "Enter" && hits.length && !list.hidden) {
      event.preventDefault();
      choose(hits[Math.max(0, active)]);
    } else if (event.key === "Escape" && (!list.hidden || !empty.hidden)) {
      event.preventDefault();
      close();
    }
  };

  corridors.buildSearch = () => {
    input = el("input", { type: "search", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list", "aria-controls": "hits", "aria-expanded": "false", input: look, keydown: keys, focus: () => input.value && look(), blur: close });
    list = el("ul", { role: "listbox", id: "hits", hidden: true });
    empty = el("p", { class: "empty", role: "status", hidden: true });
    const form = el("div", { class: "search", role: "search" }, input, list, empty);
    corridors.follow(["lang"], () => {
      for (const node of [input, list, form]) node.setAttribute("aria-label", corridors.t("ui.search"));
      input.placeholder = corridors.t("ui.search");
      close();
    });
    return form;
  };
}
