/** Exports of sessions: the formats, the dialects of CSV, and what is left out unless it is asked for. */

export const EXPORT_FORMATS = ['csv', 'jsonl', 'psych-ds', 'jspsych', 'msa', 'ppt'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * `plain` for R and Python: UTF-8, commas, points, line feeds. `excel`: with a byte order mark and CRLF, formulas disarmed.
 * `excel-semicolon`: the same with semicolons and decimal commas, as Excel expects them in most of Europe.
 */
export const CSV_DIALECTS = ['plain', 'excel', 'excel-semicolon'] as const;
export type CsvDialect = (typeof CSV_DIALECTS)[number];

/** `identities` participants' labels, `texts` what they typed, `times` when answers arrived. */
export const EXPORT_EXTRAS = ['identities', 'texts', 'times'] as const;
export type ExportExtra = (typeof EXPORT_EXTRAS)[number];
