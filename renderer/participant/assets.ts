/** Pictures and sounds, fetched once each and kept as addresses within the page. */
import type { ParticipantCall } from './procedures.ts';

/** Gives the page's own address of an asset's bytes. Throws what the host answers for one that there is not; that can be asked again. */
export function createAssetLoader(call: ParticipantCall): (name: string) => Promise<string> {
  const addresses = new Map<string, Promise<string>>();
  const load = async (name: string): Promise<string> => {
    const { type, base64 } = await call('participant.asset', { name });
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return URL.createObjectURL(new Blob([bytes], { type }));
  };
  return (name) => {
    const known = addresses.get(name);
    if (known) return known;
    const address = load(name);
    addresses.set(name, address);
    address.catch(() => addresses.delete(name));
    return address;
  };
}
