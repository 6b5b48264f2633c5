/**
 * Where routes stand on a map. `routes` are {id, leads: [id]}. Gives {places: id to {column, row}, edges: [{from, to, back,
 * via: [{column, row}]}], columns, rows}: each stands to the right of all that lead to it, but for what goes round, and an edge
 * has a place of its own in each column that it passes.
 */
export function layout(routes) {
  const edges = edgesOf(routes);
  const columns = columnsOf(routes, edges);
  const groups = groupsOf(routes, edges).map((ids) => placed(ids, columns, edges));
  const wide = Math.max(...groups.map(({ width }) => width), 0);
  const places = new Map();
  const shelf = { column: 0, row: 0, height: 0 };
  for (const group of groups) {
    if (shelf.column + group.width > wide) Object.assign(shelf, { column: 0, row: shelf.row + shelf.height, height: 0 });
    for (const [key, { column, row }] of group.places) places.set(key, { column: column + shelf.column, row: row + shelf.row });
    shelf.column += group.width;
    shelf.height = Math.max(shelf.height, group.height);
  }
  const withVia = edges.map((edge) => ({ ...edge, via: between(edge, columns).map(({ key }) => places.get(key)) }));
  return { places, edges: withVia, columns: wide, rows: shelf.row + shelf.height };
}

/** Those that close a circle lead back. */
function edgesOf(routes) {
  const leads = new Map(routes.map(({ id, leads }) => [id, leads]));
  const led = new Set(routes.flatMap(({ leads }) => leads));
  const edges = [];
  const isOnTheWay = new Map();
  const visit = (id) => {
    isOnTheWay.set(id, true);
    for (const to of leads.get(id).filter((each) => leads.has(each))) {
      edges.push({ from: id, to, back: isOnTheWay.get(to) === true });
      if (!isOnTheWay.has(to)) visit(to);
    }
    isOnTheWay.set(id, false);
  };
  const first = routes.map(({ id }) => id).sort((one, other) => led.has(one) - led.has(other));
  for (const id of first) if (!isOnTheWay.has(id)) visit(id);
  return edges;
}

/** Id to column, from 0. */
function columnsOf(routes, edges) {
  const column = new Map(routes.map(({ id }) => [id, 0]));
  const onward = edges.filter(({ back }) => !back);
  for (let moved = true; moved; ) {
    moved = false;
    for (const { from, to } of onward) {
      if (column.get(to) > column.get(from)) continue;
      column.set(to, column.get(from) + 1);
      moved = true;
    }
  }
  // What nothing leads to stands beside the first it leads to, and not far off at the left.
  const led = new Set(onward.map(({ to }) => to));
  for (const { id } of routes) {
    const next = onward.filter(({ from }) => from === id).map(({ to }) => column.get(to));
    if (!led.has(id) && next.length) column.set(id, Math.min(...next) - 1);
  }
  return column;
}

/** What hangs together, the largest first. */
function groupsOf(routes, edges) {
  const group = new Map(routes.map(({ id }) => [id, new Set([id])]));
  for (const { from, to } of edges) {
    const both = new Set([...group.get(from), ...group.get(to)]);
    for (const id of both) group.set(id, both);
  }
  return [...new Set(group.values())].map((ids) => [...ids]).sort((one, other) => other.length - one.length);
}

/** The columns that an edge passes: [{key, column}]. */
function between({ from, to, back }, columns) {
  const length = back ? 0 : Math.max(0, columns.get(to) - columns.get(from) - 1);
  return Array.from({ length }, (_, i) => ({ key: `${from} ${to} ${i}`, column: columns.get(from) + 1 + i }));
}

/** A group by itself, column by column, each near what leads to it: {places, width, height}. */
function placed(ids, columns, edges) {
  const before = new Map(ids.map((id) => [id, []]));
  const column = new Map(ids.map((id) => [id, columns.get(id)]));
  for (const edge of edges.filter(({ from, back }) => before.has(from) && !back)) {
    let last = edge.from;
    for (const { key, column: at } of between(edge, columns)) {
      before.set(key, [last]);
      column.set(key, at);
      last = key;
    }
    before.get(edge.to).push(last);
  }
  const places = new Map();
  const first = Math.min(...column.values());
  const width = Math.max(...column.values()) - first + 1;
  let height = 0;
  for (let at = 0; at < width; at += 1) {
    const wished = (key) => mean(before.get(key).map((each) => places.get(each).row));
    const here = [...column.keys()].filter((key) => column.get(key) === first + at)
      .map((key) => ({ key, row: before.get(key).length ? wished(key) : Infinity }))
      .sort((one, other) => one.row - other.row);
    let row = 0;
    for (const { key, row: wish } of here) {
      row = Math.max(row, Number.isFinite(wish) ? Math.floor(wish) : row);
      places.set(key, { column: at, row });
      row += 1;
    }
    height = Math.max(height, row);
  }
  return { places, width, height };
}

const mean = (all) => all.reduce((sum, each) => sum + each, 0) / all.length;
