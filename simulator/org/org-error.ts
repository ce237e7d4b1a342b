/** The org cannot do what was asked: an unknown object, field or record, or a change that makes no sense. */
export class OrgError extends Error {
  override name = 'OrgError';
}
