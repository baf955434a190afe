/* One definition, two editors: an array as state is the stock drag-and-drop editor (templates), with
   each block's policy shown in its header; an object {blocks: [...]} is the locked editor (contracts),
   which has no add, move, copy or split but inside open areas, whose inner stream is the stock one. */
(() => {
  const { StreamBlockDefinition } = window.wagtailStreamField.blocks;
  const ICONS = { locked: 'lock', editable: 'edit', optional: 'circle-check' };
  const SVG = 'http://www.w3.org/2000/svg';

  const element = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    node.append(...children);
    return node;
  };

  const hidden = (name, value) => element('input', { type: 'hidden', name, value });

  const icon = (name, classname = '') => {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('class', `icon icon-${name} ${classname}`);
    svg.setAttribute('aria-hidden', 'true');
    const use = document.createElementNS(SVG, 'use');
    use.setAttribute('href', `#icon-${name}`);
    svg.append(use);
    return svg;
  };

  const badge = (policy, word) =>
    element('span', { class: `wc-policy wc-policy--${policy}` }, icon(ICONS[policy] ?? 'lock'), ` ${word}`);

  /* A definition of its own for the locked editor: only what may be filled in, no settings, no panel
     of its own. The stock definition is shared with other editors on the page and stays as it is. */
  const fillable = (definition, fills) => {
    const { formLayout } = definition.meta;
    const own = Object.create(Object.getPrototypeOf(formLayout));
    const children = formLayout.opts.children.filter(([child]) => fills.includes(child));
    Object.assign(own, formLayout, { opts: { ...formLayout.opts, children, settings: [] } });
    return Object.assign(Object.create(definition), {
      meta: { ...definition.meta, formLayout: own },
      collapsible: false,
    });
  };

  /* A removed block stays in the page, hidden, and the stock editor's drag and drop goes on counting
     it: the next drag moves another block or fails. Hidden ones are no children any more. */
  const forgetRemoved = (container) => {
    const forget = () =>
      container
        .querySelectorAll('[data-streamfield-child][aria-hidden="true"]')
        .forEach((child) => child.removeAttribute('data-streamfield-child'));
    new MutationObserver(forget).observe(container, {
      attributes: true,
      attributeFilter: ['aria-hidden'],
      subtree: true,
    });
  };

  class LockedEntry {
    constructor(definition, prefix, index, entry) {
      Object.assign(this, { definition, entry, prefix });
      this.deleted = hidden(`${prefix}-deleted`, entry.omitted ? '1' : '');
      this.body = element('div', { class: 'wc-locked__body' });
      this.element = element(
        'div',
        { class: `wc-locked__entry wc-locked__entry--${entry.policy}`, 'data-contentpath': entry.id },
        this.deleted,
        hidden(`${prefix}-order`, index),
        hidden(`${prefix}-type`, entry.type),
        hidden(`${prefix}-id`, entry.id),
        this.panel(),
      );
    }

    /* The markup of Wagtail's own panels, so that minimap and "Collapse all" know it. */
    panel() {
      const id = `block-${this.entry.id}`;
      this.content = element('div', { class: 'w-panel__content', id: `${id}-content` }, this.body);
      this.toggler = element(
        'button',
        {
          class: 'w-panel__toggle',
          type: 'button',
          'data-panel-toggle': '',
          'aria-label': JSON.parse(document.getElementById('wc-words').textContent).toggle,
          'aria-describedby': `${id}-heading`,
          'aria-controls': `${id}-content`,
          'aria-expanded': 'true',
        },
        icon(this.entry.icon, 'w-panel__icon'),
      );
      this.toggler.addEventListener('click', () => {
        if (!this.section.collapsibleInitialised) this.collapse(this.toggler.getAttribute('aria-expanded') === 'true');
      });
      this.section = element(
        'section',
        { class: 'w-panel w-panel--nested', id: `${id}-section`, 'aria-labelledby': `${id}-heading`, 'data-panel': '' },
        this.header(id),
        this.content,
      );
      return this.section;
    }

    header(id) {
      const { name, number, policy, word, away, changed, unlocked } = this.entry;
      const text = element('span', { 'data-panel-heading-text': '' }, number ? `${number} ${name}` : name);
      const anchor = element(
        'a',
        {
          class: 'w-panel__anchor w-panel__anchor--prefix',
          href: `#${id}-section`,
          'data-panel-anchor': '',
          'aria-labelledby': `${id}-heading`,
        },
        icon('link', 'w-panel__icon'),
      );
      const marks = [badge(policy, word)];
      if (unlocked) marks.push(element('span', { class: 'wc-policy wc-policy--changed' }, unlocked));
      if (away) marks.push(element('span', { class: 'wc-policy wc-policy--away' }, away));
      if (changed) marks.push(element('span', { class: 'wc-policy wc-policy--changed' }, changed));
      return element(
        'div',
        { class: 'w-panel__header' },
        anchor,
        this.toggler,
        element(
          'h2',
          { class: 'w-panel__heading w-panel__heading--label', 'aria-level': '3', id: `${id}-heading`, 'data-panel-heading': '' },
          text,
        ),
        ...marks,
        element('div', { class: 'w-panel__divider' }),
        element('div', { class: 'w-panel__controls', 'data-panel-controls': '' }),
      );
    }

    collapse(closed) {
      this.toggler.setAttribute('aria-expanded', String(!closed));
      if (closed) this.content.setAttribute('hidden', 'until-found');
      else this.content.removeAttribute('hidden');
    }

    /* Called once the element is in the document: Draftail and other widgets need that. */
    render() {
      if (this.entry.policy === 'editable') {
        const placeholder = element('div');
        this.body.append(placeholder);
        const definition = fillable(this.definition, this.entry.fills);
        this.block = definition.render(placeholder, `${this.prefix}-value`, this.entry.state);
      } else {
        this.body.classList.add('wc-locked__text');
        this.body.innerHTML = this.entry.html; // rendered by the server from stored content
        if (this.entry.policy === 'optional') this.content.prepend(this.toggle());
        if (this.entry.ask) this.content.append(this.why());
      }
    }

    why() {
      const { ask, why, door, open } = this.entry;
      const told = element('details', { class: 'wc-why-locked' }, element('summary', {}, ask), element('p', {}, why));
      if (door) told.append(element('a', { class: 'button button-small button-secondary', href: door }, open));
      return told;
    }

    toggle() {
      const box = element('input', { type: 'checkbox' });
      box.checked = !this.entry.omitted;
      const mark = () => {
        this.deleted.value = box.checked ? '' : '1';
        this.element.classList.toggle('wc-locked__entry--omitted', !box.checked);
      };
      box.addEventListener('change', mark); // autosave and preview poll the form, they need no event
      mark();
      return element('label', { class: 'wc-locked__toggle' }, box, ' ', this.entry.include);
    }
  }

  class LockedStream {
    constructor(definition, placeholder, prefix, { blocks, palette }, error) {
      this.element = element('div', { class: 'wc-locked' }, hidden(`${prefix}-count`, blocks.length));
      this.element.contractPalette = palette; // chips.js asks for it
      placeholder.replaceWith(this.element);
      this.entries = blocks.map((entry, index) => {
        const made = new LockedEntry(definition.childBlockDefsByName[entry.type], `${prefix}-${index}`, index, entry);
        this.element.append(made.element);
        made.render();
        return made;
      });
      const bar = lockBar();
      bar.show(blocks.map(({ policy }) => policy));
      this.element.prepend(bar);
      forgetRemoved(this.element);
      this.setError(error);
    }

    editable() {
      return this.entries.filter(({ block }) => block);
    }

    setError(error) {
      this.element.querySelector('.wc-locked__errors')?.remove();
      this.editable().forEach(({ block, entry }) => block.setError(error?.blockErrors?.[entry.id] ?? null));
      const list = element('ul', { class: 'wc-locked__errors error-message', role: 'alert' });
      (error?.messages || []).forEach((message) => list.append(element('li', {}, message)));
      if (list.children.length) this.element.prepend(list);
    }

    getState() {
      return { blocks: this.entries.map(({ block, entry }) => ({ ...entry, state: block?.getState() })), palette: this.element.contractPalette };
    }

    getValue() {
      return this.editable().map(({ block, entry }) => ({ id: entry.id, type: entry.type, value: block.getValue() }));
    }

    getTextLabel() {
      return '';
    }

    focus() {
      this.editable()[0]?.block.focus();
    }
  }

  /* How much is locked, above the blocks; with buttons where policies can be set. */
  const lockBar = (setAll) => {
    const { locked, lock, unlock } = window.wagtailContracts.said();
    const count = element('span', { class: 'wc-locks__count', role: 'status' });
    const bar = element('div', { class: 'wc-locks' }, icon(ICONS.locked), count);
    const press = (word, policy) => {
      const button = element('button', { type: 'button', class: 'button button-small button-secondary' }, word);
      button.addEventListener('click', () => setAll(policy));
      bar.append(button);
    };
    if (setAll) [[lock, 'locked'], [unlock, 'editable']].forEach((args) => press(...args));
    bar.show = (policies) => {
      const said = locked.replace('{locked}', policies.filter((policy) => policy === 'locked').length).replace('{all}', policies.length);
      if (count.textContent !== said) count.textContent = said;
      bar.hidden = !policies.length;
    };
    return bar;
  };

  /* In the template's editor: the policy of each block in its header, following the select behind the settings button. */
  const showPolicies = (container) => {
    const selects = () =>
      [...container.querySelectorAll('select[name$="-value-policy"]')].filter(
        (select) => !select.closest('[data-streamfield-child][aria-hidden="true"]'),
      );
    const bar = lockBar((policy) =>
      selects()
        .filter((select) => [...select.options].some(({ value }) => value === policy))
        .forEach((select) => {
          select.value = policy;
          select.dispatchEvent(new Event('change', { bubbles: true }));
        }),
    );
    container.prepend(bar);
    const show = () => {
      const found = selects();
      bar.show(found.map(({ value }) => value));
      found.forEach((select) => {
        const header = select.closest('[data-streamfield-child]').querySelector('.w-panel__header');
        if (!header || header.querySelector('.wc-policy[data-policy]')?.dataset.policy === select.value) return;
        header.querySelector('.wc-policy[data-policy]')?.remove();
        const made = badge(select.value, select.selectedOptions[0]?.textContent ?? select.value);
        made.dataset.policy = select.value;
        header.querySelector('.w-panel__divider').before(made);
      });
    };
    container.addEventListener('change', show);
    new MutationObserver(show).observe(container, { childList: true, subtree: true });
    show();
  };

  class LockableStreamBlockDefinition extends StreamBlockDefinition {
    render(placeholder, prefix, state, error) {
      if (state && !Array.isArray(state)) return new LockedStream(this, placeholder, prefix, state, error);
      const block = super.render(placeholder, prefix, state, error);
      const container = block.container?.[0] ?? block.container;
      showPolicies(container);
      window.wagtailContracts.number?.(container);
      forgetRemoved(container);
      return block;
    }
  }

  window.telepath.register('contracts.LockableStreamBlock', LockableStreamBlockDefinition);

  /* What was refused may stand on another tab than the first. */
  window.addEventListener('load', () => {
    const wrong = [...document.querySelectorAll('[role="tabpanel"]')].filter((panel) => panel.querySelector('.error-message, .help-critical'));
    if (wrong.length && wrong.every(({ hidden: away }) => away)) document.getElementById(wrong[0].getAttribute('aria-labelledby')).click();
  });
})();
