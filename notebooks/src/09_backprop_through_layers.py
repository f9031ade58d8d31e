# %% [markdown]
# # 09 Backpropagation through layers: arrays instead of numbers
#
# In notebook 08 every node held one number. A real network has millions, and nobody draws a node for each of them. Here
# the nodes become layers and the numbers arrays. The rule stays the same: upstream times local. You will write it
# for the layers that networks are made of, and walk back through a whole network.
#
# You will
#
# - see which numbers make one entry of a gradient, and use shapes to find the formula
# - write forward and backward of four layers: ReLU, sigmoid, L2 loss, affine (a linear layer with its bias)
# - get the exact gradient of the lecture's example from a graph
# - walk back through a whole network, step by step, and write it in NumPy
# - let several losses pull at one network, and see them disagree
# - see why gradients vanish or explode in deep networks
#
# It takes about 35 minutes. Parts marked *optional* can wait.
#
# | symbol | meaning | shape |
# |---|---|---|
# | `X`, `W`, `b` | a batch, weights, biases | `(N, D)`, `(C, D)`, `(C,)` |
# | `Y` | what a layer gives out | `(N, C)` |
# | `dY` | the gradient of the loss by `Y`: what arrives from behind, *upstream* | the shape of `Y` |
# | `dX`, `dW`, `db` | the gradients that the layer passes on | the shapes of `X`, `W`, `b` |
# | `z`, `h`, `s` | sums, hidden answers, outputs of the network of notebook 07 | `(3,)`, `(3,)`, `(2,)` |

# %% tags=["setup"]
import numpy as np
from lectureutils import checks, data, figures
from lectureutils.live import predict

# %% [markdown]
# ## One function of a whole matrix
#
# The lecture takes $f(W, x) = \lVert W x \rVert^2$. It has two steps: $q = W x$, a vector, and then
# $f = q_0^2 + q_1^2 + \dots$, one number. On the way back the second step comes first. Each $q_i$ enters $f$ as a square,
# so its gradient is $dq_i = 2 q_i$. (`dq` is short for the gradient of $f$ by $q$, `dW` for the one by $W$; the slides write
# $\nabla_W f$.)
#
# Now the product. Where does $W_{ij}$ appear? Only in $q_i$, multiplied by $x_j$. So its local gradient is $x_j$, and
# upstream is $dq_i$:
#
# $$dW_{ij} = dq_i \, x_j = 2 q_i x_j$$
#
# And $x_j$? It appears in *every* $q_k$, each time multiplied by $W_{kj}$. A value that goes several ways collects
# from all of them: gradients add.
#
# $$dx_j = \sum_k dq_k \, W_{kj} = \sum_k 2 q_k W_{kj}$$
#
# Written for all entries at once, the first is an *outer product*, `np.outer(dq, x)`: each entry of the one times each
# entry of the other. The second is a matrix product. Code that takes whole arrays like this, without a loop over their
# entries, is called **vectorized**:

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 4 min, on their own 6 min.
#
# **Misconceptions**
#
# - *A gradient of a matrix is a new kind of thing.* One answer for each entry, so it has the shape of what it belongs
#   to.
# - *dW depends on W and dx on x.* A product swaps roles: what came in times what came back.
#
# **Ask.** You set `x[1]` to 0. Which weights get no blame?

# %%
W = np.array([[1.0, 0.5, -1.0], [-0.5, 1.0, 2.0]])
x = np.array([1.0, -2.0, 0.5])
q = W @ x
f = np.sum(q**2)
dq = 2 * q
dW = np.outer(dq, x)
dx = W.T @ dq
for name, value in {"q": q, "f": f, "dq": dq, "dW": dW, "dx": dx}.items():
    print(f"{name:>2} {str(value.shape):>7}:", value.tolist())

# %% [markdown]
# Look at the shapes: `dW` has the shape of `W`, `dx` the shape of `x`. That is no accident. A gradient answers one
# question for each entry: *what if this entry grew a little?* So there is one answer for each entry.
#
# Before you move the numbers, a guess.

# %% tags=["core"]
predict(
    "You change x[1], and nothing else. Which entries of dW = 2 q x^T change?",
    {
        "Only column 1, since dW[i, 1] contains x[1]": "It contains q, too: q = W x depends on x[1], and every entry of "
        "dW contains a q.",
        "All of them": "Column 1 changes through x[1], and every entry through q, which depends on all of x.",
        "None: dW depends on W": "A product swaps roles: the gradient of one factor is made of the other.",
    },
    answer="All of them",
)

# %%
W = np.array([[1.0, 0.5, -1.0], [-0.5, 1.0, 2.0]])
x = np.array([1.0, -2.0, 0.5])
figures.VectorizedFigure(W, x)

