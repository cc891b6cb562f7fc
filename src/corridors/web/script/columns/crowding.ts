/* Which points have room for their symbol. The rule looks only at neighbours, so it holds while the map moves. */

/** Of positions (x, y in pixels), in the order of their rank: 1 where none of those before is nearer than so many pixels. */
export const withRoom = (positions: Float64Array, apart: number): Uint8Array => {
  const count = positions.length / 2;
  const free = new Uint8Array(count).fill(1);
  const cells = new Map<number, number[]>();
  const cellOf = (column: number, row: number): number => column * 2 ** 24 + row;
  for (let i = 0; i < count; i += 1) {
    const [x, y] = [positions[2 * i], positions[2 * i + 1]];
    const [column, row] = [Math.floor(x / apart), Math.floor(y / apart)];
    const isNear = (other: number): boolean =>
      Math.hypot(positions[2 * other] - x, positions[2 * other + 1] - y) < apart;
    for (let across = -1; across < 2 && free[i]; across += 1)
      for (let down = -1; down < 2 && free[i]; down += 1)
        if (cells.get(cellOf(column + across, row + down))?.some(isNear)) free[i] = 0;
    const key = cellOf(column, row);
    const own = cells.get(key);
    if (!own) cells.set(key, [i]);
    else own.push(i);
  }
  return free;
};
