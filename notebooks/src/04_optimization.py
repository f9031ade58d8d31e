# %% [markdown]
# # 04 Optimization: how to find a good W
#
# The loss says how good a `W` is, and not where a better one can be found. This notebook looks for it in four ways: by
# luck, by a formula, by measuring the slope, and by walking downhill.
#
# You will
#
# - say what is minimised, and over which unknown
# - watch random search find a good `W` in 12 dimensions and fail in 7500
# - solve least squares with a formula, and mend it where it breaks
# - measure a gradient entry by entry, and find out why the lecture's comes out twenty times too large
# - walk downhill, and tell from the path whether the learning rate is too small, right or too large
# - derive a gradient on paper, and check it by measuring
#
# It takes about 45 minutes. Parts marked *optional* can wait.
#
# | sign | meaning | shape |
# |---|---|---|
# | `x`, `X` | one example; a batch, one example per row | `(D,)`, `(N, D)` |
# | `W`, `b` | weights and bias | `(C, D)`, `(C,)` |
# | `y_star`, `Y` | wanted scores: one-hot, for one example or a batch | `(C,)`, `(N, C)` |
# | `L` | the loss, one number | |
# | `dW` | gradient: one slope of `L` for each weight | `(C, D)` |
# | `h` | a small step, used for measuring | |
# | `learning_rate`, `lam` (λ) | size of the steps; strength of the ridge, as in 03 | |
# | $\lambda_{max}$ | the strongest curvature of `L`: another lambda, the usual name of an eigenvalue | a number |

# %% tags=["setup"]
import numpy as np
from lectureutils import checks, data, figures
from lectureutils.live import predict

# %% [markdown]
# ## We minimise L, not f
#
# In use, `W` is fixed and the picture changes. In training it is the other way round: the picture and its answer are
# fixed, and `W` is the unknown:
#
# $$\begin{pmatrix} ? & ? & ? & ? \\ ? & ? & ? & ? \\ ? & ? & ? & ? \end{pmatrix}
# \begin{pmatrix} 0.1 \\ 1.5 \\ 0.07 \\ 2.32 \end{pmatrix} \approx
# \begin{pmatrix} 0 \\ 1 \\ 0 \end{pmatrix} = y^*$$
#
# Twelve question marks. A small score $f$ is worth nothing by itself; what should be small is the distance to the wanted
# scores. So we look for the $W$ that makes $L(W)$ smallest, and write it as
#
# $$W^{best} = \arg\min_W L(W), \qquad L(W) = \lVert f(x; W) - y^* \rVert = \lVert W x - y^* \rVert$$
#
# *argmin* is the place, *min* is the value there. This `L` is the lecture's example here: the length of the difference,
# not squared, and no bias. (For `W` = 0 it is 1. Keep the number: that is what not trying costs.)
#
# ### Exercise 1 (optional): the loss as a function of W
#
# Write `L`, for any wanted scores. Three things happen in it: scores, difference, length.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 3 min.
#
# **Misconceptions**
#
# - *We look for small scores.* We look for scores near the wanted ones; the loss is small then, f is not.
# - *min and argmin are the same.* One is a loss, the other a `W`.
# - Exercise 1: the square of the length, a mean instead of a sum, scores without the difference.
#
# **Ask.** What is the unknown when a classifier is used, and what when it is trained?

# %% tags=["exercise", "optional"] read="not squared, and no bias"
def norm_loss(W, x, y_star):
    """Return the length of W x - y_star; W (C, D), x (D,), y_star (C,)."""
    # SOLUTION
    difference = W @ x - y_star
    return np.sqrt(np.sum(difference**2))
    # END SOLUTION


checks.norm_loss(norm_loss)

