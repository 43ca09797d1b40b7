// The map in a browser: what is known stands in the page, nothing is fetched. Texts of manifests are only ever text.
'use strict';

(() => {
  const byId = (id) => document.getElementById(id);
  const page = JSON.parse(byId('data').textContent);
  // A plan has a map for each environment; the address says which is shown.
  const maps = page.maps ?? [page];
  const asked = new URLSearchParams(location.search).get('map');
  const data = maps.find((map) => map.title === asked) ?? maps[0];
  document.documentElement.classList.toggle('dark', matchMedia('(prefers-color-scheme: dark)').matches);
  if (!data) return;
  const FOLDED_ABOVE = 300;
  const SHAPES = {
    client: 'ellipse',
    gateway: 'hexagon',
    host: 'round-tag',
    service: 'round-rectangle',
    workload: 'rectangle',
    outside: 'cut-rectangle',
  };
  const CHANGES = { added: '--added', changed: '--changed', removed: '--removed' };
  const box = (namespace) => `namespace ${namespace}`;
  const services = data.nodes.filter((node) => node.type === 'service');
  const folded = services.length > FOLDED_ABOVE;
  const open = new Set();
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const namespaces = [...new Set(data.nodes.map((node) => node.namespace).filter(Boolean))].sort();

  const cy = cytoscape({ container: byId('map'), elements: elements(), layout: { name: 'preset' }, style: style() });

  function shown(id) {
    const node = nodes.get(id);
    return folded && node.namespace && !open.has(node.namespace) ? box(node.namespace) : id;
  }

  function elements() {
    const drawn = [];
    for (const namespace of namespaces) {
      const inside = data.nodes.filter((node) => node.namespace === namespace);
      const shut = folded && !open.has(namespace);
      const middle = inside.reduce((sum, node) => sum + node.y, 0) / inside.length;
      drawn.push({
        group: 'nodes',
        data: { id: box(namespace), label: shut ? `${namespace} (${inside.length})` : namespace, type: shut ? 'folded' : 'namespace', namespace },
        ...(shut ? { position: { x: inside[0].x, y: middle } } : {}),
      });
    }
    for (const node of data.nodes) {
      if (shown(node.id) !== node.id) continue;
      drawn.push({
        group: 'nodes',
        data: { id: node.id, label: node.label, type: node.type, namespace: node.namespace, wrong: node.findings.length, change: node.change, ...(node.namespace ? { parent: box(node.namespace) } : {}) },
        position: { x: node.x, y: node.y },
      });
    }
    const seen = new Set();
    data.edges.forEach((edge, index) => {
      const source = shown(edge.source);
      const target = shown(edge.target);
      const id = source === edge.source && target === edge.target ? `edge ${index}` : `${edge.kind} ${source} ${target}`;
      if (source === target || seen.has(id) || !nodes.has(edge.source) || !nodes.has(edge.target)) return;
      seen.add(id);
      drawn.push({ group: 'edges', data: { id, index, source, target, kind: edge.kind, label: edge.label, change: edge.change } });
    });
    return drawn;
  }

  function style() {
    const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const shapes = Object.entries(SHAPES).map(([type, shape]) => ({ selector: `node[type = "${type}"]`, style: { shape } }));
    return [
      { selector: 'node', style: { label: 'data(label)', color: color('--text'), 'background-color': color('--soft'), 'border-color': color('--line'), 'border-width': 1.5, width: 240, height: 40, 'text-valign': 'center', 'font-size': 14, 'text-wrap': 'ellipsis', 'text-max-width': 225 } },
      ...shapes,
      { selector: 'node[type = "namespace"]', style: { 'text-valign': 'top', 'background-opacity': 0.35, 'border-style': 'dashed', 'font-weight': 'bold', padding: 14 } },
      { selector: 'node[wrong > 0]', style: { 'border-color': '#cf222e', 'border-width': 3 } },
      { selector: 'edge', style: { width: 1.5, 'line-color': color('--line'), 'target-arrow-color': color('--line'), 'target-arrow-shape': 'triangle', 'curve-style': 'bezier', label: 'data(label)', color: color('--text'), 'font-size': 11, 'text-background-color': color('--back'), 'text-background-opacity': 0.85 } },
      { selector: 'edge[kind = "call"]', style: { 'line-style': 'dashed', opacity: 0.45 } },
      ...Object.entries(CHANGES).flatMap(([change, name]) => [
        { selector: `node[change = "${change}"]`, style: { 'border-color': color(name), 'border-width': 4, 'border-style': change === 'removed' ? 'dashed' : 'solid' } },
        { selector: `edge[change = "${change}"]`, style: { 'line-color': color(name), 'target-arrow-color': color(name), width: 3, opacity: 1, 'line-style': change === 'removed' ? 'dashed' : 'solid' } },
      ]),
      { selector: '.faint', style: { opacity: 0.12 } },
      { selector: '.lit', style: { 'border-color': color('--accent'), 'line-color': color('--accent'), 'target-arrow-color': color('--accent'), 'border-width': 4, width: 240, opacity: 1 } },
      { selector: 'edge.lit', style: { width: 4 } },
    ];
  }

  function light(ids) {
    cy.batch(() => {
      cy.elements().removeClass('lit faint');
      if (!ids) return;
      const chosen = cy.nodes().filter((node) => ids.has(node.id()));
      const between = chosen.edgesWith(chosen);
      cy.elements().not(chosen).not(between).not(chosen.ancestors()).addClass('faint');
      chosen.addClass('lit');
      between.addClass('lit');
    });
  }

  function tell(title, parts) {
    const details = byId('details');
    details.replaceChildren();
    const head = document.createElement('h2');
    head.textContent = title;
    details.append(head);
    for (const [name, lines, kind] of parts) {
      if (!lines.length) continue;
      const heading = document.createElement('h3');
      heading.textContent = name;
      details.append(heading);
      if (kind === 'text') {
        const text = document.createElement('pre');
        text.textContent = lines.join('\n');
        details.append(text);
        continue;
      }
      const list = document.createElement('ul');
      for (const line of lines) {
        const item = document.createElement('li');
        item.textContent = line;
        if (kind) item.className = kind;
        list.append(item);
      }
      details.append(list);
    }
  }

  function choose(id) {
    const node = nodes.get(id);
    if (!node) return;
    if (shown(id) !== id) {
      open.add(node.namespace);
      redraw();
    }
    const ways = data.edges.filter((edge) => edge.source === id || edge.target === id);
    const name = (other) => (nodes.has(other) ? called(nodes.get(other)) : other);
    tell(`${node.type} ${called(node)}`, [
      ['Changed', node.change ? [`${node.change}, by`, ...(data.changes ?? []).filter((change) => change.nodes.includes(id)).map((change) => `${change.risk}: ${change.text}`)] : []],
      ['Findings', node.findings, 'error'],
      ['Objects', node.objects],
      ['To here', ways.filter((edge) => edge.target === id).map((edge) => `${name(edge.source)}: ${edge.details.join('; ')}`)],
      ['From here', ways.filter((edge) => edge.source === id).map((edge) => `${name(edge.target)}: ${edge.details.join('; ')}`)],
    ]);
    light(new Set([id, ...ways.flatMap((edge) => [edge.source, edge.target])].map(shown)));
    remember('node', id);
  }

  async function follow(text) {
    const wanted = text.trim();
    const found = (data.live && wanted ? await ask(wanted) : null) ?? data.requests.find((request) => request.request === wanted) ?? data.requests.find((request) => request.request.startsWith(wanted));
    if (!found || !wanted) {
      tell('No such request', [['', ['The page knows those in the list only; meshwright trace follows any.']]]);
      return;
    }
    if (found.problem) {
      tell('No such request', [['', [found.problem]]]);
      return;
    }
    tell(found.request, [
      ['Verdict', [found.verdict]],
      ['Way', found.lines, 'text'],
    ]);
    light(new Set(found.passes.map(shown)));
    remember('request', found.request);
  }

  // Only a page that map --serve has sent may ask, and only who sent it.
  async function ask(request) {
    try {
      const answer = await fetch(`/trace?token=${data.live}`, { method: 'POST', body: request });
      return answer.ok ? await answer.json() : { problem: await answer.text() };
    } catch {
      return null;
    }
  }

  async function reloadWhenChanged() {
    try {
      const answer = await fetch(`/version?token=${data.live}`);
      if (answer.ok && (await answer.text()) !== data.version) {
        location.reload();
        return;
      }
    } catch {
      // Whoever served the page has ended, or will answer again.
    }
    setTimeout(reloadWhenChanged, 1000);
  }

  function search() {
    const wanted = byId('search').value.trim().toLowerCase();
    const namespace = byId('namespace').value;
    const host = byId('host').value;
    const reached = host ? reachedFrom(host) : null;
    const fits = (node) =>
      (!wanted || called(node).toLowerCase().includes(wanted) || node.objects.some((object) => object.toLowerCase().includes(wanted))) &&
      (!namespace || node.namespace === namespace) &&
      (!reached || reached.has(node.id));
    const chosen = data.nodes.filter(fits);
    byId('list').replaceChildren(...chosen.slice(0, 500).map(entry));
    light(wanted || namespace || host ? new Set(chosen.map((node) => shown(node.id))) : null);
    document.body.dataset.found = chosen.length;
    remember('search', wanted);
  }

  function reachedFrom(host) {
    const reached = new Set([host]);
    for (let size = 0; size !== reached.size; ) {
      size = reached.size;
      data.edges.filter((edge) => edge.kind === 'route' && reached.has(edge.source)).forEach((edge) => reached.add(edge.target));
    }
    return reached;
  }

  function called(node) {
    return node.namespace ? `${node.namespace}/${node.label}` : node.label;
  }

  function entry(node) {
    const item = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = `${node.type} ${called(node)}`;
    button.addEventListener('click', () => choose(node.id));
    item.append(button);
    return item;
  }

  function sentence(change, index) {
    const item = document.createElement('li');
    item.className = change.risk;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = `${change.risk}: ${change.text}`;
    button.addEventListener('click', () => explain(index));
    item.append(button);
    return item;
  }

  function explain(index) {
    const change = data.changes?.[index];
    if (!change) return;
    tell(change.text, [['Why', change.reasons]]);
    light(change.nodes.length ? new Set(change.nodes.map(shown)) : null);
    remember('change', String(index));
  }

  function onlyChanges(on) {
    byId('only').setAttribute('aria-pressed', String(on));
    const ends = data.edges.filter((edge) => edge.change).flatMap((edge) => [edge.source, edge.target]);
    light(on ? new Set([...data.nodes.filter((node) => node.change).map((node) => node.id), ...ends].map(shown)) : null);
  }

  function redraw() {
    cy.elements().remove();
    cy.add(elements());
  }

  // The address says what is shown, so that a view can be sent to somebody.
  function remember(key, value) {
    history.replaceState(null, '', value ? `#${key}=${encodeURIComponent(value)}` : '#');
  }

  function recall(hash) {
    const [key, value] = hash.slice(1).split('=');
    const text = decodeURIComponent(value ?? '');
    if (key === 'node') choose(text);
    if (key === 'request') follow(text);
    if (key === 'change') explain(Number(text));
    if (key === 'search') {
      byId('search').value = text;
      search();
    }
  }

  function dark(on) {
    document.documentElement.classList.toggle('dark', on);
    byId('dark').setAttribute('aria-pressed', String(on));
    cy.style(style());
  }

  function option(list, value, text) {
    const choice = document.createElement('option');
    choice.value = value;
    choice.textContent = text;
    list.append(choice);
  }

  namespaces.forEach((namespace) => option(byId('namespace'), namespace, namespace));
  data.nodes.filter((node) => node.type === 'host').forEach((node) => option(byId('host'), node.id, node.label));
  data.requests.forEach((request) => option(byId('requests'), request.request, request.verdict));
  byId('search').addEventListener('input', search);
  byId('namespace').addEventListener('change', search);
  byId('host').addEventListener('change', search);
  byId('trace').addEventListener('submit', (event) => {
    event.preventDefault();
    follow(byId('request').value);
  });
  const zoom = (factor) => cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  byId('in').addEventListener('click', () => zoom(1.25));
  byId('out').addEventListener('click', () => zoom(0.8));
  byId('fit').addEventListener('click', () => cy.fit(undefined, 30));
  byId('dark').addEventListener('click', () => dark(!document.documentElement.classList.contains('dark')));
  document.addEventListener('keydown', (event) => {
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    const step = 80;
    const keys = {
      '/': () => byId('search').focus(),
      '+': () => zoom(1.25),
      '-': () => zoom(0.8),
      0: () => cy.fit(undefined, 30),
      Escape: () => light(null),
      ArrowLeft: () => cy.panBy({ x: step, y: 0 }),
      ArrowRight: () => cy.panBy({ x: -step, y: 0 }),
      ArrowUp: () => cy.panBy({ x: 0, y: step }),
      ArrowDown: () => cy.panBy({ x: 0, y: -step }),
    };
    if (keys[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  cy.on('tap', 'node', (event) => {
    const id = event.target.id();
    if (event.target.data('type') === 'folded') {
      open.add(event.target.data('namespace'));
      redraw();
    } else {
      choose(id);
    }
  });
  cy.on('tap', 'edge', (event) => {
    const edge = data.edges[event.target.data('index')];
    tell(`${nodes.get(edge.source).label} → ${nodes.get(edge.target).label}`, [[edge.kind, edge.change ? [edge.change, ...edge.details] : edge.details]]);
  });
  if (data.changes) {
    byId('changes').hidden = false;
    byId('changes').querySelector('ul').replaceChildren(...data.changes.map(sentence));
    byId('only').hidden = false;
    byId('only').addEventListener('click', () => onlyChanges(byId('only').getAttribute('aria-pressed') !== 'true'));
  }
  if (maps.length > 1) {
    const choice = byId('maps').querySelector('select');
    maps.forEach((map) => option(choice, map.title, map.title));
    choice.value = data.title;
    byId('maps').hidden = false;
    choice.addEventListener('change', () => {
      location.search = `?map=${encodeURIComponent(choice.value)}`;
    });
  }
  if (data.live) setTimeout(reloadWhenChanged, 1000);
  if (data.note) tell('Not on the map', [['', [data.note]]]);

  dark(matchMedia('(prefers-color-scheme: dark)').matches);
  const hash = location.hash;
  search();
  recall(hash);
  cy.fit(undefined, 30);
  document.body.dataset.ready = cy.nodes().length;
})();
