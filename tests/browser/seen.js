/* What there is to see in each language, in pixels of the window: names, the lines that lead to them, symbols, corridors, covers. */
async (languages) => {
  const { map } = window.corridors;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const box = (node) => {
    const { left, top, right, bottom } = node.getBoundingClientRect();
    return [left, top, right, bottom];
  };
  const there = ([left, , right]) => right > left;
  const points = (path, step) => {
    const [length, toWindow] = [path.getTotalLength(), path.getScreenCTM()];
    const count = Math.max(1, Math.ceil(length / step));
    return Array.from({ length: count + 1 }, (_, nth) => {
      const { x, y } = path.getPointAtLength((length * nth) / count).matrixTransform(toWindow);
      return [x, y];
    });
  };
  const name = (node, leaders) => {
    const [left, top, right, bottom] = box(node);
    const origin = box(map.getContainer());
    const { lat, lng } = map.containerPointToLatLng([(left + right) / 2 - origin[0], (top + bottom) / 2 - origin[1]]);
    const { of } = node.dataset;
    return { of, text: node.textContent, box: [left, top, right, bottom], leader: leaders[of] ?? null, middle: [lng, lat] };
  };
  const symbol = (node) => {
    const [left, top, right, bottom] = box(node.lastChild);
    const half = Math.max(right - left, bottom - top) / 2;
    return { of: node.dataset.feature, at: [(left + right) / 2, (top + bottom) / 2], half };
  };
  const look = () => {
    const leaders = Object.fromEntries(all(".leader").map((node) => [node.dataset.of, points(node.querySelector("path"), 1e4)]));
    const lines = all('.hit[data-feature^="corridors/"]').filter((node) => there(box(node)) && node.getTotalLength());
    return {
      names: all(".label").map((node) => name(node, leaders)),
      symbols: all(".spot").filter((node) => there(box(node.lastChild))).map(symbol),
      lines: lines.map((node) => [node.dataset.feature, points(node, 4)]),
      covers: all("[data-blocks]").map(box).filter(there),
    };
  };
  const found = {};
  for (const lang of languages) {
    window.corridors.apply({ lang });
    await new Promise((done) => queueMicrotask(done));
    found[lang] = look();
  }
  return found;
}
