/** The published shape of records, both ways. */
import { describe, expect, it } from 'vitest';
import { generateScenarios } from '../../../engine/scenario/generate.ts';
import { renderPrompt } from '../../../engine/scenario/prompt.ts';
import { fromPublished, publishedLineSchema, toPublished } from '../../../engine/scenario/publishedShape.ts';
import type { DatasetRecord } from '../../../shared/training.ts';

const bins = Array.from({ length: 101 }, (_, i) => (i === 40 ? 0.25 : i === 60 ? 0.75 : 0));

describe('the published shape', () => {
  it.each(['structured', 'free-form'] as const)('gives a %s record back', (style) => {
    for (const scenario of generateScenarios({ domain: 'sports', style, count: 8, seed: 2 }))
      for (const query of scenario.queries) {
        const record: DatasetRecord = {
          scenarioId: scenario.id,
          queryId: query.id,
          kind: query.kind,
          motifCell: '0,0,0',
          split: 'train',
          ...renderPrompt(scenario, query),
          answer: '55',
          bins,
          mean: 55,
          sd: Math.sqrt(75),
          mcse: 0,
        };
        const line = toPublished(record, scenario, query);
        expect(publishedLineSchema.parse(JSON.parse(JSON.stringify(line)))).toEqual(line);
        expect(line.output).toBe('<55>');
        const { scenarioId, queryId, kind, motifCell, split } = record;
        expect(fromPublished(line, { scenarioId, queryId, kind, motifCell, split })).toEqual(record);
      }
  });

  it('has a variant that asks for a bare number', () => {
    const [scenario] = generateScenarios({ domain: 'sports', count: 1, seed: 2 });
    const line = toPublished({ answer: '55', bins }, scenario, scenario.queries[0], 'plain');
    expect(line.output).toBe('55');
    expect(line.input).toContain('one whole number from 0 to 100 and nothing else.');
    expect(line.input.split('\n\n')[0]).not.toContain('<');
  });

  it('refuses a text of another layout, naming the record', () => {
    const line = { input: 'How tall is the tower?', output: '<5>', bins: [bins] as [number[]] };
    expect(() =>
      fromPublished(line, { scenarioId: 's', queryId: 'q1', kind: 'rank', motifCell: null, split: 'test' }),
    ).toThrow(
      expect.objectContaining({
        message:
          'published record: expected <START_SCENARIO>, QUERIES with one query and <END_SCENARIO>, in this order',
        location: { path: 's q1' },
      }),
    );
  });
});
