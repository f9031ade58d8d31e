# %% [markdown]
# # 08 Backpropagation: every gradient in one walk back
#
# A network has thousands of weights, and training asks for the gradient of the loss by each of them. Measuring them one
# by one takes thousands of runs. Backpropagation gets all of them in a single walk, and each step of it is one
# multiplication. In this notebook you take these steps yourself.
#
# You will
#
# - draw a formula as a graph and walk through it, forward for the values and backward for the gradients
# - look at a single node: upstream times local is downstream
# - know what an add, a multiply and a max pass back
# - say what is done where a function has a kink
# - add up gradients where a value goes two ways
# - see why one walks backward, and when forward would win
# - check every gradient with a second witness
#
# It takes about 45 minutes. Parts marked *optional* can wait.
#
# | sign | meaning |
# |---|---|
# | `x`, `y`, `z` | inputs of the graph, single numbers here |
# | `q`, `r`, `t` ... | values of nodes inside the graph |
# | `s`, `p` | the sum of a neuron, its score, and what the sigmoid makes of it |
# | `f` | the result, one number, such as a loss `L` |
# | $\partial f / \partial x$, in code `dx` | gradient: how fast `f` grows when `x` grows |
# | upstream, local, downstream | what comes into a node on the way back, its own slope, what it passes on |

# %% tags=["setup"]
import numpy as np
from lectureutils import checks, data, figures
from lectureutils.live import predict

# %% [markdown]
# ## A formula is a graph
#
# Take the lecture's formula $f(x, y, z) = x \cdot y + z$. To compute it you do two things, one after the other: multiply,
# then add. Give the value in between a name, and the formula becomes two small ones:
#
# $$q = x \cdot y \qquad\qquad f = q + z$$
#
# That is a **computational graph**: a node for each operation, an arrow for each value that goes into it. What we
# want are three numbers: how fast does $f$ grow when $x$, $y$ or $z$ grows by a little? A small formula can still be
# measured, as in notebook 04: nudge an input, see what $f$ does.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 7 min, on their own 9 min.
#
# **Misconceptions**
#
# - *Backpropagation is a learning rule.* It computes gradients. What is done with them is the optimizer's choice.
# - *df/dx is a formula.* On the graph it is a number, at these inputs.
# - *Changing z changes df/dx.* z never meets x.
#
# **Ask.** Six runs for three gradients. How many for a million weights, and how many walks back?

# %%
def f(x, y, z):
    q = x * y
    return q + z


x, y, z, h = -3.0, 5.0, 2.0, 1e-5
print(f"f = {f(x, y, z):.0f}")
print(f"df/dx is measured as {(f(x + h, y, z) - f(x - h, y, z)) / (2 * h):.3f}")
print(f"df/dy is measured as {(f(x, y + h, z) - f(x, y - h, z)) / (2 * h):.3f}")
print(f"df/dz is measured as {(f(x, y, z + h) - f(x, y, z - h)) / (2 * h):.3f}")

# %% [markdown]
# Six runs of $f$ for three gradients. A network with 100,000 weights would need 200,000 runs for a single step. There
# has to be a better way. Before you see it, a guess:

# %% tags=["core"]
predict(
    "f = x * y + z at x = -3, y = 5, z = 2. You raise z from 2 to 4. What happens to df/dx?",
    {
        "It grows by 2": "f grows by 2, but df/dx asks how f answers to a change of x. z has no part in that.",
        "It stays 5": "x meets y and nothing else: each unit of x is worth y = 5 units of f, wherever f stands.",
        "It becomes 4": "z is added to q, it never meets x.",
    },
    answer="It stays 5",
)

