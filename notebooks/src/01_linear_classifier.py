# %% [markdown]
# # 01 Linear classifier: from numbers to scores
#
# A photo goes in, the word *car* comes out. What happens in between can be as little as a multiplication and an
# addition. In this notebook you move every number of that computation with your own hands.
#
# You will
#
# - say what it means to *learn* a function, and what the loss and the optimization each do
# - compute the scores of the lecture's example by hand, then for a whole batch
# - turn a picture into 7500 numbers and get the shapes of `x`, `W` and `b` right
# - see one classifier in three ways: as numbers, as template pictures, as lines in the plane
# - measure honestly how good a classifier is
#
# It takes about 30 minutes. Parts marked *optional* can wait.
#
# | symbol | meaning | shape |
# |---|---|---|
# | `x`, `X` | one example; a batch of examples, one per row | `(D,)`, `(N, D)` |
# | `W` | weights, one row for each class | `(C, D)` |
# | `b` | bias, one number for each class | `(C,)` |
# | `scores` | `W @ x + b`; for a batch `X @ W.T + b` | `(C,)`, `(N, C)` |
# | `y` | labels, the index of the right class | `(N,)` |
# | `N`, `D`, `C` | how many examples, numbers in an example, classes | |

# %% tags=["setup"]
import numpy as np
from lectureutils import checks, data, figures
from lectureutils.live import predict

# %% [markdown]
# ## Learning means fitting a function
#
# Think of a function that takes a photo and returns what it shows. Call it $f^*$. You compute it all day long without
# effort, and yet nobody can write it down. What we do have are examples: photos, each with the right answer.
#
# So we do something modest. We choose a family of functions $f(x; W)$ with knobs $W$, and turn the knobs until
# $f(x; W)$ answers like $f^*$ on the examples. Many problems can be put this way:
#
# | problem | input `x` | answer | what the examples are |
# |---|---|---|---|
# | what is on this picture? | 50·50·3 = 7500 numbers | one of 5 classes | pictures with names |
# | which species is this penguin? | 4 measurements | one of 3 species | penguins that someone identified |
# | what will it cost? | size, age, place | a number | sales of last year |
#
# Here is the whole idea in five lines. One measurement of a penguin, its flipper; one knob `W`; the answer *Gentoo* for
# every flipper longer than the knob says.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 2 min, on their own 6 min.
#
# **Misconceptions**
#
# - *The loss is what the classifier computes.* It computes scores. The loss judges them, and only while learning.
# - *Classes can be numbered 0, 1, 2 as targets.* That puts car halfway between cat and airplane. One-hot avoids an
#   order that is not there.
#
# **Ask.** What would *f* and the examples be for a spam filter? Who knows *f\**?

# %%
penguins = data.load_penguins()
flipper, is_gentoo = penguins.X[:, 2], penguins.y == 2
for knob in (190, 200, 206.5, 210):
    wrong = np.sum((flipper > knob) != is_gentoo)
    print(f"W = {knob:5} mm: {wrong:3} of {len(flipper)} penguins wrong")

# %% [markdown]
# The count of wrong answers is a **loss**: it gives each `W` a number that says how far its answers are from the right
# ones. Trying four knobs and keeping the best is an **optimization**: a search for the `W` with the smallest loss. Better
# losses and faster searches get notebooks of their own. Here we only want to understand what a given `W` does.
#
# **Take-away.** Choose a family $f(x; W)$, measure with a loss, search with an optimization: that is learning.
#
# ### The answer as numbers
#
# A function returns numbers, and *car* is not a number. Could we use 0 for cat, 1 for car, 2 for airplane? Then a
# function torn between cat and airplane answers 1.0, halfway, and has said *car*, which it never considered. Numbering
# the classes invents an order that they do not have.
#
# So each class gets a place of its own. The right answer is a row of zeros with a single one: a **one-hot** vector. With
# the classes cat, car, airplane, a car is `[0, 1, 0]`. The classifier answers in the same form: one number for each class,
# its **score**.
#
# ### Exercise 1 (optional): one-hot targets
#
# Make the targets of many examples at once: one row for each label in `y`, one column for each of the `C` classes. A
# single label still makes a table, of one row.

