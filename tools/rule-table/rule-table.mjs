/** Writes the table of rules into the README, from the rules themselves; with `--check` it only looks. */
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const BEGIN = '<!-- rules: written by `npm run rule-table` -->\n';
const END = '<!-- end of rules -->';

const { outputFiles } = await build({
  entryPoints: [`${root}/packages/rules/src/index.ts`],
  bundle: true,
  format: 'esm',
  platform: 'node',
  conditions: ['@bulwark/source'],
  write: false,
});
const { rules } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
);
const files = await readdir(`${root}/packages/rules/src`, { recursive: true });
const rows = rules.map(({ id, title, severity }) => {
  const page = files.find((file) => file.endsWith(`/${id}.md`));
  return [`[\`${id}\`](packages/rules/src/${page})`, severity, title];
});

const readme = await readFile(`${root}/README.md`, 'utf8');
const [before, rest] = readme.split(BEGIN);
const written = `${before}${BEGIN}\n${table([['rule', 'severity', 'holds when'], ...rows])}\n\n${END}${rest.split(END)[1]}`;
if (written === readme) console.log(`README.md lists all ${rules.length} rules`);
else if (process.argv.includes('--check')) {
  console.error('The table of rules in README.md is not what the rules say; run: npm run rule-table');
  process.exitCode = 1;
} else await writeFile(`${root}/README.md`, written);

/** As the formatter would lay it out, so that formatting changes nothing. */
function table(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const text = lines.map(
    (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`,
  );
  return [text[0], `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...text.slice(1)].join(
    '\n',
  );
}
