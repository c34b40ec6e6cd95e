/** Import rule: every import stays inside the table of `importTable.json`; a breach names the folders that are allowed. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

type Rule = { readonly imports: readonly string[]; readonly packages: readonly string[] };
export type ImportTable = {
  readonly folders: Readonly<Record<string, Rule>>;
  readonly only: Readonly<Record<string, readonly string[]>>;
};
export type SourceFile = { readonly path: string; readonly text: string };
export type ImportBreach = { readonly path: string; readonly line: number; readonly message: string };

const SOURCE = /\.(ts|tsx)$/;

/** The rule of the deepest listed folder that holds `path` (posix, relative to the repository), with its name. */
function ruleFor(path: string, table: ImportTable): { name: string; rule: Rule } | undefined {
  const names = Object.keys(table.folders).filter((name) => path.startsWith(`${name}/`));
  const name = names.sort((a, b) => b.length - a.length)[0];
  return name === undefined ? undefined : { name, rule: table.folders[name] };
}

const within = (path: string, allowed: string): boolean => path === allowed || path.startsWith(`${allowed}/`);

/** Static imports, re-exports and dynamic imports with a literal address, with their place in the text. */
function importsOf(file: SourceFile): { specifier: string; offset: number }[] {
  const parsed = parseSync(file.path, file.text);
  const error = parsed.errors[0];
  if (error) throw new Error(`checkImports: ${file.path} cannot be parsed: ${error.message}`);
  const found: { specifier: string; offset: number }[] = [];
  for (const entry of parsed.module.staticImports)
    found.push({ specifier: entry.moduleRequest.value, offset: entry.start });
  for (const entry of parsed.module.staticExports)
    for (const item of entry.entries)
      if (item.moduleRequest) found.push({ specifier: item.moduleRequest.value, offset: entry.start });
  for (const entry of parsed.module.dynamicImports) {
    const literal = /^['"](.+)['"]$/.exec(file.text.slice(entry.moduleRequest.start, entry.moduleRequest.end));
    if (literal) found.push({ specifier: literal[1], offset: entry.start });
  }
  return found;
}

/** The package an address names: `d3`, `@scope/name`, or `node:` for all of Node's own modules. */
function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:';
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}

function breachOf(path: string, specifier: string, table: ImportTable): string | undefined {
  const found = ruleFor(path, table);
  if (!found) return `${path} lies in no folder of build/importTable.json`;
  const { name, rule } = found;
  if (specifier.startsWith('.')) {
    const target = posix.normalize(posix.join(posix.dirname(path), specifier));
    if (within(target, name) || rule.imports.some((allowed) => within(target, allowed))) return undefined;
    return `${name} may import from ${[name, ...rule.imports].join(', ')}, not from ${target}`;
  }
  const wanted = packageOf(specifier);
  const only = table.only[wanted];
  if (only && !path.startsWith('test/') && !path.startsWith('build/') && !only.some((place) => path.startsWith(place)))
    return `package ${wanted} is imported only in ${only.join(', ')}`;
  if (rule.packages.includes('*') || rule.packages.includes(wanted) || only?.some((place) => path.startsWith(place)))
    return undefined;
  return `${name} may use the packages ${rule.packages.join(', ') || '(none)'}, not ${wanted}`;
}

/** Every import in `files` that the table does not allow. Throws on a file that cannot be parsed. */
export function checkImports(files: readonly SourceFile[], table: ImportTable): ImportBreach[] {
  return files.flatMap((file) =>
    importsOf(file).flatMap(({ specifier, offset }) => {
      const message = breachOf(file.path, specifier, table);
      return message ? [{ path: file.path, line: file.text.slice(0, offset).split('\n').length, message }] : [];
    }),
  );
}

function sourceFiles(root: string, folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes(`${sep}fixtures${sep}`))
    .map((path) => ({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
  const table: ImportTable = JSON.parse(readFileSync(join(root, 'build/importTable.json'), 'utf8'));
  const folders = Object.keys(table.folders).filter((name) => !name.includes('/'));
  const files = folders.flatMap((folder) => sourceFiles(root, folder));
  const breaches = checkImports(files, table);
  for (const breach of breaches) console.error(`${breach.path}:${breach.line}  ${breach.message}`);
  console.log(`imports: ${files.length} files, ${breaches.length} breaches of build/importTable.json`);
  process.exitCode = breaches.length > 0 ? 1 : 0;
}
