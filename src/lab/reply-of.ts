/** Of a future of Jupyter. */
interface IReplying<T> {
  readonly done: Promise<T>;
  onReply: (reply: T) => void;
}

/**
 * The reply to a message, as soon as it is there.
 *
 * A future of Jupyter is done only when the kernel has also said on another channel that it is idle again, and a page that has just
 * connected may miss that word: it would wait for ever for an answer that it has.
 *
 * @throws what the future says (as a rejection) when it was given up: a restart, a connection that went away.
 */
export function replyOf<T>(future: IReplying<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    future.onReply = resolve;
    future.done.then(resolve, reject);
  });
}
