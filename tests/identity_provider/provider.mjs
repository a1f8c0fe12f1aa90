// An independent identity provider for the tests: panva's oidc-provider (OpenID Certified), with the
// endpoint names of Okta. It shares no code with Authlib. ISSUER, RP, SECRET come from the environment.
import { createServer } from 'node:http';
import { randomBytes, generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const { ISSUER, RP, SECRET } = process.env;
const address = new URL(ISSUER);
const PREFIX = address.pathname.replace(/\/$/, '');
const PEOPLE = {
  ann: { name: 'Ann', email: 'ann@people.example' },
  eve: { name: '<img src=x onerror=alert(1)>', email: 'ann@people.example' },
};
const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });

const provider = new Provider(ISSUER, {
  clients: [{
    client_id: 'kinnect', client_secret: SECRET, grant_types: ['authorization_code'],
    response_types: ['code'], redirect_uris: [`${RP}/auth/callback`],
  }],
  jwks: { keys: [{ ...key, kid: 'k1', alg: 'RS256', use: 'sig' }] },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  routes: { authorization: '/v1/authorize', token: '/v1/token', jwks: '/v1/keys', userinfo: '/v1/userinfo' },
  claims: { openid: ['sub', 'sid'], profile: ['name'], email: ['email'] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  findAccount: async (_, id) => PEOPLE[id] && { accountId: id, claims: async () => ({ sub: id, ...PEOPLE[id] }) },
  interactions: { url: (_, interaction) => `${PREFIX}/interaction/${interaction.uid}` },
  loadExistingGrant: async (context) => {
    const { client, session } = context.oidc;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope('openid profile email');
    await grant.save();
    return grant;
  },
});

const form = (request) => new Promise((resolve) => {
  let text = '';
  request.on('data', (part) => { text += part; });
  request.on('end', () => resolve(new URLSearchParams(text)));
});

const PAGE = '<!doctype html><title>Provider</title><h1>Provider</h1>'
  + '<form method="post"><label>User <input name="login"></label><button>Sign in</button></form>';

createServer(async (request, response) => {
  if (request.url === '/healthz') return response.end('ok');
  if (!request.url.startsWith(`${PREFIX}/`)) { response.statusCode = 404; return response.end(); }
  if (request.url.startsWith(`${PREFIX}/interaction/`)) {
    await provider.interactionDetails(request, response);
    if (request.method === 'GET') { response.setHeader('content-type', 'text/html'); return response.end(PAGE); }
    const login = { accountId: (await form(request)).get('login') };
    return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
  }
  request.originalUrl = request.url;
  request.url = request.url.slice(PREFIX.length);
  return provider.callback()(request, response);
}).listen(Number(address.port), address.hostname);
