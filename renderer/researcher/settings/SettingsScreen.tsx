/** Settings: keys of language services, and the safety of what people answered. */
import { useEffect } from 'react';
import { useResearcher } from '../../state/store.ts';
import { EraseSection } from './EraseSection.tsx';
import { KeySection } from './KeySection.tsx';
import { SafetySection } from './SafetySection.tsx';

export function SettingsScreen() {
  const loadSettings = useResearcher((state) => state.loadSettings);
  useEffect(() => void loadSettings(), [loadSettings]);
  return (
    <div className="settings">
      <h1>Settings</h1>
      <KeySection />
      <SafetySection />
      <EraseSection />
    </div>
  );
}
