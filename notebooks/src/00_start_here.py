# %% [markdown]
# # 00 Start here: how losses, optimization and backpropagation really work
#
# This is a lecture you can move. Each idea comes as a picture with handles: sliders for the weights, points to drag, a
# graph to step through. You predict what will happen, then you try, then you read why.
#
# You will
#
# - find your way through the series
# - try out a live figure with the mouse and with the keyboard
# - warm up with the few lines of NumPy that the series uses
# - know what to do when a figure stops answering
#
# You need some Python, and what a matrix product and a derivative are. Of NumPy you need little: a warm-up on this page
# shows it.

# %% [markdown]
# ## The map
#
# | notebook | the question it answers | time |
# |---|---|---|
# | 00 Start here | how does this work? | 15 min |
# | [01 Linear classifier](01_linear_classifier.ipynb) | how do numbers become an answer? | 30 min |
# | [02 Loss functions](02_loss_functions.ipynb) | which W is better, and who decides? | 40 min |
# | [03 Regularization](03_regularization.ipynb) | why should W be small? | 35 min |
# | [04 Optimization](04_optimization.ipynb) | how do we find a good W? | 45 min |
# | [05 Gradient descent](05_gradient_descent.ipynb) | how many examples, how long a step? | 45 min |
# | [06 What goes wrong](06_what_goes_wrong.ipynb) | why is it bad, and which handle do I turn? | 45 min |
# | [07 Neural networks](07_neural_networks.ipynb) | what can wired neurons do that one can't? | 45 min |
# | [08 Backpropagation](08_backpropagation.ipynb) | how do all gradients come from one walk back? | 45 min |
# | [09 Through layers](09_backprop_through_layers.ipynb) | and if numbers become arrays, and nodes layers? | 35 min |
# | [10 Train a network](10_train_a_network.ipynb) | does it all work together, and what if not? | 45 min |
#
# The series follows one university lecture: first the linear classifier, then the loss that judges it, then the
# optimization that improves it, then networks, and the backpropagation that trains them. One small example with four
# numbers and three classes goes with you all the way.
#
# Run a cell with <kbd>Shift</kbd> + <kbd>Enter</kbd>. To run all of them, choose *Run > Run All Cells*.

# %% [markdown] tags=["slide:skip"]
# ## Is everything here?
#
# This cell looks at your environment. If something is missing, it says what, and how to mend it.

# %% tags=["setup"]
from lectureutils import environment

environment.check()

# %% [markdown]
# Every notebook begins with the same setup cell. Run it first. After it each section works on its own, so you can come
# back tomorrow and go on in the middle. Its long line installs the package of the series where it is missing, as in Colab
# or in VS Code. Everywhere else it does nothing.

# %% tags=["setup"]
import numpy as np
from lectureutils import checks, data, figures
from lectureutils.live import predict

# %% [markdown]
# ## Where you are
#
# What you solve and what you answer is remembered, in a small file beside the notebooks: `my_progress.json`. It never
# leaves your computer. Come back to this cell whenever you like, and run it again: it shows where to go on. On a page
# without Python, your browser remembers your answers.

# %% tags=["slide:skip"]
from lectureutils.live import progress_map

progress_map()

# %% [markdown]
# ## Your first live figure

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 2 min.
#
# **Misconceptions**
#
# - *The picture is a video.* Drag the handle yourself once, type a number, press *Reset*: the class sees that nothing
#   can break.
#
# **Ask.** Which of the two numbers would you change to make the line steeper?

# %%
figures.LineFigure(w=0.5, b=1.0)

# %% [markdown]
# **What you see.** A straight line and the two numbers that make it. The sentence below the picture always says what is
# shown; a screen reader reads it out.
#
# **Try all of this once.**
#
# - Move a slider. Click on its number to type an exact one.
# - Drag the round handle up and down: it is `b`. Drag the square one: it turns the line, so it changes `w`.
# - Without a mouse: <kbd>Tab</kbd> goes to the next control, the arrow keys move a slider. <kbd>F8</kbd> goes to the next
#   figure, <kbd>Esc</kbd> leaves one for its cell.
# - *Numbers*, or the key <kbd>n</kbd>, shows what the picture says as a small table.
# - *Play* moves on by itself until you press *Pause*. *Step* does one step. *Rewind* goes to where Play begins, here
#   `w` = -2.
# - *Reset* puts every control back to what it was when you ran the cell. You can't break anything.
#
# In front of an audience, enlarge all figures, with their controls, that you make from then on: `from lectureutils import style`, then
# `style.projector()`. For the text around them, use the browser's zoom.

