/** A reporter for node:test that writes {passed, failed}; skipped and unfinished tests count as neither. */
export default async function* totals(events) {
  const sum = { passed: 0, failed: 0 };
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite' || data.skip !== undefined || data.todo !== undefined) continue;
    sum[type === 'test:pass' ? 'passed' : 'failed'] += 1;
  }
  yield JSON.stringify(sum);
}
