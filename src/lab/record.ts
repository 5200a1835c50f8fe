import { Notification } from '@jupyterlab/apputils';
import { lackWords, recordingWords } from '../views/panel';
import type { KernelLink } from './kernel-link';
import { Recorder } from './recorder';
import type { IRecordingHost } from './recordings';

/** A notification that asks nothing stays so long, ms. */
const SHOWN_MS = 8000;

/**
 * Begin to record the newest application of a kernel.
 *
 * @param folder - path of the folder to write into, with its drive.
 * @returns null when there is nothing to record; a notification has said so.
 */
export async function beginRecording(
  link: KernelLink,
  folder: string,
  host: IRecordingHost
): Promise<Recorder | null> {
  const { contents, commands, trans } = host;
  const port = link.kernelPort;
  const application = link.session.latest;
  if (!port || !application) {
    Notification.warning(
      trans.__(
        'There is no Spark session in this notebook yet. Run a cell that makes one, then record.'
      ),
      { autoClose: SHOWN_MS }
    );
    return null;
  }
  const recorder = new Recorder({ port, application, contents, folder });
  // Another session of the model is another kernel process, and a disposed link a notebook that was closed.
  const { session } = link;
  const forgetLink = link.changed.connect(() => {
    if (link.session !== session || link.state === 'dead') {
      void recorder.stop('kernel');
    }
  });
  const told = new Set<string>();
  const tell = (): void => {
    const { state } = recorder;
    if (told.has(state.phase)) {
      return;
    }
    told.add(state.phase);
    const words = [
      recordingWords(state, trans),
      ...lackWords(state, trans)
    ].join(' ');
    if (state.phase === 'failed') {
      Notification.error(words);
    } else if (state.phase === 'recording') {
      Notification.info(words, { autoClose: SHOWN_MS });
    } else if (state.phase === 'done') {
      Notification.success(words, {
        autoClose: SHOWN_MS,
        actions: [
          {
            label: trans.__('Open the recording'),
            callback: () => {
              void commands.execute('docmanager:open', {
                path: recorder.path,
                factory: 'Spark event log'
              });
            }
          }
        ]
      });
    }
    if (state.phase === 'failed' || state.phase === 'done') {
      forgetLink();
      forgetEnd();
    }
  };
  recorder.changed.connect(tell);
  const forgetEnd = link.disposing.connect(() => void recorder.stop('kernel'));
  void recorder.start();
  return recorder;
}
