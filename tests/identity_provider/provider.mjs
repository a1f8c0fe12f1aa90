// An independent identity provider for the tests: panva's oidc-provider (OpenID Certified), with the
// endpoint names of Okta. It shares no code with Authlib. ISSUER, RP, SECRET come from the environment.
// Who has a code is asked for it on a second page; only then does `amr` say that there was a second factor.
import { createServer } from 'node:http';
import { randomBytes, generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const { ISSUER, RP, SECRET } = process.env;
const address = new URL(ISSUER);
const PREFIX = address.pathname.replace(/\/$/, '');
const PEOPLE = {
  ann: { name: 'Ann', email: 'ann@people.example', email_verified: true, code: '135790' },
  ben: { name: 'Ben', email: 'ben@people.example', email_verified: true },
  stella: { name: 'Stella', email: 'stella@people.example', email_verified: true, code: '246801' },
  nell: { name: 'Nell Newcomer', email: 'nell@people.example', email_verified: true, code: '112233' },
  eve: { name: '<img src=x onerror=alert(1)>', email: 'ann@people.example', email_verified: false, code: '666666' },
};
const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });

const claimsOf = (id) => {
  const { code, ...said } = PEOPLE[id];
  return { sub: id, ...said };
};

const provider = new Provider(ISSUER, {
  clients: [{
    client_id: 'kinnect', client_secret: SECRET, grant_types: ['authorization_code'],
    response_types: ['code'], redirect_uris: [`${RP}/auth/callback`],
    post_logout_redirect_uris: [`${RP}/auth/signed-out`],
    backchannel_logout_uri: `${RP}/auth/backchannel-logout`, backchannel_logout_session_required: true,
  }],
  jwks: { keys: [{ ...key, kid: 'k1', alg: 'RS256', use: 'sig' }] },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  routes: {
    authorization: '/v1/authorize', token: '/v1/token', jwks: '/v1/keys', userinfo: '/v1/userinfo',
    end_session: '/v1/logout',
  },
  claims: { openid: ['sub', 'sid', 'amr', 'auth_time'], profile: ['name'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false, // as Okta: the profile stands in the ID token too
  fetch: (to, options) => globalThis.fetch(to, { ...options, dispatcher: undefined }), // ours is on loopback
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (context, form) => {
        context.body = `<!doctype html><title>Provider</title><h1>Provider</h1>${form}`
          + '<button form="op.logoutForm" name="logout" value="yes">Sign out at the provider</button>';
      },
    },
  },
  findAccount: async (_, id) => PEOPLE[id] && { accountId: id, claims: async () => claimsOf(id) },
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

const page = (label, name, button, said = '') => '<!doctype html><title>Provider</title><h1>Provider</h1>'
  + `<p>${said}</p><form method="post"><label>${label} <input name="${name}"></label><button>${button}</button></form>`;

const asked = new Map(); // interaction → who has said their name and must still give their code

const interaction = async (request, response) => {
  const { uid } = await provider.interactionDetails(request, response);
  const html = (text) => { response.setHeader('content-type', 'text/html'); response.end(text); };
  if (request.method === 'GET') return html(page('User', 'login', 'Sign in'));
  const sent = await form(request);
  const done = (accountId, amr) => {
    asked.delete(uid);
    return provider.interactionFinished(
      request, response, { login: { accountId, amr } }, { mergeWithLastSubmission: false },
    );
  };
  if (!asked.has(uid)) {
    const login = sent.get('login');
    if (!PEOPLE[login]?.code) return done(login, ['pwd']);
    asked.set(uid, login);
    return html(page('Code', 'code', 'Confirm'));
  }
  const login = asked.get(uid);
  if (sent.get('code') !== PEOPLE[login].code) return html(page('Code', 'code', 'Confirm', 'That is not the code.'));
  return done(login, ['pwd', 'otp', 'mfa']);
};

createServer(async (request, response) => {
  if (request.url === '/healthz') return response.end('ok');
  if (!request.url.startsWith(`${PREFIX}/`)) { response.statusCode = 404; return response.end(); }
  if (request.url.startsWith(`${PREFIX}/interaction/`)) return interaction(request, response);
  request.originalUrl = request.url;
  request.url = request.url.slice(PREFIX.length);
  return provider.callback()(request, response);
}).listen(Number(address.port), address.hostname);