# %% [markdown]
# **What you see.** On top the graph: shapes of values above the edges, shapes of gradients below, always equal. Below three
# tables. In the middle one, each entry of `dW` is the number above it, `x[j]`, times the number to its right, `dq[i]`. In the
# right one, each entry of `dx` is the column above it times the column on the right, summed.
#
# **Try this.**
#
# - Press on an entry of `dW` or `dx`, or choose it under *Look at*: the coloured cells make it. The sentence has the
#   sum written out, and the measured value.
# - Set `x[1]` to 0: column 1 of `dW` is 0. A weight that meets a zero has no say, and gets no blame.
# - Make a row of `W` zero: that `q` is 0, and so is that row of `dW`.
#
# **Take-away.** The gradient of a weight is *what came in* times *what came back*.

# %% [markdown]
# ## The puzzle of shapes
#
# For a batch the layer is $Y = X W^T$ with `X` `(N, D)`, `W` `(C, D)`, `Y` `(N, C)`. From behind arrives `dY` `(N, C)`.
# Which product gives `dW`, and which gives `dX`? You can derive it with indices, as above. Or you can play: there are three
# arrays, each can be turned on its side (`.T` makes rows of its columns), and the result must have the right shape.
#
# Think of the pieces as rectangles. Two of them can be multiplied if the inner sides are equal.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 3 min, on their own 6 min.
#
# **Misconceptions**
#
# - *If the shapes fit it is right.* With N = D = C everything fits, and most products are wrong.
# - *Gradients of a batch are averaged here.* They add; the 1/N belongs to the loss.
# - Exercise 1: N left in the shape of dW, rows and columns of dW exchanged, db with the shape of dY.
#
# **Ask.** Which letter must vanish inside the product for dW, and what does that mean? With N = D = C, how many of the 36
# products are `dW`? (One, and one more is its transpose; the same for `dX`.)

# %%
figures.ShapesFigure(N=4, D=3, C=2)

# %% [markdown]
# **What you see.** Two pieces around a corner, each as high and as wide as its shape. The thick sides have to be equal: an
# arc swings one up to the other. If they are, the product fills the corner, as high as the left piece and as wide as the
# right one. The dashed shape is wanted. The sentence says whether the product is the gradient: it has compared the numbers.
#
# **Try this.**
#
# - Find `dW`. The `N` must vanish: it stands inside, between the pieces, so the product *sums over the examples*. A weight is used by
#   every example, and gradients add.
# - Find `dX`. This time `C` vanishes: an input is used by every class.
# - Set `N`, `D` and `C` all to 3. Now everything fits. How many of the 36 products are right?
#
# **Take-away.** Shapes find the formula when N, D and C differ. When they are equal, all 36 products have the right shape:
# one of them is `dW`, another is `dW` lying on its side, and 34 are wrong. Only the numbers tell. So test with different
# sizes.
#
# ### Exercise 1: say the shapes
#
# The lecture's case: 32 pictures of 7500 numbers, 5 classes, `Y = X @ W.T + b`. Which shapes do the gradients have?

# %% tags=["exercise"] read="`dW` has the shape of `W`"
# replace each None by a shape, such as (3, 4) or (4,), which needs its comma
shapes = {"dY": None, "dX": None, "dW": None, "db": None}
# SOLUTION
shapes = {"dY": (32, 5), "dX": (32, 7500), "dW": (5, 7500), "db": (5,)}
# END SOLUTION
checks.gradient_shapes(shapes)

# %% [markdown]
# ## Layers are nodes
#
# A layer is a node with two abilities. **Forward**: take `X`, give `Y`. **Backward**: take `dY`, give `dX`, and the gradients
# of its own weights if it has some. It needs to know nothing else about the network. Four such nodes, and you can build
# most of what this lecture is about.
#
# You write them as functions that do both. In a real library the two halves run at different times, but the formulas
# are the same.
#
# ### Exercise 2: ReLU
#
# $Y = \max(0, X)$. The local gradient is 1 where `X` is positive, and 0 where it is negative; at exactly 0 you may take
# either. Multiply it by what arrives.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 3 min, on their own 8 min.
#
# **Misconceptions**
#
# - *Backward is forward run in reverse.* It is another function, and it needs values kept from the forward run.
# - *The ReLU's backward looks at dY.* The mask comes from X; dY is what is let through.
# - Exercises 2 and 5: the mask made from dY, the mask alone without dY, the forward value returned; `dY @ W.T`, X and
#   dY exchanged, a mean instead of a sum for db.
#
# **Ask.** A layer you have never seen comes with a backward. How do you test it in five lines?

# %% tags=["exercise"] read="The local gradient is 1 where"
def relu_layer(X, dY):
    """Return (Y, dX), all of the shape of X."""
    # SOLUTION
    return np.maximum(0, X), dY * (X > 0)
    # END SOLUTION


