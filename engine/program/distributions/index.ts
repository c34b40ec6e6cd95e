/** Every distribution of the language. */
import { Bernoulli } from './bernoulli.ts';
import { Beta } from './beta.ts';
import { Binomial } from './binomial.ts';
import { Categorical } from './categorical.ts';
import { Cauchy } from './cauchy.ts';
import { Delta } from './delta.ts';
import { DiagCovGaussian } from './diagCovGaussian.ts';
import { Dirichlet } from './dirichlet.ts';
import { Discrete } from './discrete.ts';
import type { Family } from './distribution.ts';
import { Exponential } from './exponential.ts';
import { Gamma } from './gamma.ts';
import { Gaussian } from './gaussian.ts';
import { KDE } from './kde.ts';
import { Laplace } from './laplace.ts';
import { LogitNormal } from './logitNormal.ts';
import { LogNormal } from './logNormal.ts';
import { Marginal } from './marginal.ts';
import { Mixture } from './mixture.ts';
import { Multinomial } from './multinomial.ts';
import { MultivariateBernoulli } from './multivariateBernoulli.ts';
import { MultivariateGaussian } from './multivariateGaussian.ts';
import { Poisson } from './poisson.ts';
import { RandomInteger } from './randomInteger.ts';
import { StudentT } from './studentT.ts';
import { Uniform } from './uniform.ts';

/** In alphabetical order; each also gives a sampler whose name begins with a small letter. */
export const FAMILIES: readonly Family[] = [
  Bernoulli,
  Beta,
  Binomial,
  Categorical,
  Cauchy,
  Delta,
  DiagCovGaussian,
  Dirichlet,
  Discrete,
  Exponential,
  Gamma,
  Gaussian,
  KDE,
  Laplace,
  LogitNormal,
  LogNormal,
  Marginal,
  Mixture,
  Multinomial,
  MultivariateBernoulli,
  MultivariateGaussian,
  Poisson,
  RandomInteger,
  StudentT,
  Uniform,
];