# %% tags=["exercise", "optional"] read="a **one-hot** vector"
def one_hot(y, C):
    """Return targets (N, C) for labels y (N,): zeros, with a one at each label."""
    # SOLUTION
    targets = np.zeros((len(y), C))
    targets[np.arange(len(y)), y] = 1
    return targets
    # END SOLUTION


checks.one_hot(one_hot)

# %% [markdown]
# ## The worked example, by hand
#
# The lecture's example is as small as it gets: an input of 4 numbers and 3 classes. `W` has a row for each class and
# a column for each input number. Every score is a sum of four products, plus the bias:
#
# $$\text{score}_c = W_{c0}\,x_0 + W_{c1}\,x_1 + W_{c2}\,x_2 + W_{c3}\,x_3 + b_c$$
#
# For all classes at once: $f(x; W, b) = W x + b$. It is called **linear**, because each input number is only multiplied by
# a weight and added up. The **bias** $b$ is added whatever the input is.
#
# The highest score wins. First the sums, written out; then a question for you; then all fifteen numbers of the classifier
# and the four of the input are yours to move.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 2 min, on their own 7 min.
#
# **Misconceptions**
#
# - *One weight moves all scores.* It moves the score of its own row. One number of `x` moves all scores, each by its
#   own weight.
# - *A higher bias means a better class.* It is a head start, whatever the input shows.
# - Exercise 2: `X @ W` (shapes do not fit), `W @ X.T` (right numbers, turned on their side).
#
# **Ask.** Which number on this slide would you change to make the airplane win? How many of the fifteen could you
# choose?

# %%
W1, b1, x1 = data.lecture.W1, data.lecture.b1, data.lecture.x1
for c, name in enumerate(data.lecture.CLASSES):
    products = W1[c] * x1
    score = products.sum() + b1[c]
    terms = " ".join(f"{p:+.4f}" for p in products)
    print(f"{name:>8}: {terms}  and the bias {b1[c]:+.2f}  make {score:.3f}")

# %%
predict(
    "You raise W[cat, 3], the last weight of cat's row. Which scores change?",
    {
        "All three": "Each score uses only its own row of W. The other two rows have not changed.",
        "Only cat's": "Row cat makes cat's score and no other. The change is the step times x[3].",
        "Cat's and the airplane's": "Nothing connects the rows: each one makes one score.",
    },
    answer="Only cat's",
)

# %%
ex = data.lecture
figures.ScoresFigure(
    ex.W1, ex.b1, ex.x1, ex.CLASSES,
    {"W1, b1": {"W": ex.W1, "b": ex.b1}, "W2, b2": {"W": ex.W2, "b": ex.b2},
     "x1": {"x": ex.x1}, "x2": {"x": ex.x2}, "x3": {"x": ex.x3}},
)  # fmt: skip

# %% [markdown]
# **What you see.** Three bars, one for each class; the star marks the highest. Under the bars is the computation, laid out
# like the matrix: `x` on top, under each of its numbers the weights that it meets, on the right the biases.
#
# **Try this.** Move one weight: one bar moves. Move one number of `x`: each bar moves by its own weight in that column.
# For `x[2]` cat's weight is 0, so cat's bar stays. Move a bias: its bar shifts, whatever `x` is. Set `x[0]` to 0: now the
# first column of `W` has no say at all.
#
# **Take-away.** A score is a sum of weighted inputs plus a bias, and each class has its own row of weights.
#
# ### Exercise 2: a whole batch at once
#
# Nobody scores one example at a time. A batch `X` has an example in each row, shape `(N, D)`. What you want back is a
# row of scores for each example, `(N, C)`, also when N is 1. One line is enough; watch which side `W` is on and whether
# it is turned.

# %% tags=["exercise"] read="watch which side `W` is on"
def scores_of(X, W, b):
    """Return the scores (N, C) of all rows of X (N, D), for W (C, D) and b (C,)."""
    # SOLUTION
    return X @ W.T + b
    # END SOLUTION


checks.scores_of(scores_of)

# %% [markdown]
# ## Another W, another answer
#
# What if `W` and `b` were different? The lecture has a second pair, `W2` and `b2`. Here are both on its three inputs:

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 4 min.
#
# **Misconceptions**
#
# - *Between the two classifiers lies an answer between car and cat.* Scores glide, answers jump.
# - *W2 is wrong since it always says cat.* Nobody has said yet what `x2` and `x3` show.
#
# **Ask.** At which t does `x1` change? Who gets there by arithmetic, without the slider?