checks.relu_layer(relu_layer)

# %% [markdown]
# ### Exercise 3 (optional): sigmoid
#
# $Y = 1 / (1 + e^{-X})$, and its slope is $Y (1 - Y)$: the forward value is all that the way back needs.

# %% tags=["exercise", "optional"] read="the forward value is all"
def sigmoid_layer(X, dY):
    """Return (Y, dX), all of the shape of X."""
    # SOLUTION
    Y = 1 / (1 + np.exp(-X))
    return Y, dY * Y * (1 - Y)
    # END SOLUTION


checks.sigmoid_layer(sigmoid_layer)

# %% [markdown]
# ### Exercise 4 (optional): the L2 loss
#
# The last node of the graph. It compares the scores `S` with targets `T`, both `(N, C)`: squares, summed over the classes,
# mean over the examples. Nothing comes after it, so upstream is 1 and there is no `dY` to hand in.

# %% tags=["exercise", "optional"] read="squares, summed over the classes"
def l2_layer(S, T):
    """Return (L, dS): a number, and its gradient by S (N, C)."""
    # SOLUTION
    difference = S - T
    return np.sum(difference**2) / len(S), 2 * difference / len(S)
    # END SOLUTION


checks.l2_layer(l2_layer)

# %% [markdown]
# Now put *your* layers to the test. The figure calls the functions above with four numbers, and measures every gradient by
# nudging. A layer that you have not written yet is replaced by the formula.

# %%
figures.LayerFigure(
    {"ReLU": relu_layer, "sigmoid": sigmoid_layer, "L2 loss": l2_layer}
)

# %% [markdown]
# **What you see.** On the left the layer's curve with your four inputs a, b, c, d; each red line has the local slope. On the
# right the numbers: what comes in, what arrives from behind, and what goes on, yours and measured.
#
# **Try this.**
#
# - ReLU: push *a* over zero. Its gradient switches from 0 to all of `dy`. At exactly 0 there
#   is a cross: measuring gives the mean of both sides, your layer takes one side. Both are right at a kink.
# - Sigmoid: how much does it pass back at 3, how much at 0? Guess, then look. At 0 it is steepest, and even there only ¼ gets through.
# - L2 loss: the second row is now the target. The further away the score, the larger the gradient.
# - Break your layer on purpose, say without `dY`, run both cells, and look for the crosses.
#
# **Take-away.** The ReLU lets through or blocks, the sigmoid always dampens, the loss starts the whole flow.
#
# ### Exercise 5: the affine layer
#
# The heart of every network: `Y = X @ W.T + b`, a product and a shift; such a function is called *affine*. You have solved its puzzle already. And `b`? It is added to every row of
# `Y`, so it was used `N` times.

# %% tags=["exercise"] read="It is added to every row"
def affine_layer(X, W, b, dY):
    """Return (Y, dX, dW, db) for X (N, D), W (C, D), b (C,), dY (N, C)."""
    # SOLUTION
    Y = X @ W.T + b
    return Y, dY @ W, dY.T @ X, dY.sum(axis=0)
    # END SOLUTION


checks.affine_layer(affine_layer)

# %% [markdown]
# Trust, but measure. Take any loss of `Y`; here it is $\sum_{nc} dY_{nc} Y_{nc}$, whose gradient by `Y` is exactly `dY`. Nudge
# every entry, and compare with what your layer says. This works for every layer that anybody will ever write:

# %%
from lectureutils.gradients import numerical_gradient, relative_error

rng = np.random.default_rng(0)
X, W, b, dY = (rng.normal(size=shape) for shape in [(4, 3), (2, 3), (2,), (4, 2)])
loss = lambda X, W, b: np.sum(dY * (X @ W.T + b))
measured = [numerical_gradient(lambda X: loss(X, W, b), X),
            numerical_gradient(lambda W: loss(X, W, b), W),
            numerical_gradient(lambda b: loss(X, W, b), b)]
yours = affine_layer(X, W, b, dY) or [None] * 4  # nothing yet, as long as it is a gap
for name, nudged, mine in zip(("dX", "dW", "db"), measured, yours[1:]):
    agrees = mine is not None and relative_error(mine, nudged).max() < 1e-6
    print(name, nudged.shape, "agrees" if agrees else "does not agree yet")

