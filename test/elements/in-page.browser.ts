import { createTestKit, drive } from '@countersign/server/testing';
import { expect } from 'chai';

describe('the backend in the page', () => {
  it('is the real one, and no module of it imports from node:', async () => {
    const kit = await createTestKit();
    const visitor = await drive(kit).to('complete');
    expect(visitor.flow.step.name).to.equal('complete');

    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    const core = loaded.filter((name) => /\/packages\/(core|connectors|factors|server)\/src\//u.test(name));
    expect(core.length).to.be.greaterThan(30);
    const sources = await Promise.all(core.map(async (name) => [name, await (await fetch(name)).text()] as const));
    const guilty = sources.filter(([, text]) =>
      /(?:from|import\(?)\s*["'](?:node:|.*__vite-browser-external)/u.test(text),
    );
    expect(guilty.map(([name]) => name)).to.deep.equal([]);
  });

  it('keeps a cookie jar per browser, so that a token is of no use in another one', async () => {
    const kit = await createTestKit();
    const visitor = await drive(kit).to('verify-factor');
    const headers = { authorization: `Bearer ${visitor.token}` };
    expect((await visitor.fetch(`${kit.base}/flows/current`, { headers })).status).to.equal(200);
    expect((await kit.browser()(`${kit.base}/flows/current`, { headers })).status).to.equal(404);
  });
});
