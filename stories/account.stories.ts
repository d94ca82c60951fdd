import type { TestKit } from '@countersign/server/testing';
import type { Meta } from '@storybook/web-components-vite';
import { accountStory, addsPhone, type Owner, trustsBrowser } from './support/account-scene.ts';

const meta: Meta = { title: 'Flows/Account' };
export default meta;

const optional = { policy: { mode: 'optional', prompt: 'sign-in-and-sign-up' } } as const;

const renames = async (owner: Owner): Promise<void> => {
  await owner.presses('Rename Text message, •••• 21');
  await owner.types('Work phone');
};

const holdsMuch = async (kit: TestKit, browser: typeof fetch): Promise<void> => {
  await addsPhone(kit, browser, '+31612345678');
  await trustsBrowser(kit);
};

export const OneWay = accountStory({}, (owner) => owner.reads(/Text message •••• 21/u));

export const SeveralWays = accountStory({ before: holdsMuch }, (owner) => owner.reads(/•••• 78.*Trusted browsers/u));

export const Optional = accountStory({ settings: optional }, (owner) =>
  owner.reads(/It is on: besides your password/u),
);

export const Off = accountStory({ settings: optional, person: { until: 'turn-on' } }, (owner) =>
  owner.reads(/It is off: a password alone/u),
);

export const TurningOn = accountStory({ settings: optional, person: { until: 'turn-on' } }, async (owner) => {
  await owner.presses('Turn on 2-step verification');
  await owner.reads(/Enter your password/u);
});

export const SwitchedOffByTheOperator = accountStory(
  {
    before: (kit) =>
      kit.backend.settings.write({
        appName: 'Acme',
        signUp: { identifiers: ['email'] },
        factors: ['sms'],
        policy: { mode: 'mandatory' },
      }),
  },
  (owner) => owner.reads(/Not in use for now\./u),
);

export const Renaming = accountStory({}, renames);

export const ConfirmingTheNewName = accountStory({}, async (owner) => {
  await renames(owner);
  await owner.confirms();
  await owner.reads(/Enter the code/u);
});

export const Renamed = accountStory({}, async (owner) => {
  await renames(owner);
  await owner.confirms();
  await owner.reads(/Enter the code/u);
  await owner.types(owner.code());
  await owner.reads(/The name is changed\./u);
});

export const Removing = accountStory({ before: holdsMuch }, async (owner) => {
  await owner.presses('Remove Text message, •••• 78');
  await owner.reads(/You will no longer be able to verify with/u);
});

export const RemovingTheLast = accountStory({}, async (owner) => {
  await owner.presses('Remove Text message, •••• 21');
  await owner.reads(/This is your only way to verify, and one is required\./u);
});

export const TurningOffByRemoving = accountStory({ settings: optional }, async (owner) => {
  await owner.presses('Remove Text message, •••• 21');
  await owner.reads(/Without it 2-step verification is off/u);
});

export const AddingAPhone = accountStory({}, async (owner) => {
  await owner.presses('Text message');
  await owner.reads(/Enter the code/u);
  await owner.types(owner.code());
  await owner.reads(/Add your phone number/u);
});

export const Replacing = accountStory({}, async (owner) => {
  await owner.presses('Replace Text message, •••• 21');
  await owner.reads(/Enter the code/u);
  await owner.types(owner.code());
  await owner.reads(/Add your phone number/u);
});

export const MakingTheDefault = accountStory({ before: holdsMuch }, async (owner) => {
  await owner.presses('Make default: Text message, •••• 78');
  await owner.reads(/Choose how to confirm|Enter the code/u);
});

export const NewBackupCodes = accountStory({}, async (owner) => {
  await owner.presses('New backup codes');
  await owner.reads(/Enter the code/u);
  await owner.types(owner.code());
  await owner.reads(/Save your backup codes/u);
});

export const RemovingTheBackupCodes = accountStory({}, async (owner) => {
  await owner.presses('Remove Backup codes, 10 left');
  await owner.reads(/Your backup codes will no longer work\./u);
});

export const DownloadingTheData = accountStory({}, async (owner) => {
  await owner.presses('Download my data');
  await owner.reads(/Enter the code/u);
});

export const WrongCode = accountStory({}, async (owner) => {
  await renames(owner);
  await owner.confirms();
  await owner.reads(/Enter the code/u);
  await owner.types(owner.wrongCode());
  await owner.reads(/That code is not right\. 4 tries left\./u);
});

export const ForgettingABrowser = accountStory({ before: (kit) => trustsBrowser(kit) }, async (owner) => {
  await owner.presses('Forget A browser');
  await owner.reads(/Enter the code/u);
});

export const SignedOut = accountStory(
  { before: (kit, browser) => browser(`${kit.base}/session`, { method: 'DELETE' }) },
  (owner) => owner.reads(/You are signed out\. Sign in again/u),
);
