/** Bytes in, what leaks out. */
import { fingerprint } from '@bulwark/model';
import { classifyByContent, classifyByName } from './env-file.ts';
import { createEnvNames } from './env-names.ts';
import { createLines } from './lines.ts';
import { maskSecret } from './mask.ts';
import type { Match, ScanInput, ScanResult } from './result.ts';
import { toText } from './text.ts';

export interface ScannerOptions {
  /** micromatch patterns of env files' names, in place of the defaults. */
  readonly envNames?: readonly string[] | undefined;
  /** Bytes; a larger file is not looked at, and says so. */
  readonly maxFileSize?: number | undefined;
}

export interface Scanner {
  scan(input: ScanInput): Promise<ScanResult>;
}

const DEFAULT_MAX_FILE_SIZE = 50 * 1024 * 1024;

export function createScanner(options: ScannerOptions = {}): Scanner {
  const isEnvName = createEnvNames(options.envNames);
  const maxFileSize = options.maxFileSize ?? DEFAULT_MAX_FILE_SIZE;
  return {
    async scan({ path, bytes }) {
      if (bytes.length > maxFileSize) {
        const reason = `larger than ${maxFileSize} bytes`;
        return { hits: [], env: null, notChecked: [{ reason }], disabledAt: null };
      }
      const text = toText(bytes);
      const content = text.toString('utf8');
      const env = isEnvName(path) ? classifyByName(path, content) : classifyByContent(path, content);
      const matches = MAY_HOLD.test(content) ? await engineMatches(path, text, content) : [];
      const hits = matches.map(({ detector, title, secret, place }) => ({
        detector,
        title,
        mask: maskSecret(secret),
        fingerprint: fingerprint('committed-secret', secret),
        place: { path, ...place },
      }));
      return { hits, env, notChecked: [], disabledAt: null };
    },
  };
}

const MAY_HOLD =
  /AKIA|ASIA|SECRET|secret|Secret|-----BEGIN|private_key|:\/\/|npm_|_authToken|xox|xapp-|SG\.|shp|gh[pousr]_|github_pat_|T3BlbkFJ|sk-ant|gsk_|hf_|lin_api_|ntn_|ops_ey|[sr]k_(?:live|test)_|glpat-|dckr_pat_|figd_|tskey-|gl(?:c|sa)_|hv[sbr]\.|dapi|vc[piark]_|cf(?:k|ut|at)_|A3T|A[GIRN][PDOV]A|ACCOUNT|account|Account/i;

async function engineMatches(path: string, text: Buffer, content: string): Promise<Match[]> {
  const { runEngine } = await import('./secretlint.ts');
  const lines = createLines(text);
  return (await runEngine(path, content)).map(({ ruleId, messageId, from, to }) => {
    const start = Buffer.byteLength(content.slice(0, from));
    const secret = content.slice(from, to);
    return {
      detector: ruleId.replace(/^@secretlint\/secretlint-rule-/, 'secretlint/'),
      title: messageId,
      ruleId,
      secret,
      place: lines.span(start, start + Buffer.byteLength(secret)),
      rank: 1,
    };
  });
}
