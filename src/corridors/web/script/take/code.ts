/*! The code is made by lean-qr. Copyright (c) 2021-2025 David Evans. MIT License: permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions: The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE. */
/* An address as a code that cameras read (QR). */
import { generate } from "lean-qr/nano";
import { svg } from "../dom.ts";

const MARGIN = 4; // modules, as the standard asks
const [LEAST_MM, MODULE_MM] = [24, 1 / 3]; // a camera reads no smaller modules off paper
const LONGEST = 1000; // characters; a longer address would need a code as wide as half the sheet

/** The code of an address; null if it is too long for one. */
export const addressCode = (address: string): SVGElement | null => {
  if (address.length > LONGEST) return null;
  const code = generate(address);
  const across = code.size + 2 * MARGIN;
  let path = "";
  for (let y = 0; y < code.size; y += 1)
    for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
  const box = `${-MARGIN} ${-MARGIN} ${across} ${across}`;
  const width = `${Math.max(LEAST_MM, across * MODULE_MM)}mm`;
  return svg("svg", { class: "code", viewBox: box, width, "aria-hidden": true }, svg("path", { d: path }));
};
