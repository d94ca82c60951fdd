export { createTestKit, type TestKit, type TestKitOptions } from './testing/kit.ts';
export { createVisitor, type Reply, type Visitor } from './testing/visitor.ts';
export { drive, type Driven, type DriveOptions } from './testing/drive.ts';
export { defaultPerson, goOn, type PersonOptions } from './testing/go-on.ts';
export { createInbox, type Inbox, type InboxMessage } from './testing/inbox.ts';
export type { Clock } from './testing/clock.ts';
