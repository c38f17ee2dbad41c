/**
 * Keys without a form of their own: hex digits, a UUID or a run of letters and digits, which only the provider's name
 * beside them makes a secret. Each provider is a row; what its pages call the value (key, token) does not matter.
 */
import { ASSIGN, UUID, near, shape } from '../build-detector.ts';
import type { Detector } from '../detector.ts';
import { drawnBits, isRandom } from '../randomness.ts';

/** Providers of data and services whose keys are such; none whose name is a word of the language. */
const PROVIDERS = [
  'abstractapi',
  'abuseipdb',
  'adafruit',
  'alphavantage',
  'apilayer',
  'bitly',
  'calendly',
  'capsulecrm',
  'censys',
  'clearbit',
  'coinapi',
  'coinmarketcap',
  'currencylayer',
  'eventbrite',
  'exchangerate',
  'finnhub',
  'fullcontact',
  'geocodio',
  'giphy',
  'gumroad',
  'imagekit',
  'ipgeolocation',
  'ipinfo',
  'ipstack',
  'languagelayer',
  'lokalise',
  'mapquest',
  'marketstack',
  'mediastack',
  'mixmax',
  'mockaroo',
  'monkeylearn',
  'newsapi',
  'numverify',
  'opencage',
  'openweather',
  'packagecloud',
  'pandadoc',
  'pexels',
  'pipedrive',
  'pixabay',
  'positionstack',
  'proxycrawl',
  'quandl',
  'rapidapi',
  'rebrandly',
  'scraperapi',
  'scrapingbee',
  'securitytrails',
  'serpapi',
  'serpstack',
  'shodan',
  'spoonacular',
  'spotify',
  'statuscake',
  'storyblok',
  'tiingo',
  'tomtom',
  'unsplash',
  'urlscan',
  'userstack',
  'virustotal',
  'weatherapi',
  'weatherbit',
  'weatherstack',
  'zerobounce',
] as const;

/** The name's rest and a word for a secret stand before white space, or an assignment. */
const GAP = String.raw`(?:${ASSIGN}|[\w .-]{0,30}(?:key|token|secret)[ \t]{1,4})`;

export const NAMED: readonly Detector[] = [
  shape('named-provider-key', 'API key beside the name of its provider', {
    keywords: PROVIDERS,
    foldsCase: true,
    head: near('alnum', 20),
    pattern: String.raw`(?:${PROVIDERS.join('|')})${GAP}(?<secret>${UUID}|[0-9a-fA-F]{20,64}|[0-9A-Za-z]{22,64})(?![0-9A-Za-z_+/.-])`,
    reach: 220,
    isGeneric: true,
    accepts: ({ secret }) => isRandom(secret) && /[0-9]/.test(secret) && drawnBits(secret) > 24,
    example: (draw) => `SHODAN_API_KEY=${draw('alnum', 32)}`,
  }),
];