# %% [markdown]
# ## The lecture's example, for the third time
#
# In notebook 04 we took the lecture's `V2`, its input `x1` and the norm as loss. There the slide measures two of the
# twelve entries of `dW` and prints 0.5 and 0.9. Measured properly they were 0.024954 and 0.374898. Now
# the graph can speak:
#
# `W (3, 4)` → **@ x1** → `s (3,)` → **− y\*** → `d (3,)` → **norm** → `L`
#
# Three nodes, three local gradients. The norm $L = \sqrt{d_0^2 + d_1^2 + d_2^2}$ passes back $d / L$: a vector of length 1.
# The difference passes it on as it is. The product makes the outer product with `x1`. So, without any measuring:
#
# $$dW = \frac{d}{L} \, x_1^T$$
#
# And we let the engine of this package do the same on its own. You write only the forward computation:

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 5 min.
#
# **Misconceptions**
#
# - *Measuring is the truth, the graph is theory.* The graph is exact; measuring is the independent witness.
# - *0.5 against 0.025 is a detail.* It is the sign of what comes out when small errors are divided by small steps.
#
# **Ask.** 13 losses or one walk back: what is it for a network with a million weights?

# %%
from lectureutils.autodiff import Tensor
from lectureutils.gradients import numerical_gradient

V2, x1, y_star = data.lecture.V2, data.lecture.x1, data.lecture.y_star
W = Tensor(V2, "W")
d = W @ x1 - y_star
loss = (d * d).sum().sqrt()
loss.backward()
formula = np.outer(d.data / loss.data, x1)
measured = numerical_gradient(lambda V: np.linalg.norm(V @ x1 - y_star), V2)
print(f"loss {loss.data:.6f}, dW =", np.round(W.grad, 6), sep="\n")
print("agrees:", [np.allclose(W.grad, other) for other in (formula, measured)])

# %% [markdown]
# The graph, the formula and measuring agree: these are the twelve numbers of the exact gradient. The slide's 0.5 should be 0.024951 and its 0.9 should be 0.374266.
# In notebook 04 you found out how the slide came to its numbers: the scores were cut off after three digits, and one step was not undone.
# The graph takes no steps and subtracts no nearly equal losses, so there is nothing to lose.
#
# It is cheaper, too. One-sided measuring, as on the slide, needs 13 losses for 12 entries. The walk back costs about as much as one
# more walk forward, whether there are twelve weights or twelve million.
#
# **Take-away.** Backpropagation is exact and cheap. Measuring is neither, but it is an independent witness: keep it for tests.

# %% [markdown]
# ## A whole network, backward
#
# Here is the network of [notebook 07](07_neural_networks.ipynb) again: `W1, b1`, a ReLU, two outputs *animal* and *machine*. For
# `x1` it says 0.2014 and 0.5499, so it is right: a car is a machine. But it is not very sure of itself, and the cross-entropy
# is 0.5340. In which direction should each of its 23 weights and biases move?

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 4 min, on their own 6 min.
#
# **Misconceptions**
#
# - *A zero input gives zero gradients everywhere.* dW, yes. The bias of a neuron that is awake learns all the same.
# - *Backpropagation changes the weights.* It computes; the step comes after.
#
# **Ask.** Before each step: which two arrays do you need? Who had kept them?

# %% tags=["core"]
predict(
    "The input is all zeros. Which gradients of the first layer, dW and db, are zero?",
    {
        "Both: zeros in, zeros out": "The bias works without any input. z = b = (0.15, -0.1, -0.2), and the first neuron "
        "is awake: its bias gets a gradient.",
        "All of dW, but not all of db": "dW is dz times x, and x is 0. db is dz itself, which is not 0 for the one neuron "
        "that is awake.",
        "Neither": "dW[i, j] = dz[i] x[j], and every x[j] is 0.",
    },
    answer="All of dW, but not all of db",
)

# %%
lecture = data.lecture
U, c = np.array([[1.0, -0.4, -0.2], [-0.5, 0.6, 0.4]]), np.array([0.1, 0.0])
x1, x2 = lecture.x1, lecture.x2
inputs = {"x1": x1, "x2": x2, "zeros": 0 * x1, "minus x1": -x1}
figures.NetworkBackwardFigure(lecture.W1, lecture.b1, U, c, inputs, ["animal", "machine"])

# %% [markdown]
# **What you see.** On the left the network: values in its neurons (`z` above `h`), weights on its edges. The larger a
# number, the thicker its edge; below 0 it is dashed. On the right the same as matrices, each with the place for its gradient
# right below it, in the same shape. Press *Step*: the gradients come from the loss back to the inputs, and take the place of
# the weights on the edges. The framed one is new, and the coloured ones made it. The sentence has the formula with
# numbers, and each array has been measured.
#
# **Try this.**
#
# - Walk through all nine steps with `x1`. Say before each step which two arrays you need.
# - Stop at step 5. On each edge flows its weight times what comes from behind. Add up what arrives at the first hidden
#   neuron: 0.41 + 0.21 = 0.62.
# - Stop at step 8. Which edge is the thickest, and why? It comes from the largest input, 2.32, and leads to the neuron that the
#   largest gradient came back to, 0.62. Their product is 1.44.
# - Input *zeros*: check your answer. Input *minus x1*: all three neurons sleep, and nothing at all reaches `W` and `b`.
# - Change the truth to *animal*: all signs turn round, and the numbers grow. The network was wrong now, so there is more to mend.
# - Choose the L2 loss. Only `ds` is computed in another way. Everything before it follows the same rules.
#
# **Take-away.** Each step needs only what its neighbour hands over and what was kept from the way forward. That is why
# the forward pass has to remember its values.
#
# The same in NumPy. Compare the lines with the nine steps:

