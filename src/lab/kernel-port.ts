import { Kernel, KernelMessage } from '@jupyterlab/services';
import type { IKernelPort, IPush, IReply } from '../sources/kernel';
import { LinkError } from './link-error';
import { replyOf } from './reply-of';

/** The kernel side's comm; made without `comm_open`, so the page knows its id instead of being told. */
const PUSH_COMM = 'sparkglass-push';
/** A reply that has not come by then will not come: a restart, a kernel without us. */
const REPLY_TIMEOUT_MS = 30_000;

/**
 * Jupyter's kernel connection as a port.
 *
 * Pushes are read off the stream of messages instead of through a comm object: that works for every connection of a kernel (only one may own comms),
 * and from the first message after a reload in the middle of a cell.
 */
export class KernelPort implements IKernelPort {
  constructor(private readonly kernel: Kernel.IKernelConnection) {}

  listen(onPush: (push: IPush) => void): () => void {
    const slot = (
      _: Kernel.IKernelConnection,
      message: KernelMessage.IIOPubMessage
    ): void => {
      if (
        KernelMessage.isCommMsgMsg(message) &&
        message.content.comm_id === PUSH_COMM
      ) {
        const frame = message.buffers?.[0];
        const data = message.content.data;
        if (frame && data) {
          onPush({
            v: Number(data.v),
            kernel: String(data.kernel),
            seq: Number(data.seq),
            frame: bytesOf(frame)
          });
        }
      }
    };
    this.kernel.iopubMessage.connect(slot);
    return () => {
      this.kernel.iopubMessage.disconnect(slot);
    };
  }

  request(content: Readonly<Record<string, unknown>>): Promise<IReply> {
    // Jupyter's types know only its own messages; the channel takes any.
    const message = KernelMessage.createMessage({
      msgType: 'sparkglass_request',
      channel: 'control',
      session: this.kernel.clientId,
      username: this.kernel.username,
      content
    } as never) as unknown as KernelMessage.IControlMessage;
    const future = this.kernel.sendControlMessage(message, true, true);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        future.dispose();
        reject(new LinkError('silent', 'The kernel did not answer.'));
      }, REPLY_TIMEOUT_MS);
      replyOf(future).then(
        reply => {
          clearTimeout(timer);
          resolve({
            content: reply.content as unknown as Readonly<
              Record<string, unknown>
            >,
            buffers: (reply.buffers ?? []).map(bytesOf)
          });
        },
        (reason: unknown) => {
          clearTimeout(timer);
          reject(reason);
        }
      );
    });
  }
}

function bytesOf(buffer: ArrayBuffer | ArrayBufferView): Uint8Array {
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer)
    : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
