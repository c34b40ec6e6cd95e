/** `credence study freeze`: a study as one immutable, hashed file. */
import { findStudyAdvice } from '../../engine/study/check/checkStudy.ts';
import { loadStudyBundle } from '../studies.ts';
import { freezeStudy } from '../studyFiles/freeze.ts';
import { defineCommand } from './command.ts';

export const studyFreezeCommand = defineCommand({
  name: 'study freeze',
  summary: 'Write a study as one immutable, hashed file',
  positionals: ['STUDY'],
  options: {
    out: { type: 'string', placeholder: 'FILE', description: 'the file to write (SLUG-VERSION.credence-study)' },
    json: { type: 'boolean', description: 'print what was written as JSON' },
  },
  async run(values, [path], context) {
    const bundle = loadStudyBundle(path);
    const { slug, version } = bundle.study;
    const out = values.out ?? `${slug}-${version}.credence-study`;
    const { hash, isNew } = freezeStudy(bundle, out);
    for (const advice of findStudyAdvice(bundle.study)) context.err(`advice: ${advice}\n`);
    context.out(
      values.json
        ? `${JSON.stringify({ file: out, hash, isNew })}\n`
        : `${out}: ${slug} ${version}${isNew ? '' : ', frozen before'}\nhash ${hash}\n`,
    );
  },
});