# %%
lecture = data.lecture
U, c = np.array([[1.0, -0.4, -0.2], [-0.5, 0.6, 0.4]]), np.array([0.1, 0.0])
z = lecture.W1 @ lecture.x1 + lecture.b1
h = np.maximum(0, z)
s = U @ h + c
ds = np.exp(s) / np.exp(s).sum() - [0, 1]  # cross-entropy: p - y
dU, dc, dh = np.outer(ds, h), ds, U.T @ ds
dz = dh * (z > 0)
dW, db = np.outer(dz, lecture.x1), dz
for name, array in {"ds": ds, "dU": dU, "dz": dz, "dW": dW}.items():
    print(f"{name} =", *np.round(array, 4).tolist())

# %% [markdown]
# ### Exercise 6 (optional): a batch, all the way back
#
# Now for a batch, from `dS` to all four gradients. Use the affine layer twice and the ReLU once, in reverse.

# %% tags=["exercise", "optional"] read="Use the affine layer twice"
def network_backward(X, W, b, U, c, dS):
    """Return (dW, db, dU, dc) of S = relu(X @ W.T + b) @ U.T + c, given dS (N, K)."""
    # SOLUTION
    Z = X @ W.T + b
    H = np.maximum(0, Z)
    dZ = (dS @ U) * (Z > 0)
    return dZ.T @ X, dZ.sum(axis=0), dS.T @ H, dS.sum(axis=0)
    # END SOLUTION


checks.network_backward(network_backward)

# %% [markdown]
# ## Several losses, one network
#
# A network may have more than one task. Ours is to tell animals from machines, and at the same time to guess how many tonnes the thing
# weighs, from the same three hidden numbers: mass $= v \cdot h$. The car of `x1` weighs 1.5. Add a penalty, and there are three losses:
#
# $$L = a \cdot L_\text{class} + m \cdot L_\text{mass} + \lambda \sum W^2$$
#
# Nothing new is needed. `h` goes two ways, and as at every branch in [notebook 08](08_backpropagation.ipynb), gradients add. Each loss sends its own gradient, a vector with
# one entry for each of the 15 numbers in `W` and `b`, and what arrives is the weighted sum. But two vectors can point to
# different sides.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 5 min.
#
# **Misconceptions**
#
# - *A step against the sum lowers every loss.* It lowers the weighted sum. One of them may rise.
# - *Weights of losses are a technical detail.* Somebody decides what matters.
#
# **Ask.** The angle is 121°. What does a step do to the shorter arrow's loss?

# %%
predict(
    "You take one small step against the sum of the gradients. Can one of the losses rise?",
    {
        "No: every gradient is part of the sum": "If two gradients point against each other, the sum follows the longer "
        "one, and the shorter one's loss rises.",
        "Yes": "The step lowers the weighted sum of all losses, not each of them.",
        "Only if the step is too large": "Even the smallest step does it, if the gradients stand at more than 90 degrees and "
        "one is much longer.",
    },
    answer="Yes",
)

# %%
lecture = data.lecture
U, c = np.array([[1.0, -0.4, -0.2], [-0.5, 0.6, 0.4]]), np.array([0.1, 0.0])
figures.TwoLossesFigure(lecture.W1, lecture.b1, U, c, lecture.x1, label=1, mass=1.5)

# %% [markdown]
# **What you see.** On the left the downhill direction of each loss, times its weight, and their sum (thick, star). The plane is the one in
# which the first two arrows lie, so their lengths and their angle are true. The penalty points mostly out of it, and only its
# part in the plane is drawn. On the right, how much each loss changes in one real step.
#
# **Try this.**
#
# - At the start the two stand at 121°: they pull against each other. The mass loss is louder, so the class loss *rises* a little.
# - Turn *Mass loss ×* down to 0.5. Both fall now, the mass loss a third as fast as before. (The penalty rises. Nobody minds it
#   as long as its weight is 0.) Weights of losses are a choice, and somebody has to make it.
# - Put *True mass* at 0.1, a toy car. The guess, 0.32, is now too high instead of too low, and the mass pulls the other way:
#   59°. One step helps both.
# - Move `v`: the angle depends on which hidden neurons the second task wants to use.
#
# **Take-away.** The gradient of a sum is the sum of the gradients. Descent serves the sum; a single loss may have to pay.

