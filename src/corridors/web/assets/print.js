/* The page on paper: title, the whole map as it is shown, laid anew for the sheet, key, scale, what was asked, sources. */
{
  const { el, data } = corridors;
  // Pixels of CSS, 96 to the inch: room for the map on A4 within margins of 12 mm, upright and lying with the key beside it.
  const [UPRIGHT, LYING, TALL] = [700, 740, 560];
  const [LEAST, MOST] = [700, 1000]; // width that the map is laid out with, so that names are neither huge nor tiny when it is scaled
  const FLATTEST = 0.5;
  const root = document.documentElement;
  const framed = window.self !== window.top;
  let map = null;
  let shown = null; // while the page is laid for paper: what was in view
  let [above, below] = [null, null];

  /** The part of the map that nothing covers, as geographic bounds. */
  const inSight = () => {
    const size = map.getSize().subtract(corridors.freeArea().bottomRight);
    return { bounds: L.latLngBounds([[0, 0], size].map((point) => map.containerPointToLatLng(point))), size };
  };

  const still = (node) => {
    const copy = node.cloneNode(true);
    copy.querySelectorAll("button, input, select").forEach((control) => control.replaceWith(control.matches("button") ? control.textContent : ""));
    copy.querySelectorAll("details").forEach((part) => { part.open = true; });
    [copy, ...copy.querySelectorAll("[id]")].forEach((part) => part.removeAttribute("id"));
    return copy;
  };

  const all = (...selectors) => selectors.flatMap((selector) => [...document.querySelectorAll(selector)]).filter((node) => node.textContent && !node.closest(".drawer[hidden], .card[hidden]"));

  const sources = () => {
    const seen = corridors.inView();
    const ids = [...new Set(seen.flatMap((feature) => feature.sources || []))].filter((id) => (data.sources || {})[id]);
    if (!ids.length) return null;
    return el("section", {}, el("h2", {}, corridors.t("page.sources", corridors.number(ids.length, 0))), el("ol", { class: "sources" }, ids.map(corridors.sourceItem)));
  };

  /** Set map and page for the sheet; the state stays what it is. */
  const prepare = () => {
    if (shown || !map || framed) return;
    const { bounds, size } = inSight();
    shown = { snap: map.options.zoomSnap, view: corridors.state().view };
    above.replaceChildren(...all(".panel .head").map(still));
    below.replaceChildren(...all(".panel [data-summary]", ".panel .scenario", ".planner .plan:has(.answer:not(:empty)) .told", ".planner .answer", ".compare .scroll", ".card").map(still));
    const width = Math.max(LEAST, Math.min(MOST, size.x));
    const height = Math.round(width * Math.max(FLATTEST, Math.min(TALL / UPRIGHT, size.y / size.x)));
    for (const [name, value] of Object.entries({ w: `${width}px`, h: `${height}px`, up: UPRIGHT / width, across: Math.min(LYING / width, TALL / height) })) root.style.setProperty(`--${name}`, value);
    root.dataset.paper = "";
    corridors.wear("light");
    map.options.zoomSnap = 0;
    map.invalidateSize({ pan: false, animate: false });
    map.fitBounds(bounds, { animate: false });
    corridors.fillKey();
    const list = sources();
    below.append(...[list, ...all(".foot > .fine").map(still)].filter(Boolean));
  };

  const restore = () => {
    if (!shown) return;
    const { snap, view } = shown;
    delete root.dataset.paper;
    [above, below].forEach((node) => node.replaceChildren());
    map.options.zoomSnap = snap;
    map.invalidateSize({ pan: false, animate: false });
    map.setView([view.lat, view.lng], view.zoom, { animate: false });
    shown = null;
    corridors.wear(corridors.state().theme);
    corridors.fillKey();
  };

  /** Whether the page is laid for paper now, and its map shows no view of the reader's. */
  corridors.onPaper = () => shown !== null;

  /** What stands above and below the map on paper. */
  corridors.buildPaper = () => {
    [above, below] = ["above", "below"].map((name) => el("div", { class: `paper ${name}` }));
    return [above, below];
  };

  corridors.readyForPaper = (leaflet) => {
    map = leaflet;
    window.addEventListener("beforeprint", prepare);
    window.addEventListener("afterprint", restore);
    // Where a browser tells of print by its media alone, as its developer tools do.
    window.matchMedia("print").addEventListener("change", ({ matches }) => (matches ? prepare() : restore()));
  };
}