# %% [markdown]
# ## Random search
#
# The first idea needs no idea: draw a `W`, compute `L`, keep the best, and draw again. The lecture draws twice, `V1` and
# `V2`. Which draw is the better one? Below the numbers you can go on drawing. Make a guess first: how small will the
# best loss of a thousand draws be?
#
# <details>
# <summary>If you have the slides beside you (optional)</summary>
#
# They call the draws `W`; here `W1` and `W2` are taken. For the first one they print 0.987, 0.223, 0.38. These are not
# the scores of the `W` that they show. They would fit if a bias of (0.3, -0.2, 0.2) had been added, which is printed
# nowhere. For the second draw they print 0.416, -0.118, 1.167: right, but for the last digits.
# </details>

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 3 min, on their own 7 min.
#
# **Misconceptions**
#
# - *With enough draws luck gets there.* In 12 dimensions, of which three sums matter, it does. In 7500 every draw is
#   worse than zeros.
# - *The scores printed for V1 are right.* They would need a bias that is printed nowhere; the fold has the story.
#
# **Ask.** A thousand draws reach 0.15. How many more for half of that?

# %%
ex = data.lecture

def loss(W):
    return np.linalg.norm(W @ ex.x1 - ex.y_star)

draws = {"V1": ex.V1, "V2": ex.V2}
for name, V in draws.items():
    s = V @ ex.x1
    print(f"{name}: {s[0]:7.4f}  {s[1]:7.4f}  {s[2]:7.4f}   L = {loss(V):.6f}")
figures.RandomSearchFigure(loss, ex.x1, ex.y_star, draws, ex.CLASSES)

# %% [markdown]
# **What you see.** `V1` is the better of the lecture's draws, by far. The slides go on from `V2` all the same, and so will
# we: there is more to improve. In the figure the table is the last draw, the bars are its scores, the diamonds the wanted
# ones. On the right all draws so far, sorted by loss; the dashed outline is what to expect from the spread.
#
# **Try this.** Press *Step* a few times, then *Draw 1000*, several times. A thousand draws get to about 0.1 or 0.2: only
# three numbers have to be hit, the scores. From there on luck gets expensive: on average, ten times the draws halve the loss. Then set the spread to 0.05: hardly a draw is bad, and none is good. Nine in ten sit between
# 0.75 and 1.25, around 1, the loss of zeros.
#
# ### Luck does not scale
#
# Twelve weights, of which only three sums matter: that is an easy lottery. Below is a bowl with `D` unknowns, each with
# its own right value. Luck competes with *gradient descent*, the last method of this notebook. The **gradient** is the
# list of all slopes: for each unknown, how fast `L` grows when this one grows. Descent steps against it. Both may compute
# the same number of losses, and a step of descent pays for three.

# %% tags=["core"]
predict(
    "7500 unknowns, 900 draws, and the search is even told how large the right values are. How good is the best draw?",
    {
        "Much better than w = 0": "Each draw is right in some entries by luck, and wrong in others. Over 7500 entries this "
        "averages out to the same mediocre loss every time.",
        "A bit better than w = 0": "Not even that. A wrong guess of the right size costs more than no guess.",
        "Worse than w = 0": "A random value of the right size is on average twice as wrong as 0. With 7500 of them no draw is "
        "lucky enough to make up for it.",
    },
    answer="Worse than w = 0",
)

# %%
figures.DimensionFigure()

# %% [markdown]
# **What you see.** With one unknown, luck wins: 900 draws cover a line densely. With 12 it falls behind, with 100 it
# has nothing to offer, with 7500 every draw is as bad as any other. Descent hardly notices the dimension: the gradient
# tells all 7500 unknowns at once where to go.

