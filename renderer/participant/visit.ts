/** What the page tells at check-in beside the participant's own choices: the recruiter's parameters in its address, and the machine. */
import type { CheckIn } from '../../shared/participation.ts';
import { RECRUITER_PARAMETERS } from '../../shared/recruiterParameters.ts';

/** The recruiter's parameters of an address's query, each at most 200 characters; undefined where there are none. */
export function recruiterIn(search: string): CheckIn['recruiter'] {
  const given = new URLSearchParams(search);
  const found = RECRUITER_PARAMETERS.flatMap((name) => {
    const value = given.get(name)?.slice(0, 200);
    return value ? [[name, value] as const] : [];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

function pointers(): ('mouse' | 'touch' | 'none')[] {
  const found = [
    ...(matchMedia('(any-pointer: fine)').matches ? (['mouse'] as const) : []),
    ...(navigator.maxTouchPoints > 0 ? (['touch'] as const) : []),
  ];
  return found.length > 0 ? found : ['none'];
}

export function describeVisit(): Pick<CheckIn, 'recruiter' | 'device'> {
  const { innerWidth: widthPx, innerHeight: heightPx, devicePixelRatio: pixelRatio } = window;
  const device = { widthPx, heightPx, pixelRatio, pointers: pointers(), userAgent: navigator.userAgent.slice(0, 500) };
  return { device, recruiter: recruiterIn(window.location.search) };
}
