# %% [markdown]
# # 07 Neural networks: small functions, wired together
#
# A linear classifier draws straight lines, and that is all it will ever do. In this notebook you wire a few of them
# together, with a bend in between, and watch them do what none of them can do alone.
#
# You will
#
# - say what a nerve cell and an artificial neuron have in common, and what not
# - move a logistic neuron over the plane
# - see why layers without a bend collapse into one, and how a bend folds space
# - run a small network forward by hand, number by number, then for a whole batch
# - count what depth buys, and what it costs
# - slide a filter over a picture, see filters that were learned, and count what two famous networks are made of
#
# It takes about 45 minutes. Parts marked *optional* can wait.
#
# | symbol | meaning | shape |
# |---|---|---|
# | `x`, `X` | one example; a batch of examples, one per row | `(D,)`, `(N, D)` |
# | `W`, `b` | weights and biases of the first layer, one row for each neuron | `(H, D)`, `(H,)` |
# | `z` | the sums `W @ x + b`, before the bend | `(H,)` |
# | `h` | the hidden answers, after the bend | `(H,)` |
# | `U`, `c` | weights and biases of the second layer | `(K, H)`, `(K,)` |
# | `s` | the outputs `U @ h + c` | `(K,)` |
# | `N`, `D`, `H`, `K` | how many examples, inputs, hidden neurons, outputs | |
#
# For a batch the same letters are written large: `Z`, `H` and `S` have one row for each example.

# %% tags=["setup"]
import numpy as np
from lectureutils import checks, data, figures
from lectureutils.live import predict

# %% [markdown]
# ## A neuron, living and built
#
# Your brain has about 86 billion nerve cells, also called **biological neurons**. Each one collects what thousands of
# others send it. Inputs raise or lower the voltage across its membrane. If the voltage reaches a threshold, the cell
# fires: a short electric pulse, a **spike**, runs down its fibre to the next cells. Then it starts again from rest.
#
# What of that does an **artificial neuron** keep? Below are both, part above part. The artificial one computes with numbers
# that you know: a row of the lecture's `W1` and its input `x1`.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 3 min, on their own 5 min.
#
# **Misconceptions**
#
# - *Networks work like the brain.* They share the sum and the threshold. Time, spikes and learning are different.
# - *A stronger input makes a larger spike.* All spikes are alike; they come more often.
#
# **Ask.** What of the nerve cell did the artificial neuron drop?

# %%
lecture = data.lecture
figures.CellFigure(lecture.W1, lecture.b1, lecture.x1, lecture.CLASSES)

# %% [markdown]
# **What you see.** On top a nerve cell: **dendrites** with **synapses** at their tips, a body, the **axon** with its insulation,
# and its ends. Below the artificial neuron. The part that is pointed out is thick in both. The sentence says what it does in the
# cell, what number stands for it, and what is not the same.
#
# **Try this.** Press on each part, above or below, before you read. Then choose another *Row of W*: which synapses change their
# sign? A negative weight is dashed, as a synapse with − inhibits.
#
# In short, the artificial neuron is a sum and a bend: $a = \text{bend}(w \cdot x + b)$. (The field says *activation
# function* for the bend, and *activation* for the answer $a$.)
#
# **Take-away.** Alike: many inputs, weighted and added, and an answer that is not proportional to the sum. Unlike:
# time, spikes, chemistry, and how they learn. An aeroplane was inspired by birds too, and does not flap.
#
# ### How a nerve cell speaks (optional)
#
# Here is a model of a nerve cell, a very simple one. You choose how strong its input is.

# %% tags=["optional"]
figures.SpikeFigure(drive=1.4)

# %% [markdown] tags=["optional"]
# **What you see.** On the left the voltage over a fifth of a second: it creeps up, fires, and falls back. On the
# right how often the cell fires, for every input. Below 1 it is silent, and above that the rate grows.
#
# **Try this.** Put the input at 1.00, then at 1.05. Double it from 1.40 to 2.80: the spikes come more often, and all have the
# same height. Then compare the curve on
# the right with a bend you will meet below, the ReLU: 0 for a while, then up.
#
# So the artificial neuron keeps the rate of the spikes and drops the rest.

