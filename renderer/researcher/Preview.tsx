/** The preview of a study over the researcher's page. The participant's screens are fetched when the first preview opens. */
import { lazy, Suspense } from 'react';
import { useResearcher } from '../state/store.ts';

const StudyPreview = lazy(async () => ({
  default: (await import('../participant/preview/StudyPreview.tsx')).StudyPreview,
}));

export function Preview() {
  const preview = useResearcher((state) => state.preview);
  const closePreview = useResearcher((state) => state.closePreview);
  if (preview === null || preview.status === 'loading') return null;
  if (preview.status === 'failed')
    return (
      <p role="alert" className="is-failed">
        {preview.message}
      </p>
    );
  return (
    <Suspense>
      <StudyPreview study={preview.value} onClose={closePreview} />
    </Suspense>
  );
}
