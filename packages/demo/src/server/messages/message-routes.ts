import { streamSSE } from 'hono/streaming';
import type { App, Parts } from '../app.ts';

/** The feed of the phone: as a list, and as server-sent events that begin with what was missed. */
export const messageRoutes = (app: App, { feed, closing }: Parts): void => {
  app.get('/demo/messages', ({ json }) => json(feed.list().map(({ message }) => message)));

  app.get('/demo/messages/events', (context) =>
    streamSSE(context, async (stream) => {
      let last = Number(context.req.header('last-event-id')) || 0;
      const catchUp = async (): Promise<void> => {
        for (const { id, message } of feed.list(last)) {
          last = id;
          await stream.writeSSE({ id: String(id), data: JSON.stringify(message) });
        }
      };
      const unfollow = feed.follow(() => void catchUp());
      // Something must be sent at once, or the browser would go on "connecting".
      await stream.write(': the phone is on\n\n');
      await catchUp();
      await new Promise<void>((resolve) => {
        const stop = (): void => {
          closing.removeEventListener('abort', stop);
          resolve();
        };
        stream.onAbort(stop);
        closing.addEventListener('abort', stop);
      });
      unfollow();
    }),
  );
};