# %% [markdown]
# ## The logistic neuron
#
# The lecture's neuron bends with the **sigmoid** (or logistic function) $\sigma(z) = 1 / (1 + e^{-z})$. It turns any
# sum into a number between 0 and 1. Below it gets three sums that we know, the lecture's scores for `x1`. And with two inputs
# we can see a neuron's whole world at once: the plane, coloured with its answer.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 4 min, on their own 7 min.
#
# **Misconceptions**
#
# - *The answer of a sigmoid is the probability of being right.* It is a number between 0 and 1; training may make it
#   one.
# - *Doubling w and b moves the edge.* It stays, and gets sharper.
# - Exercise 1: the bias outside the sigmoid, the minus in the exponent lost.
#
# **Ask.** Where does this neuron answer ½? What does a very long w look like?

# %%
predict(
    "You double both weights and the bias. What happens to the line where the neuron answers exactly 1/2?",
    {
        "It moves twice as far from the middle": "The line is where w · x + b = 0. Twice zero is zero: it stays.",
        "It stays, and the change from 0 to 1 becomes steeper": "Where z was 0 it still is. Everywhere else z is twice "
        "as large, so the answer is surer of itself.",
        "It turns": "It turns when the ratio of the two weights changes.",
    },
    answer="It stays, and the change from 0 to 1 becomes steeper",
)

# %%
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


lecture = data.lecture
z = lecture.W1 @ lecture.x1 + lecture.b1
for name, w, b, value in zip(lecture.CLASSES, lecture.W1, lecture.b1, z):
    print(f"{name:>8}: w = {w}, b = {b:+.2f}, z = {value:.3f}, a = {sigmoid(value):.4f}")
figures.NeuronFigure(w=[1.5, 1.0], b=0.5, x=[1.0, 0.5])

# %% [markdown]
# Look at the three printed lines first. Each row of `W` with its bias is a neuron: it has its own weights, and it makes its own
# sum. So the linear classifier of [notebook 01](01_linear_classifier.ipynb) is three neurons side by side, without the bend. It
# is the unit that all networks to come are made of.
#
# **What you see.** Dark blue: the answer is near 0. Light yellow: near 1. On the solid line it is ½, on the dotted ones 0.1 and
# 0.9. The star is one input `x`; on the right it sits at its place on the sigmoid. The arrow is `w`, drawn at a third
# of its length.
#
# **Try this.** Drag the line: only `b` changes. Drag the arrow's tip: a longer `w` makes a sharper edge. Drag the star
# along the line: its answer does not change. Then make `w` tiny: the neuron can't decide anything.
#
# **Take-away.** `w` says in which direction to look and how sharply, `b` where the edge is.
#
# ### Exercise 1: a logistic neuron
#
# One number comes back, not an array. Large sums come up as well: at $z = 1000$ the answer is 1.

# %% tags=["exercise"] read="bends with the **sigmoid**"
def logistic_neuron(x, w, b):
    """Return the answer sigmoid(w . x + b), one number, for x (D,), w (D,) and b."""
    # SOLUTION
    z = w @ x + b
    return 1 / (1 + np.exp(-z))
    # END SOLUTION


checks.logistic_neuron(logistic_neuron)

# %% [markdown]
# ## Wiring: why stacking is not enough
#
# One neuron, one straight edge. Let us put layers one behind the other: the answers of the first are the inputs of
# the second. Without a bend, first. The first layer is the lecture's `W1, b1`; the second has two outputs and weights
# that we choose, `U` and `c`.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 3 min, on their own 3 min.
#
# **Misconceptions**
#
# - *More layers, more power.* Without a bend a hundred layers are one.
# - Exercise 2: `W @ U` instead of `U @ W`, the bias of the first layer not sent through U.
#
# **Ask.** 18 weights do the work of 8. Which ones would you save?

# %% tags=["core"]
predict(
    "A linear layer with 12 weights feeds one with 6. What can the two do that a single linear layer can't?",
    {
        "Curved borders": "A sum of sums is a sum: whatever they compute is again a weight for each input, and a bias.",
        "Nothing": "U (W x + b) + c is again a weight for each input, and a bias. So one layer does the same.",
        "More precise scores": "Nothing is more precise. They are the same numbers that one layer gives.",
    },
    answer="Nothing",
)

# %%
W, b, x1 = data.lecture.W1, data.lecture.b1, data.lecture.x1
U = np.array([[1.0, -0.4, -0.2], [-0.5, 0.6, 0.4]])
c = np.array([0.1, 0.0])
two_layers = lambda x: U @ (W @ x + b) + c
print("layer by layer:", np.round(two_layers(x1), 5))
a = two_layers(np.zeros(4))  # no input leaves the bias
A = np.stack([two_layers(one) - a for one in np.eye(4)], axis=1)  # what each input adds
print("A =", *np.round(A, 3), sep="\n   ")
print("a =", np.round(a, 4))
print("one layer:     ", np.round(A @ x1 + a, 5))