# %%
ex = data.lecture
for name, W, b in [("W1, b1", ex.W1, ex.b1), ("W2, b2", ex.W2, ex.b2)]:
    for n, x in enumerate([ex.x1, ex.x2, ex.x3], start=1):
        scores = W @ x + b
        numbers = "  ".join(f"{score:7.5f}" for score in scores)
        print(f"{name}  x{n}:  {numbers}   {ex.CLASSES[scores.argmax()]}")

# %% [markdown]
# If you have the slides beside you: for `x1` under `W2` they print 0.884, 0.34, 0.455, where the computer has 0.8845,
# 0.3405, 0.455. For `x2` it is 0.699, 0.39, 0.181, and for `x3` 0.558, 0.04, 0.453 instead of 0.5585, 0.045, 0.4535.
# Digits were cut off here, rounded there, and once dropped. It looks harmless, and here it is. In notebook 04 the same
# habit makes a gradient twenty times too large.
#
# How does one classifier become the other? Walk there in a straight line: at $t = 0$ you have `W1, b1`, at $t = 1$
# you have `W2, b2`, and in between a mixture of both.

# %%
predict(
    "On the way from W1 to W2, the prediction for x1 changes from car to cat. How does that happen?",
    {
        "Gradually: the answer is a mixture of car and cat for a while": "The scores change gradually, the answer does "
        "not: the highest score takes it all.",
        "At one moment, when the two scores are equal": "Each score moves in a straight line in t. Where the two lines "
        "cross, the answer jumps.",
    },
    answer="At one moment, when the two scores are equal",
)

# %%
ex = data.lecture
figures.BlendFigure((ex.W1, ex.b1), (ex.W2, ex.b2), [ex.x1, ex.x2, ex.x3], ex.CLASSES)

# %% [markdown]
# **What you see.** The bars glide, the stars jump. `W1` calls the three inputs car, cat and airplane; near the end
# everything is a cat.
#
# **Try this.** Press Play: `x1` turns to cat at t = 0.39, `x3` at t = 0.87. Then find these moments with the slider.
#
# **Take-away.** Other weights, other answers. Neither `W` is right or wrong as such. To prefer one we need the right answers, and a way to
# count what a wrong one costs: the loss, in the next notebook.

# %% [markdown]
# ## A picture is 7500 numbers
#
# Four numbers are a toy. A small colour picture has 50 rows, 50 columns, and in each place three numbers: how much
# red, green and blue. Ours are emoji, drawn by the artists of five vendors, in five
# classes.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 5 min.
#
# **Misconceptions**
#
# - *x is a row in one place and a column in another.* In a batch it is a row; for one example NumPy has a plain
#   vector, shape `(7500,)`.
# - *The slide's shapes must be right.* The labels of `x` and `b` are swapped there. Let the class find it by
#   multiplying.
#
# **Ask.** How many weights does this classifier have? How many for a photo of twelve million pixels?

# %%
emoji = data.load_emoji()
print(f"X has the shape {emoji.X.shape}: one picture in each row")
print(f"its numbers go from {emoji.X.min():.0f} to {emoji.X.max():.0f}")
for c, name in enumerate(emoji.class_names):
    print(f"{name:>8}: {np.sum(emoji.y == c)} pictures")
picture = emoji.X[0].reshape(50, 50, 3)
print("row 25, column 20 has red, green, blue =", np.round(picture[25, 20], 2))

# %% [markdown]
# To multiply a picture with `W` we unroll it: row by row, in each row pixel by pixel, in each pixel red, green, blue.
# That is one vector `x` with 50 · 50 · 3 = 7500 entries. From here on nothing is new: `W @ x + b`.
#
# ### Exercise 3: which shapes fit?
#
# The slide prints the shapes as `x: 5x1`, `W: 5x7500`, `b: 7500x1`. Two of the three can't be right: try to multiply
# them. What are the shapes for one picture and five classes? Write vectors flat, such as `(3,)`, or all of them as
# columns, `(3, 1)`, as the slide does.