# %% [markdown]
# ### Forward, then backward
#
# Forward, each node takes what comes in and computes its value. Backward, we start at the end with
# $\partial f / \partial f = 1$: $f$ changes just as much as itself. Then we go from node to node against the arrows.
# At each node one rule is enough, the **chain rule**:
#
# $$\underbrace{\frac{\partial f}{\partial x}}_{\text{downstream}} =
# \underbrace{\frac{\partial f}{\partial q}}_{\text{upstream}} \cdot
# \underbrace{\frac{\partial q}{\partial x}}_{\text{local}}$$
#
# If $f$ changes 1 for each unit of $q$, and $q$ changes 5 for each unit of $x$, then $f$ changes $1 \cdot 5$ for each unit
# of $x$. Written as code, the walk has a line for each arrow:

# %%
x, y, z = -3.0, 5.0, 2.0
q = x * y  # forward
f = q + z
df = 1.0  # backward: upstream * local
dq = df * 1
dz = df * 1
dx = dq * 5.0  # raise x by a little: q grows by 5 times as much
dy = dq * -3.0
print(f"q = {q:.0f}, f = {f:.0f}")
print(f"df/dx = {dx:.0f}, df/dy = {dy:.0f}, df/dz = {dz:.0f}")

# %% [markdown]
# One walk forward, one walk back, all three gradients, and they are the measured ones. Now the same with the graph
# before your eyes. Press *Step*, or better: type the number that belongs at the question mark, and press
# <kbd>Enter</kbd>.

# %%
figures.StepperFigure(
    lambda x, y, z: x * y + z, {"x": -3, "y": 5, "z": 2}, title="f = x · y + z",
    settings={"the lecture's numbers": {"x": -3.0, "y": 5.0, "z": 2.0}},
)

# %% [markdown]
# **What you see.** Values stand above the lines, gradients below. The solid ring marks where the next number appears, the
# dashed ring the node that sends it. Under the graph the step is written out. As soon as the
# gradient of an input is complete, it is measured, too: a check mark says that both agree.
#
# **Try this.** Go to the end, then move `x` and `y`: the gradients follow. Which of them does `z` change? None. And
# set `y` to 0: now `x` has no influence on `f` at all.
#
# **A word on names.** If you have the slides beside you: there the product is called `g` in one line and `q` in the next.
# It is the same node, here always `q`. Later the slides use `z` for the output of a node, although `z` was an input
# before. We call outputs `f` (or `L` for a loss) and leave `z` to the input. It happens to everyone who builds slides over
# years. Code is less patient: a `q` that was only ever defined as `g` is a `NameError`.
#
# **Take-away.** Forward: values. Backward: start with 1, and multiply upstream by local at each arrow.

# %% [markdown]
# ## The local view
#
# Look at one node alone. It knows very little: the numbers that came in, and its own operation. On the way back
# someone hands it a number, the upstream gradient. It multiplies that with its own slope for each input and passes
# the products on. Where the number came from and where the products go is none of its business.
#
# That is why this scales. A graph may have a million nodes: each one only needs its local rule, and one walk
# serves all. Most graphs are made of three kinds of nodes. Here they are side by side, with the same inputs and
# the same upstream gradient. What will each of them do?

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 5 min, on their own 10 min.
#
# **Misconceptions**
#
# - *The larger input gets the larger gradient.* In a product it is the other way round: each gets upstream times the
#   other.
# - *A node must know the whole graph.* Its own values and one number from behind are enough.
# - Exercises 1 and 2: x and y exchanged, upstream forgotten or added, both inputs of a max served.
#
# **Ask.** Cover the figure. What do add, multiply and max pass back for a = 3, b = -2, upstream 2?

# %% tags=["core"]
predict(
    "A node computes a * b with a = 3 and b = -2. The upstream gradient 2 comes in. What does it pass back to a?",
    {
        "2": "That is what an add would do. The slope of a product by a is not 1.",
        "6": "You multiplied by a itself. The slope of a * b by a is the other factor, b.",
        "-4": "The local gradient by a is b = -2, and upstream times local is 2 * (-2).",
        "-2": "That is the local gradient alone. It still has to be multiplied by upstream.",
    },
    answer="-4",
)

