"""An error in a reader's own function, told in one sentence: what failed, on which line, and how to mend it.

NumPy's sentences are written for people who know NumPy. The common ones are put here into the words of the series; of
the others only the kind of error and the line are said. What Python itself says, and what a reader's own `raise` or
this package says, stays as it is.
"""

import linecache
import re
import traceback
from types import CodeType
from typing import NamedTuple

LONGEST = 60  # characters of a line of code that one sentence has room for

# What NumPy (and now and then Python) says, and what it means here. Groups of the pattern fill the braces.
MEANINGS = [(re.compile(pattern), meaning) for pattern, meaning in (
    (r"matmul: .*mismatch in its core dimension.*size (\d+) is different from (\d+)",
     "the product @ needs as many columns on its left as rows on its right, and these are {1} and {0}: "
     "which factor has to be turned with .T, or to come first?"),
    (r"matmul: .*does not have enough dimensions",
     "the product @ needs arrays on both sides, and a single number came: use * for a number"),
    (r"shapes \((.*?)\) and \((.*?)\) not aligned",
     "shapes ({0}) and ({1}) make no product: columns on the left have to be as many as rows on the right; "
     "which factor needs .T?"),
    (r"operands could not be broadcast together with (?:remapped )?shapes \((.*?)\) \((.*?)\)",
     "shapes ({0}) and ({1}) don't fit entry by entry: a number for each row has to be a column, with [:, None] or "
     "keepdims=True"),
    (r"non-broadcastable output operand with shape \((.*?)\) doesn't match the broadcast shape \((.*?)\)",
     "a result of shape ({1}) does not fit into an array of shape ({0}): over which axis is it to be summed?"),
    (r"could not broadcast input array from shape \((.*?)\) into shape \((.*?)\)",
     "an array of shape ({0}) does not fit into a place of shape ({1})"),
    (r"could not be broadcast to indexing result of shape|cannot assign (\d+) input values to the (\d+) output",
     "the array on the right has another number of entries than the places on the left"),
    (r"shape mismatch: indexing arrays could not be broadcast",
     "the row numbers and the column numbers are not as many: pair them one by one, [np.arange(N), y]"),
    (r"shape mismatch", "the two sides have shapes that don't fit: print both shapes"),
    (r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)",
     "index {0} does not exist: axis {1} has {2} entries, counted from 0"),
    (r"index (-?\d+) is out of bounds for size (\d+)", "index {0} does not exist: there are {1} entries, from 0"),
    (r"(list|tuple) (?:assignment )?index out of range", "this {0} has fewer entries than the index asks for"),
    (r"too many indices for array: array is (\d+)-dimensional, but (\d+) were indexed",
     "the array has {0} axes, and {1} indices are given: print its shape"),
    (r"invalid index to scalar variable|object is not subscriptable",
     "a single number has no entries: an index too many?"),
    (r"only integers, slices.* are valid indices|slice indices must be integers|list indices must be integers",
     "an index has to be a whole number: / gives a float, // a whole number; and a list takes no [i, j]"),
    (r"arrays used as indices must be of integer",
     "an index array has to hold whole numbers: .astype(int), or labels instead of scores?"),
    (r"boolean index did not match", "the mask has another shape than the array it is to pick from"),
    (r"boolean array indexing assignment|NumPy boolean array indexing",
     "the mask picks another number of places than values come: pick on the right with the same mask"),
    (r"setting an array element with a sequence|inhomogeneous shape",
     "one place takes one number, and several came (or rows of different lengths)"),
    (r"truth value of an array|truth value of an empty array",
     "if, and, or, max and while ask for one yes or no, and an array has many: use np.where, np.maximum or a mask"),
    (r"can be converted to Python scalars|only (?:length|size)-1 arrays",
     "float, int and math take one number, and an array came: use the functions of np"),
    (r"axis (-?\d+) is out of bounds for array of dimension (\d+)",
     "axis={0} does not exist: the array has {1} axes, counted from 0"),
    (r"'axis' entry is out of bounds", "this axis does not exist: print the array's shape"),
    (r"cannot reshape array of size (\d+) into shape \((.*?)\)",
     "{0} numbers do not fill the shape ({1}): reshape keeps their number"),
    (r"Cannot cast ufunc '(\w+)' output from dtype\('(\w+)'\) to dtype\('(\w+)'\)",
     "an array of whole numbers can't take fractions in place: begin with .astype(float)"),
    (r"ufunc '?bitwise_xor'? not|unsupported operand type\(s\) for \^", "^ is no power in Python: x**2 is"),
    (r"ufunc '?(\w+)'? (?:not supported|did not contain)|unsupported operand type.*'ufunc'",
     "np.{0} got something that is no number"),
    (r"zero-size array to reduction operation",
     "nothing is left to take the largest or smallest of: the array is empty"),
    (r"attempt to get arg(max|min) of an empty sequence", "nothing is left to take the {0} of: the array is empty"),
    (r"need at least one array to", "there is nothing to put together: the list of arrays is empty"),
    (r"all input array(?:s| dimensions)|all the input array", "arrays that are put together need fitting shapes"),
    (r"Singular matrix", "this matrix has no inverse: which columns depend on each other?"),
    (r"must be square|square matrix", "only a square matrix has an inverse"),
    (r"Integers to negative integer powers", "whole numbers take no negative power: begin with .astype(float)"),
    (r"cannot convert float (NaN|infinity) to integer", "{0} can't become a whole number"),
    (r"Cannot take a larger sample|larger sample than population",
     "more draws without replacement than there are entries"),
    (r"einstein sum|einsum|operand has more dimensions than subscripts", "the letters in einsum don't fit the shapes"),
    (r"'numpy\.(?:\w+)' object has no attribute '(\w+)'", "an array or NumPy number has no .{0}"),
    (r"module 'numpy[\w.]*' has no attribute '(\w+)'", "NumPy has no {0}: is it spelled differently?"),
    (r"'numpy\.(?:\w+)' object is not (\w+)", "an array or NumPy number is not {0}: brackets or a * too many?"),
    (r"expected a sequence of integers or a single integer|object cannot be interpreted as an integer|"
     r"only integer scalar arrays can be converted",
     "a whole number is asked for here, such as len(X), and for a shape a tuple of them, such as (N, C)"),
)]  # fmt: skip
HINTS = {
    "ValueError": "do the shapes on this line fit? Print them",
    "IndexError": "which entries are there? Print the array's shape",
    "TypeError": "what stands on this line, numbers, arrays or something else? Print them",
    "AxisError": "which axes are there? Print the array's shape",
    "LinAlgError": "print the matrix on this line",
    "MemoryError": "the arrays on this line are too large: print their shapes",
}
# Sentences of Python itself, clear enough as they are.
PYTHONS = re.compile(
    r"missing \d+ required|takes (?:from )?\d+|got (?:an unexpected|multiple)|unsupported operand type|not callable|"
    r"not iterable|not supported between|values to unpack|object of type '\w+' has no len|must be str|can only concat|"
    r"can't multiply sequence|math domain error|invalid literal|could not convert|has no|bad operand|not in list|"
    r"empty (?:sequence|range)|iterable argument is empty|zip\(\) argument|cannot unpack|does not support item"
)


