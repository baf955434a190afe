/* What happens when somebody adds a block. */
(() => {
  /* Whoever adds a block begins to write: the first part is often one that seldom changes. */
  const { StructBlock } = window.wagtailStreamField.blocks;
  const { focus } = StructBlock.prototype;
  StructBlock.prototype.focus = function focusWords(...args) {
    const first = ['name', 'heading', 'term', 'title', 'label', 'wordings', 'items', 'text'].find((part) => part in this.childBlocks);
    if (first) this.childBlocks[first].focus(...args);
    else focus.apply(this, args);
  };

  /* The menu of blocks is placed before it is filled; told again, it goes where there is room. */
  document.addEventListener('click', ({ target }) => {
    if (target.closest?.('.c-sf-add-button')) setTimeout(() => window.dispatchEvent(new Event('resize')), 50);
  });
})();
