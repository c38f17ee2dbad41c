import { UserError } from '@bulwark/model';

/** Git ended with an error. The message holds git's own words. */
export class GitError extends UserError {
  override readonly name = 'GitError';
  readonly exitCode: number | null;
  readonly stderr: string;

  constructor(args: readonly string[], exitCode: number | null, stderr: string) {
    const said = stderr.trim();
    const verb = args.find((arg) => /^[a-z]/.test(arg)) ?? '';
    super(`git ${verb} failed: ${said === '' ? `exit code ${exitCode ?? 'none'}` : said}`, hintFor(said));
    this.exitCode = exitCode;
    this.stderr = said;
  }
}

/** What to do about it. Git's own advice (as for `safe.directory`) is in the message already. */
function hintFor(stderr: string): string {
  if (/dubious ownership|unsafe repository/.test(stderr)) {
    return 'Git refuses a repository that belongs to somebody else. Follow its advice above if you trust it.';
  }
  if (/promisor remote|missing (?:blob|tree|commit)|bad object|unable to read/i.test(stderr)) {
    return 'An object is not in this clone. `git fsck` names what is missing; `git fetch` brings it.';
  }
  if (/bad config|unable to parse|unknown repository extension|expected git repo version/i.test(stderr)) {
    return "Mend the repository's configuration (`git config --list --show-origin`), or update git.";
  }
  return 'Run the same git command by hand to see more.';
}
