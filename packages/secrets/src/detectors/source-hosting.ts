/** GitHub, GitLab, Bitbucket and their kin. Formats: each provider's page on its tokens. */
import { near, shape, token } from '../build-detector.ts';
import { START } from '../detector.ts';
import { hasChecksum } from '../checksum.ts';
import type { Detector, Found } from '../detector.ts';
import { drawnBits, isDrawn } from '../randomness.ts';

/** A token with a right checksum is one; without, it must look drawn: documentation writes words behind the prefix. */
export const isGithubToken = ({ secret }: Pick<Found, 'secret'>): boolean =>
  hasChecksum(secret.slice(4)) || (isDrawn(secret.slice(4)) && drawnBits(secret.slice(4)) > 40);

export const SOURCE_HOSTING: readonly Detector[] = [
  token('github-personal-token', 'GitHub personal access token', 'ghp_', 'alnum', [36, 255], {
    accepts: isGithubToken,
  }),
  token('github-oauth-token', 'GitHub OAuth token', 'gho_', 'alnum', [36, 255], { accepts: isGithubToken }),
  token('github-app-token', 'GitHub app token', ['ghu_', 'ghs_'], 'alnum', [36, 255], {
    accepts: isGithubToken,
  }),
  token('github-refresh-token', 'GitHub refresh token', 'ghr_', 'alnum', [36, 255], {
    accepts: isGithubToken,
  }),
  token('github-fine-grained-token', 'GitHub fine-grained token', 'github_pat_', 'word', [40, 255]),
  token('gitlab-personal-token', 'GitLab personal access token', 'glpat-', 'dotted', [20, 300]),
  token('gitlab-deploy-token', 'GitLab deploy token', 'gldt-', 'url', 20),
  token('gitlab-runner-token', 'GitLab runner token', ['glrt-', 'glrtr-'], 'dotted', [20, 300]),
  token('gitlab-trigger-token', 'GitLab trigger token', 'glptt-', 'hex', 40),
  token('gitlab-ci-job-token', 'GitLab CI job token', 'glcbt-', 'url', [20, 80]),
  token('gitlab-feed-token', 'GitLab feed token', 'glft-', 'url', [20, 64]),
  token('gitlab-mail-token', 'GitLab incoming mail token', 'glimt-', 'url', 25),
  token('gitlab-scim-token', 'GitLab SCIM token', 'glsoat-', 'url', 20),
  token('gitlab-agent-token', 'GitLab agent token', 'glagent-', 'url', [50, 80]),
  token('gitlab-flag-token', 'GitLab feature flag token', 'glffct-', 'url', 20),
  token('gitlab-oauth-secret', 'GitLab OAuth application secret', 'gloas-', 'alnum', 64),
  token('gitlab-registration-token', 'GitLab runner registration token', 'GR1348941', 'url', 20),
  shape('gitlab-session', 'GitLab session cookie', {
    keywords: ['_gitlab_session='],
    pattern: '_gitlab_session=(?<secret>[0-9a-z]{32})(?![0-9a-z])',
    reach: 64,
    example: (draw) => `_gitlab_session=${draw('lower', 32)}`,
  }),
  token('bitbucket-app-password', 'Bitbucket app password', 'ATBB', 'alnum', [28, 40]),
  token('bitbucket-access-token', 'Bitbucket access token', 'ATCTT3xFfG', 'url', [100, 300]),
  token('atlassian-api-token', 'Atlassian API token', ['ATATT3xFfG', 'ATOATT3xFfG'], 'url', [100, 300]),
  shape('sourcegraph-token', 'Sourcegraph access token', {
    keywords: ['sgp_', 'slk_'],
    pattern: `${START}(?:sgp_(?:(?:[0-9a-f]{16}|local)_)?[0-9a-f]{40}|slk_[0-9a-f]{64})(?![0-9A-Za-z_])`,
    reach: 80,
    example: (draw) => `sgp_${draw('hex', 40)}`,
  }),
  token('gitea-token', 'Gitea runner token', 'gta_', 'hex', 40),
  shape('github-basic-url', 'GitHub token in a URL', {
    keywords: ['x-oauth-basic@', 'x-access-token:'],
    foldsCase: true,
    lead: 80,
    pattern: String.raw`(?:x-access-token:(?<secret>[0-9A-Za-z_.-]{20,255})@)`,
    reach: 300,
    example: (draw) => `https://x-access-token:${draw('alnum', 40)}@github.com/a/b`,
  }),
  shape('self-hosted-git-token', 'Gitea, Gogs, Gitee or Sourcehut token', {
    keywords: ['gitee', 'sourcehut', 'gitea', 'gogs'],
    foldsCase: true,
    isGeneric: true,
    head: near('anyhex', 32),
    pattern: String.raw`(?:gitee|sourcehut|gitea|gogs)[\w .-]{0,30}["' ]{0,3}[:=][ "']{0,4}(?<secret>[0-9a-f]{32,40})(?![0-9a-f])`,
    reach: 128,
    example: (draw) => `gitea_token = ${draw('hex', 40)}`,
  }),
  shape('azure-devops-token', 'Azure DevOps personal access token', {
    keywords: ['AZDO'],
    lead: 84,
    pattern: String.raw`${START}[0-9A-Za-z]{76}AZDO[0-9A-Za-z]{4}(?![0-9A-Za-z])`,
    reach: 12,
    example: (draw) => `${draw('alnum', 76)}AZDO${draw('alnum', 4)}`,
  }),
];
