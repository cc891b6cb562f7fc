/* From payload to page: build the parts, make the map, apply the first state, say that it is ready. */
{
  const { el, data } = corridors;
  const root = document.documentElement;
  const view = (data.map || {}).view || {};
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const round = (value, digits) => Number(value.toFixed(digits));

  const build = () => {
    const ground = el("div", { class: "map", id: "map" });
    const card = corridors.buildCard();
    const panel = corridors.hasPanel() ? corridors.buildPanel() : null;
    const table = corridors.buildTable(); // before the sheet, which measures what room the open table leaves
    const key = corridors.buildKey();
    const unfold = corridors.buildSheet(panel, card, key);
    const [above, below] = corridors.buildPaper();
    const field = el("div", { class: "field" }, ground, unfold, corridors.buildControls(), corridors.buildScenarioControl(), card, corridors.buildCredits());
    const stage = el("main", { class: "stage" }, above, el("div", { class: "frame" }, field, key), below, corridors.buildComparison(), table);
    document.getElementById("corridors").replaceChildren(...[panel, stage, corridors.patterns()].filter(Boolean));
    return ground;
  };

  const makeMap = (ground) => {
    const map = L.map(ground, {
      attributionControl: false, zoomControl: false, zoomSnap: 0.25, zoomDelta: 1, wheelPxPerZoomLevel: 90, minZoom: 1.5, maxZoom: 14,
      maxBounds: [[-85, -250], [85, 290]], maxBoundsViscosity: 1, zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still,
    });
    ground.setAttribute("role", "region");
    ground.parentNode.append(...corridors.buildZoom(map));
    return map;
  };

  const viewNow = (map) => {
    const { lat, lng } = map.getCenter();
    return { lat: round(lat, 4), lng: round(lng, 4), zoom: round(map.getZoom(), 2) };
  };

  const followView = (map) => {
    let moving = false;
    corridors.follow(["view"], (state) => {
      const now = viewNow(map);
      const { lat, lng, zoom } = state.view;
      if (Math.abs(now.lat - lat) < 1e-3 && Math.abs(now.lng - lng) < 1e-3 && Math.abs(now.zoom - zoom) < 0.01) return;
      moving = true;
      map.setView([lat, lng], zoom, { animate: false });
      moving = false;
      Object.assign(state.view, viewNow(map));
    });
    // A map that moves because its window changed must not undo the view that the same change asks for.
    map.on("moveend", () => { if (!moving && !corridors.onPaper() && !corridors.awaits("view")) corridors.apply({ view: viewNow(map) }); });
  };

  const showWords = (ground) => {
    corridors.follow(["lang", "year"], (state) => {
      corridors.speak(state.lang);
      root.lang = state.lang;
      const title = corridors.mapTitle(state);
      if (title) document.title = title;
      ground().setAttribute("aria-label", corridors.t("ui.map"));
    });
  };

  const open = (ground, asked) => {
    const map = makeMap(ground);
    corridors.watchMap(map);
    corridors.arrange();
    const fit = () => {
      const { topLeft, bottomRight } = corridors.freeArea();
      const room = map.getSize().subtract(topLeft).subtract(bottomRight);
      // A wide view in a tall window would be a stripe between two empty halves: such a window gets a view of its own.
      const [west, south, east, north] = (room.x < room.y && view.narrow) || view.bounds || [-170, -55, 170, 75];
      map.fitBounds([[south, west], [north, east]], { paddingTopLeft: topLeft, paddingBottomRight: bottomRight, animate: false });
    };
    // What is in view decides how much of it the key covers; it is fitted again until that stays.
    corridors.goHome = () => {
      let [height, before] = [0, null];
      for (let round = 0; round < 3 && height !== before; round += 1) {
        before = height;
        fit();
        height = corridors.fillKey();
      }
    };
    fit();
    corridors.drawBasemap(map);
    corridors.drawFeatures(map);
    corridors.drawRoute(map);
    corridors.drawScenario(map);
    corridors.drawLabels(map);
    followView(map);
    corridors.followKey(map);
    corridors.keepInSight(map);
    corridors.readyForPaper(map);
    if (corridors.drawElements && (data.elements || []).length) corridors.drawElements(map, data.elements);
    window.corridors = Object.assign(window.corridors || {}, { map, state: corridors.state, apply: corridors.apply });
    if (corridors.route) window.corridors.route = corridors.route;
    corridors.apply({ view: viewNow(map), ...asked }, true);
    if (corridors.embedded && !asked.view) corridors.goHome();
    if (asked.selected && !asked.view) corridors.show(asked.selected);
    else if (!asked.view) corridors.showRoute();
    window.queueMicrotask(() => { root.dataset.ready = "true"; });
  };

  const boot = () => {
    let ground = null;
    showWords(() => ground);
    const asked = corridors.initialState();
    root.classList.toggle("embed", corridors.embedded);
    ground = build();
    // A frame that is out of sight gives the map no room yet: it gets its first picture when it comes into view.
    const begin = () => { if (ground.clientWidth && ground.clientHeight) open(ground, asked); else window.requestAnimationFrame(begin); };
    begin();
  };

  boot();
}
