/** The port in the address that Spark gives; its host is what the driver's machine calls itself, which nobody else may know. 0 = none. */
export function portOf(uiAddress: string | null): number {
  try {
    return Number(new URL(uiAddress ?? '').port);
  } catch {
    return 0;
  }
}
