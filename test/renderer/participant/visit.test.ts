/** The recruiter's parameters are taken from the address by their names, and nothing else is. */
import { expect, it } from 'vitest';
import { recruiterIn } from '../../../renderer/participant/visit.ts';

it('takes the parameters of Prolific, SONA and MTurk', () => {
  expect(recruiterIn('?PROLIFIC_PID=p1&STUDY_ID=s1&SESSION_ID=x1&key=secret')).toEqual({
    PROLIFIC_PID: 'p1',
    STUDY_ID: 's1',
    SESSION_ID: 'x1',
  });
  expect(recruiterIn('?survey_code=77')).toEqual({ survey_code: '77' });
  expect(recruiterIn('?workerId=w&assignmentId=a&hitId=h')).toEqual({ workerId: 'w', assignmentId: 'a', hitId: 'h' });
});

it('leaves out what is empty, and cuts what no service sends', () => {
  expect(recruiterIn('')).toBeUndefined();
  expect(recruiterIn('?PROLIFIC_PID=&other=1')).toBeUndefined();
  expect(recruiterIn(`?PROLIFIC_PID=${'x'.repeat(500)}`)?.PROLIFIC_PID).toHaveLength(200);
});
