/* Marks along a line, parts of a line, and a line beside another, from its points in pixels. */

/** Ranges of vertices: the first and the last of each. */
type Ranges = [first: number, last: number][];

/** The parts of a line along its tracks, and those that are straight from stop to stop. */
export interface Parts {
  tracks: Ranges;
  straight: Ranges;
}

/** The parts of a line with so many vertices; none if all of it looks the same. */
export const partsOf = (straight: Ranges | undefined, count: number): Parts | null => {
  if (!straight?.length || (straight[0][0] === 0 && straight[0][1] === count - 1)) return null;
  const ends = [0, ...straight.flat(), count - 1];
  const tracks = straight.concat([[0, 0]]).map((_, nth): [number, number] => [ends[2 * nth], ends[2 * nth + 1]]);
  return { tracks: tracks.filter(([first, last]) => first < last), straight };
};

/** Parts of a line as an SVG path. */
export const partPath = (points: L.Point[] | undefined, ranges: Ranges): string =>
  ranges
    .map(([first, last]) => L.LineUtil.simplify((points ?? []).slice(first, last + 1), 1))
    .map((part) => part.map(({ x, y }, nth) => `${nth ? "L" : "M"}${x} ${y}`).join(""))
    .join("") || "M0 0";

const bar = (x: number, y: number, dx: number, dy: number, half: number): string =>
  `M${(x - dy * half).toFixed(1)} ${(y + dx * half).toFixed(1)}L${(x + dy * half).toFixed(1)} ${(y - dx * half).toFixed(1)}`;

/** Short bars across a line, one every `step` pixels, `half` pixels to either side; as an SVG path. */
export const crossBars = (parts: L.Point[][], step: number, half: number): string => {
  let d = "";
  for (const points of parts) {
    let next = step / 2;
    let walked = 0;
    for (let i = 1; i < points.length; i += 1) {
      const [a, b] = [points[i - 1], points[i]];
      const length = a.distanceTo(b);
      for (; length > 0 && next <= walked + length; next += step) {
        const share = (next - walked) / length;
        const [dx, dy] = [b.x - a.x, b.y - a.y];
        d += bar(a.x + dx * share, a.y + dy * share, dx / length, dy / length, half);
      }
      walked += length;
    }
  }
  return d;
};

/** A small tick across the line at each vertex that is a station, only inside the drawn bounds. */
export const stationTicks = (rings: L.Point[][], stops: number[], bounds: L.Bounds, half: number): string => {
  const points = rings.flat();
  let d = "";
  for (const index of stops) {
    const at = points[index];
    if (!at || !bounds.contains(at)) continue;
    const [before, after] = [points[index - 1] ?? at, points[index + 1] ?? at];
    const length = before.distanceTo(after) || 1;
    d += bar(at.x, at.y, (after.x - before.x) / length, (after.y - before.y) / length, half);
  }
  return d;
};

/** Points of a line moved sideways by so many pixels, to the right of its direction. */
export const aside = (points: L.Point[], by: number): L.Point[] => {
  const normals = points.slice(1).map((point, i) => {
    const [dx, dy] = [point.x - points[i].x, point.y - points[i].y];
    const length = Math.hypot(dx, dy) || 1;
    return L.point(-dy / length, dx / length);
  });
  return points.map((point, i) => {
    const [before, after] = [normals[i - 1] ?? normals[i], normals[i] ?? normals[i - 1]];
    const sum = before.add(after);
    // Along the bisector, and at sharp corners at most twice the distance.
    const scale = by / Math.max(0.5, (sum.x * sum.x + sum.y * sum.y) / 2);
    return point.add(sum.multiplyBy(scale));
  });
};