# %%
figures.GateFigure(a=3.0, b=-2.0, upstream=2.0)

# %% [markdown]
# **What you see.** Each kind has a character:
#
# - **add is a distributor**: it copies the upstream gradient to all inputs, whatever their values are;
# - **multiply is a switcher**: each input gets upstream times *the other* input;
# - **max is a router**: the larger input gets everything, the other one nothing.
#
# **Try this.** Set `a` to 5 and `b` to 0.5: with multiply, the small input gets the large gradient. (That is one reason why
# inputs are scaled before training.) Set the upstream gradient to 0: nothing gets through anywhere. Then make `a` and `b` equal
# and look at max.
#
# **Take-away.** A node needs two things only: the values from the way forward, and the upstream gradient.
#
# ### Exercise 1: what a product passes back
#
# You are the node. Return the two downstream gradients.

# %% tags=["exercise"] read="is a switcher"
def multiply_backward(x, y, upstream):
    """Return the pair (dx, dy) that a node x * y passes back."""
    # SOLUTION
    return upstream * y, upstream * x
    # END SOLUTION


checks.multiply_backward(multiply_backward)

# %% [markdown]
# ### Exercise 2: what a maximum passes back
#
# Now you are a max. The two inputs are never equal in this exercise.

# %% tags=["exercise"] read="is a router"
def max_backward(x, y, upstream):
    """Return the pair (dx, dy) that a node max(x, y) passes back."""
    # SOLUTION
    return (upstream, 0.0) if x > y else (0.0, upstream)
    # END SOLUTION


checks.max_backward(max_backward)

# %% [markdown]
# ### Exercise 3 (optional): what a sum passes back
#
# The shortest of the three.

# %% tags=["exercise", "optional"] read="is a distributor"
def add_backward(x, y, upstream):
    """Return the pair (dx, dy) that a node x + y passes back."""
    # SOLUTION
    return upstream, upstream
    # END SOLUTION


checks.add_backward(add_backward)

# %% [markdown]
# ## A longer way: the logistic neuron
#
# The neuron of notebook 07 is a graph, too: two products, two sums, and the sigmoid at the end. Its nodes
# are old friends except for one. The sigmoid $p = 1 / (1 + e^{-s})$ has a slope that is
# easy to remember, because it needs only the value $p$ that is already there:
#
# $$\frac{\partial p}{\partial s} = p\,(1 - p)$$
#
# It is never above 0.25, and near 0 when $p$ is near 0 or 1.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 4 min, on their own 7 min.
#
# **Misconceptions**
#
# - *An answer that is far off gets a large gradient.* A sigmoid that sleeps passes back nearly nothing, however wrong
#   it is.
# - *The slope of the sigmoid needs s.* It needs only the answer: p(1 - p), at most ¼.
# - Exercise 4: s instead of p in the slope, dw and dx exchanged, db forgotten.
#
# **Ask.** Ten such neurons in a row, each at its best. How much of a gradient arrives?

# %%
def neuron(w0, x0, w1, x1, b):
    s = w0 * x0 + w1 * x1 + b
    s.name = "s"
    return s.sigmoid()


figures.StepperFigure(
    neuron, {"w0": 1.5, "x0": -1.0, "w1": -2.0, "x1": -1.5, "b": -0.5}, low=-3, high=3,
    title="A logistic neuron: f = sigmoid(w0 · x0 + w1 · x1 + b)", step=0.1, wide=-8.88,
    settings={"asleep": {"w0": -3.0, "x0": 3.0, "b": -3.0},
              "awake": {"w0": 1.5, "x0": -1.0, "b": -0.5}},
)