class Place(NamedTuple):
    """Name a line of somebody's function: its number counted from the def, the function, and the code."""

    line: int
    function: str
    code: str

    def __str__(self) -> str:
        return f" at line {self.line} of {self.function}" + (f", `{self.code}`" if self.code else "")


def sentence(error: BaseException, who: str = "your function") -> str:
    """Tell an error of a function that was called by the caller: what was raised, where, and what it means."""
    if isinstance(error, RecursionError):
        return f"{who} calls itself without end (RecursionError)"
    where = place(error)
    at = "" if where is None else str(where)
    if isinstance(error, KeyboardInterrupt):
        return f"{who} was interrupted{at}: does a loop never end?"
    meaning = _meaning(error) if where is None else _of_two(where.code) or _meaning(error)
    return f"{who} raised {_kind(error)}{at}" + (f": {meaning}" if meaning else "")


def _of_two(code: str) -> str:
    """Say what np.max(0, z) was to be; NumPy only says that z is no axis."""
    found = re.search(r"np\.(max|min)\(\s*-?[\d.]+\s*,", code)
    return f"np.{found[1]} takes one array and an axis: entry by entry it is np.{found[1]}imum(0, z)" if found else ""


def place(error: BaseException) -> Place | None:
    """Return where in the code that the caller called `error` was raised; None where it can't be told."""
    steps = [(tb.tb_frame.f_code, tb.tb_lineno, tb.tb_lasti) for tb in _steps(error)][1:]
    own = [step for step in steps if step[0].co_filename == steps[0][0].co_filename]
    if not own or own[-1][1] is None:
        return None
    code, line, instruction = own[-1]
    return Place(line - code.co_firstlineno + 1, code.co_name, _code_at(code, line, instruction))


def _steps(error: BaseException) -> list:
    step, steps = error.__traceback__, []
    while step is not None:
        steps.append(step)
        step = step.tb_next
    return steps


def _code_at(code: CodeType, line: int, instruction: int) -> str:
    """Return the line of code; of a lambda or a long line only the expression that failed."""
    full = linecache.getline(code.co_filename, line)
    text = full.split("  #")[0].strip()
    if code.co_name == "<lambda>" or len(text) > LONGEST:
        first, last, start, end = list(code.co_positions())[instruction // 2]
        whole = first == last == line and start is not None and end is not None
        text = full.encode()[start:end].decode(errors="replace") if whole else ""
    return text if len(text) <= LONGEST and "`" not in text else ""


def _kind(error: BaseException) -> str:
    """Return the name of an error's class; NumPy's private ones go by the name of their public parent."""
    return next((c.__name__ for c in type(error).__mro__ if not c.__name__.startswith(("_", "UFunc"))), "an error")


def _meaning(error: BaseException) -> str:
    try:
        text = " ".join(str(error).split())
    except Exception:
        return ""
    if _said_on_purpose(error):
        return text[:100]
    for pattern, meaning in MEANINGS:
        if found := pattern.search(text):
            return meaning.format(*found.groups())
    kind = _kind(error)
    if kind in HINTS and not PYTHONS.search(text):
        return HINTS[kind]
    return text[:100]


def _said_on_purpose(error: BaseException) -> bool:
    """Say whether a `raise` wrote the error's sentence: a reader's own one, or this package's for its readers."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)][1:]
    if not frames:
        return False
    last = frames[-1]
    if last.f_globals.get("__name__", "").startswith("lectureutils."):
        return True
    line = linecache.getline(last.f_code.co_filename, _steps(error)[-1].tb_lineno)
    return last.f_code.co_filename == frames[0].f_code.co_filename and line.lstrip().startswith("raise ")
