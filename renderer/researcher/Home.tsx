/** The researcher's home. */
import { useEffect, useState } from 'react';
import { call, enter } from '../api.ts';

export function Home() {
  const [text, setText] = useState('loading');
  useEffect(() => {
    enter()
      .then(() => call('app.info', {}))
      .then(
        (info) => setText(JSON.stringify(info)),
        (error: unknown) => setText(String(error)),
      );
  }, []);
  return (
    <main>
      <h1>Credence</h1>
      <p>{text}</p>
    </main>
  );
}
