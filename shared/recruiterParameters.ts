/** What recruiters put in the address. Free of schemas, so that pages stay small. */

/** Prolific's, SONA's and MTurk's parameters, by the names these services use: kept sealed, never exported by default. */
export const RECRUITER_PARAMETERS = [
  'PROLIFIC_PID',
  'STUDY_ID',
  'SESSION_ID',
  'survey_code',
  'workerId',
  'assignmentId',
  'hitId',
  'participant_label',
] as const;
