/* Small charts of a series: a line through four or more points, else bars; values written at the points that matter. */
{
  const { svg, el } = corridors;
  const HEIGHT = 96;
  const [TOP, BOTTOM, SIDE] = [16, 16, 6];

  const shortPeriod = (period) => {
    const [from, to] = String(period).split("/");
    if (!to || /-01$/.test(from) && /-12$/.test(to) && from.slice(0, 4) === to.slice(0, 4)) return from.slice(0, to ? 4 : undefined);
    if (from.length === 4) return `${from}–${to.slice(0, 4)}`;
    return `${from.slice(0, 4)}/${Number(from.slice(5, 7))}–${from.slice(0, 4) === to.slice(0, 4) ? "" : `${to.slice(0, 4)}/`}${Number(to.slice(5, 7))}`;
  };

  const label = (x, y, text, anchor = "middle") => svg("text", { x, y, "text-anchor": anchor }, text);

  /** The points whose values are written out: all of a few, else the first, the last, the highest and the lowest. */
  const spoken = (points) => {
    if (points.length <= 4) return new Set(points.keys());
    const values = points.map(([, value]) => value);
    const at = [0, points.length - 1, values.indexOf(Math.max(...values)), values.indexOf(Math.min(...values))];
    return new Set(at.filter((index, nth) => at.slice(0, nth).every((other) => Math.abs(other - index) > 1 || other === index)));
  };

  const amounts = (points) => {
    const digits = points.every(([, value]) => Math.abs(value) >= 100 || Number.isInteger(value)) ? 0 : 1;
    return points.map(([, value]) => corridors.number(value, digits));
  };

  const bars = (points, x, y, band) => points.map(([, value, confidence], index) => {
    const bar = svg("rect", { x: x(index) - band * 0.3, y: y(value), width: band * 0.6, height: Math.max(1, y(0) - y(value)), class: "bar" });
    if (confidence === "low") bar.classList.add("unsure");
    return bar;
  });

  const line = (points, x, y) => {
    const marks = [];
    for (let i = 1; i < points.length; i += 1) {
      const unsure = points[i][2] === "low" || points[i - 1][2] === "low";
      marks.push(svg("line", { x1: x(i - 1), y1: y(points[i - 1][1]), x2: x(i), y2: y(points[i][1]), class: unsure ? "path unsure" : "path" }));
    }
    points.forEach(([, value, confidence], i) => marks.push(svg("circle", { cx: x(i), cy: y(value), r: 2.75, class: confidence === "low" ? "dot unsure" : "dot" })));
    return marks;
  };

  /** Horizontal places: by year where every period is one, so that missing years leave a gap; else evenly. */
  const spacing = (points, width, byBand) => {
    const years = points.map(([period]) => Number(String(period).slice(0, 4)));
    const room = width - 2 * SIDE;
    if (byBand || !years.every((year, nth) => Number.isInteger(year) && (!nth || year > years[nth - 1]))) return (index) => SIDE + (room * (index + 0.5)) / points.length;
    const inset = 14;
    const span = years[years.length - 1] - years[0] || 1;
    return (index) => SIDE + inset + ((room - 2 * inset) * (years[index] - years[0])) / span;
  };

  const draw = (series, width, highest) => {
    const points = series.points.filter(([, value]) => Number.isFinite(value));
    const byBand = points.length < 4;
    const x = spacing(points, width, byBand);
    const y = (value) => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * value) / (highest || 1);
    const values = amounts(points);
    const said = spoken(points);
    const base = svg("line", { x1: SIDE, x2: width - SIDE, y1: y(0), y2: y(0), class: "axis" });
    const marks = byBand ? bars(points, x, y, (width - 2 * SIDE) / points.length) : line(points, x, y);
    const words = [...said].flatMap((index) => {
      const words = [label(x(index), Math.max(10, y(points[index][1]) - 6), values[index])];
      const edge = byBand ? "middle" : index === 0 ? "start" : "end";
      const at = byBand ? x(index) : index === 0 ? SIDE : width - SIDE;
      if (byBand || index === 0 || index === points.length - 1) words.push(label(at, HEIGHT - 3, shortPeriod(points[index][0]), edge));
      return words;
    });
    const spokenText = points.map(([period], index) => `${corridors.date(period)}: ${values[index]}`).join("; ");
    return svg("svg", { class: "chart", viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: "img", "aria-label": spokenText }, base, ...marks, ...words);
  };

  /** Charts of all series of a feature; two stand side by side, on one scale where they share a unit. */
  corridors.charts = (list) => {
    const usable = (list || []).filter((series) => series.points.some(([, value]) => Number.isFinite(value)));
    if (!usable.length) return null;
    const width = usable.length === 2 ? 136 : 286;
    const top = (series) => Math.max(...series.points.map(([, value]) => value || 0));
    const shared = usable.length === 2 && usable[0].unit === usable[1].unit ? Math.max(...usable.map(top)) : null;
    const low = usable.some((series) => series.points.some(([, , confidence]) => confidence === "low"));
    return el("div", { class: usable.length === 2 ? "charts pair" : "charts" }, usable.map((series) =>
      el("figure", {},
        el("figcaption", {}, corridors.t(series.label), el("span", { class: "unit" }, ` ${corridors.unit(series.unit)}`)),
        draw(series, width, shared ?? top(series)),
        series.note ? el("p", { class: "fine", lang: "en" }, series.note) : null)),
      low ? el("p", { class: "fine" }, corridors.t("series.unsure")) : null);
  };
}
