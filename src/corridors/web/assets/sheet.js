/* How panel, card and key stand around the map: beside it, as sheets from below on a phone, folded away in a small frame. */
{
  const { el } = corridors;
  const NARROW = 700; // pixels of width under which the panel no longer stands beside the map
  const LOW = 520; // pixels of height under which a sheet would leave no map
  const SMALL = 560; // pixels of width under which a card beside the map would cover most of it
  const FLAT = 300; // pixels of height under which an open key would
  const STEPS = ["peek", "half", "full"];
  const root = document.documentElement;
  let parts = null;
  let map = null;

  const framed = window.self !== window.top;

  const layout = () => {
    if (corridors.embedded || !parts.panel) return "bare";
    if (window.innerWidth >= NARROW) return "beside";
    return framed || window.innerHeight < LOW ? "folded" : "sheet";
  };

  /** Whether the window has no room for a card or a key beside the map: they are sheets from below then. */
  corridors.isSmall = () => window.innerWidth < SMALL || window.innerHeight < FLAT || layout() === "sheet";

  const step = (name) => { root.dataset.sheet = name; };

  const say = () => {
    if (!parts || !parts.grip) return;
    const open = root.dataset.layout === "folded" ? root.dataset.sheet !== "peek" : root.dataset.sheet === "full";
    parts.grip.setAttribute("aria-expanded", String(open));
    parts.grip.setAttribute("aria-label", corridors.t(open ? "ui.panel.close" : "ui.panel.open"));
    parts.fold.setAttribute("aria-expanded", String(open));
    parts.fold.lastChild.textContent = corridors.t("ui.legend");
  };

  /** Put panel and card where the present window has room for them. */
  corridors.arrange = () => {
    if (!parts) return;
    const next = layout();
    if (root.dataset.layout !== next) {
      root.dataset.layout = next;
      step("peek");
    }
    root.dataset.card = corridors.isSmall() ? "sheet" : "beside";
    say();
    if (map) map.invalidateSize({ pan: false, animate: false });
  };

  /** How much of the map is covered, in pixels from its top left and bottom right corners. */
  corridors.freeArea = () => {
    const size = map.getSize();
    const field = map.getContainer().getBoundingClientRect();
    let [right, bottom] = [0, 24];
    for (const node of [parts.card, parts.panel, parts.key].filter(Boolean)) {
      const rect = node.getBoundingClientRect();
      if (!rect.height || rect.right <= field.left || rect.top >= field.bottom) continue; // not there, or beside the map
      if (rect.width > size.x * 0.7) bottom = Math.max(bottom, field.bottom - rect.top);
      else if (rect.left > field.left) right = Math.max(right, field.right - rect.left);
    }
    return { topLeft: [0, Math.min(40, size.y * 0.2)], bottomRight: [right, Math.min(bottom, size.y * 0.7)] };
  };

  const nextStep = () => {
    const order = root.dataset.layout === "folded" ? ["peek", "full"] : STEPS;
    step(order[(order.indexOf(root.dataset.sheet) + 1) % order.length]);
    say();
    corridors.relabel();
  };

  /** Drag the grip up or down by a third of the screen to change the height of the sheet. */
  const drag = (grip) => {
    let from = null;
    let moved = false;
    grip.addEventListener("pointerdown", (event) => {
      from = event.clientY;
      moved = false;
      grip.setPointerCapture(event.pointerId);
    });
    grip.addEventListener("pointermove", (event) => {
      if (from === null || Math.abs(event.clientY - from) < 40) return;
      const at = STEPS.indexOf(root.dataset.sheet) + (event.clientY < from ? 1 : -1);
      step(STEPS[Math.max(0, Math.min(2, at))]);
      from = event.clientY;
      moved = true;
      say();
    });
    grip.addEventListener("pointerup", () => { from = null; corridors.relabel(); });
    grip.addEventListener("click", (event) => { if (!moved || event.detail === 0) nextStep(); });
  };

  /** In a frame the page around it scrolls until the reader taps the map. */
  const yieldScroll = () => {
    if (!framed) return;
    map.scrollWheelZoom.disable();
    if (L.Browser.mobile || window.matchMedia("(pointer: coarse)").matches) map.dragging.disable();
    map.once("click focus", () => {
      map.scrollWheelZoom.enable();
      map.dragging.enable();
    });
  };

  corridors.buildSheet = (panel, card, key) => {
    const grip = panel && el("button", { type: "button", class: "grip", "aria-controls": "panel" }, el("span", {}));
    const fold = panel && el("button", { type: "button", class: "unfold", "data-blocks": true, "aria-controls": "panel", click: nextStep });
    if (fold) {
      const sign = corridors.signButton("layers", {}).firstChild;
      fold.append(sign, el("span", {}));
      panel.prepend(grip);
      drag(grip);
    }
    parts = { panel, card, key, grip, fold };
    root.dataset.sheet = "peek";
    root.dataset.layout = layout();
    if (panel) {
      panel.addEventListener("transitionend", () => corridors.relabel());
      panel.addEventListener("focusin", (event) => {
        // Who starts to search on a phone needs room for the answers.
        if (root.dataset.layout === "sheet" && event.target.getAttribute("role") === "combobox") step("full");
        say();
      });
      corridors.follow(["selected"], (state) => {
        if (state.selected && root.dataset.layout !== "beside") step("peek");
        say();
      });
    }
    corridors.follow(["lang"], say);
    corridors.follow(["route"], (state) => {
      // A route is read beside the map: on a phone both get half.
      if (state.route && state.route.from && state.route.to && root.dataset.layout === "sheet") step("half");
      say();
    });
    corridors.follow(["table"], () => corridors.arrange());
    window.addEventListener("resize", corridors.arrange);
    return fold;
  };

  corridors.watchMap = (leaflet) => {
    map = leaflet;
    yieldScroll();
  };
}