# %% [markdown]
# ## The analytic solution
#
# With the *squared* distance there is a formula. Put the examples in the rows of `X`, their wanted scores in the rows
# of `Y`, and ask where the gradient of $\lVert X W^T - Y \rVert^2$ is zero:
#
# $$X^T X \, W^T = X^T Y \qquad\Longrightarrow\qquad \arg\min_W L(W) = \left( (X^T X)^{-1} X^T Y \right)^T$$
#
# | array | `X` | `X.T @ X` | `X.T @ Y` | `W` |
# |---|---|---|---|---|
# | shape | `(N, D)` | `(D, D)` | `(D, C)` | `(C, D)` |
#
# And it gives $W^T$: read off the shapes. The bias comes for free: add a column of ones to `X`, and the last column of `W`
# is `b`. (The slide writes $\min_W$; the formula gives the place, so it is *argmin*.)
#
# ### Exercise 2: the normal equation
#
# `np.linalg.solve(A, B)` returns the `Z` with `A @ Z = B`. It is faster than an inverse, and more exact.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 2 min, on their own 9 min.
#
# **Misconceptions**
#
# - *There is a formula, so why descend?* It needs the squared loss, an inverse and the cube of D in time.
# - *The formula gives W.* It gives its transpose: examples stand in rows. And it is the argmin, not the min.
# - Exercise 2: the transpose forgotten, `X @ X.T` instead of `X.T @ X`, an inverse of a matrix that has none.
#
# **Ask.** One example, twelve unknowns: how many perfect `W` are there, and which one would you take?

# %% tags=["exercise"] read="And it gives $W^T$"
def normal_equation(X, Y):
    """Return the W (C, D) with the smallest squared loss, for X (N, D) and Y (N, C)."""
    # SOLUTION
    W_transposed = np.linalg.solve(X.T @ X, X.T @ Y)
    return W_transposed.T
    # END SOLUTION


checks.normal_equation(normal_equation)

# %% [markdown]
# ### One example is not enough
#
# The slide applies the formula to the single example `x1`. Then every column of $x x^T$ is a multiple of `x`: its rank is
# 1, and it has no inverse. Three equations can't pin down twelve unknowns, so infinitely many `W` reach `L = 0`. There
# are three ways out:
#
# - **least squares** (`lstsq`, `pinv`): take the shortest of all the best `W`
# - **ridge**: minimise $\frac{1}{N} \lVert X W^T - Y \rVert^2 + \lambda \lVert W \rVert^2$. Now $X^T X + N \lambda I$ has
#   an inverse, for any $\lambda > 0$. You know the term: it is the L2 penalty
# - **more examples**: at least as many as unknowns per class, and different ones
#
# `least_squares` of our package does the first two; for the third we take real data. How many examples does it take?

# %%
from lectureutils.optim import least_squares

X, Y = data.lecture.x1[None, :], data.lecture.y_star[None, :]
print(f"X^T X is 4 x 4 and has rank {np.linalg.matrix_rank(X.T @ X)}")
answer = least_squares(X, Y, bias=False)
print("the shortest W of all with L = 0, its row for car:", np.round(answer.W[1], 4))
ridge = least_squares(X, Y, bias=False, lam=0.1)
car, ridged = answer.W[1] @ X[0], ridge.W[1] @ X[0]
print(f"its score for car {car:.4f}; with the ridge 0.1: {ridged:.4f}")

# %%
penguins, digits = data.load_penguins(), data.load_digits()
train, test = penguins.random_split(0.25, seed=0)
sets = {
    "digits": digits.random_split(0.25, seed=0),
    "penguins": (train.standardised(), test.standardised(like=train)),
}
figures.LeastSquaresFigure(sets)

# %% [markdown]
# **What you see.** Left: the eigenvalues of $X^T X$, one for each direction in the space of the weights. Each says how much
# the examples have to say about its direction. In the grey band it counts as zero: there any `W` fits alike, and there is
# no inverse. How many are above zero is the *rank*. Right: the accuracy for each number of examples.
#
# **Try this.**
#
# - One example: a single eigenvalue above zero. Eight examples: eight.
# - The penguins have only five unknowns for each species: 35 birds are enough.
# - On the digits go from 22 examples on: every seen digit is right, and the unseen ones get *worse*, from 54.8% to 45.9%
#   with 37. With 65, as many as unknowns, it is 51.0%, the rank is 53 (the other pixels are empty on all 65), and the
#   largest weight 28 times that of 22. Then more examples help again, up to 93.5%.
# - Now add a ridge of 0.01: the small eigenvalues are lifted, the weights shrink, and the dip is gone.
# - On all digits three eigenvalues stay zero: a few pixels at the edge are empty on every picture.
#
# The dip has a name, **double descent**: the error falls, rises, and falls again. With few examples the shortest of many
# perfect `W` is a tame one. Where the examples just pin `W` down, one perfect `W` is left, and it bends to every bit of
# noise. With many more, the noise averages out.
#
# The formula needs the squared loss, and its cost grows with the cube of `D`: for 7500 inputs the matrix has 56 million
# numbers. With another loss, or a second layer, there is no formula at all. Walking downhill works for all of them.