# %% [markdown]
# ## Many layers: vanishing and exploding
#
# On its way back a gradient passes through every layer. Each multiplies it: by the weights, `dY @ W`, and by the slope of the
# bend. After ten layers there are ten such factors. In [notebook 06](06_what_goes_wrong.ipynb) you saw what products of many
# factors do. Now you know where the factors come from.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 4 min.
#
# **Misconceptions**
#
# - *Larger weights save the sigmoid.* They help a little, and push it into its flat parts.
# - *The gradient is small, so we are near the minimum.* It may have been multiplied by ¼ twelve times.
#
# **Ask.** Which two numbers of each layer are multiplied on the way back?

# %%
predict(
    "12 sigmoid layers; a sigmoid's slope is 1/4 at most. By how much do the slopes alone shrink the gradient, at least?",
    {
        "By 3: twelve quarters": "The slopes are multiplied, one after the other, not added.",
        "By 48: 12 times 4": "Each layer divides what is left by 4 again: 4 · 4 · 4 and so on.",
        "By 16 million": "4 to the power of 12 is 16,777,216, and only if each neuron is at its steepest.",
    },
    answer="By 16 million",
)

# %%
figures.DepthFigure(depth=12, scale=1.0)

# %% [markdown]
# **What you see.** On the left the length of the gradient at each layer, on a log scale; it starts with 1 at the last layer and
# travels to the left. On the right the mean slope of the bend in each layer. For a ReLU that is the share of neurons that are awake.
#
# **Try this.**
#
# - Scale 1, 12 layers: the sigmoid leaves 0.000 000 02. The first layers learn practically nothing. The ReLU lets about
#   one half pass; its lengths shrink by about the root of that, 0.7 a layer.
# - Press *√2 (He)*: what the ReLU takes away the weights give back. It keeps about its length, even through 30 layers.
# - Can larger weights save the sigmoid? Press *4*, at 12 layers. It helps, 0.002 is left. But they push the neurons into the flat
#   parts, the slopes sink to about half of ¼, and the gradient still vanishes. The ReLU explodes meanwhile.
#
# **Take-away.** Depth multiplies. A bend with slope 1 and weights of the right size keep the product near 1. This is one reason why
# deep networks are built with the ReLU, and why one starts them with He's weights.

# %% [markdown] tags=["optional"]
# ## Write your own engine (optional)
#
# So far you wrote the way back by hand. A machine can do it, because the way forward says it all. In six steps you build such
# an engine and train this notebook's network with it: a value, its graph, the walk back, a neuron, a layer, the training.
#
# Take $q = x y$ and $f = q z + q x$. At $x = 3$, $y = 2$, $z = 5$ that is $q = 6$ and $f = 48$. How fast does $f$ grow with
# $x$, which goes two ways? Walk through it, before you make a machine walk:

# %% tags=["optional"]
def f(x, y, z):
    q = x * y
    return q * z + q * x


figures.StepperFigure(f, {"x": 3, "y": 2, "z": 5}, title="f = q · z + q · x, with q = x · y", low=-8, high=8)

# %% [markdown] tags=["optional"]
# **What you see.** `q` gets 3 from one product and 5 from the other. Only when both have arrived it passes 8 · 2 on to `x`,
# which has got 6 already: 22.
#
# ### Exercise 7 (optional): a value, its graph, the walk back
#
# Look at one node of the graph. It has a number, its *parents* (the nodes that it was made from), and for each parent the local
# gradient. A `Value` remembers just these, so the graph is there as soon as you compute. The sum is given: its local gradients are
# 1 and 1. `nodes()` is given, too: everything that a result was made from, in the order of making.
#
# Two things are yours. First the product: which local gradients does it remember? Then the walk back. The result starts with 1. Go
# through the nodes in reverse; hand each parent its upstream times local. And remember what happens where two paths meet.

# %% tags=["exercise", "optional"] read="And remember what happens where two paths meet"
class Value:
    count = 0

    def __init__(self, data, parents=(), locals=()):
        self.data, self.grad = data, 0.0
        self.parents, self.locals = parents, locals
        Value.count += 1
        self.number = Value.count

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        # SOLUTION
        return Value(self.data * other.data, (self, other), (other.data, self.data))
        # END SOLUTION

    __radd__, __rmul__ = __add__, __mul__  # for 2 + x and 2 * x

    def relu(self):
        return Value(max(0.0, self.data), (self,), (float(self.data > 0),))

    def nodes(self):
        found = [self]
        for node in found:
            found += [parent for parent in dict.fromkeys(node.parents) if parent not in found]
        return sorted(found, key=lambda node: node.number)

    def backward(self):
        nodes = self.nodes()
        # SOLUTION
        self.grad = 1.0
        for node in reversed(nodes):
            for parent, local in zip(node.parents, node.locals):
                parent.grad += node.grad * local
        # END SOLUTION


