/** Money. */
import { UUID, beside, drawUuid, follows, near, shape, token } from '../build-detector.ts';
import { START } from '../detector.ts';
import type { Detector } from '../detector.ts';
import { drawnBits, isDrawn } from '../randomness.ts';

export const PAYMENT: readonly Detector[] = [
  token('stripe-secret-key', 'Stripe secret key', ['sk_live_', 'sk_test_', 'sk_prod_'], 'alnum', [10, 255]),
  token(
    'stripe-restricted-key',
    'Stripe restricted key',
    ['rk_live_', 'rk_test_', 'rk_prod_'],
    'alnum',
    [10, 255],
  ),
  shape('stripe-webhook-secret', 'Stripe webhook signing secret', {
    keywords: ['whsec_'],
    pattern: `${START}whsec_[0-9A-Za-z+/]{24,128}={0,2}(?![0-9A-Za-z+/=])`,
    reach: 140,
    example: (draw) => `whsec_${draw('alnum', 32)}`,
  }),
  shape('paypal-braintree-token', 'Braintree access token', {
    keywords: ['access_token$'],
    pattern: String.raw`access_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32}(?![0-9a-f])`,
    reach: 90,
    example: (draw) => `access_token$production$${draw('lower', 16)}$${draw('hex', 32)}`,
  }),
  shape('paypal-credentials', 'PayPal client secret', {
    keywords: ['paypal'],
    foldsCase: true,
    head: near('url', 80),
    pattern: String.raw`paypal[\w .-]{0,40}["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?<secret>[AE][0-9A-Za-z_-]{79})(?![0-9A-Za-z_-])`,
    reach: 160,
    example: (draw) => `PAYPAL_CLIENT_SECRET=E${draw('url', 79)}`,
  }),
  token('square-access-token', 'Square access token', ['sq0atp-', 'sq0csp-'], 'url', [22, 60]),
  token('square-token', 'Square access token', 'EAAA', 'url', [56, 64]),
  shape('plaid-access-token', 'Plaid access token', {
    keywords: ['access-sandbox-', 'access-development-', 'access-production-'],
    pattern: `access-(?:sandbox|development|production)-${UUID}`,
    reach: 70,
    example: (draw) => `access-production-${drawUuid(draw)}`,
  }),
  beside('plaid-secret', 'Plaid secret', ['plaid'], '[0-9a-z]{24,30}', (draw) => draw('hex', 30)),
  token(
    'shopify-token',
    'Shopify token',
    ['shpat_', 'shpca_', 'shppa_', 'shpss_', 'shptka_'],
    'anyhex',
    [32, 64],
  ),
  token('razorpay-key', 'Razorpay key', ['rzp_live_', 'rzp_test_'], 'alnum', [10, 24]),
  shape('flutterwave-key', 'Flutterwave secret key', {
    keywords: ['FLWSECK'],
    pattern: `FLWSECK(?:_TEST)?-[0-9A-Za-z]{12,40}(?:-X)?(?![0-9A-Za-z])`,
    reach: 70,
    example: (draw) => `FLWSECK_TEST-${draw('hex', 32)}-X`,
  }),
  token('gocardless-key', 'GoCardless or Mollie key', ['live_', 'test_'], 'url', [30, 44], {
    accepts: ({ secret }) => isDrawn(secret) && /[0-9]/.test(secret) && drawnBits(secret.slice(5)) > 60,
    example: (draw) => `live_${draw('alnum', 40)}`,
  }),
  shape('twitch-stream-key', 'Twitch stream key', {
    keywords: ['live_'],
    pattern: `${START}live_[0-9]{1,12}_[0-9A-Za-z]{28,32}(?![0-9A-Za-z_])`,
    reach: 60,
    example: (draw) => `live_${draw('digit', 8)}_${draw('alnum', 30)}`,
  }),
  token('easypost-key', 'EasyPost key', ['EZAK', 'EZTK'], 'alnum', 54),
  token('duffel-token', 'Duffel token', ['duffel_test_', 'duffel_live_'], 'url', [40, 64]),
  token('shippo-token', 'Shippo token', ['shippo_live_', 'shippo_test_'], 'hex', 40),
  token('lob-key', 'Lob API key', ['live_pub_', 'test_pub_'], 'hex', [31, 35]),
  token('lob-secret-key', 'Lob API key', ['live_', 'test_'], 'hex', 35),
  token('adyen-key', 'Adyen API key', ['AQEm', 'AQEn', 'AQEh', 'AQEl', 'AQFC'], 'base64', [40, 250], {
    accepts: ({ before, secret }) => /adyen/i.test(before) && isDrawn(secret),
    example: (draw) => `ADYEN_API_KEY=AQEm${draw('base64', 80)}`,
  }),
  token('asaas-key', 'Asaas API key', ['$aact_'], 'base64', [60, 220]),
  token('polar-token', 'Polar token', ['polar_pat_', 'polar_oat_', 'polar_sk_'], 'alnum', [30, 64]),
  token('ramp-token', 'Ramp token', ['ramp_id_', 'ramp_sec_'], 'alnum', [30, 60]),
  token('checkout-sandbox-key', 'Checkout.com secret key', ['sk_sbox_'], 'alnum', [20, 40]),
  shape('checkout-key', 'Checkout.com secret key', {
    keywords: ['sk_'],
    head: follows('url', 20),
    pattern: `${START}sk_(?:test_|live_)?${UUID}(?![0-9A-Za-z-])`,
    reach: 50,
    example: (draw) => `sk_${drawUuid(draw)}`,
  }),
  beside(
    'xendit-key',
    'Payment provider key',
    ['xendit', 'midtrans', 'authorize.net', 'worldpay', 'paytm'],
    '[0-9A-Za-z_-]{24,64}',
    (draw) => draw('alnum', 40),
  ),
];