# %% [markdown]
# Five questions to the two layers are enough: what do they answer to zeros, and how much does each input add? The one
# layer that is made of these answers gives the same two numbers. 18 weights and 5 biases have done the work of 8 weights and 2 biases. You may stack a hundred
# linear layers: they collapse into one.
#
# **Take-away.** Without a bend between them, layers are wasted.
#
# ### Exercise 2 (optional): collapse two layers
#
# Now without asking: compute the one layer from the weights and biases of the two. Mind what happens to `b` on its way.

# %% tags=["exercise", "optional"] read="how much does each input add"
def merged(W, b, U, c):
    """Return (A, a), so that A @ x + a equals U @ (W @ x + b) + c for every x."""
    # SOLUTION
    return U @ W, U @ b + c
    # END SOLUTION


checks.merged(merged)

# %% [markdown]
# ## A bend folds space
#
# Now the bend. The one to begin with is the **ReLU**: $\max(0, z)$. It leaves positive numbers alone and sets negative
# ones to 0. AlexNet and GoogLeNet, at the end of this notebook, are made with it, and so are many networks for pictures
# since then. Large language models mostly use rounded relatives: **GELU** ($z$ times the share of a normal distribution
# below $z$) or **SwiGLU** (two sums, one of them a soft switch for the other). What does a ReLU do to a plane?
#
# Here is a famous puzzle, **XOR**. Four points; two kinds. Points whose two coordinates are alike are of one kind,
# points whose coordinates differ are of the other. Look at the picture below and try to put one straight line between
# the two kinds. You can't: the two alike ones stand at opposite corners, and so do the two different ones.
#
# Two neurons look at the plane, each with a line of its own. They are **hidden**: neither inputs nor outputs, but in
# between. Together they give every point two new
# coordinates, `h[0]` and `h[1]`. On the right is the same plane at its new place. Can a line do it there?

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 4 min, on their own 6 min.
#
# **Misconceptions**
#
# - *The network draws a curve.* It folds and then draws a line; unfolded, the line has corners.
# - *XOR needs many neurons.* Two are enough, if they fold well.
#
# **Ask.** Show me with a sheet of paper how you would fold the four points.

# %% tags=["core"]
predict(
    "You switch the ReLU off. The two neurons are then linear. Can any W and b bring the two kinds apart?",
    {
        "Yes, if the lines are placed well": "A linear map may stretch, turn and squash the paper, but it keeps the "
        "middle of every pair in the middle.",
        "No, none": "Both pairs have the same middle. A linear map keeps middles, so the two dotted lines always cross "
        "there, and no line can pass between them.",
    },
    answer="No, none",
)

# %%
figures.FoldFigure()

# %% [markdown]
# **What you see.** On the left squared paper with the four points and the neurons' lines. Each arrow points to the
# side where its neuron is *awake*, its sum above 0; on the other side it *sleeps* and answers 0. On the right the
# same paper as the neurons see it: folded at their lines, and where a neuron sleeps, pressed flat against an axis.
# Dotted lines join points of one kind. If they don't touch, a third neuron draws its line halfway between them
# (black), and the plane on the left is coloured with its answer.
#
# **Try this.**
#
# - Press *One solution*: both neurons look the same way, one wakes up later, and the two *different* points land on one
#   spot. *Another*: each neuron wakes up for one of them.
# - Press *One solution*, then switch the ReLU off, and on again.
# - Press *Start* and drag the tips of the arrows until the black line appears. One neuron alone will not do, nor lines
#   that are only shifted: both arrows have to turn. How wide can you make the gap? More than 0.8 on each side is
#   possible.
# - *Both lines alike*: two neurons that do the same are worth one.
#
# **Take-away.** A linear layer moves the paper, the ReLU folds it. After a good fold a straight line is enough.
# Unfold the paper, and that line has corners, or has become two.
#
# ### Exercise 3 (optional): XOR with numbers
#
# Choose the weights of a network that answers 0, 1, 1, 0 at the points (0, 0), (0, 1), (1, 0), (1, 1). It computes
# `u @ relu(W @ x + b) + c`. A hint: let one neuron count the ones, and let the other wake up only when there are two.

