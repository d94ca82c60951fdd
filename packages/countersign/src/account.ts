export { type Account, type AccountOptions, type AccountReply, createAccount } from '@countersign/client/account';
