/** The generator: repeatable, splittable without side effects, and uniform and normal as claimed. */
import { describe, expect, it } from 'vitest';
import { createRandom, pick, shuffled } from '../../engine/random.ts';

const draws = (n: number, next: () => number): number[] => Array.from({ length: n }, next);
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('createRandom', () => {
  it('repeats bit for bit from its seed, and differs between seeds', () => {
    expect(draws(50, createRandom(7).uniform)).toEqual(draws(50, createRandom(7).uniform));
    expect(draws(50, createRandom(7).uniform)).not.toEqual(draws(50, createRandom(8).uniform));
    expect(createRandom(-1).uniform()).not.toBe(createRandom(1).uniform());
    expect(createRandom(2 ** 40).uniform()).not.toBe(createRandom(0).uniform());
  });

  it('splits the same child whatever the parent has drawn', () => {
    const parent = createRandom(3);
    const before = draws(5, parent.split('order', 4).uniform);
    draws(100, parent.uniform);
    expect(draws(5, parent.split('order', 4).uniform)).toEqual(before);
  });

  it('gives different children for different labels, numbers told from strings', () => {
    const parent = createRandom(3);
    const first = [
      parent.split('a'),
      parent.split('b'),
      parent.split(1),
      parent.split('1'),
      parent.split('a', 'b'),
      parent.split('ab'),
    ];
    expect(new Set(first.map((random) => random.uniform())).size).toBe(first.length);
  });

  it('is uniform over 64 cells (χ², 63 degrees of freedom, below the 99.99 % point)', () => {
    const counts = new Array<number>(64).fill(0);
    const { integer } = createRandom(11);
    for (let i = 0; i < 64_000; i++) counts[integer(64)]++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquare).toBeLessThan(111);
    expect(chiSquare).toBeGreaterThan(30);
  });

  it('draws normals with mean 0, variance 1, kurtosis 3 and no correlation between neighbours', () => {
    const values = draws(100_000, createRandom(5).gaussian);
    expect(Math.abs(mean(values))).toBeLessThan(0.015);
    expect(Math.abs(mean(values.map((x) => x * x)) - 1)).toBeLessThan(0.02);
    expect(Math.abs(mean(values.map((x) => x ** 4)) - 3)).toBeLessThan(0.15);
    expect(Math.abs(mean(values.slice(1).map((x, i) => x * values[i])))).toBeLessThan(0.015);
  });

  it('shows no correlation between sibling streams', () => {
    const parent = createRandom(9);
    const pairs = Array.from({ length: 20_000 }, (_, i) => [parent.split(i).uniform(), parent.split(i + 1).uniform()]);
    expect(Math.abs(mean(pairs.map(([x, y]) => (x - 0.5) * (y - 0.5))) * 12)).toBeLessThan(0.03);
  });
});

describe('shuffled and pick', () => {
  it('keeps every value and reaches every order about equally often', () => {
    const random = createRandom(1);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = shuffled(random, ['a', 'b', 'c']).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('picks each value', () => {
    const random = createRandom(2);
    expect(new Set(draws(50, () => pick(random, [1, 2, 3])))).toEqual(new Set([1, 2, 3]));
  });
});
