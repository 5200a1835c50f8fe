import { readCallSite } from './call-site';

describe('call sites as Spark writes them', () => {
  it.each([
    // From event logs of PySpark 3.5 and 4.3.
    ['count at NativeMethodAccessorImpl.java:0', 'count', null, null],
    [
      'reduceByKey at /home/reader/everyday.py:12',
      'reduceByKey',
      'everyday.py',
      12
    ],
    ['runJob at PythonRDD.scala:181', 'runJob', null, null],
    [
      '$anonfun$withThreadLocalCaptured$1 at CompletableFuture.java:1768',
      null,
      null,
      null
    ]
  ])('%s', (text, action, file, line) => {
    expect(readCallSite(text)).toMatchObject({ action, file, line });
  });

  it('knows a cell of a notebook', () => {
    expect(readCallSite('collect at /tmp/ipykernel_71/2203.py:3')).toEqual({
      action: 'collect',
      file: '2203.py',
      isCell: true,
      line: 3
    });
    expect(readCallSite('collect at <stdin>:1').isCell).toBe(true);
  });

  it('makes nothing of what it does not know', () => {
    expect(readCallSite('').action).toBeNull();
    expect(readCallSite('my job').action).toBeNull();
  });
});