# %% tags=["exercise", "optional"] read="let one neuron count the ones"
# replace each None: W has the shape (2, 2), b and u (2,), c is a number
W, b, u, c = None, None, None, None
# SOLUTION
W, b = np.array([[1, 1], [1, 1]]), np.array([0, -1])
u, c = np.array([1, -2]), 0
# END SOLUTION
checks.xor(W=W, b=b, u=u, c=c)

# %% [markdown]
# ## Forward propagation, step by step
#
# To use a network is to compute it from left to right: **forward propagation**. Here is one that is small enough to
# see whole. Its first layer is the lecture's `W1, b1`, so you know its numbers: 0.631, 0.969, 0.71 for `x1`. A ReLU
# follows, then two outputs that we call *animal* and *machine*.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 4 min, on their own 8 min.
#
# **Misconceptions**
#
# - *A neuron asleep answers nothing.* It answers 0, and that number goes on.
# - *Zeros in, zeros out.* The bias needs no input.
# - Exercise 4: `W` not transposed, the ReLU after the last layer too, the bias added after the ReLU.
#
# **Ask.** Say the shapes aloud. Which number goes through all layers unchanged?

# %%
predict(
    "The input is all zeros. Which of the three hidden neurons gives a number other than 0?",
    {
        "None: zeros in, zeros out": "The bias is added whatever the input is. z = b = (0.15, -0.1, -0.2).",
        "Only the first": "z is the bias, (0.15, -0.1, -0.2). The ReLU lets the 0.15 pass and sets the other two to 0.",
        "All three": "z is the bias, and two of the three are negative. The ReLU sets them to 0.",
    },
    answer="Only the first",
)

# %%
lecture = data.lecture
U, c = np.array([[1.0, -0.4, -0.2], [-0.5, 0.6, 0.4]]), np.array([0.1, 0.0])
inputs = {"x1": lecture.x1, "x2": lecture.x2, "x3": lecture.x3, "zeros": 0 * lecture.x1}
for name, x in inputs.items():
    z = lecture.W1 @ x + lecture.b1
    h = np.maximum(z, 0)
    s = U @ h + c
    print(f"{name:>5}: h =", *(f"{v:.5f}" for v in h), "  s =", *(f"{v:.5f}" for v in s))
print(f"shapes: x {x.shape}, z and h {h.shape}, s {s.shape}")
figures.ForwardFigure(lecture.W1, lecture.b1, U, c, inputs, ["animal", "machine"])

# %% [markdown]
# **What you see.** On the left neurons and their connections, on the right the same numbers as matrices. The question
# mark is the number to be computed next. The lines that lead to it carry its weights; in the matrices it is the
# coloured row, times the coloured row above.
#
# **Try this.** Say the next number aloud, or work it out on paper, then press *Step*. The sentence has the sum
# written out. Do it for the eight numbers of `x1`, then let *Play* run `x2` and `x3`. For `zeros` watch two neurons
# sleep. Then choose another bend: with the sigmoid no neuron sleeps entirely.
#
# **Take-away.** A forward pass is nothing but sums and bends, in the right order. Each layer needs only the
# numbers of the layer before.
#
# In NumPy it is three lines for an example; above they have run for all four.
#
# Here is your number check: for `x1` the network says machine with 0.5499 against 0.2014.
#
# ### Exercise 4: the forward pass of a batch
#
# Nobody sends one example at a time. As in notebook 01, all rows of `X` go through at once, with no loop. Say the shapes
# aloud: `X` is `(4, 4)` here, the hidden numbers are `(4, 3)`, and `(4, 2)` comes out. The first number is the batch,
# and it goes through unchanged. The last one is the layer's width. What has to be turned for that?

# %% tags=["exercise"] read="all rows of `X` go through at once"
def forward(X, W, b, U, c):
    """Return the outputs (N, K): linear layer W, b, then a ReLU, then linear U, c."""
    # SOLUTION
    H = np.maximum(X @ W.T + b, 0)
    return H @ U.T + c
    # END SOLUTION


checks.forward(forward)

# %% [markdown]
# ## Shallow or deep?
#
# You have about 200 weights and biases to spend. One wide layer, or several narrow ones, one behind the other? A
# network with many layers is called **deep**. The word is about nothing else.
#
# A network of ReLUs is linear in pieces: between the folds it is a linear function, and at each fold it bends. So count
# the pieces. The more of them there are, the more complicated a function the network can draw.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 3 min, on their own 5 min.
#
# **Misconceptions**
#
# - *Deep is better.* At random weights the shallow one has far more pieces. Depth pays by construction.
# - *More pieces, better answers.* It only means a more complicated function.
#
# **Ask.** Each layer folds the square onto itself. How many pieces after ten layers?

