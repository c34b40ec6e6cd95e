/** A page of text: consent, instructions, or the end. */
import { useParticipant } from '../state/participantStore.ts';

type TextPageProps = {
  readonly title: string;
  /** Paragraphs, parted by empty lines. */
  readonly body: string;
  /** None for a page after the last. */
  readonly kind?: 'consent' | 'instructions' | 'end';
};

const BUTTONS = { consent: 'I agree to take part', instructions: 'Continue' } as const;

export function TextPage({ title, body, kind }: TextPageProps) {
  const progress = useParticipant((state) => state.progress);
  const leave = useParticipant((state) => state.leave);
  return (
    <article className="page">
      <h1>{title}</h1>
      {body.split(/\n\s*\n/).map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {(kind === 'consent' || kind === 'instructions') && (
        <button type="button" className="is-primary" onClick={leave} disabled={progress !== 'idle'}>
          {BUTTONS[kind]}
        </button>
      )}
    </article>
  );
}
