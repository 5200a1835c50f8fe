import words from './words.cjs';

type Messages = Parameters<typeof words.readMessages>[2];

/** The messages of a piece of code. */
function messagesIn(code: string): Messages {
  const found: Messages = new Map();
  words.readMessages('a.ts', code, found);
  return found;
}

describe('finding words', () => {
  it('finds plain ones, plurals and those with a context', () => {
    const found = messagesIn(
      "t.__('Stop');\nthis.t._n('%1 job', '%1 jobs', n);\nt._p('menu', 'Stop');"
    );
    expect([...found]).toEqual([
      ['Stop', { plural: null, places: ['a.ts:1'] }],
      ['%1 job', { plural: '%1 jobs', places: ['a.ts:2'] }],
      ['menu\u0004Stop', { plural: null, places: ['a.ts:3'] }]
    ]);
  });

  it('refuses what is put together while the program runs', () => {
    expect(() => messagesIn('t.__(`${a} jobs`)')).toThrow('a.ts:1');
    expect(() => messagesIn("t._n('%1 job', other, n)")).toThrow('a.ts:1');
  });

  it('lets a translator hand on', () => {
    expect(messagesIn('inner.__(msgid, ...args)').size).toBe(0);
  });

  it('finds the words of a schema, with the contexts JupyterLab gives them', () => {
    const schema = `{
      "title": "A",
      "jupyter.lab.menus": { "main": [{ "id": "x", "label": "B" }] },
      "properties": {
        "on": {
          "type": "string",
          "description": "C",
          "oneOf": [{ "const": "x", "title": "D" }]
        }
      }
    }`;
    expect(words.schemaWords(JSON.parse(schema) as object)).toEqual([
      ['schema', 'A'],
      ['menu', 'B'],
      ['settings', 'C'],
      ['settings', 'D']
    ]);
  });
});

describe('judging a catalogue', () => {
  const wanted = messagesIn("t.__('in %1'); t._n('%1 job', '%1 jobs', n)");
  const good = { 'in %1': ['w %1'], '%1 job': ['%1 a', '%1 b', '%1 c'] };

  it('has nothing to say of a good one', () => {
    expect(words.complaints(wanted, good)).toEqual([]);
  });

  it.each([
    ['missing', { '%1 job': good['%1 job'] }],
    ['forms', { ...good, '%1 job': ['%1 a'] }],
    ['forms', { ...good, 'in %1': ['w %1', 'we %1'] }],
    ['gaps', { ...good, 'in %1': ['w'] }],
    ['gaps', { ...good, 'in %1': ['w %1 %2'] }],
    ['gaps', { ...good, '%1 job': ['%1 a', '%1 b', '%3 c'] }],
    ['gaps', { ...good, '%1 job': ['%1 a', '', '%1 c'] }],
    ['unused', { ...good, other: ['inne'] }]
  ])('says what is %s', (what, have) => {
    const lines = words.complaints(wanted, have as typeof good);
    expect(lines).toEqual([expect.stringContaining(`${what}: `)]);
  });

  it('says which settings have no Polish, and which words nobody asks for', () => {
    expect(
      words.settingsComplaints(['On', 'Off'], { On: 'W', No: 'N' })
    ).toEqual(['missing: "Off" (schema)', 'unused: "No" (schema)']);
  });
});

describe('the Polish catalogue', () => {
  it('has every word of the code, and no other', () => {
    expect(words.messages().size).toBeGreaterThan(300);
    expect(words.complaints()).toEqual([]);
  });

  it('has every word of the settings and menus', () => {
    expect(words.settingsComplaints()).toEqual([]);
  });

  it('gives JupyterLab the words of commands and settings', () => {
    const locale = words.locale();
    expect(locale['']).toMatchObject({
      domain: 'sparkglass',
      language: 'pl-PL'
    });
    expect(locale['Show Spark Panel']).toEqual(['Pokaż panel Sparka']);
    expect(locale['settings\u0004On']).toEqual(['Włączone']);
    expect(Object.values(locale)).not.toContain(undefined);
    expect(Object.values(locale).flat()).not.toContain(undefined);
  });
});
