/**
 * The option `fetch` of a client that solves bot checks on its own; what solves them is loaded with the first one.
 * Default of `fetcher`: the platform's.
 */
export const solvingBotChecks =
  (fetcher: typeof fetch = (input, init) => fetch(input, init)): typeof fetch =>
  async (input, init) => {
    const request = new Request(input, init);
    const response = await fetcher(request.clone());
    if (response.status !== 428) return response;
    return (await import('./solve-bot-check.ts')).answerBotCheck(request, response, fetcher);
  };