# %% [markdown]
# ## Predict first
#
# Now and then a notebook asks you before it shows you. Choose an answer before you reveal: being wrong for a second is
# what makes the reason stick.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 1 min.
#
# **Misconceptions**
#
# - *A prediction is a test.* It is not marked. A wrong guess that was made aloud is worth more than a right one that
#   was read.
#
# **Ask.** Hands up for (a), (b), (c). Then one minute with the neighbour, and hands up again before you reveal.

# %%
predict(
    "In y = w x + b, you raise b by one. What happens to the line?",
    {
        "It gets steeper": "Steepness is w. Adding 1 to every y leaves the differences as they are.",
        "It moves up by one": "Every y gets the same 1 on top. The line keeps its direction.",
        "It moves to the left by one": "That happens only when w is 1: then one up and one left look the same.",
    },
    answer="It moves up by one",
)

# %% [markdown]
# ## Exercises
#
# An exercise is a cell with a gap. Fill it in and run the cell: the line below tells you at once whether it is right,
# and if not, what probably happened. Where a solution comes along, it is folded away under it. A cell that shows only
# its first line and ••• is folded too: click on the dots to open it. Here is a small one: write $y = wx + b$ in Python.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 0 min, on their own 2 min.
#
# **Misconceptions**
#
# - *Without an answer the cell is broken.* "Not attempted yet" is what it should say. Show a wrong answer, too: the
#   check names the mistake.
#
# **Ask.** What does the check say to `w * (x + b)`, and why?

# %% tags=["exercise"] read="write $y = wx + b$ in Python"
def line(x, w, b):
    """Return the height of the line at x."""
    # SOLUTION
    return w * x + b
    # END SOLUTION


checks.line(line)

# %% [markdown] tags=["slide:skip"]
# Try a wrong answer too, for example `w * (x + b)`. The check knows many typical mistakes by name.
#
# Are you stuck? Write `checks.line.hint()` into a new cell. Each time you run it, you get one hint more: what goes in and
# comes out, the smallest case worked by hand, what to read again, and at last the solution. Every check has it.

# %% [markdown]
# ## A NumPy warm-up
#
# An array has a *shape*: `(2, 3)` is a table of 2 rows and 3 columns. An operation goes over all entries at once. `axis=0`
# goes down the rows, and leaves one number for each column; `axis=1` goes along a row. A row of 3 numbers is added to every
# row of the table, and `[:, None]` turns it into a column.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 0 min, on their own 5 min.
#
# **Misconceptions**
#
# - *axis=0 means the rows.* It goes *down* the rows: what is left has one number for each column.
# - *`table[:, y]` picks one entry for each row.* It picks whole columns. Both indices must be lists of the same length.
#
# **Ask.** What shape has `table.max(axis=1)`? And `table @ table.T`?

# %%
table = np.array([[1, 2, 3], [4, 5, 6]])
print("shape", table.shape, "  sums down", table.sum(axis=0), "  along", table.sum(axis=1))
print("the row 10, 20, 30 added:", (table + np.array([10, 20, 30])).tolist())
print("the column 10, 20 added: ", (table + np.array([10, 20])[:, None]).tolist())
print("a product of (2, 3) and (3, 2) has the shape", (table @ table.T).shape)
rows, columns = [0, 1], [2, 0]
print("row 0 column 2, row 1 column 0:", table[rows, columns])
print("where the largest of each row is:", table.argmax(axis=1))

# %% [markdown]
# The last but one is *fancy indexing*: two lists, of rows and of columns, and one entry for each pair.
#
# ### Exercise: centre the columns
#
# Subtract from each column its own mean.

# %% tags=["exercise"] read="goes down the rows, and leaves one number"
def centred(X):
    """Return X (N, D) minus the mean of each of its columns."""
    # SOLUTION
    return X - X.mean(axis=0)
    # END SOLUTION


