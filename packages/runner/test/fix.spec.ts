/** `bulwark fix` on real work trees. */
import { chmod, copyFile, mkdir, readFile, readdir, readlink, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BIN, createTempRepo, randomText, runCli } from '@bulwark/testing';
import type { CliResult, TempRepo } from '@bulwark/testing';

let repo: TempRepo;
beforeEach(async () => {
  repo = await createTempRepo();
  await repo.write('.gitignore', '.env*\nnode_modules\n');
});
afterEach(() => repo.remove());

const bulwark = (...args: string[]): Promise<CliResult> => runCli(args, { cwd: repo.root, env: repo.env });
const read = (path: string): Promise<string> => readFile(join(repo.root, path), 'utf8');

/** Passes every rule at `error` but for what these tests break. */
const GOOD = `authentication: { mode: 'static', rateLimit: { windowMs: 900_000, limit: 5 }, jwt: { secret: process.env.JWT_SECRET, expiresIn: '1h', cookie: { secure: true, httpOnly: true, sameSite: 'lax' } } }`;
const SAFE = `middlewares: { cors: { origin: ['https://app.example.com'] }, rateLimit: { windowMs: 60_000, limit: 100 } }, validation: { resolver: 'zod' }`;

async function writeApp(root: string, config: string): Promise<void> {
  const scripts = { build: 'arkos build', start: 'arkos start' };
  await repo.write(
    `${root}/package.json`,
    JSON.stringify({ name: root, type: 'module', scripts, dependencies: { arkos: '1.6.7' } }),
  );
  await repo.write(`${root}/tsconfig.json`, '{"include":["src","arkos.config.ts"]}\n');
  await repo.write(`${root}/src/app.ts`, "import arkos from 'arkos';\nexport const app = arkos();\n");
  await repo.write(`${root}/arkos.config.ts`, config);
}

const configWith = (strict: string, auth = GOOD): string =>
  `import { defineConfig } from 'arkos/config';\n\nexport default defineConfig({\n  routers: { strict: ${strict} },\n  ${auth},\n  ${SAFE},\n});\n`;

const CONFIG = 'apps/api/arkos.config.ts';

describe('mending', () => {
  test('writes the work tree, stages nothing, judges again and says what remains', async () => {
    const open = configWith('false', GOOD.replace('secure: true', 'secure: false'));
    await writeApp('apps/api', open);
    await repo.commitAll();
    const { code, stdout, stderr } = await bulwark('fix');
    expect(stderr).toBe('');
    expect(await read(CONFIG)).toBe(configWith("'no-bulk'"));
    expect(stdout).toMatch(/^Mended 2 findings:\n/);
    expect(stdout).toContain('apps/api/arkos.config.ts:4:14  router-strict  apps/api\n');
    expect(stdout).toContain('    write routers.strict: "no-bulk"\n');
    expect(stdout).toContain('    write authentication.jwt.cookie.secure: true\n');
    expect(stdout).toMatch(/What remains:\n\n(?:(?!router-strict|jwt-cookie).)*looked at/s);
    expect(code).toBe(0);
    expect(await repo.git('status', '--porcelain')).toBe(' M apps/api/arkos.config.ts\n');
    const again = await bulwark('fix');
    expect(again.stdout).toMatch(/^There is nothing that can be mended safely without you\.\n/);
    expect(again.code).toBe(0);
  });

  test('keeps CRLF, a byte order mark and the mode of a file', async () => {
    const crlf = `\uFEFF${configWith('false').replaceAll('\n', '\r\n')}`;
    await writeApp('apps/api', crlf);
    await chmod(join(repo.root, CONFIG), 0o755);
    await repo.commitAll();
    expect((await bulwark('fix')).code).toBe(0);
    expect(await read(CONFIG)).toBe(`\uFEFF${configWith("'no-bulk'").replaceAll('\n', '\r\n')}`);
    expect((await stat(join(repo.root, CONFIG))).mode & 0o777).toBe(0o755);
    expect(await readdir(join(repo.root, 'apps/api'))).not.toEqual(
      expect.arrayContaining([expect.stringContaining('bulwark-')]),
    );
  });

  test('mends a file that git checks out with other line ends', async () => {
    await repo.write('.gitattributes', '*.ts text eol=crlf\n');
    await writeApp('apps/api', configWith('false').replaceAll('\n', '\r\n'));
    await repo.commitAll();
    expect((await bulwark('fix')).code).toBe(0);
    expect(await read(CONFIG)).toBe(configWith("'no-bulk'").replaceAll('\n', '\r\n'));
  });

  test('adds what is missing to the nearest .gitignore, and makes one where there is none', async () => {
    await writeApp('apps/api', configWith('true'));
    await repo.write('.gitignore', '.env\n.env.local\n.env.development*');
    const { code, stdout } = await bulwark('fix', '--rule', 'env-file-ignored');
    expect(stdout).toContain('add .env.production to .gitignore');
    expect(await read('.gitignore')).toBe('.env\n.env.local\n.env.development*\n.env.production\n');
    expect(code).toBe(0);
    await repo.git('rm', '--quiet', '--cached', '--ignore-unmatch', '.gitignore');
    await repo.write('bulwark.json', '{}');
    await rm(join(repo.root, '.gitignore'));
    expect((await bulwark('fix', '--rule', 'env-file-ignored')).code).toBe(0);
    expect(await read('apps/api/.gitignore')).toMatch(/^\.env\n(?:\.env\.[a-z.]+\n)+$/);
  });

  test('only the app and the rule that are asked for', async () => {
    const open = configWith('false', GOOD.replace('secure: true', 'secure: false'));
    await writeApp('apps/api', open);
    await writeApp('apps/web', open);
    expect((await bulwark('fix', '--app', 'apps/api', '--rule', 'jwt-cookie-secure')).code).toBe(0);
    expect(await read(CONFIG)).toBe(configWith('false'));
    expect(await read('apps/web/arkos.config.ts')).toBe(open);
    expect((await bulwark('fix', '--app', 'nope')).stderr).toContain('There is no Arkos app "nope"');
    expect((await bulwark('fix', '--rule', 'router-strct')).stderr).toContain('did you mean router-strict?');
  });

  test('what is left alone is said, with why, and is found', async () => {
    const auth = GOOD.replace('rateLimit: { windowMs: 900_000', 'requestRateLimitOptions: { windowMs: 1');
    await writeApp('apps/api', configWith('true', auth));
    const { code, stdout } = await bulwark('fix');
    expect(stdout).toMatch(/^Left 1 finding alone:\n/);
    expect(stdout).toMatch(
      /not done: rename .*requestRateLimitOptions to rateLimit; it would bring auth-rate-limit/,
    );
    expect(await read(CONFIG)).toBe(configWith('true', auth));
    expect(code).toBe(1);
  });
});

