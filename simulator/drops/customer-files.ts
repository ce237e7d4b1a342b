import { Random } from '../random.ts';
import { type Day, dayAt } from './calendar.ts';
import { csvRecord, csvText } from './csv.ts';
import { type Customer, customerFilesAt, type LateCustomer } from './customers.ts';
import type { DropFile } from './drop-folder.ts';
import { makeAddress, makePhone, type NamePools, type Person } from './people.ts';

const customerColumns = [
  'customer_id',
  'first_name',
  'last_name',
  'address',
  'pincode',
  'phone_number',
  'customer_joining_date',
];

/** Part of the older customers that each later file repeats, with a new address or phone number. */
const updatedShare = 0.02;

/** Most customers on the first day; later files bring newcomers and changes, made one by one to hold only one in memory. */
export function* customerFiles(
  seed: number,
  customers: readonly Customer[],
  pools: NamePools,
  days: readonly Day[],
): Generator<DropFile> {
  const random = new Random(seed, 'customer updates');
  const moved = new Map<number, Person>();
  for (const share of customerFilesAt) {
    const day = dayAt(days, share);
    const records: string[] = [];
    for (const customer of customers) {
      if (customer.from > day.index) continue;
      const isNew = customer.from === day.index;
      if (!isNew && !random.chance(updatedShare)) continue;
      const known = moved.get(customer.id) ?? customer.person;
      const person = isNew ? known : changed(known, pools, random);
      if (!isNew) moved.set(customer.id, person);
      records.push(customerRecord(customer.id, person, customer.joined));
    }
    if (records.length > 0) yield customerFile(day.date, records);
  }
}

export function lateCustomerFile(lastDay: string, customers: readonly LateCustomer[]): DropFile {
  return customerFile(
    lastDay,
    customers.map(({ id, person, joined }) => customerRecord(id, person, joined)),
  );
}

export function customerFileName(date: string): string {
  return `customers_${date}.csv`;
}

function changed(person: Person, pools: NamePools, random: Random): Person {
  return random.chance(0.6) ? { ...person, ...makeAddress(pools, random) } : { ...person, phone: makePhone(random) };
}

function customerFile(date: string, records: readonly string[]): DropFile {
  return { dataset: 'customers', name: customerFileName(date), date, content: csvText(customerColumns, records) };
}

function customerRecord(id: number, person: Person, joined: string): string {
  const { firstName, lastName, address, pincode, phone } = person;
  return csvRecord([id, firstName, lastName, address, pincode, phone, joined]);
}
