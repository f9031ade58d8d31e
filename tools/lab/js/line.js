// The sentence of a figure: a locator would take many times as long to find it, and texts are read all the time.
number => document.querySelectorAll('.lu-figure')[number].querySelector('.lu-line').textContent
