import { executeServerCommand } from '@web/test-runner-commands';

/** A node of the tree that Chromium hands to assistive technology. */
interface Node {
  id: string;
  ignored: boolean;
  role: string;
  name: string;
  description: string;
  value: string;
  states: Record<string, unknown>;
  children: string[];
}

/** Roles that structure the tree and are not spoken. */
const silent = new Set(
  'RootWebArea generic none InlineTextBox LineBreak ListMarker LabelText sectionheader paragraph listitem form status'.split(
    ' ',
  ),
);

/** What is read as one, with all that is in it. */
const whole = new Set(['button', 'heading', 'link', 'checkbox', 'textbox', 'image', 'img', 'combobox', 'option']);

const names: Record<string, string> = { StaticText: 'text', img: 'image' };

/** Times and dates are written as is usual where the tests run. */
export const withoutTime = (text: string): string =>
  text
    .replaceAll(/(?<=\b(?:at|Expires) )[^.]*\d[^.]*\./gu, '<time>.')
    .replaceAll(/(?<=\b(?:[Aa]dded|used|since|until) )[^·"]*\d[^·"]*?(?= ·|"|$)/gu, '<date>');

const states = ({ role, states: given, value }: Node): string[] => [
  ...(given['required'] === true ? ['required'] : []),
  ...(given['invalid'] && given['invalid'] !== 'false' ? ['invalid'] : []),
  ...(given['disabled'] === true ? ['disabled'] : []),
  ...(role === 'checkbox' ? [given['checked'] === 'true' ? 'checked' : 'not checked'] : []),
  ...(role === 'textbox' && value ? ['filled in'] : []),
];

/** A node as it is spoken: role, name, states, description. */
const line = (node: Node): string => {
  const { role, name, description, states: given } = node;
  const level = role === 'heading' ? ` ${String(given['level'])}` : '';
  const said = [...states(node), ...(description ? [`“${description}”`] : [])].map((part) => `, ${part}`).join('');
  return withoutTime(`${names[role] ?? role}${level}${name && ` "${name.trim()}"`}${said}`);
};

/** The page, in the order in which it is read. */
const inOrder = (nodes: readonly Node[]): Node[] => {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const walk = (node: Node): Node[] => {
    const children = whole.has(node.role) ? [] : node.children.flatMap((id) => byId.get(id) ?? []);
    const own = node.ignored || silent.has(node.role) ? [] : [node];
    return [...own, ...children.flatMap(walk)];
  };
  return nodes[0] ? walk(nodes[0]) : [];
};

const readTree = async (): Promise<Node[]> => inOrder(await executeServerCommand('accessibility-tree'));

const isSpoken = ({ role, name }: Node): boolean => role !== 'StaticText' || name.trim() !== '';

/** What is read from the first line of the page to the last. */
export const readPage = async (): Promise<string[]> => (await readTree()).filter(isSpoken).map(line);

/** What is read of the place that has the focus; empty where nothing has it. */
export const readFocus = async (): Promise<string> => {
  const focused = (await readTree()).findLast(({ states: given }) => given['focused'] === true);
  return focused ? line(focused) : '';
};
