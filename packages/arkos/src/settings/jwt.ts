/** Token and cookie settings (FACTS §3.4 to §3.8). */
import { at, HIDDEN, known, outcomesOf } from '@bulwark/model';
import type { JwtSettings, Known, Origin, Setting, Unknown, Value } from '@bulwark/model';
import { hideSecret } from '../config/hide-secrets.ts';
import { isFalsy, isMissing, mapKnown } from '../values.ts';
import { setting } from './reading.ts';
import type { Reading } from './reading.ts';

const JWT = 'authentication.jwt';

export function jwtSettings(reading: Reading): JwtSettings {
  return {
    secret: secretSetting(reading),
    secretIsEnforced: reading.behaviour.enforcesSecret,
    expiresIn: setting(
      reading,
      `${JWT}.expiresIn`,
      (written) =>
        mapKnown(written, (leaf) =>
          isFalsy(leaf) ? fromVariable(reading, 'JWT_EXPIRES_IN', known('30d', reading.byDefault)) : leaf,
        ),
      'JWT_EXPIRES_IN',
    ),
    cookieLifetimeUnit: reading.behaviour.cookieLifetimeUnit,
    httpOnly: httpOnlySetting(reading),
    secure: secureSetting(reading),
    sameSite: sameSiteSetting(reading),
  };
}

function secretSetting(reading: Reading): Setting {
  const own = setting(
    reading,
    `${JWT}.secret`,
    (written) =>
      hideSecret(
        withoutEqualChoice(
          mapKnown(written, (leaf) => (isFalsy(leaf) ? secretFromEnvironment(reading) : leaf)),
        ),
      ),
    'JWT_SECRET',
  );
  return { ...own, written: hideSecret(own.written) };
}

/** `process.env.JWT_SECRET` is the same variable whether the key or Arkos reads it: no choice at all. */
function withoutEqualChoice(value: Value): Value {
  if (value.kind !== 'unknown' || !value.outcomes) return value;
  const leaves = outcomesOf(value).map(({ value: leaf }) => leaf);
  const isOne = leaves.every(
    (leaf) => leaf.kind === 'unknown' && leaf.from.kind === 'env' && leaf.from.variable === 'JWT_SECRET',
  );
  if (!isOne) return value;
  const { outcomes: _outcomes, ...one } = value;
  return one;
}

/** An empty JWT_SECRET counts as unset; one that nothing shows is what the guide wants, and unknown. */
function secretFromEnvironment(reading: Reading): Value {
  const found = reading.variable('JWT_SECRET');
  if (found.kind === 'known' && !isFalsy(found)) return { ...found, value: HIDDEN };
  const from: Origin = { kind: 'env', variable: 'JWT_SECRET' };
  return {
    kind: 'unknown',
    why: 'comes from the environment variable JWT_SECRET',
    from,
    variables: ['JWT_SECRET'],
  };
}

/** A variable that is set to something, else the other value. */
function fromVariable(reading: Reading, name: string, otherwise: Value): Value {
  return mapKnown(reading.variable(name), (leaf) => (isFalsy(leaf) ? otherwise : leaf));
}

/** ≥1.3: set to anything, a variable decides, and only `"true"` is true. */
function flagFromVariable(reading: Reading, name: string, otherwise: Value): Value {
  return mapKnown(reading.variable(name), (leaf) =>
    isMissing(leaf) ? otherwise : known((leaf as Known).value === 'true', leaf.from),
  );
}

function httpOnlySetting(reading: Reading): Setting {
  const { httpOnly, spread } = reading.behaviour.cookie;
  return setting(
    reading,
    `${JWT}.cookie.httpOnly`,
    (written) => {
      const byDefault = known(true, reading.byDefault);
      if (httpOnly === 'always') return byDefault;
      const otherwise = flagFromVariable(reading, 'JWT_COOKIE_HTTP_ONLY', byDefault);
      return orElse(written, otherwise, spread, isMissing);
    },
    'JWT_COOKIE_HTTP_ONLY',
  );
}

function secureSetting(reading: Reading): Setting {
  const { secure, spread } = reading.behaviour.cookie;
  return setting(
    reading,
    `${JWT}.cookie.secure`,
    (written) => {
      const byRequest = dependsOnRequest(reading.byDefault);
      switch (secure) {
        case 'config-else-env-else-request':
          return orElse(
            written,
            flagFromVariable(reading, 'JWT_COOKIE_SECURE', byRequest),
            spread,
            isMissing,
          );
        case 'config-else-any-of':
          return orElse(written, anyOf(reading, byRequest), spread, isMissing);
        case 'any-of':
          return mapKnown(written, (leaf) => (isFalsy(leaf) ? anyOf(reading, byRequest) : leaf));
      }
    },
    'JWT_COOKIE_SECURE',
  );
}

/** ≤1.3: true by the variable or `sameSite: "none"`, else by the request. */
function anyOf(reading: Reading, byRequest: Value): Value {
  return mapKnown(reading.variable('JWT_COOKIE_SECURE'), (leaf) => {
    if (leaf.kind === 'known' && leaf.value === 'true') return known(true, leaf.from);
    const { sameSite, secure } = reading.behaviour.cookie;
    const isNone = at(reading.written, `${JWT}.cookie.sameSite`);
    if (
      secure === 'config-else-any-of' &&
      sameSite === 'lax' &&
      isNone.kind === 'known' &&
      isNone.value === 'none'
    )
      return known(true, isNone.from);
    return byRequest;
  });
}

/** The default of `secure` does not depend on the mode but on each request (FACTS §3.6). */
function dependsOnRequest(from: Origin): Unknown {
  return {
    kind: 'unknown',
    why: 'depends on whether each request came over TLS, or a header says so',
    from,
    outcomes: [
      {
        when: 'the request came over TLS or its x-forwarded-proto header says https',
        value: known(true, from),
      },
      { when: 'the request came over plain HTTP', value: known(false, from) },
    ],
  };
}

function sameSiteSetting(reading: Reading): Setting {
  const { sameSite, spread } = reading.behaviour.cookie;
  return setting(
    reading,
    `${JWT}.cookie.sameSite`,
    (written) => {
      if (sameSite === 'always-none-once-set') return sameSiteOf10(reading, written);
      const otherwise = fromVariable(reading, 'JWT_COOKIE_SAME_SITE', known('lax', reading.byDefault));
      return orElse(written, otherwise, spread, isFalsy);
    },
    'JWT_COOKIE_SAME_SITE',
  );
}

/** 1.0 mixed up precedence: whatever is set, the cookie says `none`; else the mode decides (FACTS §3.6). */
function sameSiteOf10(reading: Reading, written: Value): Value {
  const inProduction = mapKnown(reading.variable('NODE_ENV'), (leaf) =>
    known(leaf.kind === 'known' && leaf.value === 'production' ? 'none' : 'lax', reading.byDefault),
  );
  const otherwise = mapKnown(reading.variable('JWT_COOKIE_SAME_SITE'), (leaf) =>
    isFalsy(leaf) ? inProduction : known('none', leaf.from),
  );
  return mapKnown(written, (leaf) => (isFalsy(leaf) ? otherwise : known('none', leaf.from)));
}

/**
 * What was written, else the other value. Where the cookie object is spread on top, a key that is present
 * counts whatever its value: `undefined` erases the flag (FACTS §3.6).
 */
function orElse(written: Value, otherwise: Value, spread: boolean, fallsThrough: typeof isMissing): Value {
  return mapKnown(written, (leaf) => {
    if (leaf.kind === 'absent') return otherwise;
    return !spread && fallsThrough(leaf) ? otherwise : leaf;
  });
}
