/** Bytes that JSON is built of. */
export const OPEN = 0x7b;
export const CLOSE = 0x7d;
export const OPEN_LIST = 0x5b;
export const CLOSE_LIST = 0x5d;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const QUOTE = 0x22;
/** And what ends a line of it. */
export const LINE_END = 0x0a;
