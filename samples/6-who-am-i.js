const { createHash, createHmac } = require('node:crypto');
const https = require('node:https');
const response = require('cfn-response');

const { CLUSTER, ENDPOINT, AUTHORITY, STS_HOST, AWS_REGION } = process.env;
const hash = (text) => createHash('sha256').update(text).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

// A presigned GetCallerIdentity, which is what `aws eks get-token` prints.
function token() {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: session } = process.env;
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = [time.slice(0, 8), AWS_REGION, 'sts', 'aws4_request'];
  const query = new URLSearchParams({
    Action: 'GetCallerIdentity',
    Version: '2011-06-15',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': [id, ...scope].join('/'),
    'X-Amz-Date': time,
    'X-Amz-Expires': '60',
    'X-Amz-Security-Token': session,
    'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
  });
  const headers = `host:${STS_HOST}\nx-k8s-aws-id:${CLUSTER}\n\nhost;x-k8s-aws-id`;
  const request = ['GET', '/', query, headers, hash('')].join('\n');
  const text = ['AWS4-HMAC-SHA256', time, scope.join('/'), hash(request)].join('\n');
  const signature = hmac(scope.reduce(hmac, `AWS4${secret}`), text).toString('hex');
  const url = `https://${STS_HOST}/?${query}&X-Amz-Signature=${signature}`;
  return `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`;
}

const whoAmI = () =>
  new Promise((resolve, reject) => {
    const request = https.request(
      `${ENDPOINT}/apis/authentication.k8s.io/v1/selfsubjectreviews`,
      {
        method: 'POST',
        ca: Buffer.from(AUTHORITY, 'base64'),
        headers: { authorization: `Bearer ${token()}`, 'content-type': 'application/json' },
        timeout: 10_000,
      },
      async (answer) => {
        let text = '';
        for await (const chunk of answer) text += chunk;
        if (answer.statusCode === 201) resolve(JSON.parse(text).status.userInfo);
        else reject(new Error(`the cluster answers ${answer.statusCode}: ${text}`));
      },
    );
    request.on('timeout', () => request.destroy(new Error('the cluster does not answer')));
    request.on('error', reject);
    request.end('{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}');
  });

// A mapping that was made a moment ago may take some seconds to reach the authenticator.
async function whoAmIBefore(end) {
  for (;;) {
    try {
      return await whoAmI();
    } catch (error) {
      console.error(error.message);
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}

// Always answers, and a Delete without asking anybody: nothing has to be taken away.
exports.handler = (event, context) => {
  const answer = (status, data) => response.send(event, context, status, data, 'who-am-i');
  if (event.RequestType === 'Delete') return void answer(response.SUCCESS, {});
  whoAmIBefore(Date.now() + 30_000).then(
    ({ username, groups }) => answer(response.SUCCESS, { UserName: username, Groups: groups.join(',') }),
    () => answer(response.FAILED, {}),
  );
};
