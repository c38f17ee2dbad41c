/**
 * What a text must hold for a rule of the engine's preset (13.0.6) to match, read from the rules themselves.
 * The rule of JSON keys is by path; see `mayHoldJsonKey`.
 */

export interface EngineLiteral {
  readonly literal: string;
  readonly foldsCase: boolean;
  readonly confirm: Confirm;
}

/**
 * What must follow for the rule to match; each is a superset of the rule's own pattern.
 * `url`: credentials and an `@`. `json`: nothing, but only in a `.json` file. `npmrc`: likewise `.npmrc`.
 * `long`: sixteen characters of a token. `short`: one. `pem`: `PRIVATE KEY`. `aws`: an assignment of 40 characters.
 */
export type Confirm = 'none' | 'url' | 'json' | 'npmrc' | 'long' | 'short' | 'pem' | 'aws';

const exact = (confirm: Confirm, ...literals: string[]): EngineLiteral[] =>
  literals.map((literal) => ({ literal, foldsCase: false, confirm }));
const folded = (confirm: Confirm, ...literals: string[]): EngineLiteral[] =>
  literals.map((literal) => ({ literal, foldsCase: true, confirm }));

export const ENGINE_LITERALS: readonly EngineLiteral[] = [
  // Each of the three words in one of three spellings: any case is the shorter superset.
  ...folded('aws', 'secret_access_key', 'secretaccess_key', 'secret_accesskey', 'secretaccesskey'),
  // JSON may spell the key with escapes of `_` (5f) and of small letters (6., 7.).
  ...exact('json', 'private_key_id'),
  ...folded('json', String.raw`\u005f`, String.raw`\u006`, String.raw`\u007`),
  ...exact('pem', '-----BEGIN'),
  ...exact('npmrc', '_authToken='),
  ...exact('none', ':x-oauth-basic@github.com', 'T3BlbkFJ', 'sk-ant-api0'),
  ...folded('url', '://'),
  ...exact('short', 'xoxb-', 'xoxp-', 'xapp-', 'xoxa-', 'xoxo-', 'xoxr-', 'SG.'),
  ...folded('short', 'hooks.slack.com/services/'),
  ...exact(
    'long',
    'npm_',
    'shppa_',
    'shpca_',
    'shpat_',
    'shpss_',
    'gsk_',
    'hf_',
    'ntn_',
    'lin_api_',
    'ops_ey',
  ),
  ...exact('long', 'ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_', 'glpat-', 'dckr_pat_', 'figd_'),
  ...exact('long', 'sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'glc_', 'glsa_', 'hvs.', 'hvb.', 'hvr.'),
  ...exact('long', 'dapi', 'vcp_', 'vci_', 'vca_', 'vcr_', 'vck_', 'cfk_', 'cfut_', 'cfat_'),
  ...exact('short', 'tskey-'),
];
