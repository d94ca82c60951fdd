/** Somebody who can pretend to sign in. */
export interface Person {
  id: string;
  name: string;
}

/** Those to choose from; anybody else may be made up. */
export const people: readonly Person[] = [
  { id: 'ada', name: 'Ada Brandt' },
  { id: 'noor', name: 'Noor Haddad' },
  { id: 'tomas', name: 'Tomás Lima' },
];

/** The person of this id; undefined when there is none. */
export const findPerson = (id: string): Person | undefined => people.find((person) => person.id === id);

/** The same name in another case is the same person. */
export const inventPerson = (name: string): Person => ({ id: `guest-${name.toLowerCase()}`, name });
