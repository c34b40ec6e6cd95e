/** A figure on the screen is the figure of the export: the same elements, attributes and text. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { reportFigures } from '../../../engine/figures/reportFigures.ts';
import { renderSvg } from '../../../engine/figures/svg.ts';
import { Figure } from '../../../renderer/plots/Figure.tsx';
import { sampleReport } from '../../engine/figures/sampleReport.ts';

/** Element names and texts in order, and how many attributes there are, whatever their spelling and number format. */
const outline = (markup: string) => ({
  tags: markup.match(/<[a-z]+/g),
  texts: markup.replace(/<[^>]+>/g, '|').replace(/&#x27;|&#39;/g, "'"),
  attributes: markup.match(/ [a-zA-Z:-]+="/g)?.map((name) => name.toLowerCase()),
});

describe('Figure', () => {
  it.each(reportFigures(sampleReport(), 800))('draws $id as the export does', ({ node }) => {
    const drawn = outline(renderToStaticMarkup(<Figure node={node} />));
    const exported = outline(renderSvg(node).replace(/\/>/g, ' />'));
    expect(drawn.tags).toEqual(exported.tags);
    expect(drawn.texts.replace(/\|+/g, '|')).toEqual(exported.texts.replace(/\|+/g, '|'));
    expect(drawn.attributes).toEqual(exported.attributes);
  });
});
