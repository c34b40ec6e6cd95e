/** A study's own text: paragraphs parted by empty lines, lines that begin with a hyphen as a list. */

type ParagraphsProps = { readonly text: string };

const isListed = (line: string): boolean => /^\s*[-•] /.test(line);

export function Paragraphs({ text }: ParagraphsProps) {
  return text.split(/\n\s*\n/).map((paragraph, i) => {
    const lines = paragraph.split('\n');
    // A text may say the same twice, so the paragraph alone is no key.
    const key = `${i}-${paragraph}`;
    if (lines.every(isListed))
      return (
        <ul key={key} className="listed">
          {lines.map((line) => (
            <li key={line}>{line.replace(/^\s*[-•] /, '')}</li>
          ))}
        </ul>
      );
    return (
      <p key={key} dir="auto">
        {paragraph}
      </p>
    );
  });
}
