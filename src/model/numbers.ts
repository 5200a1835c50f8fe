/** A column of numbers that is as wide as its largest value needs; absent while all are 0. */
export type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array;