# %% tags=["core"]
predict(
    "Weights at random, about 200 of them. Which network cuts the plane into the most pieces?",
    {
        "1 layer of 50 neurons": "Each of the 50 lines crosses most of the others, and every crossing makes a piece.",
        "2 layers of 12": "24 folds instead of 50. The second layer's folds are bent by the first, but there are too "
        "few of them.",
        "4 layers of 7": "28 folds. Random deep layers often fold what has already been pressed flat.",
    },
    answer="1 layer of 50 neurons",
)

# %%
from lectureutils.figures.neural_networks.pieces import (
    SQUARE, WIDTHS, count_parameters, count_regions, folding_layers, random_layers)

for name, widths in list(WIDTHS.items())[:3]:
    drawn = [random_layers(widths, seed) for seed in range(1, 13)]
    found = [count_regions(layers)[-1] for layers in drawn]
    wide = [count_regions(layers, 2 * SQUARE)[-1] for layers in drawn]
    print(f"{name}: {count_parameters(widths)} parameters, median {np.median(found):.0f},"
          f" from {min(found)} to {max(found)}; twice as wide: {np.median(wide):.0f}")
folds = [count_regions(folding_layers(depth))[-1] for depth in range(1, 6)]
print("folding, 1 to 5 layers of 4 (97 parameters with 5):", folds)
figures.RegionsFigure(neurons=12)

# %% [markdown]
# **What you see.** Each piece of the plane has its own shade. On the right the count, neuron by neuron; the three
# thin curves are the other networks in draw 1. The count is exact: the square is cut with every fold, so no piece is
# too small to count.
#
# **Try this.** Press *Play* and watch the lines arrive. Choose *2 layers of 12*: the lines of the second layer have
# corners where they cross those of the first. Then choose *5 layers of 4, folding*, rewind, and play. Change the
# draw.
#
# Is this one draw luck? The counts of twelve draws are printed above the figure.
#
# At random, shallow wins by far. (The exact numbers depend on how the weights are drawn and on which part of the
# plane you look at: the last ones belong to a square twice as wide, with the same networks.) No draw of 50 lines can
# beat $1 + 50 + 50 \cdot 49 / 2 = 1276$ pieces: that many there are if all lines cross.
#
# And yet the folding network, with half of the parameters, makes 1024 pieces. It is not random. Each of its layers
# folds the square in half, left on right and bottom on top. What the next layer does to the folded square, it does to
# all four sheets at once. So every layer multiplies the count by four: $4^5 = 1024$. With ten layers and 197
# parameters it would be $4^{10}$, more than a million.
#
# **Take-away.** Depth *can* buy exponentially many pieces, but only with weights that fit together. Nobody gets them
# by chance: they must be found.
#
# ### What depth buys, and what it costs (optional)
#
# The same idea with one input is easy to draw. Two neurons make a tent: up, then down. A tent of a tent has two
# peaks, a tent of that has four. Below it, one layer with as many neurons and exactly as many weights draws as
# many teeth as it can.

# %% tags=["optional"]
figures.ZigzagFigure(depth=3)

# %% [markdown] tags=["optional"]
# **What you see.** With each layer the deep network doubles its pieces. The shallow one gets two more.
#
# **Try this.** Put *Layers* at 5: 32 pieces against 10. Now shake the weights: each is multiplied by its own random
# factor near 1. At first both lines only wobble (short flat pieces appear where a tent dips below 0 and the next ReLU
# cuts it off). At 0.1 the shallow line has wandered out of the picture, but kept its corners, all but one. Of the deep
# one's 32 pieces 17 are left, and with 8 layers 66 of 256. An error of the first layer passes through all that follow,
# and a tent that is too low leaves the next one less to fold.
#
# **Take-away.** The further a change has to travel through the layers, the harder fitting weights are to find. Deep
# networks also compute layer after layer, which takes time. That they win so often in practice has a likely reason: the
# world is built that way. Edges make eyes, eyes make faces, and what one layer has found, the next one uses again and
# again.
#
# ### Exercise 5 (optional): count the parameters
#
# How many weights and biases does a network have whose layers have the widths `(4, 3, 2)`? Write it for any widths.

