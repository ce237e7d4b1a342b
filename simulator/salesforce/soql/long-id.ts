import { idChecksum } from '../../org/salesforce-id.ts';

/** The 18-character form of an Id of 15 or 18 characters; null when the text has not the shape of an Id. */
export function longId(id: string): string | null {
  if (!/^[0-9A-Za-z]{15}([0-9A-Za-z]{3})?$/.test(id)) return null;
  const short = id.slice(0, 15);
  return short + idChecksum(short);
}
