/** How the answers to some validation queries move towards their targets, validation by validation. */
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PinnedAnswers as Answers, PinnedQuery } from '../../../shared/training.ts';
import { ScrollFrame } from '../../components/ScrollFrame.tsx';
import { useWording } from '../../components/wording.ts';
import { useResearcher } from '../../state/store.ts';
import { Histogram } from '../scenarios/PosteriorTable.tsx';

const FOLLOW_MS = 2000;

const firstLine = (question: string): string => question.replace(/^QUERY\s+/, '').split('\n')[0];

type TableProps = { readonly pinned: readonly PinnedQuery[]; readonly shown: Answers };

function AnswerTable({ pinned, shown }: TableProps) {
  const { t } = useTranslation('training');
  const { decimal } = useWording();
  return (
    <ScrollFrame label={t('pinned.caption')}>
      <table>
        <caption>{t('pinned.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('pinned.query')}</th>
            <th scope="col">{t('pinned.answer')}</th>
            <th scope="col">{t('pinned.target')}</th>
            <th scope="col">0 – 100</th>
          </tr>
        </thead>
        <tbody>
          {pinned.map(({ scenarioId, queryId, question, bins, mean }, i) => {
            const answer = shown.answers[i];
            const texts = { mean: decimal(answer.mean), target: decimal(mean) };
            return (
              <tr key={`${scenarioId} ${queryId}`}>
                <th scope="row">{firstLine(question)}</th>
                <td>{texts.mean}</td>
                <td>{texts.target}</td>
                <td>
                  <Histogram bins={answer.bins} outline={bins} label={t('pinned.histogram', texts)} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

export function PinnedAnswers({ name }: { readonly name: string }) {
  const { t } = useTranslation('training');
  const id = useId();
  const found = useResearcher((state) => state.predictions[name]);
  const follow = useResearcher((state) => state.followPredictions);
  const [chosen, setChosen] = useState<number | null>(null);
  useEffect(() => {
    const read = (): void =>
      void follow(name).catch((error: unknown) => console.warn('the pinned answers cannot be read now', error));
    read();
    const timer = setInterval(read, FOLLOW_MS);
    return () => clearInterval(timer);
  }, [name, follow]);
  if (!found || found.answers.length === 0) return null;
  const last = found.answers.length - 1;
  // The newest, until another is chosen.
  const index = Math.min(chosen ?? last, last);
  const shown = found.answers[index];
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t('pinned.title')}</h2>
      <p className="slider-line">
        <input
          type="range"
          aria-label={t('pinned.slider')}
          aria-valuetext={t('pinned.step', { step: shown.step })}
          min={0}
          max={last}
          value={index}
          onChange={({ target }) => setChosen(Number(target.value) === last ? null : Number(target.value))}
        />
        <output>{t('pinned.step', { step: shown.step })}</output>
      </p>
      <AnswerTable pinned={found.pinned} shown={shown} />
    </section>
  );
}
