/** Answers of a transformer: the distribution over the integers 0–100, renormalised, with the mass it put elsewhere. */
import { InternalError } from '../../shared/errors.ts';
import type { DatasetRecord } from '../../shared/training.ts';
import type { Executable, Tensor } from '../transformer/backend.ts';
import { answerFeeds, type PackingOptions } from './answerFeeds.ts';
import type { PreparedScenario, PromptRecord } from './prepareScenarios.ts';

/** `bins` [101] sum to 1; `logProbs` [101] in nats over the full vocabulary; `leakedMass` is 1 minus the answers' total. */
export type Answer = {
  readonly bins: number[];
  readonly logProbs: Float32Array;
  readonly mean: number;
  readonly sd: number;
  readonly leakedMass: number;
};

/** The answer that log-probabilities [101] say. Throws InternalError where they are not numbers. */
export function readAnswer(logProbs: Float32Array): Answer {
  const largest = Math.max(...logProbs);
  if (!Number.isFinite(largest)) throw new InternalError('the transformer answered with something that is no number');
  const masses = Array.from(logProbs, (value) => Math.exp(value - largest));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const bins = masses.map((mass) => mass / total);
  const mean = bins.reduce((sum, prob, answer) => sum + prob * answer, 0);
  const variance = bins.reduce((sum, prob, answer) => sum + prob * (answer - mean) ** 2, 0);
  const leakedMass = Math.min(1, Math.max(0, 1 - total * Math.exp(largest)));
  return { bins, logProbs, mean, sd: Math.sqrt(variance), leakedMass };
}

/** What answering runs: the compiled answering graph with the weights (and adapter) it is fed. */
export type Answerer = PackingOptions & {
  readonly executable: Executable;
  readonly weights: ReadonlyMap<string, Tensor>;
};

/** Log-probabilities of the trie's texts after every query of the scenarios of one batch, in order: [texts] each, in nats over the full vocabulary. */
export async function textLogProbs(
  answerer: Answerer,
  scenarios: readonly PreparedScenario<PromptRecord>[],
): Promise<Float32Array[]> {
  const batch = answerFeeds(scenarios, answerer);
  const outputs = await answerer.executable.run(
    new Map([...answerer.weights, ...batch.feeds]),
    new Map([['logProbs', null]]),
  );
  const logProbs = outputs.get('logProbs')?.data;
  if (!(logProbs instanceof Float32Array)) throw new InternalError('no logProbs');
  const width = answerer.trie.steps.length;
  return scenarios.flatMap(({ queries }, s) =>
    queries.map((_, q) => {
      const row = s * batch.queriesPerScenario + q;
      return logProbs.slice(row * width, (row + 1) * width);
    }),
  );
}

/** Answers to every query of the scenarios of one batch, in order. */
export const answerBatch = async (
  answerer: Answerer,
  scenarios: readonly PreparedScenario<PromptRecord>[],
): Promise<Answer[]> => (await textLogProbs(answerer, scenarios)).map(readAnswer);

/** Mean absolute error of the means in points, cross-entropy and KL(target ‖ answer) in nats, over `n` queries. */
export type ValidationScores = {
  readonly n: number;
  readonly mae: number;
  readonly crossEntropy: number;
  readonly divergence: number;
};

/** Scores of answers against their records. */
export function scoreAnswers(answers: readonly Answer[], records: readonly DatasetRecord[]): ValidationScores {
  let mae = 0;
  let crossEntropy = 0;
  let entropy = 0;
  answers.forEach(({ mean, logProbs }, i) => {
    const record = records[i];
    mae += Math.abs(mean - record.mean);
    const largest = Math.max(...logProbs);
    const normaliser = largest + Math.log(logProbs.reduce((sum, value) => sum + Math.exp(value - largest), 0));
    record.bins.forEach((prob, answer) => {
      if (prob === 0) return;
      crossEntropy -= prob * (logProbs[answer] - normaliser);
      entropy -= prob * Math.log(prob);
    });
  });
  const n = answers.length;
  return { n, mae: mae / n, crossEntropy: crossEntropy / n, divergence: (crossEntropy - entropy) / n };
}
