export { type Client, type ClientOptions, type ClientState, createClient, deadline } from '@countersign/client';
export { sms } from '@countersign/factors/sms/client';
