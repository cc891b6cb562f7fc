/* Where the edges of a route are drawn: on the course of their line, or along an arc from node to node. */
import { type Path, pathsOf, positionsOf } from "../columns/positions.ts";
import { featureOf } from "../payload/features.ts";
import type { Edge, Leg, Node } from "../types/network.ts";
import { arc } from "./geodesic.ts";
import { coded, readNetwork } from "./network.ts";

let others: Map<string, Path> | null = null;

/** The course of a line: that of its feature, or else the one in the network's data. */
const lineCourse = (id: string): Path => {
  const feature = featureOf(id);
  if (feature) return positionsOf(feature)[0];
  others ??= new Map(pathsOf(coded.courses.shapes).map(([path], nth) => [coded.courses.lines[nth], path]));
  return others.get(id) ?? [];
};

/** A border between two stations is a node without a place. The line is cut there. */
const cutAt = ({ place, lat, lon }: Node): Path => (place ? [] : [[lat, lon]]);

/** The positions of an edge from its start to its end. */
const edgeCourse = ({ a, b, line, rows: [first, end] }: Edge): Path => {
  const { nodes } = readNetwork();
  const [one, other] = [nodes[a], nodes[b]];
  if (first === end) return arc(one, other);
  return [...cutAt(one), ...lineCourse(line.id).slice(first, end), ...cutAt(other)];
};

/** The positions of a leg in the direction of travel. */
export const legCourse = ({ edges, nodes }: Leg): Path =>
  edges.flatMap((edge, nth) => {
    const course = edgeCourse(edge);
    return readNetwork().nodes[edge.b] === nodes[nth + 1] ? course : course.reverse();
  });
