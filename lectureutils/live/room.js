// How much room a page has for a figure. Where its picture would have to be so small that its words can't be read, as on
// a phone, Python draws another one, which fills the width.
const FITS = 0.88; // of the width that a picture is made for: its smallest words have 11 px then
const WIDTH = 350; // px that the other one is made for
const LARGEST = 1.2; // how far that one is enlarged

// Watch the room in `root` for a picture that is `wide`: `report` hears of each change of its width.
export function watchRoom(root, wide, report) {
  let known = 0;
  const watch = new ResizeObserver(() => {
    const { paddingLeft, paddingRight } = getComputedStyle(root.querySelector(".lu-card"));
    const room = root.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    if (room <= 0 || room === known) return; // not shown, or only higher
    known = room;
    report({ narrow: room < FITS * wide, enlarged: Math.min(room / WIDTH, LARGEST) });
  });
  watch.observe(root);
  return watch;
}
