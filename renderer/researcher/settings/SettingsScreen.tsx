/** Settings: keys of language services, and the safety of what people answered. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useResearcher } from '../../state/store.ts';
import { EraseSection } from './EraseSection.tsx';
import { KeySection } from './KeySection.tsx';
import { LanguageSection } from './LanguageSection.tsx';
import { SafetySection } from './SafetySection.tsx';

export function SettingsScreen() {
  const { t } = useTranslation('settings');
  const loadSettings = useResearcher((state) => state.loadSettings);
  useEffect(() => void loadSettings(), [loadSettings]);
  return (
    <div className="settings">
      <h1>{t('title')}</h1>
      <LanguageSection />
      <KeySection />
      <SafetySection />
      <EraseSection />
    </div>
  );
}