def gradients(x, y, z):
    if checks.gaps(Value.__mul__, Value.backward):
        return None, None, None
    x, y, z = Value(x), Value(y), Value(z)
    q = x * y
    f = q * z + q * x
    f.backward()
    return x.grad, y.grad, z.grad


checks.tiny_tensor(gradients)

# %% [markdown] tags=["optional"]
# ### Exercise 8 (optional): a neuron, a layer
#
# The lecture's first neuron gets `x1`: 0.1 · 0.1 − 0.15 · 1.5 + 0 · 0.07 + 0.3 · 2.32 + 0.15 = 0.631. Built of your values it is
# a small graph, and your engine knows its gradients. The layer `W1` is three such neurons: 0.631, 0.969 and 0.71.
#
# In `neuron`, `x` and `w` are lists and `b` is one value. Add all products of a weight with its input to the bias, and put the
# whole through `.relu()` if `bend` is true. In `layer`, `W` is a list of rows and `b` a list: give back the list of its neurons.
# (The check takes the package's engine, so it does not mind a gap above.)

# %% tags=["exercise", "optional"] read="Add all products of a weight with its input"
def neuron(x, w, b, bend):
    """Return b + the sum of weight * input, through a ReLU if bend is true."""
    # SOLUTION
    total = b
    for weight, number in zip(w, x):
        total = total + weight * number
    return total.relu() if bend else total
    # END SOLUTION


def layer(x, W, b, bend):
    """Return the list of neurons, one for each row of W."""
    # SOLUTION
    return [neuron(x, row, shift, bend) for row, shift in zip(W, b)]
    # END SOLUTION


def layer_of_numbers(x, W, b, bend):
    return checks.run_layer(layer, x, W, b, bend)


checks.tiny_layer(layer_of_numbers)

# %% tags=["optional"]
predict(
    "Your engine adds whatever arrives to grad. You train, and set nothing to 0. What stands in w.grad in the second step?",
    {
        "The gradient of the second step": "It is added to what stands there, and that is the gradient of the first step.",
        "The sum of both steps' gradients": "The first one was never taken away. So the step follows it once more.",
        "The mean of both steps' gradients": "Nobody divides. What arrives is added, as at every branch.",
    },
    answer="The sum of both steps' gradients",
)

# %% [markdown] tags=["optional"]
# ### Exercise 9 (optional): the training
#
# `values` are the weights and biases, `loss_of(values)` computes the loss and with it the whole graph. Three things are
# missing in each step: no gradient of an earlier step may be left, the loss walks back, and each value moves downhill by changing
# its `data`.

# %% tags=["exercise", "optional"] read="no gradient of an earlier step may be left"
def train(values, loss_of, learning_rate, steps):
    """Take steps downhill; return the list of losses, each from before its step."""
    losses = []
    for step in range(steps):
        loss = loss_of(values)
        losses.append(loss.data)
        # SOLUTION
        for value in values:
            value.grad = 0.0
        loss.backward()
        for value in values:
            value.data -= learning_rate * value.grad
        # END SOLUTION
    return losses


def training_of_numbers(numbers, learning_rate, steps):
    return checks.run_training(train, numbers, learning_rate, steps)


checks.tiny_training(training_of_numbers)

# %% [markdown] tags=["optional"]
# ### Your engine on the lecture's numbers (optional)
#
# Now put it together: two layers, 23 weights and biases, the L2 loss. The slides say only what `x1` shows, a car. Let us say that
# `x2` is an animal and `x3` a machine. The third cell does the same with the package's engine.

# %% tags=["optional"]
def network_loss(p):
    """Return the mean L2 loss of three examples for the 23 values p: W, b, U and c, one after the other."""
    loss = 0.0
    for x, truth in zip(X.tolist(), Y.tolist()):
        h = layer(x, [p[0:4], p[4:8], p[8:12]], p[12:15], True)
        s = layer(h, [p[15:18], p[18:21]], p[21:23], False)
        for score, wanted in zip(s, truth):
            miss = score + -wanted
            loss = loss + miss * miss * (1 / 3)
    return loss

# %% tags=["optional"]
lecture = data.lecture
U, c = np.array([[1.0, -0.4, -0.2], [-0.5, 0.6, 0.4]]), np.array([0.1, 0.0])
X, Y = lecture.X, np.array([[0, 1], [1, 0], [0, 1]])  # animal, machine


def own(learning_rate, steps):
    """Return the losses of a training with your engine, or None as long as there is a gap."""
    if checks.gaps(Value.__mul__, Value.backward, neuron, layer, train):
        return None
    start = np.concatenate([lecture.W1.ravel(), lecture.b1, U.ravel(), c]).tolist()
    return train([Value(number) for number in start], network_loss, learning_rate, steps)

# %% tags=["optional"]
from lectureutils import autodiff, optim