# %% tags=["exercise"] read="As many columns of `W` as numbers"
# replace each None by a shape, such as (4,) or (3, 4)
shapes = {"x": None, "W": None, "b": None, "scores": None}
# SOLUTION
shapes = {"x": (7500,), "W": (5, 7500), "b": (5,), "scores": (5,)}
# END SOLUTION
checks.shapes(shapes)

# %% [markdown]
# The labels of `x` and `b` are swapped on the slide. It happens to everyone. The cure is a habit: say the shapes
# aloud, `(5, 7500) @ (7500,) + (5,)`, and let the inner numbers cancel.
#
# **Take-away.** As many columns of `W` as numbers in `x`; as many rows, biases and scores as classes.
#
# Where does a good `W` with its 37500 weights come from? From training, the subject of the notebooks to come. Today we
# take it as given: one line, and three quarters of the pictures to learn from.

# %%
from lectureutils.train import fit

train, test = data.load_emoji().random_split(0.25, seed=0)
learned = fit(train.X, train.y, learning_rate=0.01, epochs=60, seed=0)
few = test.take(range(0, 60, 5))
names = [f"{few.class_names[c]} by {who}" for c, who in zip(few.y, few.vendors)]
pictures = data.picture(few.X)
figures.UnrollFigure(pictures, learned.W, learned.b, few.class_names, names)

# %% [markdown]
# **What you see.** The picture is read like a page, and each number meets its weight. The pale part is not used yet; the
# framed number is next. The five curves are the five sums
# so far. Paper-white pixels count too: a white pixel is three ones, not three zeros. The winner often emerges late, and
# no single pixel decides: a score is the sum of 7500 small votes.
#
# **Try this.** Press Play. Then choose another picture, and another class whose row of `W` you want to see at work.

# %% [markdown]
# ## Rows of W are pictures
#
# A row of `W` has 7500 numbers, just like a picture. So we may look at it as one. It is called the class's **template**:
# where it is light, brightness speaks for the class, and where it is dark, against it; grey does not care.
#
# The classifier multiplies each template with the picture, number by number, and adds up. A bright pixel on a light place
# adds to the score, on a dark place it subtracts; a black pixel adds nothing. What does that mean for a picture that moves?

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 4 min, on their own 5 min.
#
# **Misconceptions**
#
# - *The classifier has understood what a cat is.* It knows colours at places. Shift the picture and watch.
# - *93% on new pictures is 93% in the world.* On vendors it has not seen it is 65%, and disturbed 51%.
#
# **Ask.** Which picture would get the highest score for cat of all? Draw it.

# %% tags=["core"]
predict(
    "A cat in the middle is recognised. You shift the picture 12 pixels to the right. What happens to cat's score?",
    {
        "Nothing: a cat is a cat": "The template does not move along. Every pixel now meets the weight of another "
        "place.",
        "It changes, and the answer may change with it": "Each place has its own weights. The shifted cat is multiplied "
        "with weights that were learned for other things.",
        "It drops to zero": "The sum has 7500 terms, and most of them are not zero. It becomes another number, larger or smaller.",
    },
    answer="It changes, and the answer may change with it",
)

# %%
from lectureutils.train import fit

train, test = data.load_emoji().random_split(0.25, seed=0)
learned = fit(train.X, train.y, learning_rate=0.01, epochs=60, seed=0)
few = test.take(range(0, 60, 5))
names = [f"{few.class_names[c]} by {who}" for c, who in zip(few.y, few.vendors)]
pictures = data.picture(few.X)
figures.TemplatesFigure(
    learned.W, learned.b, pictures, few.class_names, few.y, names
)

# %% [markdown]
# **What you see.** Five templates and one picture, with the five scores. Shift it, mirror it, turn its colours: the
# scores follow, and sooner or later the wrong class wins. The classifier has no idea of *a cat somewhere*. It knows
# colours at places.
#
# **Try this.** Choose picture 7, a cat, and shift it right: its score falls step by step, and from a shift of 19 on the
# answer is *car*. Picture 3 is a cat that the classifier gets wrong from the start.
#
# ### How good is it, honestly?
#
# On the pictures it was trained on it is perfect. That is no achievement: it had 37500 knobs for fewer than 200
# pictures. So we measure on pictures that it has not seen. There are two ways to put pictures aside, and each is tested
# once more with the pictures shifted, mirrored and recoloured:

# %%
from lectureutils.train import accuracy, fit, linear_scores

emoji = data.load_emoji()
quarter = emoji.random_split(0.25, seed=0)
splits = {"a random quarter": quarter, "two vendors": emoji.vendor_split()}
print(f"{'put aside':<18}{'seen':>6}{'new':>6}  new and moved")
for name, (train, test) in splits.items():
    learned = fit(train.X, train.y, learning_rate=0.01, epochs=60, seed=0)
    groups = (train, test, test.disturbed(copies=4, seed=0))
    shares = [accuracy(linear_scores(g.X, learned.W, learned.b), g.y) for g in groups]
    print(f"{name:<18}" + "".join(f"{share:6.0%}" for share in shares))

# %% [markdown]
# About nine in ten on a random quarter (84 to 100% over twenty quarters): too good to be true? Each cat of a vendor
# looks much like that vendor's other cats. Put *all* pictures of two vendors aside, and a third of the answers are wrong.
# Shift, mirror and recolour these pictures as well, and half of the answers are wrong. Always saying *cat*, the most
# common class, would be right for 21% of the random quarter and for 24% of the two vendors' pictures.
#
# **Take-away.** The number depends on what you put aside. Put aside what will really be new.
#
# ### Exercise 4 (optional): accuracy
#
# Write the measure yourself: the share of examples whose highest score is that of the right class. (No two scores of an
# example are equal here.)

# %% tags=["exercise", "optional"] read="the share of examples whose highest score"
def accuracy(scores, y):
    """Return the share (0 to 1) of right predictions, from scores (N, C), y (N,)."""
    # SOLUTION
    return np.mean(scores.argmax(axis=1) == y)
    # END SOLUTION


checks.accuracy(accuracy)

# %% [markdown]
# ## Lines and regions
#
# Pictures live in 7500 dimensions, where nobody can look. Penguins are kinder. Take two measurements of each: now an
# example is a point in the plane, and the classifier is something you can draw.
#
# For each class, all the points with score zero form a line. The row of `W` is an arrow across it: it points to where
# the score grows. Colour shows which score is the highest.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 4 min.
#
# **Misconceptions**
#
# - *The lines are the borders of the regions.* On a line one score is zero, on a border two scores are equal.
# - *Larger weights are surer and so more accurate.* Multiplying all of `W` and `b` by 10 moves no border.
#
# **Ask.** Where would you put a fourth line for a fourth species? Can a region be without any point?

# %%
predict(
    "You multiply all of W and b by 10. What happens to the coloured regions?",
    {
        "They grow": "A region is where one score is the highest. Multiplying all scores by 10 keeps their order.",
        "Nothing": "All scores become 10 times as large, so the highest stays the highest. Only the scores are louder.",
        "They turn": "A line turns when the ratio of its two weights changes, and all weights change alike.",
    },
    answer="Nothing",
)

# %%
penguins = data.load_penguins().standardised().pick([0, 1])
W = np.array([[-1.2, 0.8], [0.7, 0.9], [0.9, -1.2]])
b = np.array([0.3, -0.4, 0.0])
axes = ("bill length (standardised)", "bill depth (standardised)")
figures.PlaneFigure(penguins.X, penguins.y, W, b, penguins.class_names, axes)

# %% [markdown]
# **What you see.** Each point is a penguin; its colour and shape tell the species, a thin ring marks those that stand on
# a foreign colour. The lines are not the borders of the colours: on a line *one* score is zero, on a border the *two
# highest* scores are equal. Each arrow is a row of `W`, drawn at half its length. Both measurements are standardised: 0 is the average penguin, 1 is one standard deviation above it.
#
# **Try this.**
#
# - Drag a line (take it where no point is near): only its bias changes. The line moves along its arrow and does not turn.
# - Drag the tip of an arrow: the row of `W` changes, and the line stays at a right angle to it.
# - Multiply `W` and `b` with the slider: no region moves, the scores grow.
# - Drag a point. Press on an empty spot to add one. The boxes under the picture do the same from the keyboard.
# - How many penguins can you get onto their own colour? Long training reaches 96%.
#
# **Take-away.** `W` turns the lines, `b` moves them, and their size only makes the scores louder.
#
# ### Exercise 5 (optional): the border between two classes
#
# Two regions meet where two scores are equal: $w_i \cdot x + b_i = w_j \cdot x + b_j$. That is a line,
# `x[1] = slope * x[0] + intercept`. Find its slope and intercept. (The second weights differ, so it is not upright.)

