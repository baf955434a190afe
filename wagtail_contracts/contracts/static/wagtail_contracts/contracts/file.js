/* A file in a block: it is uploaded at once, and the block keeps what the server says of it. No build step. */
(() => {
  const { Controller } = window.StimulusModule;

  class FileController extends Controller {
    static targets = ['value', 'kept', 'picture', 'name', 'facts', 'choose', 'address', 'said'];

    static values = { upload: String, sort: String, page: String, pages: String, working: String, failed: String };

    connect() {
      this.show();
    }

    get file() {
      return this.valueTarget.value ? JSON.parse(this.valueTarget.value) : null;
    }

    show() {
      const { file } = this;
      this.keptTarget.hidden = !file;
      this.chooseTarget.hidden = Boolean(file);
      if (!file) return;
      const address = `${this.uploadValue}${file.digest}/`;
      const picture = file.media_type.startsWith('image/') || file.pages;
      this.pictureTarget.hidden = !picture;
      if (picture) this.pictureTarget.src = file.pages ? `${address}1.jpg` : address;
      this.nameTarget.textContent = file.source.title || file.name;
      this.nameTarget.href = file.source.address || address;
      this.factsTarget.textContent = this.described(file);
    }

    described(file) {
      const size = new Intl.NumberFormat(document.documentElement.lang, {
        style: 'unit',
        unit: file.size < 1e6 ? 'kilobyte' : 'megabyte',
        maximumFractionDigits: 1,
      }).format(file.size / (file.size < 1e6 ? 1e3 : 1e6));
      const many = file.pages === 1 ? this.pageValue : this.pagesValue;
      const pages = file.pages ? many.replace('%s', file.pages) : '';
      return [file.source.provider || size, pages].filter(Boolean).join(', ');
    }

    upload({ target }) {
      const [file] = target.files;
      if (!file) return;
      const form = new FormData();
      // Browsers that don't know captions name no type.
      const type = file.name.endsWith('.vtt') ? 'text/vtt' : file.type;
      form.append('file', new File([file], file.name, { type }));
      form.append('sort', this.sortValue);
      this.send(form, target);
    }

    find(event) {
      event.preventDefault();
      const form = new FormData();
      form.append('address', this.addressTarget.value);
      if (this.addressTarget.value) this.send(form, this.addressTarget);
    }

    async send(form, input) {
      this.saidTarget.textContent = this.workingValue;
      input.disabled = true;
      const token = document.querySelector('[name=csrfmiddlewaretoken]').value;
      try {
        const answer = await fetch(this.uploadValue, { method: 'POST', body: form, headers: { 'X-CSRFToken': token } });
        const said = await answer.json();
        this.saidTarget.textContent = said.error || '';
        if (said.file) this.keep(JSON.stringify(said.file));
      } catch {
        this.saidTarget.textContent = this.failedValue;
      }
      input.disabled = false;
      input.value = '';
    }

    remove() {
      this.keep('');
      this.chooseTarget.querySelector('input').focus();
    }

    keep(value) {
      this.valueTarget.value = value;
      this.valueTarget.dispatchEvent(new Event('change', { bubbles: true })); // the form has something to save
      this.show();
    }
  }

  window.wagtail.app.register('wc-file', FileController);
})();
