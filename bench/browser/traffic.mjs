/**
 * What the server sends to the page over web sockets, as the browser's own protocol counts it. Watching costs the browser time, so nothing
 * else is measured meanwhile.
 */
export class Traffic {
  /** @param {import('@playwright/test').Page} page */
  constructor(page) {
    this.page = page;
  }

  /**
   * @param {{finish?: string}} options `finish`: a pattern whose first group is the time (ms since 1970) at which a task that a message tells of
   *   finished; its delay until now is noted
   */
  async begin({ finish = '' }) {
    this.bytes = 0;
    this.times = [];
    this.delays = [];
    const pattern = finish ? new RegExp(finish, 'g') : null;
    this.session = await this.page.context().newCDPSession(this.page);
    this.session.on('Network.webSocketFrameReceived', ({ response }) => {
      const now = Date.now();
      const { opcode, payloadData } = response;
      const data = Buffer.from(payloadData, opcode === 2 ? 'base64' : 'utf8');
      this.bytes += data.length;
      this.times.push(now);
      if (pattern) {
        for (const match of data.toString('latin1').matchAll(pattern)) {
          this.delays.push(now - Number(match[1]));
        }
      }
    });
    await this.session.send('Network.enable');
  }

  /** @returns {Promise<{bytes: number, frames: number, mostInASecond: number, delays: number[]}>} */
  async end() {
    await this.session.send('Network.disable');
    await this.session.detach();
    return {
      bytes: this.bytes,
      frames: this.times.length,
      mostInASecond: mostWithin(this.times, 1000),
      delays: this.delays
    };
  }
}

/** How many of the sorted times lie in the fullest span of so many ms. */
function mostWithin(times, spanMs) {
  let most = 0;
  let first = 0;
  for (let i = 0; i < times.length; i++) {
    while (times[i] - times[first] >= spanMs) {
      first++;
    }
    most = Math.max(most, i - first + 1);
  }
  return most;
}
