/** Scripts that come with an export: loaders for R and Python with every column's type, and the mixed-effects analysis in R. */
import type { CsvTable, TableColumn } from './csvTables.ts';
import type { ExportSource } from './exportSource.ts';

const origin = ({ study, studyHash, session }: ExportSource): string =>
  `${study.slug} ${study.version} (${studyHash.slice(0, 8)}), session ${session.sessionId}, stage ${session.stage}`;

const R_TYPES = { text: 'col_character()', number: 'col_double()', boolean: 'col_logical()' } as const;

const rColumn = ({ name, kind }: TableColumn): string => `    \`${name}\` = ${R_TYPES[kind]}`;

function rTable(table: CsvTable, fileOf: (table: string) => string): string {
  // Wide tables are all numbers after the subject: naming thousands of columns would help nobody.
  const isWide = table.name === 'responses_wide';
  const types = isWide
    ? `    subject_id = col_character(),\n    .default = col_double()`
    : table.columns.map(rColumn).join(',\n');
  return `${table.name} <- read_csv(
  file.path(folder, "${fileOf(table.name)}"),
  na = "",
  col_types = cols(
${types}
  )
)`;
}

/** `load.R`: every table as a tibble. `folder` is relative to the script. */
export const loadR = (
  source: ExportSource,
  tables: readonly CsvTable[],
  { folder, fileOf }: { readonly folder: string; readonly fileOf: (table: string) => string },
): string => `# Loads ${origin(source)}
library(readr)

folder <- "${folder}"

${tables.map((table) => rTable(table, fileOf)).join('\n\n')}

# Why an answer is missing stands in missing_code; value is NA there.
responses_long$missing_code <- factor(responses_long$missing_code, levels = c("skipped", "dont_know", "prefer_not", "timed_out"))
responses_long$query_type <- factor(responses_long$query_type)
responses_long$stage <- factor(responses_long$stage)

# The answers that count: the latest revision of each.
responses <- subset(responses_long, is_latest)
`;

const PYTHON_TYPES = { text: 'text', number: 'number', boolean: 'boolean' } as const;

const pythonTypes = (table: CsvTable): string =>
  table.name === 'responses_wide'
    ? '{"subject_id": text}'
    : `{${table.columns.map(({ name, kind }) => `"${name}": ${PYTHON_TYPES[kind]}`).join(', ')}}`;

/** `load.py`: every table as a list of dictionaries, with the standard library alone; `pandas.DataFrame` takes them as they are. */
export const loadPython = (
  source: ExportSource,
  tables: readonly CsvTable[],
  { folder, fileOf }: { readonly folder: string; readonly fileOf: (table: string) => string },
): string => `"""Loads ${origin(source)}.

tables = load() gives lists of dictionaries by table; pandas.DataFrame(tables["responses_long"]) takes them as they are.
"""
import csv
import sys
from pathlib import Path

csv.field_size_limit(sys.maxsize)


def text(cell):
    return cell or None


def number(cell):
    return float(cell) if cell else None


def boolean(cell):
    return {"true": True, "false": False}.get(cell)


TABLES = {
${tables.map((table) => `    "${table.name}": ("${fileOf(table.name)}", ${pythonTypes(table)}),`).join('\n')}
}


def load(folder=Path(__file__).parent / "${folder}"):
    tables = {}
    for name, (file, kinds) in TABLES.items():
        with open(Path(folder) / file, encoding="utf-8-sig", newline="") as lines:
            tables[name] = [
                {column: kinds.get(column, number)(cell) for column, cell in row.items()} for row in csv.DictReader(lines)
            ]
    return tables


if __name__ == "__main__":
    for name, rows in load().items():
        print(name, len(rows))
`;

/**
 * The R script of the mixed-effects analysis: answers on a source's means, with slopes by participant and intercepts by item, by lme4 and
 * the same by brms. Means come from `scatter.csv` of `credence compare --out`.
 */
export const mixedModelR = (
  source: ExportSource,
  loader: string,
): string => `# Mixed-effects analysis of ${origin(source)}
#
# Needs lme4 (and brms for the second part), and the means of one or more sources: scatter.csv, which
#   credence compare --human … --answers … --out DIR
# writes.
source("${loader}", chdir = TRUE)
library(lme4)

arguments <- commandArgs(trailingOnly = TRUE)
means_file <- if (length(arguments) >= 1) arguments[[1]] else "scatter.csv"
means <- read_csv(means_file, col_types = cols(answer_mean = col_double(), .default = col_character()))

for (id in unique(means$source_id)) {
  one <- subset(means, source_id == id)[, c("item_id", "query_id", "answer_mean")]
  if (sd(one$answer_mean) == 0) next # a constant explains nothing
  judged <- merge(subset(responses, !is.na(value)), one, by = c("item_id", "query_id"))
  judged$item <- interaction(judged$item_id, judged$query_id, drop = TRUE)
  judged$model_mean <- judged$answer_mean - mean(judged$answer_mean)
  fit <- lmer(value ~ model_mean + (1 + model_mean | subject_id) + (1 | item), data = judged)
  cat("\\n==", id, "==\\n")
  print(summary(fit))
  print(confint(fit, method = "Wald"))
}

# The Bayesian twin:
# library(brms)
# brm(value ~ model_mean + (1 + model_mean | subject_id) + (1 | item), data = judged, seed = 1, cores = 4)
`;