# %% [markdown]
# **What you see.** The letters `q`, `r` and `t` are the values in between. With the numbers at the start the sigmoid gets
# $s = 1$ and answers $f = 0.7311$ (the graph calls every result `f`). So it passes back $0.7311 \cdot 0.2689 = 0.1966$.
# The two sums copy it, the products multiply it: `w0` gets 0.1966 times `x0`.
#
# **Try this.** Walk to the end, then press *asleep*: `f` is nearly 0, and with it every gradient. Its answer may be
# quite wrong, and yet the neuron hardly learns. A chain of such neurons multiplies these small numbers:
# that is how gradients vanish.
#
# **Take-away.** A long formula is the same step many times. The gradient of an input is the product of the local
# gradients on the way to it.
#
# ### Exercise 4: the chain rule, by your own hand
#
# One input this time: $s = w x + b$ and $p = \text{sigmoid}(s)$. Go forward to get `p`, then back.

# %% tags=["exercise"] read="it needs only the value $p$"
def neuron_backward(w, x, b):
    """Return (dw, dx, db) of p = sigmoid(w * x + b)."""
    s = w * x + b
    p = 1 / (1 + np.exp(-s))
    # SOLUTION
    ds = p * (1 - p)
    return ds * x, ds * w, ds
    # END SOLUTION


checks.neuron_backward(neuron_backward)

# %% [markdown]
# ## What if there is a kink?
#
# The slide says that a node *requires a function to be differentiable*. Yet the two workhorses of this lecture have a kink:
# the ReLU $\max(0, x)$ at 0, and the hinge loss, for one wrong class with the margin $x$ between the right score and the
# wrong one, $\max(0, 1 - x)$, at 1. The slope left of the kink differs from the slope right of it. So what should the
# node pass back?
#
# Both kinks bend upwards (such a function is called *convex*). There is a way out for these: take the slope of any line
# through the kink that stays below the curve. Such a slope is called a **subgradient**. Away from the kink there is
# only one, the gradient.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 2 min, on their own 6 min.
#
# **Misconceptions**
#
# - *At a kink there is no derivative, so the method fails.* One slope between left and right is agreed on, and a number
#   that lands there exactly is rare.
# - *Then the answer at a kink is always one of the allowed ones.* Not if two kinks meet: relu(x) - relu(-x).
# - *The two witnesses must agree everywhere.* At a kink the central difference gives the mean of both sides.
#
# **Ask.** How often does a computed number hit a kink exactly? When does it happen to all neurons at once?

# %%
predict(
    "The ReLU has slope 0 on the left of its kink and slope 1 on the right. Which slopes are subgradients at the kink?",
    {
        "None": "Lay a line of slope 0 through the kink: it touches the curve on the left and stays below it on the "
        "right. So there is at least one.",
        "Only 0 and 1": "These two are, and everything between them: a line of slope 0.5 stays below the curve as well.",
        "Every slope from 0 to 1": "Each of these lines goes through the kink and stays below the curve. A steeper one "
        "rises above it on the right, a falling one on the left.",
    },
    answer="Every slope from 0 to 1",
)

# %%
figures.KinkFigure()

# %% [markdown]
# **What you see.** At the kink many lines stay below the curve. The sentence also says what a central difference measures
# there: the mean of both sides. So at such a kink the two witnesses may disagree, and neither is wrong.
#
# **Try this.** Find the steepest and the flattest subgradient of the hinge. Move `x` a little off the kink: how many slopes
# are left?
#
# Programs pick one of the allowed slopes and go on. Which one? (A `Tensor` is a number that remembers how it was made,
# and `backward` is the walk back. In notebook 09 you write one.)

# %%
from lectureutils.autodiff import Tensor, maximum

a, b = Tensor(0.0, "x"), Tensor(0.0, "x")
a.relu().backward()
maximum(b, 0.0).backward()
print(f"at x = 0 relu(x) passes back {a.grad:.1f}, and max(x, 0) {b.grad:.1f}: a tie, each side gets half")
for start in (-2.0, 0.0, 2.0):
    x = Tensor(start, "x")
    (x.relu() - (-x).relu()).backward()
    ahead, behind = (max(v, 0) - max(-v, 0) for v in (start + 1e-5, start - 1e-5))
    measured = (ahead - behind) / 2e-5
    print(f"x = {start:4}: df/dx is {x.grad:.1f} by the graph, {measured:.1f} measured")

