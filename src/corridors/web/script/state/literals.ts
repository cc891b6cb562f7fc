/* Values and texts as conditions and shells write them. */

export type Value = string | number;

const ESCAPES: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\0": "\\0" };

export const literal = (value: Value): string => {
  if (typeof value === "number") return String(value);
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  return (
    quote +
    value.replace(/[\\'\n\r\0]/g, (sign) => (sign === "'" && quote !== sign ? sign : (ESCAPES[sign] ?? `\\${sign}`))) +
    quote
  );
};

/** Whether a column has one of some values, or with ``not`` none of them. */
export const among = (column: string, values: Value[], not = false): string => {
  const list = values.map(literal);
  if (list.length === 1) return `${column} ${not ? "!=" : "=="} ${list}`;
  return `${column} ${not ? "not in" : "in"} (${list.join(", ")})`;
};

/** A text as one word of a shell: in single quotes if a shell would change it in double ones. */
export const quoted = (text: string): string =>
  /[$`\\]|!(?!=)/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"${text.replaceAll('"', '\\"')}"`;
