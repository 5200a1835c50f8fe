/**
 * The value that would stand at a place if all were sorted; O(n).
 *
 * @param values - at least one; their order is changed.
 * @param place - from 0 to `values.length - 1`.
 */
export function nthSmallest(values: Float64Array, place: number): number {
  let [from, to] = [0, values.length - 1];
  while (from < to) {
    // Hoare's partition round the middle value, which keeps equal ones apart.
    const pivot = values[(from + to) >> 1]!;
    let [i, j] = [from, to];
    while (i <= j) {
      while (values[i]! < pivot) {
        i++;
      }
      while (values[j]! > pivot) {
        j--;
      }
      if (i <= j) {
        const swapped = values[i]!;
        values[i++] = values[j]!;
        values[j--] = swapped;
      }
    }
    if (place <= j) {
      to = j;
    } else if (place >= i) {
      from = i;
    } else {
      break;
    }
  }
  return values[place]!;
}