# %% [markdown]
# The first line: the same function, two answers, both allowed. Almost every library takes 0 for the ReLU, and 0 for the hinge. But what
# each node may choose need not be right for the whole graph. Take two ReLUs. One of them is always asleep, so
# `relu(x) - relu(-x)` is nothing but `x`, a straight line of slope 1. And the graph? The last three lines have asked it.
#
# At 0 it says 0, a slope that this function has nowhere. Both nodes have chosen 0 from their left and right slopes, as
# agreed, and the second choice has gone into a difference: `-relu(-x)` bends *downwards* at its kink, no line stays
# below it, and a subgradient does not exist. The chain rule promises nothing at a kink. (Do the same with
# `max(x, 0) - max(-x, 0)`, where a tie is halved: 1, by luck.)
#
# Why does everybody do it all the same? A number that comes out of a long computation is almost never exactly 0. One
# case is worth knowing: weights that all start at 0 put every ReLU exactly onto its kink, and with slope 0 none of them
# learns.
#
# **Take-away.** At a kink, a node passes back one of the slopes between left and right. Exactly there, and only there,
# the gradient of the graph may be wrong.

# %% [markdown]
# ## A value that goes two ways
#
# Until now each value was used once. Take $f = (x + 1)(x - 2)$: here $x$ goes into $q = x + 1$ and into $r = x - 2$. On
# the way back two gradients arrive at $x$, one through $q$ and one through $r$. What is $\partial f / \partial x$?

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 4 min, on their own 12 min.
#
# **Misconceptions**
#
# - *The last gradient that arrives counts.* They add: `+=`, not `=`.
# - *Ways are averaged.* Both effects happen at once, in full.
# - *A node may pass on what it has.* It has to wait until all have arrived.
# - Exercise 5: one branch only, the product or the mean of both, q and r exchanged.
# - *Backward is the only way.* Forward gives the same table, column by column; with one loss backward is cheaper.
#
# **Ask.** Switch one way off. Does the dashed line still touch the curve? Why does it at x = 2? One knob and a thousand
# outputs: which way would you walk?

# %% tags=["core"]
predict(
    "At x = 3, the gradient 1 arrives at x through q, and 4 arrives through r. What is df/dx?",
    {
        "4: the last one counts": "The one through q would be lost, and q does change f when x changes.",
        "2.5: their mean": "When x grows, both q and r grow, at the same time. Their effects are not shared out.",
        "4: their product": "The chain rule multiplies along a way. Different ways are added up.",
        "5: their sum": "Each unit of x is worth 1 unit of f through q, and 4 units through r. Both happen at once.",
    },
    answer="5: their sum",
)

# %%
figures.BranchFigure(x=3.0)

# %% [markdown]
# **What you see.** The dashed line has the slope that the graph gives to `x`. With both ways on, it touches the curve: it is
# a tangent, and the measured slope agrees. Switch one way off, and the line cuts through the curve.
#
# **Try this.** Switch the first way off, then the second one, and compare the two slopes with the measured one. Do it again
# at $x = 0$. Is there an `x` where the way through `q` may be off without any harm? Yes, $x = 2$: there $r = 0$, so nothing
# comes back through $q$ anyway.
#
# **Take-away.** Along a way, gradients are multiplied. Where ways meet, they are added. Forget the
# second half and your network learns something, only not the right thing.
#
# In code the second half is two characters long, `+=` instead of `=`:
#
# ```python
# dq, dr = df * r, df * q  # f = q * r
# dx = 0.0
# dx += dq * 1  # the piece through q
# dx += dr * 1  # the piece through r
# ```
#
# And once more on the graph, this time with a max. `x` has two ways to `f`. The walk back starts with the node that was
# made last. So the max hands `x` its piece first, and the product adds its own later.

