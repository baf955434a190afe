/* The chip in Draftail: sources that ask which field or clause, and a decorator that shows label or value. No build step. */
(() => {
  const { React, DraftJS, draftail } = window;
  const { defined, ours, prints, said } = window.wagtailContracts; // pickers.js
  const h = React.createElement;

  /* A contract brings its palette along (locked-stream.js). A template's is what its form defines. */
  const palette = () => {
    const locked = document.querySelector('.wc-locked');
    if (locked) return locked.contractPalette;
    return [
      { key: 'contract.title', label: said().title, value: '' },
      ...defined('roles').flatMap(({ key, label }) =>
        Object.entries(said().parts).map(([part, words]) => ({ key: `${key}.${part}`, label: words.replace('%s', label), value: '' })),
      ),
      ...defined('fields').map((field) => ({ key: field.key, label: field.label, value: '', prints: prints(field) })),
    ];
  };

  /* A reference to a block, which may not be saved yet: by its number where it has one, else by its first words. */
  const referred = (field) => {
    const [, id] = /^clause\.([0-9a-f-]{36})$/.exec(field) ?? [];
    if (!id) return undefined;
    const number = window.wagtailContracts.numbers?.[id]?.cited ?? '';
    const block = document.querySelector(`[data-contentpath="${id}"]`);
    const label = block && `${number} ${headed(block)}`.trim(); // none while the block is still to come
    return { key: field, label: `→ ${label || '…'}`, value: number && `→ ${number}` };
  };

  /* The first words of a block: what is written in it, else its title, or what was chosen for it. */
  const headed = (block) => {
    const written = [...block.querySelectorAll('.Draftail-Editor__wrapper')].map(({ previousElementSibling: input }) => worded(input.value));
    const title = block.querySelector('[name$="-value-title"]')?.value ?? block.querySelector('[data-chooser-title]')?.textContent ?? '';
    return clipped([...written, title].map((text) => text.replace(/\s+/g, ' ').trim()).find(Boolean) ?? '', 60);
  };

  /* The blocks that can be referred to, as they stand in the form, saved or not; a contract brings those of its own text along. */
  const REFERRED = ['clause', 'bilingual', 'alternatives', 'library'];
  const clauses = () => {
    const kept = (document.querySelector('.wc-locked')?.contractPalette ?? []).filter(({ key }) => key.startsWith('clause.'));
    const written = [...document.querySelectorAll('[data-streamfield-child][data-contentpath]')]
      .filter((block) => !block.closest('[aria-hidden="true"]'))
      .map((block) => ({ block, id: block.dataset.contentpath, type: block.querySelector('input[name$="-type"]')?.value }))
      .map((entry) => ({ ...entry, key: `clause.${entry.id}`, number: window.wagtailContracts.numbers?.[entry.id]?.cited ?? '' }))
      .filter(({ key, number, type }) => (number || REFERRED.includes(type)) && !kept.some((other) => other.key === key))
      .map(({ block, key, number }) => ({ key, label: `${number} ${headed(block)}`.trim() || '…', value: '' }));
    return [...kept, ...written];
  };

  const called = (field) =>
    palette().find(({ key }) => key === field) ?? referred(field) ?? { label: said().unknown.replace('%s', field), value: '' };

  /* The stream of data fields in the same form; a contract has none. */
  const stream = () => document.getElementById('fields-root')?.rootBlock;

  /* Define a data field at the end of the stream; its key. */
  const define = ({ kind, label, role }) => {
    const fields = stream();
    const [, initial, id] = fields._getChildDataForInsertion({ type: kind }); // with an id, or each save makes it anew
    const value = { ...initial, label };
    if ('role' in value) value.role = role;
    const made = fields.insert({ type: kind, value, id }, fields.children.length, { collapsed: true });
    window.wagtailContracts.forget();
    return defined('fields').find(({ prefix }) => made.prefix.startsWith(prefix)).key;
  };

  const button = (label, onClick, classes = '') => h('button', { type: 'button', className: `button button-small ${classes}`, onClick }, label);

  /* What a new data field needs: what people call it, what it is, and who fills it in. */
  class NewField extends React.Component {
    constructor(props) {
      super(props);
      this.state = { label: props.label, kind: 'text', role: ours() };
    }

    /* Draft.js would take Enter and every letter for its own. */
    control(name, label, tag, options = {}, ...children) {
      const id = `wc-new-${name}`;
      const change = ({ target }) => this.setState({ [name]: target.value });
      return h('p', { className: 'wc-chips__part' }, h('label', { htmlFor: id }, label), h(tag, { id, value: this.state[name], onChange: change, ...options }, ...children));
    }

    add() {
      if (this.state.label.trim()) this.props.onDefined(define({ ...this.state, label: this.state.label.trim() }));
    }

    render() {
      const kinds = stream().blockDef.groupedChildBlockDefs.map(([group, definitions]) =>
        h('optgroup', { key: group, label: group }, definitions.map(({ name, meta }) => h('option', { key: name, value: name }, meta.label))),
      );
      const roles = defined('roles').map(({ key, label }) => h('option', { key, value: key }, label));
      const enter = (event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        this.add();
      };
      return h(
        'div',
        null,
        this.control('label', said().label, 'input', { autoFocus: true, maxLength: 200, onKeyDown: enter }),
        this.control('kind', said().kind, 'select', {}, ...kinds),
        this.control('role', said().who, 'select', {}, ...roles),
        h('p', { className: 'help' }, said().more),
        h('p', { className: 'wc-chips__head' }, button(said().add, () => this.add()), button(said().back, this.props.onBack, 'button-secondary')),
      );
    }
  }

  class ChipSource extends React.Component {
    constructor(props) {
      super(props);
      this.state = { words: '', defining: false };
    }

    componentDidMount() {
      this.dialog.showModal();
      this.dialog.querySelector('[type="search"]').focus();
    }

    said() {
      const { insert: title, search, nothing } = said();
      return { title, search, nothing };
    }

    entries() {
      return palette().filter(({ key }) => !key.startsWith('clause.'));
    }

    mayDefine() {
      return stream();
    }

    choose(field) {
      const { editorState, onComplete } = this.props;
      const content = editorState.getCurrentContent().createEntity('CONTRACT-FIELD', 'IMMUTABLE', { field });
      const filled = DraftJS.Modifier.replaceText(
        content,
        editorState.getSelection(),
        field,
        null,
        content.getLastCreatedEntityKey(),
      );
      onComplete(DraftJS.EditorState.push(editorState, filled, 'insert-characters'));
    }

    list() {
      const words = this.state.words.toLowerCase();
      const { search, nothing } = this.said();
      const found = this.entries().filter(({ key, label }) => `${label} ${key}`.toLowerCase().includes(words));
      const entry = (key, onClick, ...parts) => h('li', { key }, h('button', { type: 'button', onClick }, ...parts.map((part, place) => h('span', { key: place }, part))));
      return [
        h('input', { key: 'search', type: 'search', 'aria-label': search, placeholder: search, value: this.state.words, onChange: ({ target }) => this.setState({ words: target.value }) }),
        h(
          'ul',
          { key: 'list', className: 'wc-chips__list' },
          found.map(({ key, label, value, prints: printed }) => entry(key, () => this.choose(key), label, value || printed || '')),
          this.mayDefine() && entry('', () => this.setState({ defining: true }), `+ ${said().define}`),
        ),
        h('p', { key: 'status', role: 'status', className: 'help' }, found.length ? '' : nothing),
      ];
    }

    render() {
      return h(
        'dialog',
        { ref: (node) => { this.dialog = node; }, className: 'wc-chips', onClose: this.props.onClose, 'aria-labelledby': 'wc-chips-title' },
        h(
          'div',
          { className: 'wc-chips__head' },
          h('h2', { id: 'wc-chips-title', className: 'w-h3' }, this.state.defining ? said().defining : this.said().title),
          button(said().close, () => this.dialog.close(), 'button-secondary'),
        ),
        this.state.defining
          ? h(NewField, { label: this.state.words, onDefined: (key) => this.choose(key), onBack: () => this.setState({ defining: false }) })
          : this.list(),
      );
    }
  }

  /* A reference is a chip like any other, and is kept as one. */
  class ClauseSource extends ChipSource {
    said() {
      const { refer: title, refer_search: search, refer_nothing: nothing } = said();
      return { title, search, nothing };
    }

    entries() {
      return clauses();
    }

    mayDefine() {
      return false;
    }
  }

  /* Shows what the field is called now: labels change while one writes, and numbers when clauses move. */
  class Chip extends React.Component {
    constructor(props) {
      super(props);
      this.look = () => this.forceUpdate();
    }

    componentDidMount() {
      ['wc:defined', 'wc:numbered'].forEach((kind) => document.addEventListener(kind, this.look));
    }

    componentWillUnmount() {
      ['wc:defined', 'wc:numbered'].forEach((kind) => document.removeEventListener(kind, this.look));
    }

    render() {
      const { contentState, entityKey, children } = this.props;
      const { field } = contentState.getEntity(entityKey).getData();
      const known = called(field);
      return h(
        'span',
        {
          className: 'wc-chip',
          'data-shown': known.value || [known.label, known.prints && `(${known.prints})`].filter(Boolean).join(' '),
          title: known.prints ? said().prints.replace('{label}', known.label).replace('{words}', known.prints) : known.label,
        },
        h('span', null, children),
      );
    }
  }

  /* The header of a closed block says what chips are called, and no keys. */
  const words = (raw) =>
    raw.blocks.map(({ text, entityRanges }) =>
      [...entityRanges]
        .sort((a, b) => b.offset - a.offset)
        .map((range) => ({ ...range, ...raw.entityMap[range.key] }))
        .filter(({ type }) => type === 'CONTRACT-FIELD')
        .reduce((found, { offset, length, data }) => found.slice(0, offset) + called(data.field).label + found.slice(offset + length), text),
    );
  const worded = (value) => {
    const raw = JSON.parse(value || 'null');
    return raw ? words(raw).filter(Boolean).join(' ') : '';
  };
  const clipped = (text, longest) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
  const Area = window.telepath.constructors['wagtail.widgets.DraftailRichTextArea'];
  const { render } = Area.prototype;
  Area.prototype.render = function renderNamed(...args) {
    const bound = render.apply(this, args);
    bound.getTextLabel = ({ maxLength = Infinity } = {}) => clipped(worded(bound.input.value), maxLength);
    return bound;
  };

  draftail.registerPlugin({ type: 'CONTRACT-FIELD', source: ChipSource, decorator: Chip }, 'entityTypes');
  draftail.registerPlugin({ type: 'CONTRACT-CLAUSE', source: ClauseSource, decorator: Chip }, 'entityTypes');
})();
