/* The chip in Draftail: a source that asks which field, and a decorator that shows its label or value. No build step. */
(() => {
  const { React, DraftJS, draftail } = window;
  const h = React.createElement;
  let read;
  const said = () => {
    read ??= JSON.parse(document.getElementById('wc-words').textContent); // later in the page than this file
    return read;
  };

  /* A contract brings its palette along (locked-stream.js). A template's is read from its form as it
     stands: the streams `roles` and `fields` may hold entries that are not saved yet. */
  const palette = () => {
    const locked = document.querySelector('.wc-locked');
    if (locked) return locked.contractPalette;
    const form = document.querySelector('[data-edit-form]');
    const data = form ? Object.fromEntries(new FormData(form)) : {};
    const defined = (stream) =>
      [...Array(Number(data[`${stream}-count`] ?? 0)).keys()]
        .map((i) => `${stream}-${i}`)
        .filter((prefix) => !data[`${prefix}-deleted`] && data[`${prefix}-value-key`])
        .sort((a, b) => data[`${a}-order`] - data[`${b}-order`])
        .map((prefix) => ({ key: data[`${prefix}-value-key`], label: data[`${prefix}-value-label`] }));
    return [
      { key: 'contract.title', label: said().title, value: '' },
      ...defined('roles').flatMap(({ key, label }) => [
        { key: `${key}.name`, label: said().name.replace('%s', label), value: '' },
        { key: `${key}.people`, label: said().people.replace('%s', label), value: '' },
      ]),
      ...defined('fields').map((field) => ({ ...field, value: '' })),
    ];
  };

  /* A reference to a block: a contract's palette knows its number; in a template's form it is called
     as the header of the block is, which may not be saved yet. */
  const referred = (field) => {
    const [, id] = /^clause\.([0-9a-f-]{36})$/.exec(field) ?? [];
    const block = id && document.querySelector(`input[name$="-id"][value="${id}"]`)?.closest('[data-streamfield-child]');
    const label = block?.querySelector('[data-panel-heading]')?.textContent.replace(/\s+/g, ' ').trim();
    return id && { key: field, label: `→ ${label ?? '…'}`, value: '' }; // … while the block is still to come
  };

  class ChipSource extends React.Component {
    constructor(props) {
      super(props);
      this.state = { words: '' };
    }

    componentDidMount() {
      this.dialog.showModal();
    }

    choose(field) {
      const { editorState, entityType, onComplete } = this.props;
      const content = editorState.getCurrentContent().createEntity(entityType.type, 'IMMUTABLE', { field });
      const filled = DraftJS.Modifier.replaceText(
        content,
        editorState.getSelection(),
        field,
        null,
        content.getLastCreatedEntityKey(),
      );
      onComplete(DraftJS.EditorState.push(editorState, filled, 'insert-characters'));
    }

    render() {
      const words = this.state.words.toLowerCase();
      const found = palette().filter(({ key, label }) => `${label} ${key}`.toLowerCase().includes(words));
      return h(
        'dialog',
        { ref: (node) => { this.dialog = node; }, className: 'wc-chips', onClose: this.props.onClose, 'aria-labelledby': 'wc-chips-title' },
        h(
          'div',
          { className: 'wc-chips__head' },
          h('h2', { id: 'wc-chips-title', className: 'w-h3' }, said().insert),
          h('button', { type: 'button', className: 'button button-small button-secondary', onClick: () => this.dialog.close() }, said().close),
        ),
        h('input', { type: 'search', 'aria-label': said().search, placeholder: said().search, autoFocus: true, value: this.state.words, onChange: ({ target }) => this.setState({ words: target.value }) }),
        h(
          'ul',
          { className: 'wc-chips__list' },
          found.map(({ key, label, value }) =>
            h('li', { key }, h('button', { type: 'button', onClick: () => this.choose(key) }, h('span', null, label), h('span', null, value))),
          ),
        ),
        h('p', { role: 'status', className: 'help' }, found.length ? '' : said().nothing),
      );
    }
  }

  const Chip = ({ contentState, entityKey, children }) => {
    const { field } = contentState.getEntity(entityKey).getData();
    const known = palette().find(({ key }) => key === field) ?? referred(field) ?? { label: said().unknown.replace('%s', field), value: '' };
    return h(
      'span',
      { className: 'wc-chip', 'data-shown': known.value || known.label, title: known.label },
      h('span', null, children),
    );
  };

  draftail.registerPlugin({ type: 'CONTRACT-FIELD', source: ChipSource, decorator: Chip }, 'entityTypes');
})();