# %%
from lectureutils.autodiff import maximum

figures.StepperFigure(
    lambda x, y, z: x * y + maximum(x, z), {"x": 3, "y": -2, "z": 1},
    title="f = x · y + max(x, z)",
    settings={"x is larger": {"x": 3.0, "z": 1.0}, "z is larger": {"x": 1.0, "z": 3.0},
              "a tie": {"x": 2.0, "z": 2.0}},
)

# %% [markdown]
# **What you see.** At step 7 `x` gets its first piece, at step 9 the second one: *1 + ?* stands there in between, and only
# then is the gradient measured. In which order the pieces come does not matter. What counts is that a node waits for
# *all* of them before it passes anything on. Walking back in the reverse order of making takes care of that.
#
# **Try this.** Type the wrong number on purpose, for example only the new piece, and read what the figure says. Then press *z is
# larger* at the end of the walk: max sends its gradient to `z`.
#
# ### Exercise 5: both branches
#
# Let $q = x + y$, $r = x \cdot y$ and $f = q \cdot r$. Both inputs go two ways.

# %% tags=["exercise"] read="two gradients arrive at $x$"
def branch_backward(x, y):
    """Return the pair (dx, dy) of f = q * r with q = x + y and r = x * y."""
    q, r = x + y, x * y
    # SOLUTION
    dq, dr = r, q
    dx = dq * 1 + dr * y
    dy = dq * 1 + dr * x
    return dx, dy
    # END SOLUTION


checks.branch_backward(branch_backward)

# %% [markdown]
# ### Why backward, and not forward?
#
# You could walk the other way, too. Start with 1 at one *input*, and carry along how fast each value grows with it: the same
# graph, the same local gradients, the same rule. It is called **forward mode**. One such walk gives the gradients of
# everything by this one input. So why does everybody walk backward?

# %%
predict(
    "A graph has 4 inputs and 1 output. How many walks does it take to get all gradients of the output?",
    {
        "One either way": "A walk forward starts with 1 at one input, and knows nothing of the other three.",
        "4 forward, 1 backward": "Forward, each input needs a walk of its own. Backward, each output needs one.",
        "1 forward, 4 backward": "The other way round: a walk backward starts at an output and reaches all inputs.",
    },
    answer="4 forward, 1 backward",
)

# %%
lecture = data.lecture
U = [[1.0, -0.4, -0.2], [-0.5, 0.6, 0.4]]
last = [[0.414, -0.414], [0.05, 0.15], [-0.1, 0.2], [0.4, -0.15]]  # the first row is a loss
figures.BothWaysFigure(lecture.W1, U, last)

# %% [markdown]
# **What you see.** The lecture's `W1`, a second layer and a loss, twice: on the left walked forward, on the right backward. In
# the nodes stand the gradients of the walk so far, and the thick edges are the multiplications of this step. Below grows the table of
# all gradients: forward a column with each walk, backward a row.
#
# **Try this.**
#
# - Press *Play*. Backward has all four gradients after 3 steps and 20 multiplications. Forward needs 12 steps and 44.
# - Press *one knob*, then *Play*: one input, four outputs. Now forward wins, 17 against 44.
# - Press *as many* and go to the end: 68 and 80. Neither way is the better one, only the table is wide or high.
#
# Training has the widest table there is: one row, the loss, and a column for each weight. For a million weights it is one
# walk back or a million forward. Forward mode has its place where a few inputs have many outputs, such as a simulation with
# one knob. And it has a merit: it needs to remember nothing, while the walk back needs the values of the whole way forward.
#
# **Take-away.** Forward costs a walk for each input, backward one for each output. A loss is one output.