arrays, yours = [lecture.W1, lecture.b1, U, c], own(0.05, 101)
for step in range(101):
    W, b, V, d = tensors = [autodiff.Tensor(array) for array in arrays]
    miss = autodiff.affine(autodiff.affine(X, W, b).relu(), V, d) - Y
    loss = (miss * miss).sum() * (1 / 3)
    loss.backward()
    if step in (0, 1, 10, 100):
        print(f"step {step:>3}: arrays {loss:.6f}, yours", f"{yours[step]:.6f}" if yours else "is not finished yet")
    arrays = list(optim.sgd(arrays, [tensor.grad for tensor in tensors], 0.05)[0])

# %% [markdown] tags=["optional"]
# The loss falls from 0.252 to 0.0005. When your three exercises are solved, run these cells once more: your engine prints the
# same numbers. What do the arrays add? The same walk with one node for a whole layer, where yours has one for each product and
# each sum. (Their rules stand in `lectureutils.ops`, one line each. Where NumPy has stretched an array, such as `b` over all rows,
# the gradient is summed up again.)

# %% tags=["optional"]
figures.OwnEngineFigure(own, X, Y, lecture.W1, lecture.b1, U, c)

# %% [markdown] tags=["optional"]
# **What you see.** On the left the losses, on a log scale: the package's arrays, your engine on top of them once it is finished,
# and dashed a training that never sets its gradients to 0. On the right the scores of the package's network; the hollow
# marks are wanted.
#
# **Try this.**
#
# - Press *Play*: after 100 steps all six scores are within 0.03 of what is wanted.
# - Set *Steps* to 2. The dashed line is ahead, 0.0842 to 0.0970. It follows the first gradient twice, like the ball of
#   [notebook 05](05_gradient_descent.ipynb) without any friction. So it never comes to rest: at 100 steps it is at 0.0732.
# - Choose the learning rate 0.2. One jump too far, and all three hidden neurons sleep for all inputs: the loss stays at 0.4444.
# - Solve the three exercises and run all cells of this section again. Then write `=` instead of `+=` in your walk back: from which
#   step on does your engine go another way?
#
# **Take-away.** An engine is a value that remembers its parents and its local gradients, and a walk back. Training is three
# things more: gradients to 0, backward, a small step.

# %% [markdown]
# ## Summary
#
# - `dW[i, j]` is what came back to output `i` times what came in at input `j`. A gradient has the shape of what it belongs to, so
#   the shapes find the formula: `dX = dY @ W`, `dW = dY.T @ X`, `db = dY.sum(axis=0)`.
# - A layer is a node with a forward and a backward. The ReLU blocks or lets pass, the sigmoid dampens, the loss starts the flow.
# - For the lecture's example the graph gives all twelve entries exactly, without nudging anything.
# - A network goes back in the reverse order of its layers, and each step needs what the way forward has kept.
# - Several losses: the weighted gradients add, and they may conflict.
# - Depth multiplies slopes and weights: gradients vanish or explode, unless both are chosen with care.
#
# **Next:** [10 Train a network](10_train_a_network.ipynb): everything together, on real data. The way through the whole series is in
# [00 Start here](00_start_here.ipynb).
#
# ## Where to go from here
#
# - Erik Learned-Miller, [Vector, matrix, and tensor derivatives](https://cs231n.stanford.edu/vecDerivs.pdf) (CS 231n,
#   Stanford): a few pages against being confused; write out one entry, then guess the matrix.
# - Terence Parr and Jeremy Howard, [The matrix calculus you need for deep learning](https://arxiv.org/abs/1802.01528)
#   (2018): slower, with every step between.
# - Xavier Glorot and Yoshua Bengio, [Understanding the difficulty of training deep feedforward neural networks](https://proceedings.mlr.press/v9/glorot10a.html)
#   (AISTATS 2010): slopes and weights layer by layer, measured, and a start that keeps them apart from 0.
# - Kaiming He and others, [Delving deep into rectifiers](https://arxiv.org/abs/1502.01852) (ICCV 2015): the same for the
#   ReLU, which blocks half of what comes.
# - Rich Caruana, "Multitask learning", *Machine Learning* 28 (1997): several losses on one network, and when they help
#   each other.
# - Andrej Karpathy, [micrograd](https://github.com/karpathy/micrograd) (2020): an engine like yours in a hundred lines, for
#   single numbers.
#
# <details>
# <summary>Who found this, and when (optional)</summary>
#
# *Layers backward.* David Rumelhart, Geoffrey Hinton and Ronald Williams, 1986. *Several losses on one network.* Rich
# Caruana, multitask learning, 1997. *Programs that do it for you.* Theano began in Montréal before 2010; TensorFlow
# came in 2015, PyTorch in 2016. All of them are tapes like the one that you built.
# </details>