describe('--dry-run', () => {
  test('shows a diff that git applies, and writes nothing', async () => {
    const open = configWith('false');
    await writeApp('apps/api', open);
    await repo.commitAll();
    const { code, stdout } = await bulwark('fix', '--dry-run');
    const diff = stdout.slice(0, stdout.indexOf('Would mend'));
    expect(diff).toBe(
      "--- a/apps/api/arkos.config.ts\n+++ b/apps/api/arkos.config.ts\n@@ -4,1 +4,1 @@\n-  routers: { strict: false },\n+  routers: { strict: 'no-bulk' },\n\n",
    );
    expect(stdout).toContain('Nothing was written.\n');
    expect(code).toBe(1);
    expect(await read(CONFIG)).toBe(open);
    await repo.write('fix.diff', diff);
    await repo.git('apply', '--unidiff-zero', 'fix.diff');
    expect(await read(CONFIG)).toBe(configWith("'no-bulk'"));
  });

  test('shows nothing of a line but the change and the code around it', async () => {
    const secret = randomText(40, 'preview');
    const auth = `authentication: { mode: 'static', jwt: { secret: '${secret}', cookie: { secure: false } } } /* ${secret} */`;
    await writeApp('apps/api', configWith('true', auth));
    const { stdout } = await bulwark('fix', '--dry-run', '--color', 'always');
    expect(stdout).toContain('  …, cookie: { secure: false } } } …\u001b');
    expect(stdout).toContain('  …, cookie: { secure: true } } } …\u001b');
    expect(stdout).not.toContain(secret.slice(0, 8));
  });

  test('shows a file that is to be made', async () => {
    await writeApp('apps/api', configWith('true'));
    await rm(join(repo.root, '.gitignore'));
    const { stdout } = await bulwark('fix', '--dry-run');
    expect(stdout).toMatch(/^--- \/dev\/null\n\+\+\+ b\/apps\/api\/\.gitignore\n@@ -0,0 \+1,5 @@\n\+\.env\n/);
  });
});

describe('refusing', () => {
  test('a read-only file: exit 2, and nothing else is written either', async () => {
    await writeApp('apps/api', configWith('false'));
    await writeApp('apps/web', configWith('false'));
    await chmod(join(repo.root, 'apps/web/arkos.config.ts'), 0o444);
    const { code, stderr } = await bulwark('fix');
    expect(stderr).toMatch(
      /^bulwark: apps\/web\/arkos\.config\.ts is read-only, so nothing was written\.\n.*chmod u\+w/,
    );
    expect(code).toBe(2);
    expect(await read(CONFIG)).toBe(configWith('false'));
  });

  test('a configuration behind a link is neither followed nor replaced', async () => {
    await writeApp('apps/api', configWith('true'));
    await repo.write('shared/arkos.config.ts', configWith('false'));
    await rm(join(repo.root, CONFIG));
    await symlink('../../shared/arkos.config.ts', join(repo.root, CONFIG));
    await bulwark('fix');
    expect(await readlink(join(repo.root, CONFIG))).toBe('../../shared/arkos.config.ts');
    expect(await read('shared/arkos.config.ts')).toBe(configWith('false'));
  });

  test('what git starts: hooks of every kind, aliases', async () => {
    await writeApp('apps/api', configWith('false'));
    await repo.write('hook', `#!/bin/sh\n"${process.execPath}" "${BIN}" fix\necho "exit $?"\n`);
    await chmod(join(repo.root, 'hook'), 0o755);
    await mkdir(join(repo.root, '.git/hooks'), { recursive: true });
    for (const name of ['pre-commit', 'post-checkout'])
      await copyFile(join(repo.root, 'hook'), join(repo.root, '.git/hooks', name));
    await repo.git('add', '.');
    const runs = [
      await repo.tryGit('commit', '--message', 'x'),
      await repo.tryGit('checkout', '-b', 'other'),
      await repo.tryGit('-c', 'alias.mend=!./hook', 'mend'),
    ];
    for (const { stdout, stderr } of runs) {
      expect(stdout + stderr).toContain('bulwark fix never runs inside a hook');
      expect(stdout + stderr).toContain('exit 2');
    }
    expect(await read(CONFIG)).toBe(configWith('false'));
  });
});