# %% tags=["exercise", "optional"] read="18 weights and 5 biases"
def n_parameters(widths):
    """Return the number of weights and biases; widths go from the input to the output."""
    # SOLUTION
    return sum(n_in * n_out + n_out for n_in, n_out in zip(widths[:-1], widths[1:]))
    # END SOLUTION


checks.n_parameters(n_parameters)

# %% [markdown]
# ## Outlook: a small window that slides
#
# Remember the cat that was shifted by 12 pixels, and lost? Each pixel had its own weight, so nothing learned here was
# known there. A **convolution** mends that. It is a neuron with a tiny view, 3 x 3 pixels, that is used again at
# every place of the picture. Nine weights and a bias instead of 7500. Its answers make a picture of their own.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 2 min, on their own 11 min.
#
# **Misconceptions**
#
# - *A convolution looks for objects.* For patterns of nine pixels. Objects come from many layers.
# - *Somebody chooses the filters.* They are learned like all weights.
# - *A convolutional network is always the better one.* Not from 190 pictures that all stand in the middle.
# - *Many multiplications, many weights.* A convolution uses each of its few weights at every place.
#
# **Ask.** Why nine weights and not 7500? What is lost? Where would you save weights in AlexNet, and where time?

# %%
emoji = data.load_emoji()
few = emoji.take(range(0, len(emoji.y), 40))
names = [f"{few.class_names[c]} by {who}" for c, who in zip(few.y, few.vendors)]
figures.ConvolutionFigure(data.picture(few.X), names)

# %% [markdown]
# **What you see.** On the left the picture in shades of grey, with the window. In the middle the nine pixels under
# it, each with the weight that it meets. The sum of the nine products is one pixel of the picture on the right,
# framed. The window fits into 50 pixels at 48 places, so that picture is 48 x 48. **Stride** says by how many pixels the
# window moves on, **padding** how many rows of zeros are put around the picture first.
#
# **Try this.** Drag the window over an edge and read the sum. Choose *Left edges*: it is bright where the picture turns
# from dark to light. *Top edges* does the same downwards. Now move the nine sliders: can you find a filter
# that answers to corners? Switch the ReLU on: only one kind of edge is left. Put *Stride* at 2: 24 x 24 answers are left,
# a quarter. Back at 1, put *Padding* at 1: as many answers come out as there are pixels, 50 x 50, and the zeros make an edge
# that the picture does not have.
#
# **Take-away.** A convolution is a neuron that looks everywhere with the same few weights. Move the cat, and the
# answers move with it.
#
# ### Filters that were learned
#
# In a network nobody sets these numbers. They are learned, like all weights. A picture has three colours, also called
# **channels**, and a filter has a weight for each pixel under its window in each of them: 5 x 5 x 3 = 75, and a bias.
# Many filters lie side by side. Eight of them make eight pictures of answers: eight channels, at which the filters of
# the next layer look. Here is such a network, whole, with `convolve` and `largest`, the largest of every 2 x 2 answers, from
# `lectureutils/convnet.py`:
#
# ```python
# h = largest(np.maximum(convolve(X, K1, b1), 0))  # 25 x 25 x 3 -> 12 x 12 x 8
# h = largest(np.maximum(convolve(h, K2, b2), 0))  # 12 x 12 x 8 -> 6 x 6 x 8
# S = h.reshape(len(X), -1) @ W.T + b  # 288 numbers -> 5 scores
# ```
#
# It has 2637 weights and biases. `tools/build_convnet.py` trained it on our emoji, 25 x 25 pixels large, from five random
# starts: once on the 190 pictures by three vendors, and once on these and 760 copies, shifted, mirrored and recoloured. Is it
# better than a linear classifier that has learned from the same pictures?

# %%
predict(
    "Pictures by two vendors that neither has ever seen. Which gets more of them right?",
    {
        "The convolutional network, by far": "That is what one hopes for. But 190 pictures are few to learn filters "
        "from, and on ours everything stands in the middle: what is where says nearly all.",
        "The linear classifier": "From so few pictures, all of them in the middle, it learns more. Filters pay where "
        "things move about, and where there are a million pictures to learn them from.",
        "Neither: half of them are right, half wrong": "There are five classes, and both do far better than by guessing.",
    },
    answer="The linear classifier",
)

# %%
from lectureutils import convnet

