/**
 * What `require('cfn-response')` gives, which is there for inline code only. Speaks to the local answer bucket's plain
 * HTTP as well. Plain CommonJS, because it must run without a build step.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-lambda-function-code-cfnresponsemodule.html
 */
'use strict';

module.exports = {
  SUCCESS: 'SUCCESS',
  FAILED: 'FAILED',
  send: (event, context, status, data, physicalResourceId, noEcho) => {
    const body = JSON.stringify({
      Status: status,
      Reason: 'See the details in CloudWatch Log Stream: ' + context.logStreamName,
      PhysicalResourceId: physicalResourceId || context.logStreamName,
      StackId: event.StackId,
      RequestId: event.RequestId,
      LogicalResourceId: event.LogicalResourceId,
      NoEcho: noEcho || false,
      Data: data,
    });
    const url = new URL(event.ResponseURL);
    const client = require(url.protocol === 'http:' ? 'http' : 'https');
    const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
    const finish = () => context.done && context.done();
    return new Promise((resolve) => {
      const request = client.request(url, { method: 'PUT', headers }, (response) => {
        response.resume();
        response.on('end', () => resolve(finish()));
      });
      request.on('error', (error) => {
        console.log('send(..) failed executing request(..): ' + error);
        resolve(finish());
      });
      request.end(body);
    });
  },
};