# %% [markdown]
# ## The numerical gradient
#
# How does `L` change when one weight grows a little? Try it: add $h$ to that weight, compute `L` again, divide the
# change by $h$.
#
# $$\frac{\partial L}{\partial W_{ij}} \approx \frac{L(W \text{ with } W_{ij} + h) - L(W)}{h}$$
#
# One such slope for every weight: that is the **gradient**, a table of the same shape as `W`. The lecture does it
# for `V2`, with $h = 0.001$ and by hand. Press *Step* and follow it.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 3 min, on their own 10 min.
#
# **Misconceptions**
#
# - *A rounding in the fourth digit can't matter.* Divided by h = 0.001 it becomes 0.5: twenty times the true slope.
# - *The smaller h, the better.* Below about 1e-8 the digits run out: the curve is a V.
# - Exercise 3: the step is not undone, no division or one by h instead of 2h, integers that swallow the step, an
#   alias of `W` instead of a copy.
#
# **Ask.** `x[0]` is 0.1. How fast can the loss grow at most when `W[0,0]` grows? Does 0.5 look possible?

# %%
ex = data.lecture
figures.NumericalGradientFigure(ex.V2, ex.x1, ex.y_star, ex.CLASSES)

# %% [markdown]
# **What you see.** The first two entries are the lecture's 0.5 and 0.9, and with them the slides end. Does it look right to
# you? The input is $x_0 = 0.1$, and $h = 0.001$.
#
# Below the question stands the same table, with the true gradient beside it and the lecture's habits on switches. Find
# the cause: which switches, and which sliders, bring the first entry to 0.025 and the second to 0.375, a thousandth
# from the truth?

# %%
predict(
    "W[0,0] grows by 0.001. By how much does cat's score grow, and how fast can L grow at most, per unit of W[0,0]?",
    {
        "The score by 0.001, L by at most 1": "The weight is multiplied by x[0] = 0.1 before it reaches the score.",
        "The score by 0.0001, L by at most 0.1": "The score moves 0.1 as fast as the weight, and a distance can't change "
        "faster than the score that moves. So a slope of 0.5 is impossible.",
        "The score by 0.0001, L by at most 0.5": "A distance can't change faster than the point that moves: at most 0.1.",
    },
    answer="The score by 0.0001, L by at most 0.1",
)

# %%
ex = data.lecture
figures.NumericalGradientFigure(ex.V2, ex.x1, ex.y_star, ex.CLASSES, switches=True)

# %% [markdown]
# <details>
# <summary>What happened on the slide</summary>
#
# The base loss 1.6688 was computed from scores that were *cut* after three digits (0.416 instead of 0.4165). The losses
# after the step were not. The difference of 0.0005 that this makes is then divided by 0.001: there are the 0.5. For the
# second entry the step at the first one had been left in as well; undone, it would have been 0.8.
#
# Switch both habits off, and the losses are right, but rounded to four digits. The slopes come out as 0 and 0.3. Only
# more digits help: with 16 you get 0.024954 and 0.374898.
# </details>
#
# **Take-away.** A numerical gradient subtracts two nearly equal numbers, then magnifies the rest by $1/h$. An error of
# 0.0005 in a loss is harmless; divided by 0.001 it becomes 0.5. It is the lecture's own example of an *inexact gradient*.
#
# ### How small should h be?
#
# With all digits kept, 0.374898 is still not 0.374266. A smaller step should mend that. What do you
# expect at $10^{-6}$, and what at $10^{-12}$?