# %% [markdown]
# ## Your own formula (optional)
#
# Type a formula of `x`, `y` and `z` and press <kbd>Enter</kbd>: the graph draws itself. You may use numbers, brackets,
# `+`, `-`, `*`, `/`, `**` with a number, and the functions `exp`, `log`, `sqrt`, `abs`, `relu`, `sigmoid`, `tanh` and
# `max`. In the background `lectureutils.autodiff` records each operation as it happens, and walks back over the
# record. Notebook 09 shows how little that takes.

# %% tags=["optional"]
figures.FormulaFigure("x * y + z", {"x": -3, "y": 5, "z": 2})

# %% [markdown] tags=["optional"]
# **Try this.** Six formulas, and what to look for:
#
# | formula | what happens |
# |---|---|
# | `x * x` | one input, two ways into the same node: the two pieces add up to $2x$ |
# | `x - x` | the two pieces cancel: `f` does not depend on `x` at all |
# | `1 / (1 + exp(-x))` | the sigmoid in its parts; compare its gradient with $f(1 - f)$ |
# | `max(x, max(y, z))` | only one of the three gets a gradient |
# | `relu(x) - relu(-x)` at `x` = 0 | two kinks meet: 0 by the graph, 1 measured, and this time measuring is right |
# | `sqrt(x)` at `x` = 0 | not a kink, but a slope without limit: no number will do |

# %% [markdown]
# ## Summary
#
# - A formula is a graph of small operations. Forward each node computes its value; backward, starting with 1, gradients
#   return: for $f = xy + z$ at $x = -3$, $y = 5$ they are 5, -3 and 1.
# - A node knows only itself: upstream times local is downstream.
# - Add distributes, multiply switches the factors, max routes to the larger one.
# - At a kink a node passes back one of the slopes between left and right; for the ReLU it is 0 by custom. Where kinks
#   meet, the sum may be wrong, at this one place.
# - Where a value goes two ways, gradients add.
# - Backward costs a walk for each output, forward one for each input: with one loss and many weights, backward wins.
# - Each gradient has a second witness: a central difference. It is slow, and close to right wherever there is no kink.
#
# **Next:** [09 Backpropagation through layers](09_backprop_through_layers.ipynb), the same walk with whole matrices:
# layers as nodes, and backpropagation through a network. The way through the whole series is in [00 Start here](00_start_here.ipynb).
#
# ## Where to go from here
#
# It was found several times, by people who did not know of each other.
#
# - Seppo Linnainmaa, "Taylor expansion of the accumulated rounding error", *BIT* 16 (1976): the walk back through a graph,
#   from his thesis of 1970. He asked how rounding errors add up.
# - Paul Werbos, "Beyond regression: new tools for prediction and analysis in the behavioral sciences" (thesis, Harvard, 1974):
#   the walk back again, to fit models of society to data.
# - David Rumelhart, Geoffrey Hinton, Ronald Williams, [Learning representations by back-propagating errors](https://www.nature.com/articles/323533a0),
#   *Nature* 323 (1986): four pages that made it known, with what hidden layers find by themselves.
# - Andreas Griewank, "Who invented the reverse mode of differentiation?", *Documenta Mathematica*, extra volume ISMP (2012):
#   the whole list of discoverers, by one of them.
# - Atılım Güneş Baydin and others, [Automatic differentiation in machine learning: a survey](https://arxiv.org/abs/1502.05767),
#   *JMLR* 18 (2018): forward, backward, and what is neither symbols nor differences.
# - Chris Olah, [Calculus on computational graphs](https://colah.github.io/posts/2015-08-Backprop/) (2015): this notebook's
#   idea in a quarter of an hour.
#
# <details>
# <summary>Who found this, and when (optional)</summary>
#
# *The chain rule.* Gottfried Wilhelm Leibniz, 1676. *Backward through a program.* Seppo Linnainmaa, in his master's
# thesis of 1970, to follow rounding errors. *For learning.* Paul Werbos in his thesis of 1974; it became known in 1986
# with David Rumelhart, Geoffrey Hinton and Ronald Williams. It was found several times, as many good ideas were.
# </details>
