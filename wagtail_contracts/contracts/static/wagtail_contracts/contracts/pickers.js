/* What the template's form defines as it stands, saved or not, and the selects that pick from it by label. */
(() => {
  const KEYED = { roles: 'party', fields: 'field' };
  const AREAS = Object.keys(KEYED).map((stream) => `[data-contentpath="${stream}"]`).join();
  let read;
  const said = () => {
    read ??= JSON.parse(document.getElementById('wc-words').textContent); // later in the page than this file
    return read;
  };
  const input = (name) => document.getElementsByName(name)[0];

  /* The server makes a key from the label where none was typed; what is picked now needs its own now. */
  const keyOf = (label, taken, fallback) => {
    const spelt = label.normalize('NFC').toLowerCase().replace(/æ/g, 'ae').replace(/ø/g, 'oe').replace(/å/g, 'aa').normalize('NFKD');
    const words = spelt.replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 40).replace(/_+$/, '');
    const plain = /^(?!system_)[a-z]/.test(words) ? words : `${fallback}_${words}`.replace(/_+$/, '');
    let [key, number] = [plain, 1];
    while (taken.has(key)) key = `${plain}_${(number += 1)}`;
    taken.add(key);
    return key;
  };

  /* What Draftail keeps in its input, as plain words. */
  const drafted = (raw) => (JSON.parse(raw || 'null')?.blocks ?? []).map(({ text }) => text).join(' ');

  /* The definitions in a stream or list, as they were added, without those that were removed. */
  const entries = (list, called, read = (raw) => raw) =>
    [...Array(Number(input(`${list}-count`)?.value ?? 0)).keys()]
      .map((place) => `${list}-${place}`)
      .filter((prefix) => input(`${prefix}-deleted`)?.value === '')
      .map((prefix) => ({ prefix, order: Number(input(`${prefix}-order`).value), keyInput: input(`${prefix}-value-key`), named: input(`${prefix}-value-${called}`) }))
      .filter(({ keyInput }) => keyInput)
      .map((entry) => ({ ...entry, label: read(entry.named?.value ?? '').trim(), kind: input(`${entry.prefix}-type`)?.value }));

  /* A copy has the key of its original, until it gets its own. A name that is being typed is none yet. */
  const keyed = (found, taken, fallback) => {
    const waiting = found.filter(({ keyInput: { value } }) => !value || taken.size === taken.add(value).size);
    const typed = ({ named }) => named.closest('[data-contentpath]')?.contains(document.activeElement);
    waiting.filter((entry) => entry.label && !typed(entry)).forEach((entry) => {
      entry.keyInput.value = keyOf(entry.label, taken, fallback);
    });
    return found.map((entry) => ({ ...entry, key: entry.keyInput.value })).filter(({ key }) => key).sort((a, b) => a.order - b.order);
  };

  /* The options of a data field that the form has; they are picked, too, and so need their keys now. */
  const options = (prefix) => keyed(entries(`${prefix}-value-options`, 'text', drafted), new Set(), 'field');

  /* The definitions of the shared sets that a template takes in; the parties of all templates, where a set itself is edited. */
  const shared = (stream) => {
    if (stream === 'roles') return input('roles-count') ? [] : JSON.parse(document.getElementById('wc-parties')?.textContent ?? '[]');
    return [...document.querySelectorAll('input[name^="fields-"][name$="-type"][value="shared"]')]
      .map(({ name }) => name.replace(/-type$/, ''))
      .filter((prefix) => input(`${prefix}-deleted`)?.value === '')
      .flatMap((prefix) => said().sets[input(`${prefix}-value`)?.value] ?? []);
  };

  let kept = {};
  const defined = (stream) => {
    if (!kept[stream]) setTimeout(() => { kept = {}; }); // many ask in one go
    if (!kept[stream]) {
      const found = shared(stream);
      const own = keyed(entries(stream, 'label'), new Set(found.map(({ key }) => key)), KEYED[stream]);
      kept[stream] = [...found, ...own.map((entry) => ({ ...entry, options: options(entry.prefix) }))];
    }
    return kept[stream];
  };

  const forget = () => {
    kept = {};
    tell();
  };

  let waiting;
  const tell = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      kept = {};
      document.dispatchEvent(new CustomEvent('wc:defined'));
    }, 400); // Draftail writes into its input a quarter of a second late
  };
  ['change', 'input', 'click', 'focusout'].forEach((kind) =>
    document.addEventListener(kind, ({ target }) => target.closest?.(AREAS) && tell()),
  );
  window.addEventListener('load', tell);

  /* What a formula can reckon with, by its shape; a computed field is what it is shown as. */
  const OPERANDS = { later: ['date', 'period', 'number'], earlier: ['date', 'period', 'number'], difference: ['number', 'money', 'date'] };
  const operands = (name) => {
    const [, own, formula] = /^((?:.*-)?fields-\d+)-(.*formula)-/.exec(name) ?? [];
    const kinds = OPERANDS[input(`${own}-${formula}-shape`)?.value] ?? ['number', 'money'];
    const result = (field) => (field.kind === 'computed' ? input(`${field.prefix}-value-result`)?.value ?? kinds[0] : field.kind);
    return defined('fields').filter((field) => field.prefix !== own && kinds.includes(result(field)));
  };

  const isOwn = ({ prefix }) => Boolean(input(`${prefix}-value-own`)?.checked);

  /* Our own side, which fills in most; the first party until somebody said which that is. */
  const ours = () => (defined('roles').find(isOwn) ?? defined('roles')[0])?.key ?? '';

  /* How an amount prints, with its currency: nobody needs to write that after it. "" for all else. */
  const prints = ({ kind, prefix, currency }) => {
    const part = (name) => input(`${prefix}-value-${name}`)?.value;
    if (kind !== 'money' && part('result') !== 'money') return '';
    const named = currency || part('currency') || '';
    const amount = Number(part('default'));
    if (!amount) return named && `… ${named}`;
    const options = { minimumFractionDigits: Number.isInteger(amount) ? 0 : 2, maximumFractionDigits: 2 };
    const language = input('language')?.value || document.documentElement.lang;
    return `${new Intl.NumberFormat(language, options).format(amount)} ${named}`.trim();
  };

  /* What a picker picks from, as pairs of key and label. */
  const named = (of, { name }) => {
    if (of === 'options') return options(name.replace(/-value-default$/, '')).map(({ key, label }) => [key, label || key]);
    if (of === 'operands') return operands(name).map(({ key, label }) => [key, label || key]);
    const stream = of === 'fillers' ? 'roles' : of;
    return defined(stream).map(({ key, label, prefix }) => {
      const ours = stream === 'roles' && isOwn({ prefix });
      return [key, ours ? `${label || key} (${said().ours})` : label || key];
    });
  };

  const fill = (select) => {
    const { input: chosen, of } = select.wcPicker;
    const choices = named(of, chosen);
    if (chosen.value && !choices.some(([key]) => key === chosen.value)) {
      const kept = of === 'operands' && defined('fields').find(({ key }) => key === chosen.value); // of another kind
      choices.push([chosen.value, kept ? kept.label : said().unknown.replace('%s', chosen.value)]);
    }
    select.replaceChildren(...[['', said().pick], ...choices].map(([key, label]) => new Option(label, key)));
    select.value = chosen.value;
  };
  document.addEventListener('wc:defined', () => document.querySelectorAll('select[data-wc-picker]').forEach(fill));

  const Widget = window.telepath.constructors['wagtail.widgets.Widget'];
  const Bound = new Widget('').boundWidgetClass;

  /* The input stays, hidden, and holds the key; the select shows labels. */
  class BoundPicker extends Bound {
    attach(of) {
      const select = document.createElement('select');
      [...this.input.attributes].filter(({ name }) => /^(id|aria-|required)/.test(name)).forEach(({ name, value }) => select.setAttribute(name, value));
      select.dataset.wcPicker = of;
      select.wcPicker = { input: this.input, of };
      this.input.removeAttribute('id');
      this.input.removeAttribute('required');
      this.input.type = 'hidden';
      this.input.after(select);
      select.addEventListener('focus', () => fill(select));
      select.addEventListener('change', () => {
        this.input.value = select.value;
        this.input.dispatchEvent(new Event('change', { bubbles: true }));
      });
      this.select = select;
      if (of === 'fillers' && !this.input.value) this.input.value = ours();
      fill(select);
    }

    setState(state) {
      super.setState(state);
      if (this.select) fill(this.select);
    }

    setInvalid(invalid) {
      this.select.toggleAttribute('aria-invalid', Boolean(invalid));
    }

    getValueForLabel() {
      return this.input.value && this.select.selectedOptions[0]?.text;
    }

    focus() {
      this.select.focus();
    }
  }

  class Picker extends Widget {
    boundWidgetClass = BoundPicker;

    constructor(html, of) {
      super(html);
      this.of = of;
    }

    render(...args) {
      const bound = super.render(...args);
      bound.attach(this.of);
      return bound;
    }
  }

  window.telepath.register('contracts.Picker', Picker);
  window.wagtailContracts = { ...window.wagtailContracts, defined, forget, ours, prints, said };
})();
