/** The tab on the study as a whole: its title, what it is about, its name in files, its version. */
import { useTranslation } from 'react-i18next';
import { TextField } from '../DraftFields.tsx';
import { useDraft } from '../useDraft.ts';

export function OverviewTab() {
  const { t } = useTranslation('studies');
  const { study, change } = useDraft();
  const scenarios = study.scenarios.length;
  const queries = study.scenarios.reduce((sum, scenario) => sum + scenario.queries.length, 0);
  return (
    <>
      <TextField
        label={t('overview.title')}
        path="title"
        value={study.title}
        onChange={(title) => change(t('edit.title'), { ...study, title })}
      />
      <TextField
        label={t('overview.description')}
        hint={t('overview.descriptionHint')}
        path="description"
        rows={3}
        value={study.description}
        onChange={(description) => change(t('edit.description'), { ...study, description })}
      />
      <TextField
        label={t('overview.slug')}
        hint={t('overview.slugHint')}
        path="slug"
        value={study.slug}
        onChange={(slug) => change(t('edit.slug'), { ...study, slug })}
      />
      <TextField
        label={t('overview.version')}
        hint={t('overview.versionHint')}
        path="version"
        value={study.version}
        onChange={(version) => change(t('edit.version'), { ...study, version })}
      />
      <p className="facts">
        {t('overview.counts', { scenarios, queries, screens: study.timeline.length, locale: study.locale })}
      </p>
    </>
  );
}
