/** A translated string of the code. */
interface IMessage {
  /** The English plural; null where there is none. */
  readonly plural: string | null;
  /** `file:line` */
  readonly places: readonly string[];
}

type Messages = Map<string, IMessage>;
type Forms = Readonly<Record<string, readonly string[]>>;

declare const words: {
  readonly complaints: (wanted?: Messages, have?: Forms) => string[];
  readonly locale: () => Readonly<Record<string, unknown>>;
  readonly messages: () => Messages;
  readonly readMessages: (place: string, text: string, found: Messages) => void;
  readonly schemaWords: (schema: object) => [context: string, word: string][];
  readonly settingsComplaints: (
    wanted?: readonly string[],
    have?: Readonly<Record<string, string>>
  ) => string[];
};

export default words;