# %%
ex = data.lecture
figures.StepSizeFigure(ex.V2, ex.x1, ex.y_star)

# %% [markdown]
# **What you see.** A V. On its right side the step is so large that the loss bends on the way; on its left side the
# digits run out. The **central difference**, $\frac{L(W+h) - L(W-h)}{2h}$, steps to both sides. Most of the bend
# cancels, so its valley is deeper, at a larger $h$.
#
# **Try this.** Keep only 4 digits, as on the slide. Now $h = 0.01$ is about the best for a step to one side, with an error
# of 0.011; at the slide's 0.001 it is 0.079, and further left nothing can be trusted. Then choose the
# square of the norm. Its central curve has no right side: on a parabola central differences are exact.
#
# ### Exercise 3: measure a gradient
#
# Write the central difference for any function `f` of a matrix `W`. One entry moves at a time. Mind two traps: the step
# has to be undone, and `W` may come in whole numbers.

# %% tags=["exercise"] read="The **central difference**"
def numerical_gradient(f, W, h):
    """Return the central differences (f(W + h) - f(W - h)) / 2h, entry by entry."""
    # SOLUTION
    W = W.astype(float)  # a copy, and no integers
    dW = np.zeros(W.shape)
    for i in np.ndindex(W.shape):
        old = W[i]
        W[i] = old + h
        ahead = f(W)
        W[i] = old - h
        behind = f(W)
        W[i] = old
        dW[i] = (ahead - behind) / (2 * h)
    return dW
    # END SOLUTION


checks.numerical_gradient(numerical_gradient)

# %% [markdown]
# ## Gradient descent
#
# Measuring costs two losses for each weight: 75000 for the 37500 weights of a picture classifier, and a single step. Good
# for *checking*, too slow for learning. A bit of algebra gives the whole gradient for the price of about two losses. With
# the residual $r = Wx - y^*$:
#
# 1. $L = \sqrt{r_1^2 + r_2^2 + r_3^2}$, so $\dfrac{\partial L}{\partial r_i} = \dfrac{r_i}{L}$
# 2. $r_i = \sum_j W_{ij} x_j - y^*_i$, so $\dfrac{\partial r_i}{\partial W_{ij}} = x_j$
# 3. chained: $\dfrac{\partial L}{\partial W_{ij}} = \dfrac{r_i}{L}\, x_j$, or for all at once $dW = \dfrac{r}{L}\, x^T$

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 4 min, on their own 9 min.
#
# **Misconceptions**
#
# - *The gradient points to the minimum.* It points uphill, here and now. How far the minimum is, it does not say.
# - *A smaller rate is always safer and so better.* Safe, and it may not arrive today.
# - *The loss goes up, so the gradient is wrong.* More often the rate is above 2/λmax.
# - Exercise 4: plus instead of minus, `W` multiplied by the rate, `W = -rate * dW`, the rate forgotten, b moved by
#   dW.
# - Exercise 5: target minus probability (uphill), p alone, no 1/N, softmax over the wrong axis. Exercise 8: λW where R is
#   the sum of squares (it is 2λW), or the penalty applied to b as well.
#
# **Ask.** The path zigzags. Is the rate below or above the limit? What will the next three losses do?

# %%
from lectureutils.gradients import check_gradient

x, y_star, V = data.lecture.x1, data.lecture.y_star, data.lecture.V2
r = V @ x - y_star
dW = np.outer(r, x) / np.linalg.norm(r)
print(np.array2string(dW, precision=6, floatmode="fixed", suppress_small=True))
report = check_gradient(lambda W: np.linalg.norm(W @ x - y_star), V, dW)
print("derived and measured agree" if report else report)

# %% [markdown]
# Two witnesses, one gradient. Get used to asking both.
#
# The gradient points to where `L` grows fastest. **Gradient descent** steps the other way, again and again:
#
# $$W \leftarrow W - \text{learning rate} \cdot dW$$
#
# ### How large a step?
#
# From `V2`, with the learning rate 0.1: the lecture's norm, and its square.

