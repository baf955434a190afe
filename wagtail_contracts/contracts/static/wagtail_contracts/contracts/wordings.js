/* Radio buttons for the wordings of a clause, from a state that names them; without names a hidden input. */
(() => {
  const Widget = window.telepath.constructors['wagtail.widgets.Widget'];

  class Picked {
    constructor(place, name, id, state) {
      Object.assign(this, { name, id, options: state?.options ?? [] });
      this.element = document.createElement('div');
      this.element.className = 'wc-wordings';
      place.replaceWith(this.element);
      this.setState(state);
    }

    radio({ id, name, heading, text }, chosen, at) {
      const radio = Object.assign(document.createElement('input'), { type: 'radio', name: this.name, value: id, id: `${this.id}-${at}` });
      radio.checked = id === chosen;
      const called = Object.assign(document.createElement('strong'), { textContent: name });
      const words = [heading, text].filter(Boolean).map((textContent, line) =>
        Object.assign(document.createElement('span'), { className: `wc-wordings__text${line || !heading ? '' : ' wc-wordings__heading'}`, textContent }),
      );
      const label = document.createElement('label');
      label.append(radio, ' ', called, ...words);
      return label;
    }

    setState(state) {
      const chosen = state?.value ?? state ?? '';
      if (this.options.length) {
        this.element.replaceChildren(...this.options.map((option, at) => this.radio(option, chosen, at)));
      } else {
        this.element.replaceChildren(Object.assign(document.createElement('input'), { type: 'hidden', name: this.name, id: this.id, value: chosen }));
      }
    }

    getValue() {
      return this.element.querySelector('input:checked, input[type="hidden"]')?.value ?? '';
    }

    getState() {
      return this.options.length ? { value: this.getValue(), options: this.options } : this.getValue();
    }

    getTextLabel() {
      return '';
    }

    setInvalid() {}

    focus() {
      this.element.querySelector('input:checked')?.focus();
    }
  }

  class WordingPicker extends Widget {
    render(place, name, id, state) {
      return new Picked(place, name, id, state);
    }
  }

  window.telepath.register('contracts.WordingPicker', WordingPicker);
})();