(X, y), (more, y_more), two = convnet.seen_and_held_out()  # 190 pictures, 760 copies, 54 by two other vendors
for name, X, y in (("190 pictures", X, y), ("with copies", np.r_[X, more], np.r_[y, y_more])):
    rows, five = X.reshape(len(X), -1), convnet.load_convnets(copies=len(X) > 190)
    W = np.linalg.solve(rows @ rows.T + 100 * np.eye(len(X)), np.eye(5)[y]).T @ rows  # least squares
    test = convnet.halved(two.X)
    answers = [test.reshape(54, -1) @ W.T, *(convnet.run(test, weights)["S"] for weights in five)]
    print(f"{name}: linear, then five networks:", *(f"{np.mean(S.argmax(axis=1) == two.y):.0%}" for S in answers))
few = two.take([6, 10, 14, 22, 26, 30, 38, 42, 46, 50])
figures.FeaturesFigure(five, few.X, few.y, few.class_names, few.vendors.tolist())

# %% [markdown]
# Look at the printed numbers first. They are not what one hopes for. (The 65% of notebook 03 are the linear one's on all 7500
# numbers, with hardly a penalty.) Copies help both, the filters more: they saw that things move. Still, the linear one stays
# ahead, and 54 pictures say no more than that: one of them is 2%. (A few settings were tried out on these 54, too, so they
# flatter a little.) AlexNet learned its filters from 1.2 million pictures. But see what ours have found:
#
# **What you see.** On top the picture with the window, the chosen filter colour by colour (light: positive, dark: negative)
# with the sum of each, and its answers after the ReLU. Below all eight filters in colour, what each finds, and the answers
# of the second layer.
#
# **Try this.**
#
# - Press on a filter, or choose it below. Find one that answers to edges and one that answers to a colour. Drag the window:
#   three sums and a bias make the answer.
# - *Shift right*: all maps move along, by as many pixels. And yet the verdict may change: the last layer is an ordinary
#   one, and for it a place is a place.
# - Choose another *Random start*: other filters, and nearly as good an answer. No filter has a name.
#
# **Take-away.** Filters are weights. They are learned, they have channels, and with few pictures they are no miracle.
#
# ### The lecture's two pictures, layer by layer
#
# **AlexNet** (2012) recognised a thousand kinds of things better than anything before it. **GoogLeNet** (2014) was
# deeper and better still. The slides show both as rows of boxes. What is in a box follows from four numbers: the window,
# its stride, the padding, and how many filters there are.

# %%
predict(
    "AlexNet has five convolutional layers, and then three ordinary ones. Where are most of its 61 million weights?",
    {
        "In the five convolutional layers": "Their windows are small, and their weights are used again at every "
        "place. They do most of the work with 4% of the weights.",
        "In the three ordinary layers": "Each of 4096 neurons has a weight for all 9216 numbers that arrive: 38 million "
        "in the first of the three alone.",
        "Evenly in all eight": "The first layer has 34,944 and the sixth 37,752,832.",
    },
    answer="In the three ordinary layers",
)

# %%
figures.LayersFigure()

# %% [markdown]
# **What you see.** A row for each layer, with the shape that comes out. Blue: how many numbers that are, on a log scale.
# Orange and green: the layer's share of all weights, and of all multiplications. The sentence computes the layer at the arrow.
#
# **Try this.**
#
# - Walk through AlexNet. Its five convolutions hold 4% of the weights and do 92% of the multiplications.
# - Press *GoogLeNet*. Its last convolution hands over the mean of each channel, 1024 numbers, to a single ordinary layer: 7
#   million weights instead of 61, and twice the multiplications. (Its paper says twelve times fewer. Counted layer by layer it
#   is 8.7.)
# - Make AlexNet's picture smaller, from 227 to 195: the convolutions keep their weights, `full 6` loses 31% of its own. GoogLeNet's
#   weights stay what they are at any size.
# - Press *7500 numbers*: from the lecture's 50 x 50 x 3 they first become more, 40,000, and then fewer and fewer.
#
# **Take-away.** A convolution is cheap to keep and dear to compute, an ordinary layer the other way round.
#
# ### Exercise 6 (optional): how large is the picture of answers?
#
# A window of `k` pixels moves along a row of `n` pixels by `stride` pixels at a time, and never sticks out. At how many
# places does it stop? (`k` is at most `n`.)

# %% tags=["exercise", "optional"] read="A window of `k` pixels moves"
def output_size(n, k, stride):
    """Return at how many places a window of k stops in a row of n, stride apart."""
    # SOLUTION
    return (n - k) // stride + 1
    # END SOLUTION


checks.output_size(output_size)