# %%
x, y_star = data.lecture.x1, data.lecture.y_star
limit = 2 / (2 * x @ x)  # 2 / lambda_max of the squared loss
print(f"length of x1: {np.linalg.norm(x):.3f}; squared loss: limit {limit:.4f}")
for name, power, rate in [("norm", 1, 0.1), ("square", 2, 0.1), ("square", 2, 0.1309)]:
    V, losses = data.lecture.V2, []
    for step in range(7):
        r = V @ x - y_star
        losses.append(np.linalg.norm(r) ** power)
        V = V - rate * np.outer(r, x) * (2 if power == 2 else 1 / np.linalg.norm(r))
    print(f"{name:>6}, rate {rate:<6}:", "  ".join(f"{loss:.4f}" for loss in losses))

# %% [markdown]
# The norm falls, and then hops: 0.140, 0.625, 0.140. Its gradient is as long near the goal as far away (for one example
# always 2.765, the length of `x1`), so a step of fixed rate is always equally long. The slope of the *squared* loss fades
# towards the goal, and with it the steps. It settles, unless the rate is above $2 / \lambda_{max}$, where $\lambda_{max}$
# is the strongest curvature: how fast the slope itself grows, where it grows fastest. Here the limit is 0.1308, and the
# last row is a hair above it.
#
# ### On a surface
#
# Two weights can be drawn. Take the car's score, only from `x[1]` and `x[3]`, and two examples: 1 for `x1`, 0 for `x3`.
# Other data, another curvature: here the limit is 0.0664.

# %% tags=["core"]
predict(
    "The squared loss, with a learning rate just below the limit 2 / lambda_max. What will the path look like?",
    {
        "Straight to the bottom": "Across the valley the slope is steep, and a step of that size lands on the other side.",
        "A zig-zag that arrives": "Each step crosses the valley and lands a bit lower on the other side. Above the limit it "
        "lands higher.",
        "It flies away": "Only above the limit. Below it, each crossing ends a bit lower.",
    },
    answer="A zig-zag that arrives",
)

# %%
inputs, wanted = data.lecture.X[[0, 2]][:, [1, 3]], np.array([1.0, 0.0])

def norm(w):
    r = inputs @ w - wanted
    length = np.linalg.norm(r)
    return length, inputs.T @ r / max(length, 1e-300)

def squared(w):
    r = inputs @ w - wanted
    return r @ r, 2 * inputs.T @ r

figures.SurfaceFigure({"norm": norm, "squared": squared})

# %% [markdown]
# **What you see.** The same start, the same rate, the same contour lines, at different heights. Below: the losses step by
# step, and where the rate stands for the squared loss.
#
# **Try this.** Press *Play*, then move the rate through its four zones, and drag the start.
#
# - *too small*: safe, and it takes for ever
# - *right*: down the slope without crossing the valley
# - *zig-zag*: across the valley at every step, yet it arrives
# - *diverging*: the first step may still go down, and soon each one lands higher up. A few steps are enough to see it
# - The norm never diverges, as its slope does not grow, and never settles: it hops around the goal, the closer the
#   smaller the rate. Notebook 05 lets the rate decay.
#
# ### Exercise 4: one step
#
# Write the step for a classifier with weights and bias. It returns new arrays and leaves the old ones alone.

# %% tags=["exercise"] read="\\text{learning rate} \\cdot dW"
def gradient_step(W, b, dW, db, learning_rate):
    """Return (W, b) after one step downhill."""
    # SOLUTION
    return W - learning_rate * dW, b - learning_rate * db
    # END SOLUTION


checks.gradient_step(gradient_step)

