/* Product tables. A list as rows is the stock editor (templates), with a button that takes items from the
   catalogue; {table: ...} is the table of a contract's editor, where locked cells are text. */
(() => {
  const { StructBlockDefinition } = window.wagtailStreamField.blocks;

  const element = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    node.append(...children);
    return node;
  };

  const hidden = (name, value) => element('input', { type: 'hidden', name, value });

  const button = (words, act) => {
    const made = element('button', { type: 'button', class: 'button button-small button-secondary' }, words);
    made.addEventListener('click', act);
    return made;
  };

  const said = (name) => JSON.parse(document.getElementById('wc-words').textContent)[name];

  /* Lists the items of the catalogue in a currency, and hands over the one that is picked. */
  const pick = async (currency, take) => {
    const list = element('ul', { class: 'wc-catalogue__items' });
    const search = element('input', { type: 'search', 'aria-label': said('catalogue_search'), placeholder: said('catalogue_search') });
    const close = element('button', { type: 'button', class: 'button button-small button-secondary' }, said('close'));
    const dialog = element('dialog', { class: 'wc-catalogue', 'aria-label': said('catalogue') }, search, list, close);
    let newest = 0;
    const show = async () => {
      const mine = (newest += 1);
      const query = new URLSearchParams({ currency, q: search.value });
      const answer = await fetch(`${said('catalogue_url')}?${query}`, { headers: { Accept: 'application/json' } });
      const { items } = answer.ok ? await answer.json() : { items: [] };
      if (mine !== newest) return;
      list.replaceChildren(...items.map(({ label, row }) => element('li', {}, button(label, () => {
        dialog.close();
        take(row);
      }))));
      if (!items.length) list.append(element('li', {}, said('catalogue_nothing')));
    };
    search.addEventListener('input', show);
    search.addEventListener('keydown', (event) => event.key === 'Enter' && event.preventDefault());
    close.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    await show();
  };

  class Row {
    constructor(table, place, { id, name, parts, cells, shown }) {
      Object.assign(this, { table, id, name, parts, prefix: `${table.prefix}-rows-${place}` });
      this.deleted = hidden(`${this.prefix}-deleted`, '');
      this.element = element('tr', {}, ...table.columns.map((column) => this.cell(column, cells, shown)));
      this.element.firstChild.append(hidden(`${this.prefix}-id`, id), this.deleted);
      if (parts.includes('sku')) this.element.firstChild.append(hidden(`${this.prefix}-value-sku`, cells.sku));
      if (table.adding) this.element.append(element('td', {}, this.remover()));
    }

    cell({ name, parts, label }, cells, shown) {
      const made = name === 'name' ? element('th', { scope: 'row' }) : element('td');
      made.append(...this.shown(name, parts, cells, shown));
      if (name === 'name') made.append(...this.shown('description', ['description'], cells, shown));
      made.dataset.label = label;
      return made;
    }

    shown(name, parts, cells, shown) {
      const open = parts.filter((part) => this.parts.includes(part));
      if (open.length) return open.map((part) => this.input(part, cells[part]));
      return shown[name] ? [element('span', { class: `wc-product-rows__${name}` }, shown[name])] : [];
    }

    input(part, value) {
      const { label, input, options } = this.table.fields[part];
      const attributes = { name: `${this.prefix}-value-${part}`, 'aria-label': `${label}, ${this.name}` };
      if (input === 'select') {
        return element('select', attributes, ...options.map(([key, words]) => {
          const option = element('option', { value: key }, words);
          option.selected = key === value;
          return option;
        }));
      }
      if (input === 'textarea') return element('textarea', { ...attributes, rows: 2, placeholder: label }, value);
      const typed = input === 'number' ? { type: 'number', step: 'any', min: 0 } : { type: 'text', placeholder: label };
      const made = element('input', { ...attributes, ...typed });
      made.value = value;
      return made;
    }

    remover() {
      const box = element('input', { type: 'checkbox' });
      box.addEventListener('change', () => {
        this.deleted.value = box.checked ? '1' : '';
        this.element.classList.toggle('wc-product-rows__removed', box.checked);
      });
      return element('label', {}, box, ` ${this.table.words.remove}`, element('span', { class: 'wc-hidden' }, ` ${this.name}`));
    }

    setError(error) {
      this.element.querySelectorAll('.error-message').forEach((old) => old.remove());
      this.element.querySelectorAll('[aria-invalid]').forEach((input) => input.removeAttribute('aria-invalid'));
      Object.entries(error?.blockErrors ?? {}).forEach(([part, { messages }]) => {
        const input = this.element.querySelector(`[name="${this.prefix}-value-${part}"]`);
        input?.setAttribute('aria-invalid', 'true');
        (input?.parentElement ?? this.element.firstChild).append(element('p', { class: 'error-message' }, (messages ?? []).join(' ')));
      });
    }
  }

  class ProductsTable {
    constructor(placeholder, prefix, { table }, error) {
      Object.assign(this, table, { prefix, state: { table } });
      this.columns = table.columns.filter(({ name }) => name !== 'description');
      this.count = hidden(`${prefix}-rows-count`, 0);
      this.body = element('tbody');
      const heads = this.columns.map(({ label }) => element('th', { scope: 'col' }, label));
      if (table.adding) heads.push(element('td'));
      this.element = element(
        'div',
        { class: 'wc-product-rows' },
        this.count,
        element('table', {}, element('thead', {}, element('tr', {}, ...heads)), this.body),
      );
      placeholder.replaceWith(this.element);
      this.made = [];
      table.rows.forEach((row) => this.append(row));
      if (table.adding) this.element.append(this.adders());
      if (error) this.setError(error);
    }

    append(row) {
      const made = new Row(this, this.made.length, row);
      this.made.push(made);
      this.body.append(made.element);
      this.count.value = this.made.length;
      return made;
    }

    adders() {
      const parts = Object.keys(this.fields);
      const add = (row) => {
        const cells = { ...this.blank, ...row };
        const made = this.append({ id: crypto.randomUUID(), name: cells.name, parts, cells, shown: {} });
        made.element.querySelector('input:not([type=hidden])').focus();
      };
      return element(
        'p',
        { class: 'wc-product-rows__add' },
        button(this.words.add, () => add({})),
        ' ',
        button(this.words.catalogue, () => pick(this.currency, add)),
      );
    }

    setError(error) {
      const living = this.made.filter(({ deleted }) => !deleted.value);
      const faults = error?.blockErrors?.rows?.blockErrors ?? {};
      living.forEach((row, place) => row.setError(faults[place]));
      this.element.querySelectorAll(':scope > .error-message').forEach((old) => old.remove());
      const rest = Object.entries(error?.blockErrors ?? {}).filter(([part]) => part !== 'rows');
      const said = [...(error?.messages ?? []), ...(error?.blockErrors?.rows?.messages ?? []), ...rest.flatMap(([, { messages }]) => messages ?? [])];
      said.forEach((message) => this.element.prepend(element('p', { class: 'error-message' }, message)));
    }

    getState() {
      return this.state;
    }

    getValue() {
      return this.made.map(({ id, name }) => ({ id, name }));
    }

    getTextLabel() {
      return '';
    }

    focus() {
      this.element.querySelector('input:not([type=hidden]), textarea, select')?.focus();
    }
  }

  class ProductsBlockDefinition extends StructBlockDefinition {
    render(placeholder, prefix, state, error) {
      if (state?.table) return new ProductsTable(placeholder, prefix, state, error);
      const block = super.render(placeholder, prefix, state, error);
      const { rows, currency } = block.childBlocks;
      const take = (row) => {
        const value = { ...rows.blockDef.initialChildState, ...row };
        rows.insert(value, rows.children.length, { id: crypto.randomUUID(), animate: true, focus: true });
      };
      rows.container[0].after(button(said('catalogue'), () => pick(currency.getValue(), take)));
      return block;
    }
  }

  window.telepath.register('contracts.ProductsBlock', ProductsBlockDefinition);
})();