# %% [markdown]
# ## Summary
#
# - A nerve cell and an artificial neuron both add up weighted inputs and answer with a bend. The one speaks in
#   spikes, the other in numbers.
# - A logistic neuron is a line with a soft edge: `w` turns and sharpens it, `b` moves it. The rows of a linear
#   classifier are such neurons, without the bend.
# - Linear layers collapse into one. A ReLU between them folds space, and then even XOR comes apart.
# - Forward propagation is a sum, a bend, a sum: `np.maximum(X @ W.T + b, 0) @ U.T + c`, for a whole batch.
# - At equal size, random shallow networks have more pieces than deep ones. Depth pays by construction: folds of folds.
# - A convolution uses the same few weights at every place of a picture: few to keep, many multiplications. In AlexNet three
#   ordinary layers hold 96% of the weights.
#
# We chose all these weights by hand. **Next:** [08 Backpropagation](08_backpropagation.ipynb), or how a network finds
# out which way each weight should move. The way through the whole series is in
# [00 Start here](00_start_here.ipynb).
#
# ## Where to go from here
#
# - Warren McCulloch and Walter Pitts, "A logical calculus of the ideas immanent in nervous activity", *Bulletin of
#   Mathematical Biophysics* 5 (1943): the first artificial neuron, a sum and a threshold.
# - Marvin Minsky and Seymour Papert, *Perceptrons* (1969): what one layer can't do, as theorems, and what they feared of
#   several.
# - Chris Olah, [Neural networks, manifolds, and topology](https://colah.github.io/posts/2014-03-NN-Manifolds-Topology/)
#   (2014): the folding of space as moving pictures.
# - Alex Krizhevsky, Ilya Sutskever, Geoffrey Hinton, [ImageNet classification with deep convolutional neural networks](https://papers.nips.cc/paper/2012/hash/c399862d3b9d6b76c8436e924a68c45b-Abstract.html)
#   (NIPS 2012): AlexNet, with which the field changed its mind. Figure 3 shows the windows that it learned.
# - Guido Montúfar, Razvan Pascanu, Kyunghyun Cho, Yoshua Bengio, [On the number of linear regions of deep neural networks](https://arxiv.org/abs/1402.1869)
#   (NIPS 2014): folds of folds, counted.
# - Boris Hanin and David Rolnick, [Complexity of linear regions in deep networks](https://arxiv.org/abs/1901.09021) (ICML 2019):
#   and why a network drawn at random has far fewer of them.
#
# <details>
# <summary>What has changed since the lecture (optional)</summary>
#
# The lecture's answer to *which bend?* is ReLU, and it is still a good one. Large networks mostly have one of two
# others.
#
# *GELU* (2016) is $z\,\Phi(z)$, where $\Phi(z)$ is the share of a bell curve that lies below $z$. Far from 0 it is
# ReLU. Near 0 it is round, and a little below 0: its lowest value is -0.17, at $z$ = -0.75. So there is no kink, and a
# neuron that answers a little below 0 still gets a gradient: it is not dead. $z$ times its sigmoid (*SiLU* or *swish*,
# 2017) looks nearly the same.
#
# *SwiGLU* (2020) has no bend of its own. A layer makes two sets of sums of the same inputs; one goes through SiLU and
# then multiplies the other, number by number. One half opens or closes the other: a *gate*. It costs a third matrix, so
# the layer is made narrower, by a third, to have as many weights as before.
#
# Why these? They were tried on large language models, and the loss came out a little lower for the same work. There is
# no proof. Noam Shazeer, who compared the gates, wrote that he offers no explanation and thanks divine benevolence. On
# the small problems of this series you would not see the difference.
# </details>
#
# <details>
# <summary>Who found this, and when (optional)</summary>
#
# *The nerve cell as a unit.* Santiago Ramón y Cajal, around 1890. *The artificial one.* Warren McCulloch and Walter
# Pitts, 1943; with weights that learn, Frank Rosenblatt, 1958. *One hidden layer is enough on paper.* George Cybenko,
# and Kurt Hornik with colleagues, both 1989. *Small windows.* Kunihiko Fukushima's neocognitron, 1980; trained by
# gradients, Yann LeCun and colleagues, 1989. *AlexNet.* Alex Krizhevsky, Ilya Sutskever and Geoffrey Hinton, 2012.
# *Folding.* Guido Montúfar, Razvan Pascanu, Kyunghyun Cho and Yoshua Bengio, 2014.
# </details>
