import { ALNUM, BASE64_SIGN, DASH, DOT, EQUALS, UNDERSCORE } from './head.ts';
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
const any: Head = { kind: 'any' };
const short: Head = { kind: 'run', run: 1, classes: TOKEN };
const long: Head = { kind: 'run', run: 16, classes: TOKEN };

export const ENGINE_LITERALS: readonly EngineLiteral[] = [
  // Each of the three words in one of three spellings: any case is the shorter superset.
  ...folded({ kind: 'aws' }, 'secret_access_key', 'secretaccess_key', 'secret_accesskey', 'secretaccesskey'),
  // JSON may spell the key with escapes of `_` (5f) and of small letters (6., 7.).
  ...exact({ kind: 'json' }, 'private_key_id'),
  ...folded({ kind: 'json' }, String.raw`\u005f`, String.raw`\u006`, String.raw`\u007`),
  ...exact({ kind: 'pem' }, '-----BEGIN'),
  ...exact({ kind: 'npmrc' }, '_authToken='),
  ...exact(any, ':x-oauth-basic@github.com', 'T3BlbkFJ', 'sk-ant-api0'),
  ...folded({ kind: 'credentials' }, '://'),
  ...exact(short, 'xoxb-', 'xoxp-', 'xapp-', 'xoxa-', 'xoxo-', 'xoxr-', 'SG.', 'tskey-'),
  ...folded(short, 'hooks.slack.com/services/'),
  ...exact(long, 'npm_', 'shppa_', 'shpca_', 'shpat_', 'shpss_', 'gsk_', 'hf_', 'ntn_', 'lin_api_', 'ops_ey'),
  ...exact(long, 'ghp_', 'gho_', 'ghu_', 'ghr_', 'github_pat_', 'glpat-', 'dckr_pat_', 'figd_'),
  // An installation token may be short, as little as three letters between dots.
  ...exact(short, 'ghs_'),
  ...exact(long, 'sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'glc_', 'glsa_', 'hvs.', 'hvb.', 'hvr.'),
  ...exact(long, 'dapi', 'vcp_', 'vci_', 'vca_', 'vcr_', 'vck_', 'cfk_', 'cfut_', 'cfat_'),
];