# %% [markdown] tags=["optional"]
# ## Gradients of the losses (optional)
#
# Each loss of notebook 02 sees `W` through the scores only. So a gradient comes in two halves. Its own half is the
# slope by the scores, `dscores` of shape `(N, C)`. The second half is the same for all:
#
# $$dW = dscores^T X, \qquad db = \text{sum of the rows of } dscores$$
#
# ### Exercise 5: cross-entropy
#
# Softmax and logarithm look bad, and cancel beautifully: $\frac{\partial L}{\partial s_{ij}} = \frac{1}{N}(p_{ij} - t_{ij})$,
# probability minus target. Write it so that scores in the thousands do no harm, as in notebook 02.

# %% tags=["exercise", "optional"] read="cancel beautifully"
def cross_entropy_gradient(scores, y):
    """Return d(mean cross-entropy)/dscores, for scores (N, C) and labels y (N,)."""
    # SOLUTION
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    dscores = e / e.sum(axis=1, keepdims=True)
    dscores[np.arange(len(y)), y] -= 1
    return dscores / len(y)
    # END SOLUTION


checks.cross_entropy_gradient(cross_entropy_gradient)

# %% [markdown]
# ### Exercises 6 to 8: the other losses, and the penalty
#
# - **L1 and L2**, with one-hot targets $t$: the means over the examples of $\sum_j |s_{ij} - t_{ij}|$ and of
#   $\sum_j (s_{ij} - t_{ij})^2$. Return both gradients by the scores. At the kink of L1 take 0, as `np.sign` does.
# - **Hinge**: each wrong class within the margin wants its own score down and the true one up, both by the same amount.
#   At its kink there is no slope; take 0, a **subgradient**. A walk hardly ever lands there exactly.
# - **Penalty**: add $\lambda R(W)$ with $R = \sum W^2$ to a loss whose gradients `dW` and `db` you have. The bias stays free,
#   and `dW` itself as it is: return a new array.

# %% tags=["exercise", "optional"] read="as `np.sign` does"
def l1_and_l2_gradients(scores, y):
    """Return the pair of gradients by the scores (N, C): of L1, of L2."""
    # SOLUTION
    difference = scores - np.eye(scores.shape[1])[y]
    return np.sign(difference) / len(y), 2 * difference / len(y)
    # END SOLUTION


checks.l1_and_l2_gradients(l1_and_l2_gradients)

# %% tags=["exercise", "optional"] read="each wrong class within the margin"
def hinge_gradient(scores, y):
    """Return d(mean hinge loss)/dscores, for scores (N, C) and labels y (N,)."""
    # SOLUTION
    rows = np.arange(len(y))
    margins = 1 + scores - scores[rows, y][:, None]
    margins[rows, y] = 0
    dscores = (margins > 0).astype(float)
    dscores[rows, y] = -dscores.sum(axis=1)
    return dscores / len(y)
    # END SOLUTION


checks.hinge_gradient(hinge_gradient)

# %% tags=["exercise", "optional"] read="The bias stays free"
def penalised_gradient(dW, db, W, b, lam):
    """Return (dW, db) of the loss plus lam times the sum of all W^2."""
    # SOLUTION
    return dW + 2 * lam * W, db
    # END SOLUTION


checks.penalised_gradient(penalised_gradient)

# %% [markdown]
# ## Three ways, one task
#
# The digits once more: luck, formula, a walk downhill, judged by the share of right answers on seen and on unseen digits.
# Luck chooses by that share directly, as it needs no slope; to save time it looks at every fourth digit only. The walk is
# taken twice, on the formula's squared loss (L2) and on cross-entropy.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 2 min.
#
# **Misconceptions**
#
# - *The formula is exact, so it is best.* It minimises the squared loss exactly. The digits are judged by another
#   one; a walk on the squared loss is no better.
#
# **Ask.** Order the four by accuracy before you run the cell.

# %%
from lectureutils import losses, optim, train
seen, unseen = data.load_digits().random_split(0.25, seed=0)
X, y, Y = seen.X[::4], seen.y[::4], losses.one_hot(seen.y, 10)
luck = optim.random_search(lambda W: np.mean((X @ W.T).argmax(1) != y), (10, 64), 2000)
exact = optim.least_squares(seen.X, Y)
ways = {"luck": (luck.W, 0), "formula, L2": (exact.W, exact.b)}
for loss, rate in [("L2", 0.08), ("cross-entropy", 2)]:  # steps with all examples
    walk = train.fit(seen.X, seen.y, loss=losses.LOSSES[loss], learning_rate=rate,
                     batch_size=len(seen), epochs=300)
    ways[f"walk, {loss}"] = walk.W, walk.b
