import { ALNUM, BASE64_SIGN, DASH, DOT, EQUALS, UNDERSCORE } from './byte-class.ts';
import type { Head } from './head.ts';

/**
 * What a text must hold for a rule of the engine's preset (13.0.6) to match, read from the rules themselves.
 */

export interface EngineLiteral {
  readonly literal: string;
  readonly foldsCase: boolean;
  readonly head: Head;
}

const exact = (head: Head, ...literals: string[]): EngineLiteral[] =>
  literals.map((literal) => ({ literal, foldsCase: false, head }));
const folded = (head: Head, ...literals: string[]): EngineLiteral[] =>
  literals.map((literal) => ({ literal, foldsCase: true, head }));

const TOKEN = ALNUM | UNDERSCORE | DASH | DOT | BASE64_SIGN | EQUALS;
const WORD = ALNUM | UNDERSCORE;
const URL_SAFE = WORD | DASH;
const BASE64 = ALNUM | BASE64_SIGN;
const any: Head = { kind: 'any' };
const short: Head = { kind: 'run', run: 1, classes: TOKEN };
/** The least a rule's pattern asks for behind its literal. */
const run = (length: number, classes: number): Head => ({ kind: 'run', run: length, classes });

export const ENGINE_LITERALS: readonly EngineLiteral[] = [
  // Each of the three words in one of three spellings: any case is the shorter superset.
  ...folded({ kind: 'aws' }, 'secret_access_key', 'secretaccess_key', 'secret_accesskey', 'secretaccesskey'),
  // JSON may spell the key with escapes of `_` (5f) and of small letters (6., 7.).
  ...exact({ kind: 'json' }, 'private_key_id'),
  ...folded({ kind: 'json' }, String.raw`\u005f`, String.raw`\u006`, String.raw`\u007`),
  ...exact({ kind: 'pem-body' }, '-----BEGIN'),
  ...exact({ kind: 'npmrc' }, '_authToken='),
  ...exact(any, ':x-oauth-basic@github.com', 'T3BlbkFJ', 'sk-ant-api0'),
  ...folded({ kind: 'credentials' }, '://'),
  ...exact(short, 'xoxb-', 'xoxp-', 'xapp-', 'xoxa-', 'xoxo-', 'xoxr-', 'SG.', 'tskey-'),
  ...folded(short, 'hooks.slack.com/services/'),
  ...exact(run(36, WORD), 'npm_', 'ghp_', 'gho_', 'ghu_', 'ghr_'),
  // An installation token may be short: `1_a.b.c` behind its prefix.
  ...exact(short, 'ghs_'),
  ...exact(run(82, WORD), 'github_pat_'),
  ...exact(run(32, ALNUM), 'shppa_', 'shpca_', 'shpat_', 'shpss_', 'glsa_', 'dapi'),
  ...exact(run(52, ALNUM), 'gsk_'),
  ...exact(run(34, ALNUM), 'hf_'),
  ...exact(run(46, ALNUM), 'ntn_'),
  ...exact(run(32, WORD), 'lin_api_'),
  ...exact(run(100, BASE64 | EQUALS), 'ops_ey'),
  ...exact(run(20, URL_SAFE), 'glpat-'),
  ...exact(run(27, URL_SAFE), 'dckr_pat_'),
  ...exact(run(40, URL_SAFE), 'figd_'),
  ...exact(run(24, ALNUM), 'sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'),
  ...exact(run(32, BASE64), 'glc_'),
  ...exact(run(90, URL_SAFE), 'hvs.', 'hvb.', 'hvr.'),
  ...exact(run(20, ALNUM), 'vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'),
  ...exact(run(48, ALNUM), 'cfk_', 'cfut_', 'cfat_'),
];
