/** The tab on data: what is asked at check-in, completion codes and where pages go then, how long data can be withdrawn. */
import { useTranslation } from 'react-i18next';
import type { Study } from '../../../../../shared/study.ts';
import { NumberField, TextField, TickField } from '../DraftFields.tsx';
import { withNode } from '../editStudy.ts';
import { useDraft } from '../useDraft.ts';

const CODED = ['completed', 'screened-out', 'failed-comprehension', 'stopped', 'declined'] as const;

function CheckIn() {
  const { t } = useTranslation('studies');
  const { study, change } = useDraft();
  const { checkIn, ...rest } = study;
  const set = (next: Study['checkIn']): void => change(t('edit.checkIn'), next ? { ...rest, checkIn: next } : rest);
  return (
    <>
      <h2>{t('data.checkIn')}</h2>
      <TickField
        label={t('data.hasCheckIn')}
        path="checkIn"
        value={checkIn !== undefined}
        onChange={(has) =>
          set(has ? { title: t('data.welcome'), body: t('data.welcomeBody'), asksLabel: true } : undefined)
        }
      />
      {checkIn && (
        <>
          <TextField
            label={t('node.title')}
            path="checkIn.title"
            value={checkIn.title}
            onChange={(title) => set({ ...checkIn, title })}
          />
          <TextField
            label={t('node.body')}
            path="checkIn.body"
            rows={3}
            value={checkIn.body}
            onChange={(body) => set({ ...checkIn, body })}
          />
          <TickField
            label={t('data.asksLabel')}
            path="checkIn.asksLabel"
            value={checkIn.asksLabel}
            onChange={(asksLabel) => set({ ...checkIn, asksLabel })}
          />
        </>
      )}
    </>
  );
}

function Completion() {
  const { t } = useTranslation('studies');
  const { study, change } = useDraft();
  const { completion, ...rest } = study;
  const codes = completion?.codes ?? {};
  const set = (next: NonNullable<Study['completion']>): void => {
    const kept = Object.fromEntries(Object.entries(next.codes).filter(([, code]) => code !== ''));
    const { redirect } = next;
    const isEmpty = Object.keys(kept).length === 0 && !redirect;
    change(
      t('edit.completion'),
      isEmpty ? rest : { ...rest, completion: { codes: kept, ...(redirect ? { redirect } : {}) } },
    );
  };
  return (
    <>
      <h2>{t('data.codes')}</h2>
      <p className="facts">{t('data.codesNote')}</p>
      {CODED.map((outcome) => (
        <TextField
          key={outcome}
          label={t(`outcome.${outcome}`)}
          path={`completion.codes.${outcome}`}
          value={codes[outcome] ?? ''}
          onChange={(code) => set({ ...completion, codes: { ...codes, [outcome]: code } })}
        />
      ))}
      <TextField
        label={t('data.redirect')}
        hint={t('data.redirectHint')}
        path="completion.redirect"
        value={completion?.redirect ?? ''}
        onChange={(redirect) => set({ codes, redirect })}
      />
    </>
  );
}

export function DataTab() {
  const { t } = useTranslation('studies');
  const { study, change } = useDraft();
  return (
    <>
      <CheckIn />
      <Completion />
      <h2>{t('data.withdrawal')}</h2>
      <p className="facts">{t('data.withdrawalNote')}</p>
      {study.timeline.map((node, i) =>
        node.kind === 'data-choice' ? (
          <NumberField
            key={node.id}
            label={t('node.withdrawalDays')}
            path={`timeline[${i}].withdrawalDays`}
            min={0}
            value={node.withdrawalDays}
            onChange={(days = 0) =>
              change(t('edit.node', { id: node.id }), withNode(study, i, { ...node, withdrawalDays: days }))
            }
          />
        ) : null,
      )}
    </>
  );
}
