/** The scenario: what is told, and what was observed. It stays in view beside or above its queries. */
import { useTranslation } from 'react-i18next';
import type { ShownScenario } from '../../../shared/screen.ts';
import { Paragraphs } from './Paragraphs.tsx';
import { Stimuli } from './Stimuli.tsx';

type StoryProps = {
  readonly scenario: ShownScenario;
  /** Whether its heading is the screen's first, because the screen has no title of its own. */
  readonly isFirst: boolean;
};

export function Story({ scenario, isFirst }: StoryProps) {
  const { t } = useTranslation();
  const Heading = isFirst ? 'h1' : 'h2';
  return (
    <section className="story" aria-labelledby="story-title">
      <Heading id="story-title">{t('story.title')}</Heading>
      <Paragraphs text={scenario.background} />
      <Stimuli stimuli={scenario.stimuli} />
      {scenario.conditions.length > 0 && (
        <ol>
          {scenario.conditions.map((text, i) => (
            // A result may be told twice, so the text alone is no key.
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes while it is shown
            <li key={i} dir="auto">
              {text}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
