import type { Advisor } from './advisor-capacity.ts';
import type { CapacityAlert, CurrentAssignment } from './assignment.ts';
import { textOrder } from './text-order.ts';

/** `gold.capacity_alert`: territories with clients whom nobody has room for, then advisors beyond their capacity. */
export function capacityAlerts(
  current: readonly CurrentAssignment[],
  advisors: ReadonlyMap<string, Advisor>,
  asOf: string,
): CapacityAlert[] {
  const without = new Map<string, number>();
  for (const { status, territory_id } of current)
    if (status === 'OVER_CAPACITY') without.set(territory_id, (without.get(territory_id) ?? 0) + 1);
  const territories = [...without]
    .toSorted(([a], [b]) => textOrder(a, b))
    .map(
      ([territory_id, clients]): CapacityAlert => ({
        alert_type: 'CLIENTS_WITHOUT_ADVISOR',
        subject: territory_id,
        territory_id,
        advisor_email: null,
        clients,
        capacity: null,
        message: `${clients} clients of ${territory_id} have no advisor: everybody there has as many clients as their capacity.`,
        raised_on: asOf,
      }),
    );
  const overloaded = [...advisors.values()]
    .filter(({ clients, capacity }) => clients > capacity)
    .toSorted((a, b) => textOrder(a.email, b.email))
    .map(
      ({ email, clients, capacity }): CapacityAlert => ({
        alert_type: 'ADVISOR_OVER_CAPACITY',
        subject: email,
        territory_id: null,
        advisor_email: email,
        clients,
        capacity,
        message: `${email} has ${clients} clients, ${clients - capacity} more than the capacity; they stay, and no other comes.`,
        raised_on: asOf,
      }),
    );
  return [...territories, ...overloaded];
}
