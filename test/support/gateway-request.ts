/** A GET as the gateway hands it to the API's function, with the claims that its authorizer verified; null without an authorizer. */
export function gatewayRequest(path: string, claims: object | null): object {
  return {
    version: '2.0',
    routeKey: `GET ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers: { host: 'api.example' },
    requestContext: {
      http: { method: 'GET', path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      domainName: 'api.example',
      ...(claims === null ? {} : { authorizer: { jwt: { claims, scopes: null } } }),
    },
    isBase64Encoded: false,
  };
}
