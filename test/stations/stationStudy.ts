/** A study for stations: three scenarios with three queries each in the rows of a Latin square, so that three cells are to be balanced. */
import { type Study, studySchema } from '../../shared/study.ts';
import { smallStudy } from '../main/smallStudy.ts';

export function stationStudy(): Study {
  const small = smallStudy('Stations');
  const [first] = small.scenarios;
  const [query] = first.queries;
  const scenarios = ['north', 'east', 'south'].map((id) => ({
    ...first,
    id,
    queries: ['one', 'two', 'three'].map((queryId) => ({ ...query, id: queryId })),
  }));
  const timeline = [
    { kind: 'instructions', id: 'start', title: 'Welcome', body: 'Read and judge.' },
    { kind: 'block', id: 'main', scenarioIds: scenarios.map(({ id }) => id), order: 'latin' },
    { kind: 'end', id: 'end', title: 'Done', body: 'Thank you.' },
  ];
  return studySchema.parse({ ...small, timeline, scenarios });
}
