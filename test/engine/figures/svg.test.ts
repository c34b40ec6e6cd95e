/** SVG text from a tree: escaping, numbers, refusals. */
import { describe, expect, it } from 'vitest';
import { escapeText, renderSvg, svg, text } from '../../../engine/figures/svg.ts';

describe('renderSvg', () => {
  it('writes elements, attributes and text', () => {
    expect(renderSvg(svg('g', { class: 'a', x: 1.23456 }, [text(0, 1, 'b')]))).toBe(
      '<g class="a" x="1.23"><text x="0" y="1">b</text></g>',
    );
  });

  it('closes what is empty', () => {
    expect(renderSvg(svg('rect', { width: 3 }))).toBe('<rect width="3"/>');
  });

  it('lets no text become markup', () => {
    const hostile = '</text><script>alert("1")</script>&amp;\'';
    expect(renderSvg(text(0, 0, hostile))).toBe(
      '<text x="0" y="0">&lt;/text&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;&#39;</text>',
    );
    expect(renderSvg(svg('g', { class: '"onload="x' }))).toBe('<g class="&quot;onload=&quot;x"/>');
  });

  it('drops the characters XML forbids and keeps the rest', () => {
    expect(escapeText('a\u0000b\u001fc\td\ud800e😀\uffff')).toBe('abc\tde😀');
  });

  it('refuses coordinates that are not numbers and names that are not names', () => {
    expect(() => renderSvg(svg('rect', { x: Number.NaN }))).toThrow('internal: <rect> has x = NaN');
    expect(() => renderSvg(svg('a b'))).toThrow('internal: element name "a b"');
    expect(() => renderSvg(svg('g', { 'x y': 1 }))).toThrow('internal: attribute name "x y" of <g>');
  });
});
