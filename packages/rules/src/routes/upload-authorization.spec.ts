import { byVariable, made, no, open, testFacts } from '../../test/made-facts.ts';
import rule from './upload-authorization.ts';

const R = '/api/uploads/:fileType';
const loggedIn = [open('logged-in', 'framework-default')];
const upload = (outcomes = loggedIn, more = {}): ReturnType<typeof made> =>
  made('file-upload.uploadFile', `POST ${R}`, outcomes, more);

testFacts(rule, {
  passes: [
    { name: 'switched off (FACTS §4.4)', facts: { routes: { routes: [upload(loggedIn, { mounted: no })] } } },
    {
      name: 'a policy on it (FACTS §5.2)',
      facts: { routes: { routes: [upload([open('authorised', 'route-rule')])] } },
    },
    {
      name: '2.0-next asks for a resource and an action by default (FACTS §4.6)',
      facts: {
        generation: '2.0-next',
        routes: { routes: [upload([open('authorised', 'framework-default')])] },
      },
    },
    {
      name: 'reading files is another matter',
      facts: { routes: { routes: [made('file-upload.findFile', 'GET /api/uploads/*', loggedIn)] } },
    },
    { name: 'no upload endpoints', facts: {} },
  ],
  fails: [
    {
      name: 'login only, by default (FACTS §5.3, trap 16)',
      facts: {
        generation: '1.7',
        routes: { routes: [upload(), made('file-upload.deleteFile', `DELETE ${R}/:fileName`, loggedIn)] },
      },
      messages: ['open'],
      says: /POST \/api\/uploads\/:fileType and DELETE \S+ answer anyone who is logged in \(.*\); give uploadFile and deleteFile a policy/,
    },
    {
      name: 'authentication: true checks no role (FACTS §5.3)',
      facts: { generation: '1.5', routes: { routes: [upload([open('logged-in', 'route-true')])] } },
      messages: ['open'],
      says: /resource, action and rule/,
    },
    {
      name: 'public, even on purpose',
      facts: { routes: { routes: [upload([open('public', 'route-false')])] } },
      messages: ['open'],
      says: /answers anyone \(/,
    },
    {
      name: '1.3 can only switch it off (FACTS §4.4)',
      facts: { generation: '1.3', routes: { routes: [upload()] } },
      messages: ['open'],
      says: /switch uploadFile off with disable in/,
    },
  ],
  undecided: [
    {
      name: 'a hook may skip the check (FACTS §5.3)',
      facts: { generation: '1.6', routes: { routes: [upload([open('unknown', 'opaque')])] } },
      says: /by opaque/,
    },
    {
      name: 'a variable mounts it',
      facts: { routes: { routes: [upload(loggedIn, { mounted: byVariable('UPLOADS') })] } },
      says: /^depends on the environment variable UPLOADS\nif UPLOADS is set: POST/,
    },
  ],
});
