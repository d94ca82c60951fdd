const own = /^(?:tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /u;

/** A reporter for node --test that writes what the tests tell about themselves, as JSON; the runner's own sums are left out. */
export default async function* figures(events) {
  const told = [];
  for await (const { type, data } of events) {
    if (type === 'test:diagnostic' && !own.test(data.message)) told.push(data.message);
  }
  yield JSON.stringify(told);
}
