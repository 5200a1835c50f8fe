import { escapeXml } from './escape-xml';
import { boxPath, fontOf, paintOf, short, SvgDefs } from './svg';

describe('escapeXml', () => {
  it('leaves nothing that could end a text or an attribute', () => {
    expect(escapeXml(`</text><script>"'&`)).toBe(
      '&#60;/text&#62;&#60;script&#62;&#34;&#39;&#38;'
    );
  });

  it('replaces what XML cannot hold, and keeps what it can', () => {
    expect(escapeXml('a\u0000b\u001bc\ud800d\udc00e\uffff')).toBe(
      'a\ufffdb\ufffdc\ufffdd\ufffde\ufffd'
    );
    expect(escapeXml('ż\t→\n😀')).toBe('ż\t→\n😀');
  });
});

it.each([
  [0.1 + 0.2, '0.3'],
  [-0.001, '0'],
  [12, '12'],
  [1.005, '1']
])('writes %p as %p', (n, text) => {
  expect(short(n)).toBe(text);
});

describe('paintOf', () => {
  it.each([
    ['#1c6cb3', ' fill="#1c6cb3"'],
    ['rgb(255, 0, 10)', ' fill="#ff000a"'],
    ['rgba(0, 0, 0, 0.08)', ' fill="#000000" fill-opacity="0.08"'],
    ['color(srgb 0.5 0 1 / 0.18)', ' fill="#8000ff" fill-opacity="0.18"']
  ])('writes %p as programs for slides read it', (css, text) => {
    expect(paintOf('fill', css)).toBe(text);
  });

  it.each(['transparent', 'rgba(0, 0, 0, 0)', 'none', ''])(
    'says that %p is not seen',
    css => {
      expect(paintOf('stroke', css)).toBeNull();
    }
  );
});

describe('fontOf', () => {
  it('takes a font apart', () => {
    expect(fontOf('11px system-ui, "Segoe UI"')).toBe(
      ' font-family="system-ui, &#34;Segoe UI&#34;, sans-serif" font-size="11"'
    );
    expect(fontOf('italic 600 12.5px serif')).toBe(
      ' font-family="serif" font-size="12.5" font-weight="600" font-style="italic"'
    );
    expect(fontOf('13px "DejaVu Mono"')).toContain('&#34;, monospace"');
    expect(fontOf('normal 400 13px serif')).toBe(
      ' font-family="serif" font-size="13"'
    );
  });
});

describe('SvgDefs', () => {
  it('defines a thing once', () => {
    const defs = new SvgDefs();
    expect(String(defs)).toBe('');
    const first = defs.clip(0, 0, 10, 5);
    expect(defs.clip(0, 0, 10, 5)).toBe(first);
    expect(defs.clip(0, 0, 10, 6)).not.toBe(first);
    expect(String(defs).match(/<clipPath /g)).toHaveLength(2);
  });
});

it('a box is a closed path', () => {
  expect(boxPath(1, 2, 3, 4)).toBe('M1 2h3v4h-3z');
});
