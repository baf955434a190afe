/* The pickers of “Shown if”. One hidden input holds the condition as JSON; what is built here writes into it, and
   only once somebody opens it. The server reads, compiles and checks; nothing is evaluated in the browser. */
(() => {
  const { Controller } = window.StimulusModule;
  const VALUED = {
    number: ['is', 'is_not', 'less', 'at_most', 'more', 'at_least'],
    money: ['is', 'is_not', 'less', 'at_most', 'more', 'at_least'],
    date: ['is', 'is_not', 'less', 'at_most', 'more', 'at_least'],
    choice: ['is', 'is_not'],
    multiple: ['contains', 'lacks'],
    yes_no: ['is'],
    ...Object.fromEntries(['text', 'long_text', 'email', 'url'].map((kind) => [kind, ['is', 'is_not']])),
  };
  const ALONE = ['filled', 'empty'];
  const { defined, said: all } = window.wagtailContracts; // pickers.js
  const said = () => all().condition;

  const element = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    node.append(...children);
    return node;
  };

  const value = (name) => document.getElementsByName(name)[0]?.value ?? '';

  /* The data fields as the form has them, those that are not saved yet, too. */
  const fields = () =>
    defined('fields').map(({ key, label, kind, prefix, options, ...shared }) => ({
      key,
      label: label || key,
      kind: value(`${prefix}-value-result`) || kind,
      currency: shared.currency ?? value(`${prefix}-value-currency`),
      options: options.map((option) => ({ ...option, label: option.label || option.key })),
    }));

  const choose = (label, choices, chosen) => {
    const select = element('select', { 'aria-label': label });
    select.append(...choices.map(([value, text]) => element('option', { value }, text)));
    if (chosen && !choices.some(([value]) => value === chosen)) select.append(element('option', { value: chosen }, said().gone.replace('%s', chosen)));
    select.value = chosen ?? '';
    return select;
  };

  const words = ({ key, operator, value }, known) => {
    const field = known.find((each) => each.key === key);
    const shown = field?.options.find((option) => option.key === value)?.label ?? said().values[value] ?? value;
    const kind = field?.kind === 'date' ? said().dates : {};
    const sign = kind[operator] ?? said().operators[operator] ?? '…';
    return [field?.label ?? said().gone.replace('%s', key), sign, ALONE.includes(operator) ? '' : shown || '…'].join(' ').trim();
  };

  class ConditionController extends Controller {
    connect() {
      this.root = element('div', { class: 'wc-pickers' });
      this.element.after(this.root);
      this.state = JSON.parse(this.element.value || 'null') ?? { join: 'all', tests: [], expression: '' };
      this.close();
      if (!this.element.value && !this.element.closest('[data-block-settings]')) this.begin();
      this.renamed = () => {
        const open = this.root.querySelector('fieldset');
        if (open && !open.contains(document.activeElement)) this.draw();
        if (!open && this.element.value) this.close();
      };
      document.addEventListener('wc:defined', this.renamed);
    }

    disconnect() {
      document.removeEventListener('wc:defined', this.renamed);
      this.root.remove();
    }

    write() {
      const { tests, expression } = this.state;
      this.element.value = tests.some(({ key }) => key) || expression ? JSON.stringify(this.state) : '';
      this.element.dispatchEvent(new Event('change', { bubbles: true }));
      this.mark();
    }

    summary() {
      const { join, tests, expression } = this.state;
      if (expression) return said().expert.replace('%s', expression);
      if (!tests.length) return said().always;
      const known = fields();
      return `${said().shown} ${tests.map((test) => words(test, known)).join(` ${said().joins[join]} `)}`;
    }

    /* The header of the block says at a glance that it is not always there. */
    mark() {
      const header = this.element.closest('[data-streamfield-child]')?.querySelector('.w-panel__header');
      header?.querySelector('.wc-policy--condition')?.remove();
      if (!header || !this.element.value) return;
      const text = this.summary();
      header.querySelector('.w-panel__divider')?.before(element('span', { class: 'wc-policy wc-policy--condition', title: text }, text));
    }

    close() {
      const open = element('button', { type: 'button', class: 'button button-small button-secondary' }, said().change);
      open.addEventListener('click', () => this.open());
      this.root.replaceChildren(element('span', { class: 'wc-pickers__summary' }, this.summary()), ' ', open);
      this.mark();
      return open;
    }

    /* Where the condition is what a block is for, it is asked for at once. */
    begin() {
      if (!this.state.tests.length && !this.state.expression) this.state.tests.push({ key: '' });
      this.draw();
    }

    open() {
      this.begin();
      this.root.querySelector('select')?.focus();
    }

    draw() {
      this.known = fields();
      const join = choose(said().title, Object.entries(said().join), this.state.join);
      join.addEventListener('change', () => {
        this.state.join = join.value;
        this.write();
      });
      const rows = element('ul', { class: 'wc-pickers__tests' }, ...this.state.tests.map((test, place) => this.row(test, place)));
      this.root.replaceChildren(element('fieldset', {}, element('legend', {}, said().title, ' ', join), rows, this.actions(), this.expert()));
    }

    row(test, place) {
      const row = element('li');
      const field = this.fieldPicker(test, place);
      row.append(field);
      const found = this.known.find(({ key }) => key === test.key);
      if (found) row.append(this.operatorPicker(test, found));
      if (found && !ALONE.includes(test.operator)) row.append(this.value(test, found));
      const remove = element('button', { type: 'button', class: 'button button-small button-secondary no' }, said().remove);
      remove.addEventListener('click', () => {
        this.state.tests.splice(place, 1);
        this.redraw(`li:nth-child(${Math.max(place, 1)}) select, .wc-pickers__add`);
      });
      row.append(remove);
      return row;
    }

    fieldPicker(test, place) {
      const select = choose(said().field, [['', said().pick], ...this.known.map(({ key, label }) => [key, label])], test.key);
      select.addEventListener('change', () => {
        const field = this.known.find(({ key }) => key === select.value);
        if (!field) return;
        const [operator] = VALUED[field.kind] ?? ALONE;
        Object.assign(test, { key: field.key, kind: field.kind, currency: field.currency, operator, value: '' });
        this.redraw(`li:nth-child(${place + 1}) select:nth-of-type(2)`);
      });
      return select;
    }

    operatorPicker(test, field) {
      const phrases = { ...said().operators, ...(field.kind === 'date' ? said().dates : {}) };
      const known = [...(VALUED[field.kind] ?? []), ...ALONE];
      const select = choose(said().operator, known.map((operator) => [operator, phrases[operator]]), test.operator);
      select.addEventListener('change', () => {
        test.operator = select.value;
        this.write();
        this.draw();
        this.root.querySelectorAll('li')[this.state.tests.indexOf(test)]?.querySelectorAll('select')[1]?.focus();
      });
      return select;
    }

    /* A choice's value is picked from its options, not typed. */
    value(test, field) {
      Object.assign(test, { kind: field.kind, currency: field.currency });
      const picked = field.kind === 'yes_no' ? Object.entries(said().values) : field.options.map(({ key, label }) => [key, label]);
      const input = picked.length
        ? choose(said().value, [['', said().pick], ...picked], test.value)
        : element('input', { 'aria-label': said().value, type: field.kind === 'date' ? 'date' : 'text', inputmode: ['number', 'money'].includes(field.kind) ? 'decimal' : 'text', value: test.value ?? '' });
      input.addEventListener(picked.length ? 'change' : 'input', () => {
        test.value = input.value;
        this.write();
      });
      return field.kind === 'money' ? element('span', {}, input, ' ', field.currency) : input;
    }

    actions() {
      const add = element('button', { type: 'button', class: 'button button-small button-secondary wc-pickers__add' }, said().add);
      add.addEventListener('click', () => {
        this.state.tests.push({ key: '' });
        this.redraw('li:last-child select');
      });
      const done = element('button', { type: 'button', class: 'button button-small' }, said().done);
      done.addEventListener('click', () => {
        this.state.tests = this.state.tests.filter(({ key }) => key);
        this.write();
        this.close().focus();
      });
      return element('div', { class: 'wc-pickers__actions' }, add, ' ', done);
    }

    expert() {
      const area = element('textarea', { rows: 2, 'aria-label': said().expression, spellcheck: 'false', maxlength: 4000 });
      area.value = this.state.expression;
      area.addEventListener('input', () => {
        this.state.expression = area.value;
        this.write();
      });
      const folded = element('details', {}, element('summary', {}, said().expression), element('p', { class: 'help' }, said().before), area);
      folded.open = Boolean(this.state.expression);
      return folded;
    }

    redraw(focused) {
      this.write();
      this.draw();
      this.root.querySelector(focused)?.focus();
    }
  }

  window.wagtail.app.register('wc-condition', ConditionController);
})();
