import {
  errorText,
  reasonCode,
  Reason,
  type ITaskEndReason
} from '../../../events';
import { taskEndReason } from './task-end-reason';

const REASONS: ITaskEndReason[] = [
  { Reason: 'Success' },
  { Reason: 'Resubmitted' },
  { Reason: 'TaskResultLost' },
  { Reason: 'TaskKilled', 'Kill Reason': 'Stage finished' },
  {
    Reason: 'TaskCommitDenied',
    'Job ID': 1,
    'Partition ID': 2,
    'Attempt Number': 0
  },
  {
    Reason: 'ExecutorLostFailure',
    'Executor ID': '0',
    'Exit Caused By App': true,
    'Loss Reason': 'Command exited\nwith code 137'
  },
  {
    Reason: 'ExecutorLostFailure',
    'Executor ID': '7',
    'Exit Caused By App': false
  },
  {
    Reason: 'FetchFailed',
    'Block Manager Address': { 'Executor ID': '0', Host: 'a, b', Port: 7337 },
    'Shuffle ID': 0,
    'Map ID': 12,
    'Map Index': -2147483648,
    'Reduce ID': 3,
    Message: 'lost\n\tat a.b(c.scala:1)\n'
  },
  {
    Reason: 'FetchFailed',
    'Shuffle ID': 0,
    'Map ID': -1,
    'Map Index': 4,
    'Reduce ID': 3,
    Message: 'metadata'
  },
  {
    Reason: 'ExceptionFailure',
    'Class Name': 'java.lang.RuntimeException',
    Description: 'a: b\nc',
    'Stack Trace': [],
    'Full Stack Trace': 'java.lang.RuntimeException: a: b\nc\n\tat d.e(f:1)\n'
  }
];

describe('taskEndReason', () => {
  it.each(REASONS)('is what made the text: $Reason', reason => {
    const text = errorText(reason) ?? '';
    expect(taskEndReason(reasonCode(reason), text)).toEqual(reason);
  });

  it.each(REASONS.filter(({ Reason: name }) => /Lost|Fetch/.test(name ?? '')))(
    'is found in what the status store calls an exception: $Reason',
    reason => {
      const text = errorText(reason) ?? '';
      expect(taskEndReason(Reason.exceptionFailure, text)).toEqual(reason);
    }
  );

  it('reads a text that was cut', () => {
    const text = errorText(REASONS[7]!)!.slice(0, -6);
    const read = taskEndReason(Reason.fetchFailed, text);
    expect(read.Reason).toBe('FetchFailed');
    expect(read['Shuffle ID']).toBe(0);
  });

  it('invents nothing', () => {
    expect(taskEndReason(Reason.fetchFailed, '?').Reason).toBe('UnknownReason');
    expect(taskEndReason(Reason.other, 'x').Reason).toBe('UnknownReason');
  });
});
