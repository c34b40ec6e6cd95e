/** A page of text: consent, instructions, or the end. */
import { useParticipant } from '../state/participantStore.ts';

type TextPageProps = {
  readonly title: string;
  /** Paragraphs, parted by empty lines. */
  readonly body: string;
  /** What its button says; a page without one is not left. */
  readonly button?: string;
};

export function TextPage({ title, body, button }: TextPageProps) {
  const progress = useParticipant((state) => state.progress);
  const leave = useParticipant((state) => state.leave);
  return (
    <article className="page">
      <h1>{title}</h1>
      {body.split(/\n\s*\n/).map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {button !== undefined && (
        <button type="button" className="is-primary" onClick={leave} disabled={progress !== 'idle'}>
          {button}
        </button>
      )}
    </article>
  );
}
