// What a screen reader says: the sentence, once the hand rests, and not 40 times a second.

const REST = 600; // ms

// Let a live region speak; a later sentence takes the place of one that is not said yet.
export function makeVoice(region) {
  let timer = null;
  return (sentence) => {
    clearTimeout(timer);
    timer = setTimeout(() => (region.textContent = sentence), REST);
  };
}
