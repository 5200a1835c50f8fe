import type { Rule } from 'eslint';

/** What a room (a folder of src/) may import. */
interface IRoom {
  /** Other rooms, by folder name. */
  readonly rooms: readonly string[];
  /** Packages; a `*` at the end stands for anything. */
  readonly packages: readonly string[];
  /** A room that only some files may import → those files. */
  readonly only?: Readonly<Record<string, readonly string[]>>;
  /** Whether it must run in a worker and in Node. */
  readonly pure?: boolean;
}

declare const plugin: {
  readonly rules: { readonly imports: Rule.RuleModule };
  readonly rooms: Readonly<Record<string, IRoom>>;
};

export default plugin;
