/** Language models and machine learning. */
import { UUID, beside, drawUuid, shape, token } from '../build-detector.ts';
import { START } from '../detector.ts';
import type { Detector } from '../detector.ts';
import { drawnBits, isDrawn } from '../randomness.ts';

export const AI: readonly Detector[] = [
  token(
    'openai-project-key',
    'OpenAI API key',
    ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-None-', 'sk-service-'],
    'url',
    [40, 200],
    {
      accepts: ({ secret }) => isDrawn(secret) && (secret.includes('T3BlbkFJ') || secret.length >= 120),
      example: (draw) => `sk-proj-${draw('url', 74)}T3BlbkFJ${draw('url', 74)}`,
    },
  ),
  token('openai-key', 'OpenAI-style API key', 'sk-', 'alnum', [32, 64], {
    accepts: ({ secret }) => isDrawn(secret) && drawnBits(secret.slice(3)) > 30,
  }),
  shape('anthropic-key', 'Anthropic API key', {
    keywords: ['sk-ant-'],
    pattern: String.raw`${START}sk-ant-(?:(?:api03|admin01)-[0-9A-Za-z_-]{93}AA|(?:api0[0-24-9]|oat01|ort01|sid01)-[0-9A-Za-z_-]{80,130}(?:AA)?)(?![0-9A-Za-z_-])`,
    reach: 170,
    example: (draw) => `sk-ant-api03-${draw('alnum', 93)}AA`,
  }),
  token('huggingface-token', 'Hugging Face token', ['hf_', 'api_org_'], 'alnum', [34, 40]),
  token('groq-key', 'Groq API key', 'gsk_', 'alnum', [48, 60]),
  token('replicate-token', 'Replicate token', 'r8_', 'alnum', [37, 40]),
  token('perplexity-key', 'Perplexity key', 'pplx-', 'alnum', [40, 64]),
  token('xai-key', 'xAI key', 'xai-', 'alnum', [70, 100]),
  token('openrouter-key', 'OpenRouter key', 'sk-or-v1-', 'hex', 64),
  token('fireworks-key', 'Fireworks key', 'fw_', 'alnum', [22, 32]),
  token('elevenlabs-key', 'ElevenLabs key', 'sk_', 'hex', 48),
  token('cerebras-key', 'Cerebras key', 'csk-', 'lower', [40, 60]),
  token('nvidia-key', 'NVIDIA API key', 'nvapi-', 'url', [56, 80]),
  shape('langsmith-key', 'LangSmith key', {
    keywords: ['lsv2_'],
    pattern: `lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}(?![0-9a-f])`,
    reach: 60,
    example: (draw) => `lsv2_pt_${draw('hex', 32)}_${draw('hex', 10)}`,
  }),
  shape('langfuse-key', 'Langfuse secret key', {
    keywords: ['sk-lf-'],
    pattern: `sk-lf-${UUID}`,
    reach: 50,
    example: (draw) => `sk-lf-${drawUuid(draw)}`,
  }),
  token('tavily-key', 'Tavily key', ['tvly-', 'tvly-dev-', 'tvly-prod-'], 'alnum', [28, 40]),
  token('pinecone-key', 'Pinecone key', 'pcsk_', 'word', [48, 90]),
  token('voyage-key', 'Voyage AI key', 'pa-', 'url', 43),
  token('jina-key', 'Jina key', 'jina_', 'word', [50, 70]),
  token('firecrawl-key', 'Firecrawl key', 'fc-', 'hex', 32),
  token('coze-token', 'Coze token', ['pat_'], 'alnum', [60, 72]),
  token('gemini-key', 'Google AI key', 'AQ.', 'url', [40, 80]),
  token('friendli-token', 'Friendli token', 'flp_', 'alnum', [40, 60]),
  token('saladcloud-key', 'SaladCloud key', 'salad_cloud_', 'word', [40, 120]),
  token('cursor-key', 'Cursor key', 'key_', 'hex', 64),
  token('wandb-v1-key', 'Weights & Biases key', 'wandb_v1_', 'url', [40, 90]),
  beside('mistral-key', 'Mistral API key', ['mistral'], '[0-9A-Za-z]{32}', (draw) => draw('alnum', 32)),
  beside('cohere-key', 'Cohere API key', ['cohere', 'co_api_key'], '[0-9A-Za-z]{40}', (draw) =>
    draw('alnum', 40),
  ),
  beside('together-key', 'Together AI key', ['together'], '[0-9a-f]{64}', (draw) => draw('hex', 64)),
  beside('wandb-key', 'Weights & Biases key', ['wandb', 'deepgram'], '[0-9a-f]{40}', (draw) =>
    draw('hex', 40),
  ),
  beside(
    'assemblyai-key',
    'AI provider key',
    ['assemblyai', 'stability', 'clarifai', 'elevenlabs', 'ai21', 'deepl'],
    '[0-9a-f]{32}',
    (draw) => draw('hex', 32),
  ),
  shape('deepl-key', 'DeepL key', {
    keywords: [':fx'],
    lead: 37,
    pattern: `(?<=^|[^0-9A-Za-z])${UUID}:fx(?![0-9A-Za-z])`,
    reach: 4,
    example: (draw) => `${drawUuid(draw)}:fx`,
  }),
];