for name, (W, b) in ways.items():
    print(f"{name:>19}:", *(f"{train.accuracy(d.X @ W.T + b, d.y):.1%}" for d in (seen, unseen)))

# %% [markdown]
# Why does a walk of 300 steps beat the *exact* formula? Not because the formula learned by heart: it is behind on the seen
# digits as well. And not because walking is better: on the same squared loss the walk ends where the formula does. It is
# the loss. The formula asks *how near are the scores to 0 and 1*: a score of 2 for the right digit costs as much as a 0.
# Cross-entropy asks for the right digit, and does not mind by how much it wins. (Start the walk at the formula's own `W`:
# 300 steps of cross-entropy bring it to 95.8%.)
#
# **Take-away.** First the loss, then the way to its minimum: being exact about the wrong question does not help.

# %% [markdown]
# ## Summary
#
# - `W` is the unknown, `L` is what is minimised: we look for the argmin of `L`, not for small scores.
# - Random search finds a fair `W` for three scores. In thousands of dimensions no draw is better than any other.
# - Least squares has a formula. With fewer examples than unknowns $X^T X$ has no inverse; ridge or the shortest solution
#   mends it.
# - A measured gradient divides a small difference by a small step. Cut digits become large errors: that made 0.5 out of
#   0.025. The best `h` lies in the valley of the V.
# - A step downhill is `W - learning_rate * dW`. On the squared loss, rates up to $2/\lambda_{max}$ arrive; the norm never
#   settles at a fixed rate.
# - A gradient is derived on paper and checked by measuring.
#
# Every step here used all examples. **Next:** [05 Gradient descent](05_gradient_descent.ipynb) in earnest: mini-batches,
# momentum and Adam. The way through the whole series is in [00 Start here](00_start_here.ipynb).
#
# ## Where to go from here
#
# - Stephen Stigler, "Gauss and the invention of least squares", *Annals of Statistics* 9 (1981): two men, one formula, and
#   the quarrel over who had it first.
# - Claude Lemaréchal, "Cauchy and the gradient method", *Documenta Mathematica*, extra volume ISMP (2012): the step downhill
#   is from 1847, made for the orbits of planets.
# - David Goldberg, [What every computer scientist should know about floating-point arithmetic](https://docs.oracle.com/cd/E19957-01/806-3568/ncg_goldberg.html),
#   *ACM Computing Surveys* 23 (1991): the left side of the V, from the ground up.
# - James Bergstra and Yoshua Bengio, [Random search for hyper-parameter optimization](https://jmlr.org/papers/v13/bergstra12a.html),
#   *JMLR* 13 (2012): where drawing at random is the right thing to do, for few numbers of unequal weight.
# - Stephen Boyd and Lieven Vandenberghe, [Convex Optimization](https://web.stanford.edu/~boyd/cvxbook/) (2004): chapter 9
#   proves how fast gradient descent arrives, and what a narrow valley costs.
# - [Optimization: stochastic gradient descent](https://cs231n.github.io/optimization-1/) (notes of CS 231n, Stanford):
#   blindfolded on the hill, with code.
#
# <details>
# <summary>Who found this, and when (optional)</summary>
#
# *Least squares.* Legendre 1805, Gauss 1809. *The inverse for a matrix that has none.* Eliakim Moore in 1920, and once
# more Roger Penrose in 1955. *Downhill.* Augustin-Louis Cauchy wrote it down in 1847, on three pages, for the orbits of
# planets. *The dip.* Physicists saw it around 1990 (F. Vallet and colleagues in 1989); it became known as double
# descent with Mikhail Belkin and colleagues in 2019.
# </details>
