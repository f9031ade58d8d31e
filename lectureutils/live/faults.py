"""What went wrong in a figure, and what mends it, in the words of its text line."""

import traceback
from types import FrameType


def explain(error: Exception) -> str:
    """Return the sentence that takes the place of a figure's own: the reason, and what to do.

    A control's value that does not work is mended by another value; code of the reader's own, such as a loss that a
    figure was given, only where it was written.
    """
    reason = str(error).rstrip(".") or type(error).__name__
    own = [frame.f_code.co_name for frame, _ in traceback.walk_tb(error.__traceback__) if _from_a_cell(frame)]
    if not own:
        return f"This can't be shown: {reason}. Change a control, or press Reset."
    if not isinstance(error, ValueError):  # its words alone may say little: KeyError is the missing key
        reason = f"{type(error).__name__}: {reason}"
    return f"This can't be shown: {reason}. It comes from your {own[-1]}: mend it, and run its cell and this one again."


def _from_a_cell(frame: FrameType) -> bool:
    return frame.f_globals.get("__name__") == "__main__"  # where the code of notebooks lives
