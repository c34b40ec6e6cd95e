/** A short tone made by the browser itself, to try out whether sound is heard. */

const HERTZ = 440;
const SECONDS = 0.7;
/** Of full scale: clearly heard, not loud. */
const LOUDNESS = 0.2;

export function playTone(): void {
  const audio = new AudioContext();
  const [tone, loudness] = [audio.createOscillator(), audio.createGain()];
  tone.frequency.value = HERTZ;
  // Faded at both ends, so that it does not click.
  const startAt = audio.currentTime;
  loudness.gain.setValueAtTime(0, startAt);
  loudness.gain.linearRampToValueAtTime(LOUDNESS, startAt + 0.05);
  loudness.gain.setValueAtTime(LOUDNESS, startAt + SECONDS - 0.1);
  loudness.gain.linearRampToValueAtTime(0, startAt + SECONDS);
  tone.connect(loudness).connect(audio.destination);
  tone.start();
  tone.stop(startAt + SECONDS);
  tone.addEventListener('ended', () => void audio.close());
}
