/** A code to be noted or copied. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export function CodeLine({ label, code }: { readonly label: string; readonly code: string }) {
  const { t } = useTranslation();
  const [isCopied, setIsCopied] = useState(false);
  return (
    <p className="code-line">
      <span>{label}</span>
      <output dir="ltr">{code}</output>
      {'clipboard' in navigator && (
        <button type="button" onClick={() => navigator.clipboard.writeText(code).then(() => setIsCopied(true))}>
          {t(isCopied ? 'end.copied' : 'end.copy')}
        </button>
      )}
    </p>
  );
}
