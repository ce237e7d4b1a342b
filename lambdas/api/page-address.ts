/**
 * What of the dashboard's addresses is a file: all below /assets/, and a name with an ending at the root. Any other address is a page, also one
 * that ends with an id with a dot. CloudFront's function is made of it, whose JavaScript knows no flag newer than ES 5.1.
 */
export const siteFileAddress = /^\/(assets\/.*|[^/]*\.[^/]*)$/;
