/** `java.util.Properties` or a Scala map. */
export type Properties = Readonly<Record<string, string>>;
