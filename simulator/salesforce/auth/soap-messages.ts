/** What a SOAP envelope asks for. */
export type SoapCall =
  | { readonly kind: 'login'; readonly username: string; readonly password: string }
  | { readonly kind: 'logout'; readonly sessionId: string }
  | { readonly kind: 'unknown' };

/** Reads the two calls of the partner API that are served: login and logout. */
export function readSoapCall(xml: string): SoapCall {
  if (/<(?:\w+:)?login\b/.test(xml)) {
    return { kind: 'login', username: element(xml, 'username'), password: element(xml, 'password') };
  }
  if (/<(?:\w+:)?logout\b/.test(xml)) return { kind: 'logout', sessionId: element(xml, 'sessionId') };
  return { kind: 'unknown' };
}

export function loginResponse(values: {
  readonly serverUrl: string;
  readonly sessionId: string;
  readonly userId: string;
  readonly username: string;
  readonly organizationId: string;
  readonly lifetimeSeconds: number;
}): string {
  return envelope(
    `<loginResponse><result><metadataServerUrl>${escapeXml(values.serverUrl.replace('/u/', '/m/'))}</metadataServerUrl>` +
      '<passwordExpired>false</passwordExpired><sandbox>false</sandbox>' +
      `<serverUrl>${escapeXml(values.serverUrl)}</serverUrl><sessionId>${escapeXml(values.sessionId)}</sessionId>` +
      `<userId>${values.userId}</userId><userInfo><organizationId>${values.organizationId}</organizationId>` +
      `<sessionSecondsValid>${values.lifetimeSeconds}</sessionSecondsValid><userId>${values.userId}</userId>` +
      `<userName>${escapeXml(values.username)}</userName></userInfo></result></loginResponse>`,
  );
}

export function logoutResponse(): string {
  return envelope('<logoutResponse/>');
}

export function soapFault(code: string, message: string): string {
  return envelope(
    `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${code}: ${escapeXml(message)}</faultstring></soapenv:Fault>`,
  );
}

function envelope(body: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
    'xmlns="urn:partner.soap.sforce.com" xmlns:sf="urn:fault.partner.soap.sforce.com" ' +
    `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
  );
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function element(xml: string, name: string): string {
  const content = new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*)?>([^<]*)<`).exec(xml)?.[1] ?? '';
  return content.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hexadecimal, entity) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hexadecimal !== undefined) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
    return CHARACTERS[entity] ?? whole;
  });
}
