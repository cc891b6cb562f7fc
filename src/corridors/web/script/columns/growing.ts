/* A list of 32-bit integers that grows. */

export class Growing {
  length = 0;
  #numbers = new Int32Array(1024);

  push(number: number): void {
    if (this.length === this.#numbers.length) {
      const longer = new Int32Array(2 * this.length);
      longer.set(this.#numbers);
      this.#numbers = longer;
    }
    this.#numbers[this.length] = number;
    this.length += 1;
  }

  at(index: number): number {
    return this.#numbers[index];
  }

  /** Its numbers, in no more memory than they need. */
  numbers(): Int32Array {
    return this.#numbers.slice(0, this.length);
  }
}