checks.centred(centred)

# %% [markdown]
# ### Exercise: one entry of each row
#
# From each row of `table` take the entry in the column that `y` names. `np.arange(N)` gives 0, 1, ... N-1. This is how
# the score of the right class is found, from notebook 01 on.

# %% tags=["exercise"] read="is *fancy indexing*"
def picked(table, y):
    """Return table[0, y[0]], table[1, y[1]], ...: an array (N,)."""
    # SOLUTION
    return table[np.arange(len(y)), y]
    # END SOLUTION


checks.picked(picked)

# %% [markdown]
# ## Where it runs
#
# | where | good to know |
# |---|---|
# | JupyterLab on your own computer | your own copy of the notebooks lies in `my_notebooks`, and updates never overwrite what you changed |
# | the browser alone (JupyterLite) | Python itself runs inside this page, so the first start takes a while; what you change stays in this browser, and goes when you clear its data; the stop button does nothing, *Kernel > Restart Kernel* does |
# | Binder | a computer lent to you: after some idle minutes it is gone, and your changes with it, so download what you want to keep |
# | Colab, VS Code | the setup cell installs the package; the menus have other names than here |

# %% [markdown]
# ## When a figure stops answering
#
# | what you see | what happened | what to do |
# |---|---|---|
# | the picture does not follow the slider | the kernel was restarted: the figure has lost its Python side | run the setup cell, then the figure's cell |
# | *To make this figure move, run the setup cell* | the notebook was opened again, and the kernel of that day is gone | what the line says |
# | a picture but no controls | this page has no kernel, or the cell has not run yet | open the notebook in Jupyter and run the cell |
# | a sentence that begins with *This can't be shown* | a setting, or a function of your own, does not work, and the sentence says why | what the sentence says: change a control, or mend your function |
# | everything waits, `[*]` beside a cell | a computation is still running | wait, or press the stop button above |
# | nothing helps | | *Kernel > Restart Kernel and Run All Cells* |

# %% [markdown]
# ## Summary
#
# - A live figure follows sliders, pointer and keyboard; its sentence says what it shows.
# - Predict, then move, then read.
# - A silent figure needs its cell run again.
#
# **Next:** [01 Linear classifier: from numbers to scores](01_linear_classifier.ipynb).
#
# ## Where to go from here
#
# The lecture that this series follows was given by Joseph J. Lim, with Shao-Hua Sun, Youngwoon Lee and Te-Lin Wu: Lecture 4 of
# CSCI 599 at the University of Southern California, Fall 2017. Some of its slides are modified from CS 231n at Stanford.
# Every notebook ends with a few sources like these.
#
# - Andrej Karpathy and others, [notes of CS 231n](https://cs231n.github.io/) (Stanford): the same road in prose, and on to
#   pictures and convolutions.
# - Ian Goodfellow, Yoshua Bengio, Aaron Courville, [Deep Learning](https://www.deeplearningbook.org/) (2016): the textbook;
#   its chapters 2 to 5 hold the mathematics that you may miss here.
# - Grant Sanderson, [Neural networks](https://www.3blue1brown.com/topics/neural-networks) (3Blue1Brown, since 2017): films
#   for a first picture in the head.
# - Charles Harris and others, [Array programming with NumPy](https://arxiv.org/abs/2006.10256), *Nature* 585 (2020): what
#   an array is, and the idea of broadcasting in one figure.
# - Catherine Crouch, Adam Fagen, Paul Callan, Eric Mazur, "Classroom demonstrations: Learning tools or entertainment?",
#   *American Journal of Physics* 72 (2004): why you predict first. Students who only watched had learned hardly anything.
#
# <details>
# <summary>Who found this, and when (optional)</summary>
#
# *Notebooks.* Fernando Pérez began IPython in 2001, as a student who should have been writing his thesis; the notebook
# grew out of it, and since 2014 its home is Project Jupyter. *Arrays.* Travis Oliphant made NumPy in 2005 out of two
# older packages that would not work together. *Pictures.* John Hunter, who studied the brain's electric signals, wrote
# matplotlib and gave it away in 2003.
# </details>
