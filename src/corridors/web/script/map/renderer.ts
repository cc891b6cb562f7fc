/* An SVG renderer that draws one feature as several stacked paths (casing, ink, core, marks, hit line) from one projection. */
import { svg } from "../dom.ts";
import { lineScale, pointScale } from "./scale.ts";

const TIERS = ["area", "casing", "ink", "mark", "hit"];

/** Short bars across a line of projected points, one each `step` pixels. */
const crossBars = (parts, step, half) => {
  let d = "";
  for (const points of parts) {
    let next = step / 2;
    let walked = 0;
    for (let i = 1; i < points.length; i += 1) {
      const [a, b] = [points[i - 1], points[i]];
      const length = a.distanceTo(b);
      for (; length > 0 && next <= walked + length; next += step) {
        const share = (next - walked) / length;
        d += bar(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share, (b.x - a.x) / length, (b.y - a.y) / length, half);
      }
      walked += length;
    }
  }
  return d;
};

const bar = (x, y, dx, dy, half) =>
  `M${(x - dy * half).toFixed(1)} ${(y + dx * half).toFixed(1)}L${(x + dy * half).toFixed(1)} ${(y - dx * half).toFixed(1)}`;

/** A small tick across the line at each vertex that is a station, only inside the drawn bounds. */
const stationTicks = (rings, stops, bounds, half) => {
  const points = rings.flat();
  let d = "";
  for (const index of stops) {
    const at = points[index];
    if (!at || !bounds.contains(at)) continue;
    const before = points[index - 1] || at;
    const after = points[index + 1] || at;
    const length = before.distanceTo(after) || 1;
    d += bar(at.x, at.y, (after.x - before.x) / length, (after.y - before.y) / length, half);
  }
  return d;
};

/** Points of a line moved sideways by so many pixels, to the right of its direction. */
const aside = (points, by) => {
  const normals = points.slice(1).map((point, i) => {
    const [dx, dy] = [point.x - points[i].x, point.y - points[i].y];
    const length = Math.hypot(dx, dy) || 1;
    return L.point(-dy / length, dx / length);
  });
  return points.map((point, i) => {
    const [before, after] = [normals[i - 1] || normals[i], normals[i] || normals[i - 1]];
    const sum = before.add(after);
    // Along the bisector, and no farther than twice the distance where the line turns sharply.
    const scale = by / Math.max(0.5, (sum.x * sum.x + sum.y * sum.y) / 2);
    return point.add(sum.multiplyBy(scale));
  });
};

/** A line beside its course, so that several on one course are seen side by side; its offset is in pixels. */
export const Ribbon = L.Polyline.extend({
  _simplifyPoints() {
    L.Polyline.prototype._simplifyPoints.call(this);
    const by = this.options.offset * lineScale(this._map.getZoom());
    if (by) this._parts = this._parts.map((points) => (points.length > 1 ? aside(points, by) : points));
  },
});

export const StackedRenderer = L.SVG.extend({
  _initContainer() {
    L.SVG.prototype._initContainer.call(this);
    this._container.setAttribute("aria-hidden", "true");
    this._tiers = {};
    for (const name of TIERS) this._tiers[name] = this._rootGroup.appendChild(svg("g", { class: `tier-${name}` }));
  },

  _initPath(layer) {
    layer._drawn = layer.options.draw();
    layer._path = layer._drawn.target;
    this._layers[L.stamp(layer)] = layer;
  },

  _addPath(layer) {
    if (!this._rootGroup) this._initContainer();
    for (const { tier, node } of layer._drawn.nodes) this._tiers[tier].append(node);
    if (layer.options.interactive) layer.addInteractiveTarget(layer._path);
  },

  _removePath(layer) {
    for (const { node } of layer._drawn.nodes) node.remove();
    layer.removeInteractiveTarget(layer._path);
    delete this._layers[L.stamp(layer)];
  },

  _updatePath(layer) {
    layer._project();
    layer._update();
  },

  _updateStyle() {},
  _bringToFront() {},
  _bringToBack() {},

  _setPath(layer, path) {
    for (const { node, place } of layer._drawn.nodes) if (!place) node.setAttribute("d", path);
  },

  _updatePoly(layer, closed) {
    L.SVG.prototype._updatePoly.call(this, layer, closed);
    const { marks } = layer._drawn;
    if (!marks) return;
    let d = marks.suspended ? crossBars(layer._parts, 34, 4.5) : "";
    if (marks.stops && this._map.getZoom() >= marks.fromZoom) d += stationTicks(layer._rings, marks.stops, this._bounds, 4);
    marks.node.setAttribute("d", d || "M0 0");
  },

  _updateCircle(layer) {
    const { x, y } = layer._point;
    const place = `translate(${Math.round(x)} ${Math.round(y)}) scale(${pointScale(this._map.getZoom())})`;
    for (const { node } of layer._drawn.nodes) node.setAttribute("transform", place);
  },
});