# %% tags=["exercise", "optional"] read="Two regions meet where two scores are equal"
def boundary(w_i, w_j, b_i, b_j):
    """Return (slope, intercept) of the line where both classes have the same score."""
    # SOLUTION
    dw, db = w_i - w_j, b_i - b_j
    return -dw[0] / dw[1], -db / dw[1]
    # END SOLUTION


checks.boundary(boundary)

# %% [markdown]
# ## Your own picture (optional)
#
# Show the classifier a picture of yours. Your browser shrinks it to 50x50 before anything is sent: only those few
# numbers go to the kernel, which is your own machine unless you are on Binder or Colab.
#
# Whatever you show it, one of the five classes wins: the classifier has no way to say *none of these*. And a photo of a
# cat is no emoji of a cat. It is fair to be disappointed; by now you know why. The sample shown first is one of the
# pictures it was trained on, so its right answer proves nothing.

# %% tags=["optional"]
from lectureutils.train import fit

emoji = data.load_emoji()
learned = fit(emoji.X, emoji.y, learning_rate=0.003, epochs=60, seed=0)
figures.OwnPictureFigure(learned.W, learned.b, emoji.class_names)

# %% [markdown]
# ## Summary
#
# - To learn is to fit $f(x; W)$ to examples of an unknown $f^*$. The loss says how good a `W` is, optimization looks for
#   a better one.
# - The linear classifier computes `X @ W.T + b`: one row of `W` and one bias for each class. The highest score wins.
# - A picture is a vector. With 50x50x3 numbers and 5 classes: `x` is `(7500,)`, `W` is `(5, 7500)`, `b` is `(5,)`.
# - The same classifier is a table of numbers, a set of templates, and lines that cut the plane.
# - An accuracy is worth as much as the pictures it was measured on.
#
# So far we took `W` as given. **Next:** [02 Loss functions](02_loss_functions.ipynb). Which of two `W` is better, and who decides? The way through
# the whole series is in [00 Start here](00_start_here.ipynb).
#
# ## Where to go from here
#
# - Ronald Fisher, "The use of multiple measurements in taxonomic problems", *Annals of Eugenics* 7 (1936): four
#   measurements, three species of iris, and a weighted sum that tells them apart.
# - Frank Rosenblatt, "The perceptron: a probabilistic model for information storage and organization in the brain",
#   *Psychological Review* 65 (1958): a linear classifier that finds its weights by itself.
# - Melanie Lefkowitz, [Professor's perceptron paved the way for AI, 60 years too soon](https://news.cornell.edu/stories/2019/09/professors-perceptron-paved-way-ai-60-years-too-soon)
#   (Cornell Chronicle, 2019): what newspapers made of it, and what became of it.
# - [Linear classification](https://cs231n.github.io/linear-classify/) (notes of CS 231n, Stanford): templates and regions
#   once more, with photographs. The lecture's slides on this are modified from that course.
# - Antonio Torralba and Alexei Efros, [Unbiased look at dataset bias](https://people.csail.mit.edu/torralba/publications/datasets_cvpr11.pdf)
#   (CVPR 2011): can you name a collection by one of its pictures? A classifier can, and that is bad news.
#
# <details>
# <summary>Who found this, and when (optional)</summary>
#
# *The linear classifier.* Ronald Fisher separated three species of iris by a weighted sum of four measurements in 1936;
# Edgar Anderson had collected the flowers. *One that learns.* Frank Rosenblatt's perceptron of 1958 changed its weights
# after each mistake; in 1969 Marvin Minsky and Seymour Papert proved what a single one can't do. *The penguins.*
# Kristen Gorman and colleagues measured them in Antarctica from 2007 to 2009; Allison Horst, Alison Hill and Kristen
# Gorman made them a data set for learners in 2020.
# </details>
