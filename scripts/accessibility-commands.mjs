const valueOf = (property) => property?.value ?? '';

/** What a test needs of a node of Chrome's accessibility tree. */
function brief({ nodeId, ignored, role, name, description, value, properties = [], childIds = [] }) {
  return {
    id: nodeId,
    ignored,
    role: valueOf(role),
    name: valueOf(name),
    description: valueOf(description),
    value: String(valueOf(value)),
    states: Object.fromEntries(properties.map((property) => [property.name, valueOf(property.value)])),
    children: childIds,
  };
}

/** Lets browser tests read the page as Chromium hands it to assistive technology, shadow roots and slots included. */
export const accessibilityCommands = () => ({
  name: 'accessibility-commands',
  async executeCommand({ command, session }) {
    if (command !== 'accessibility-tree') return undefined;
    const devTools = await session.browser.getPage(session.id).createCDPSession();
    try {
      const { nodes } = await devTools.send('Accessibility.getFullAXTree');
      return nodes.map(brief);
    } finally {
      await devTools.detach();
    }
  },
});
