import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readUsage, usages } from '@countersign/core/connector';
import type { SettingsInput } from '@countersign/server';
import { createTestKit } from '@countersign/server/testing';

/** The first line of the message that binds a phone, for a browser of that language. */
const bindingText = async (templates: SettingsInput['templates'], locale: string): Promise<string> => {
  const kit = await createTestKit({ settings: { templates } });
  const visitor = kit.visitor();
  await visitor.claim((await kit.begin({ kind: 'setup', locale })).token);
  await visitor.act({ type: 'submit-phone', phone: '+31612345678' });
  const [line = ''] = (kit.inbox.messages.at(-1)?.text ?? '').split('\n', 1);
  return line.replace(kit.inbox.code(), 'CODE');
};

test('an operator’s text is chosen by usage and language, and filled in', async () => {
  const templates = {
    BindMfa: { en: 'bind {{code}}', de: 'binde {{code}} an {{appName}}, {{expiresInMinutes}} min' },
    Generic: { fr: 'code {{code}}' },
  };
  assert.equal(await bindingText(templates, 'de-AT'), 'binde CODE an Acme, 5 min');
  assert.equal(await bindingText(templates, 'fr'), 'bind CODE', 'its own English goes before the general French');
});

test('a usage without a text has the general one, and where there is none either, ours', async () => {
  assert.equal(await bindingText({ Generic: { en: 'any {{code}}' }, SignIn: { en: 'in {{code}}' } }, 'nl'), 'any CODE');
  assert.equal(
    await bindingText({ Generic: { fr: 'code {{code}}' } }, 'nl'),
    'CODE is your code to set up 2-step verification at Acme. It expires in 5 minutes.',
  );
});

test('BindMFA is taken for BindMfa, which it is written as in existing documentation', async () => {
  assert.equal(await bindingText({ BindMFA: { en: 'alias {{code}}' } }, 'en'), 'alias CODE');
  assert.equal(readUsage('BindMFA'), 'BindMfa');
  for (const usage of usages) assert.equal(readUsage(usage), usage);
  assert.equal(readUsage('bindmfa'), null);
});
