# %% [markdown]
# # 05 Gradient descent: small batches, good rates, and Adam
#
# The gradient says where downhill is. How many examples should you ask before you take a step? How long should the
# step be, and should every weight get the same? The answers train every network today.
#
# You will
#
# - see how well a few examples estimate the gradient of all, and why noisy steps win
# - let the learning rate decay, and give every weight a rate of its own
# - roll a ball with friction, momentum, and find the rate and the friction that cross a valley fastest
# - mend AdaGrad into RMSProp, and RMSProp into Adam, number by number
# - race five rules over a ravine, a saddle and a plateau, if you like
#
# It takes about 45 minutes. Parts marked *optional* can wait.
#
# | sign | meaning | shape |
# |---|---|---|
# | `X`, `y` | examples and labels; a batch has fewer rows | `(N, D)`, `(N,)` |
# | `W`, `b`; `w` | weights and bias; or only the weights that we look at | `(C, D)`, `(C,)`; `(D,)` |
# | `dW`, `db`, `dw` | gradient of the loss by them | like `W`, `b`, `w` |
# | `learning_rate` | how much of the gradient is a step | a number |
# | `velocity`, `m`, `v` | what a rule remembers for each weight | like the weight |

# %% tags=["setup"]
import numpy as np
from lectureutils import checks, data, figures
from lectureutils.live import predict

# %% [markdown]
# ## How many examples does a step need?
#
# Everything in this notebook varies the one line that you know: `W - learning_rate * dW`. First its gradient. The loss
# is a mean over all examples, and so is its gradient. A mean can be *estimated*: ask a few examples instead of all.
# With a million examples that is the difference between one step and ten thousand.
#
# | name | a step looks at |
# |---|---|
# | **batch gradient descent** | all N examples |
# | **mini-batch gradient descent** | B of them, for example 32 |
# | **stochastic gradient descent** (SGD) | a single one; in practice people say SGD for mini-batches too |
#
# Is a penguin a Chinstrap? Two measurements, one weight for each, and no bias. The score `w @ x` says how much it looks
# like one. All other penguins get the score 0, since only the difference of two scores counts, and cross-entropy judges
# the two.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 3 min, on their own 6 min.
#
# **Misconceptions**
#
# - *Four times the examples, four times as exact.* Twice: the error of a mean shrinks with the root.
# - *A mini-batch gradient is biased.* It scatters around the true one; on average it is right.
# - *SGD means one example.* In practice people say it for mini-batches as well.
#
# **Ask.** At which place of the path does half of the batches lead uphill, and why just there?

# %%
X, y = data.chinstraps()  # bill length and depth; 1 for a Chinstrap


def loss_of(w, X, y):
    p = 1 / (1 + np.exp(-X @ w))  # softmax of the scores 0 and w @ x
    return -np.mean(np.log(np.where(y == 1, p, 1 - p))), (p - y) @ X / len(y)


for rows in (slice(None), [0, 100, 200, 300], [50, 150, 250, 340]):
    loss, dw = loss_of(np.array([-2.5, 2.5]), X[rows], y[rows])
    print(f"{len(y[rows]):>3} examples: loss {loss:.3f}, gradient {dw.round(3)}")

# %% [markdown]
# Four examples get the rough direction, another four another one. How fast does the estimate get better?

# %% tags=["core"]
predict(
    "You ask 64 examples instead of 16. How much closer do the estimates come to the true gradient?",
    {
        "Four times as close": "That would be nice: four times the work for four times the precision. Chance is "
        "less generous, errors cancel only in part.",
        "Twice as close": "The error of a mean shrinks with the square root of the number of examples: four times the "
        "work, half the error. That is why small batches pay.",
        "It makes no difference": "The more examples, the better the mean. The question is whether it is worth it.",
    },
    answer="Twice as close",
)

# %%
figures.BatchFigure(*data.chinstraps(), batch_size=8)

# %% [markdown]
# **What you see.** Right: 150 batches were drawn, and each dot is the gradient that one of them reports. The star is
# the true gradient, from all 342 penguins. A cross is a batch that would lead you uphill. Left: the places where the
# next step could land, and the path so far. The orange diamond is the batch that is really drawn next.
#
# **Take-away.** The estimates scatter *around* the true gradient: on average they are right. Far from the minimum
# nearly every batch knows the way. Near it the true gradient is small and the noise is not: at step 60 only half of
# the batches lead downhill, and the path wanders.
#
# **Try this.**
#
# - Batch size 1, 8, 64, 342: watch the cloud shrink. At 342 it is a point, and both paths are the same.
# - Batch size 1 and *Play*. Then a learning rate of 0.2: short steps average the noise away.
# - Step 0, batch size 16, then 64: the distance in the sentence goes from 0.195 to 0.092, about one half.

# %% [markdown]
# ## Noisy steps win
#
# A step of one example is worse than a step of all. It also costs a thousandth. What counts is how far you get for
# the same *work*: the number of examples you look at. Here are the handwritten digits, 1348 training pictures, four
# batch sizes and one learning rate.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 3 min, on their own 7 min.
#
# **Misconceptions**
#
# - *An exact step beats a noisy one.* For each step, a little. For each example looked at, by far not.
# - Exercise 1: X and y shuffled apart, the same slice each time, the last short slice dropped, a sum with a rate
#   meant for a mean, one order for all epochs.
#
# **Ask.** One pass over 1348 digits: how many steps do you get with batches of 1, of 128, of all?

# %% tags=["core"]
predict(
    "After one pass over the 1348 digits: which batch size has the lowest loss?",
    {
        "All 1348, for its single step is exact": "Exact, but single. One step from zero weights can't go far.",
        "Batches of 128": "They took 11 good steps. Smaller batches took many more in the same pass.",
        "Batches of 1": "1348 steps. Each one is poor, but together they get far ahead, in spite of the zigzag.",
    },
    answer="Batches of 1",
)

# %%
from lectureutils.train import steps

train, test = data.load_digits().random_split(seed=0)
plans = {1: (5, 20), 16: (20, 4), 128: (60, 1), len(train): (300, 1)}  # epochs, chunk
runs = {}
for size, (epochs, chunk) in plans.items():
    options = {"learning_rate": 0.1, "batch_size": size, "epochs": epochs}
    runs[size] = list(steps(train.X, train.y, chunk=chunk, **options))
figures.BatchCurvesFigure(runs, n=len(train))

# %% [markdown]
# **What you see.** Counted in examples seen, the smallest batch is far ahead, and the full batch has only just begun.
# Now choose *steps* and bring the budget to about 300: three of the four are within 2% of each other there, and the
# batch of one is not far above. A step that looked at 16 pictures is as good as one that looked at 1348!
#
# **Try this.** Change `learning_rate` to 0.5 in the cell and run it again. Now the curve of batch size 1 shakes so much
# that most of its lead is gone: small batches need small rates, or a mean over a few more examples.
#
# **Take-away.** Exact gradients are a luxury. In practice a batch has 16 to a few hundred examples: enough to calm the
# noise and to use the machine well, few enough to take many steps.
#
# ### Exercise 1: mini-batches
#
# One pass over all examples is an *epoch*. `orders` has one row for each: a shuffled `0 ... N-1`. Go through each order in slices of `batch_size`, the
# last slice may be shorter, and take a step with the gradient of that batch. X and y must stay together. A batch may be
# larger than N; and the `w` that comes in stays as it is.

# %% tags=["exercise"] read="Go through each order in slices"
def gradient(w, X, y):
    """Return the gradient of mean((X @ w - y)**2)."""
    return 2 * X.T @ (X @ w - y) / len(y)


def minibatch_descent(w, X, y, orders, batch_size, learning_rate):
    """Return w (D,) after an epoch over X (N, D), y (N,) for each row of orders."""
    # SOLUTION
    for order in orders:
        for start in range(0, len(X), batch_size):
            rows = order[start:start + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
    return w
    # END SOLUTION


checks.minibatch_descent(minibatch_descent)

# %% [markdown]
# ## How long should a step be?
#
# With noise, a constant rate has a price: far away you want long steps, near the minimum long steps only shake. Two
# ways out. Let the rate **decay** with time, or watch the gradients and give **each weight its own** rate.
#
# $$\text{decaying:}\quad \frac{\text{rate}}{1 + t/\tau} \qquad\qquad
# \text{per weight (AdaGrad):}\quad \frac{\text{rate}}{\sqrt{g_1^2 + g_2^2 + \dots + g_t^2}}$$
#
# The second one is the **AdaGrad** rule, one sum for each weight. It matters when weights live on different scales. The
# penguins get one here: their bill depth is multiplied by 0.4, as if it had been measured in another unit.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 5 min.
#
# **Misconceptions**
#
# - *The rate is a constant of nature.* Large at first, small in the end.
# - *Decay as fast as you can.* tau 1.5 freezes on the slope.
#
# **Ask.** The curve shakes around a level. What do you change, and what do you expect?

# %%
X, y = data.chinstraps()
figures.RateFigure(X * [1, 0.4], y)

# %% [markdown]
# **What you see.** Three runs on the same mini-batches. The constant rate arrives early and then shakes around the
# cross for ever. The decaying rate comes to rest on it. The rate for each weight makes `w[1]`, the weight with the
# small gradients, as quick as `w[0]`, and becomes calmer with time.
#
# **Try this.**
#
# - Learning rate 0.4: the decaying rate has died out before it arrived. AdaGrad still makes it.
# - `tau` 150: in the end the rate is still half of what it was, and the path still shakes. `tau` 1.5: the run freezes
#   on the slope.
# - Batch size 342: without noise the constant rate needs no mending.
#
# **Take-away.** The rate must get small in the end, but not too early.

# %% [markdown]
# ## Momentum: a ball with friction
#
# Plain gradient descent has no memory. It stops in every dip, and in a ravine it bounces from wall to wall. A ball
# would roll on. So we give `w` a velocity: that is **momentum**. Friction leaves a share `mu` of it in each step, and
# the slope adds to it:
#
# $$\text{velocity} \leftarrow \mu\,\text{velocity} + dw, \qquad
# w \leftarrow w - \text{learning\_rate} \cdot \text{velocity}$$

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 2 min, on their own 12 min.
#
# **Misconceptions**
#
# - *Momentum only makes steps longer.* It averages: what batches agree on adds up, what they disagree on cancels.
# - *mu = 0.9 makes steps 1.9 times as long.* In the second step. In the end it is 1 / (1 - mu), ten times.
# - Exercise 2: the velocity overwritten by the gradient, reset in each step, `w` moved before the velocity, the rate
#   in both places.
#
# **Ask.** What would mu = 1 do in this valley?

# %%
predict(
    "On a long, even slope the gradient is always the same. With mu = 0.9, how fast does the ball get, compared to "
    "plain steps?",
    {
        "Ten times as fast": "velocity = 0.9 velocity + dw settles where 0.1 velocity = dw. In general 1 / (1 - mu).",
        "1.9 times as fast": "That is the second step. The third has 1 + 0.9 + 0.81, and so on: the sum goes to 10.",
        "Faster and faster without end": "Without friction, yes: that is mu = 1. Friction takes a tenth of the "
        "velocity in each step, and at 10 dw that is as much as the slope gives.",
    },
    answer="Ten times as fast",
)

# %%
figures.BallFigure(start=-4.0, mu=0.9)

# %% [markdown]
# **What you see.** Both begin at the white ring, with the same learning rate. The triangle, plain gradient descent,
# creeps into the dip and stays there. The ball has gathered speed, shoots through the dip, overshoots the valley and
# swings to rest. Mind the sign: the velocity adds up slopes, and the step goes against it. At the start the slope and
# the velocity are negative, and the ball rolls to the right.
#
# **Try this.** `mu` 0: the ball *is* the triangle. `mu` 0.5: too little speed for the dip. `mu` 0.99: hardly any
# friction, it swings for very long. `mu` 0.9 again, and drag the ring to -1.6: a ball that starts so near has no
# run-up.
#
# Momentum also calms noise: what differs from batch to batch cancels, what all batches agree on adds up.
#
# ### Exercise 2: momentum
#
# The two formulas above, for one weight, in this order: first the velocity, then the weight. Hand both back, for the
# next step needs them.

# %% tags=["exercise"] read="first the velocity, then the weight"
def momentum_step(w, velocity, dw, learning_rate, mu):
    """Return the pair (w, velocity) after one step."""
    # SOLUTION
    velocity = mu * velocity + dw
    w = w - learning_rate * velocity
    return w, velocity
    # END SOLUTION


checks.momentum_step(momentum_step)

# %% [markdown]
# ### What does it buy?
#
# Back to a valley that you know: the car's score from `x[1]` and `x[3]`, the squared loss of `x1` and `x3`. It is a
# parabola, so the slope grows evenly: by 30.1 for each unit across the valley, by 4.4 along it. These two curvatures are
# the eigenvalues of $H = 2 X^T X$, and their ratio is the **condition number**, here 6.8.
#
# In each of the two directions the distance $e$ from the lowest place goes its own way. Put the two formulas together:
#
# $$e_{next} = (1 + \mu - \text{rate} \cdot \text{curvature})\, e - \mu\, e_{before}$$
#
# Two numbers become two numbers, by a matrix of 2 x 2. What a step keeps of the distance, in the long run, is the largest
# absolute value of its eigenvalues.

# %%
X = data.lecture.X[[0, 2]][:, [1, 3]]
flat, steep = np.linalg.eigvalsh(2 * X.T @ X)
print(f"curvatures {flat:.2f} and {steep:.2f}, condition number {steep / flat:.2f}")

# %%
predict(
    "A valley 100 times as steep across as along. Plain descent at its best rate takes 345 steps to come 1000 times nearer. "
    "How many does momentum take, at its best?",
    {
        "About 340: momentum is for dips and noise": "It also lets the steps grow along the valley, while across it the "
        "velocity turns round again and again and cancels.",
        "About 170, half of them": "It depends on the valley. In this one it is much better: the worse the valley, the more "
        "it helps.",
        "About 35, a tenth": "Plain descent needs steps in proportion to the condition number, momentum to its root: 10 "
        "instead of 100.",
    },
    answer="About 35, a tenth",
)

# %%
X = data.lecture.X[[0, 2]][:, [1, 3]]
figures.ValleyFigure({"of the lecture's x1, x3": 2 * X.T @ X, "100 times as steep": np.diag([1.0, 100.0])})

# %% [markdown]
# **What you see.** Left all pairs of rate and `mu`, the darker the less a step keeps of the distance. Right the path of your
# pair, the round mark, and its distance; dashed is plain descent at its best rate.
#
# **Try this.**
#
# - Drag the mark. Where is the darkest place? The sentence says how many steps the best pair takes: 9. Get there by hand,
#   then press *Show the best pair*.
# - Choose *100 times as steep*, and look again. Everything is higher up and further to the right.
#
# The best pair stands where two lines meet. Left of the solid one the walk creeps along the flat direction, right of the
# dashed one it jumps across in the steep one:
#
# $$\text{rate} = \left(\frac{2}{\sqrt{\lambda_{max}} + \sqrt{\lambda_{min}}}\right)^2 \qquad
# \mu = \left(\frac{\sqrt{\kappa} - 1}{\sqrt{\kappa} + 1}\right)^2 \qquad \kappa = \frac{\lambda_{max}}{\lambda_{min}}$$
#
# **Take-away.** Plain descent pays for the condition number, momentum for its root.
#
# **What it does not say.** In a network nobody knows the two curvatures, they change on the way, and batches are noisy. So
# people take 0.9, the best `mu` of a valley with a condition number near 1400, and tune the rate.
#
# ### Exercise 3 (optional): what a step keeps
#
# The matrix of one step takes $(e, e_{before})$ to $(e_{next}, e)$. Return the largest absolute value of its eigenvalues.
# Where the walk swings they are complex, and `np.abs` gives their length.

# %% tags=["exercise", "optional"] read="Put the two formulas together"
def kept_per_step(rate, mu, curvature):
    """Return what momentum keeps of the distance per step, in the long run."""
    # SOLUTION
    M = np.array([[1 + mu - rate * curvature, -mu], [1, 0]])
    return np.abs(np.linalg.eigvals(M)).max()
    # END SOLUTION


checks.kept_per_step(kept_per_step)

# %% [markdown]
# ## AdaGrad, and what RMSProp mends
#
# Now the rates for each weight, from the inside. AdaGrad adds up the squares of all gradients and divides the step by
# the root. **RMSProp** changes a single thing: it keeps a *running mean* of the squares instead of their sum, so that old
# gradients fade.
#
# $$\text{AdaGrad:}\quad v \leftarrow v + dw^2 \qquad\qquad \text{RMSProp:}\quad v \leftarrow 0.9\,v + 0.1\,dw^2
# \qquad\qquad w \leftarrow w - \text{learning\_rate}\,\frac{dw}{\sqrt{v} + \epsilon}$$
#
# ($\epsilon$, a tiny number, keeps the division alive.) Two weights have been told 40 gradients each. What do both rules
# make of them?

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 6 min.
#
# **Misconceptions**
#
# - *Dividing by the gradient's size loses the direction.* Each weight keeps its sign; only the length is set.
# - *AdaGrad's small steps mean it has arrived.* Its sum never forgets. The slope may still be there.
#
# **Ask.** Two weights, gradients 0.5 and 0.05 for ever. How long are their steps?

# %%
figures.MendFigure(data.gradient_streams(), rule="AdaGrad")

# %% [markdown]
# **What you see.** Above, the gradients at each step; the orange line is now. Below left, what the rule has at this step.
# Below right, what becomes of it: how long the step is, in units of the learning rate.
#
# **Try this.**
#
# - *steady*: one gradient is ten times the other. Both weights take steps of the same length: the size has cancelled.
# - *large, then small*, rule *AdaGrad*, *Play*: the root of `v` grows out of the picture, the steps go to zero. The
#   button *RMSProp*, *Rewind*, *Play*: the root of `v` follows the gradient down, and the steps recover.
# - Step 1 with *RMSProp*: the very first step is 3.16 times the rate. Its mean starts from 0, so it is far too small at
#   first. Remember that flaw.
# - *often and rarely*: with AdaGrad the weight that seldom has a gradient takes the longer steps when it has one.
#
# **Take-away.** AdaGrad cures different scales and never forgets. RMSProp forgets, but starts with a jump.

# %% [markdown]
# ## Adam: the last mend
#
# **Adam** is RMSProp plus two things. It steps with a running mean `m` of the gradients, which is momentum again. And it
# repairs the start. Both means begin at 0, so after `t` steps they are too small by known factors. Divide by them:
#
# $$m \leftarrow \beta_1 m + (1-\beta_1)\,dw \qquad v \leftarrow \beta_2 v + (1-\beta_2)\,dw^2$$
# $$\hat m = \frac{m}{1-\beta_1^t} \qquad \hat v = \frac{v}{1-\beta_2^t} \qquad
# w \leftarrow w - \text{learning\_rate}\,\frac{\hat m}{\sqrt{\hat v} + \epsilon}$$
#
# The usual values are $\beta_1 = 0.9$, $\beta_2 = 0.999$, $\epsilon = 10^{-8}$, and $t$ is 1 in the first step.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 3 min, on their own 8 min.
#
# **Misconceptions**
#
# - *A large gradient makes a large step.* The first step is about the rate, whether the gradient is 1000 or 0.001.
# - *The correction is a detail.* Without it the steps are up to six times too long.
# - *Adam is the best.* In the race below it is second on all four grounds, never the best and never bad.
# - Exercise 4: no correction, t counted from 0, the corrected m and v kept for the next step, m squared where v is
#   meant, `dw` squared forgotten.
#
# **Ask.** Which of Adam's four numbers would you tune first, and which never?

# %% tags=["core"]
predict(
    "The very first gradient of a weight is 1000. How long is Adam's first step?",
    {
        "1000 times the learning rate": "That is plain gradient descent. Adam divides by the root of v, which is "
        "just as large.",
        "About the learning rate": "After one step, m corrected is the gradient, v corrected its square. So the step "
        "is 1000 / 1000 = 1 times the rate. With a gradient of 0.001 it would be the same.",
        "A tenth of the learning rate, since m = 0.1 * 1000": "Without the correction m would be 100 and the root of v "
        "31.6: a step of 3.16. The correction makes both what they should be.",
    },
    answer="About the learning rate",
)

# %%
figures.MendFigure(data.gradient_streams(), rule="Adam")

# %% [markdown]
# **What you see.** Bars *m* and *root of v* are what Adam keeps; the *corrected* ones are what it steps with. At
# step 3 the kept ones are still tiny, the corrected ones already have the size of the gradient.
#
# **Try this.**
#
# - *steady*, the button *Adam, no correction*, step 1 to 12: `m` catches up faster than `v`, so the steps become more
#   than six times too long. At step 40 they are still five times too long. Then the button *Adam*: all of them are 1.
# - *turning, zigzag*, steps 1 to 40: the zigzag weight hardly moves, its `m` cancels. The other one needs a
#   few steps to turn round: that is the price of momentum.
# - *noisy*: the weight whose gradient has a clear sign takes long steps, the one that is mostly noise short ones.
#
# ### Exercise 4: Adam
#
# The five formulas above, for one weight, with the usual values. `m` and `v` begin at 0 and go from step to step as
# they are; the corrected ones are for this step only.

# %% tags=["exercise"] read="too small by known factors"
def adam_step(w, m, v, t, dw, learning_rate):
    """Return (w, m, v) after step t, which is 1 in the first step."""
    # SOLUTION
    m = 0.9 * m + 0.1 * dw
    v = 0.999 * v + 0.001 * dw**2
    m_hat = m / (1 - 0.9**t)
    v_hat = v / (1 - 0.999**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + 1e-8), m, v
    # END SOLUTION


checks.adam_step(adam_step)

# %% [markdown]
# What you just wrote is the real thing: over 100 steps on the same gradients the rules of `lectureutils.optim` and
# PyTorch's optimizers differ by no more than 0.0000000001. One more name that you will meet: **AdamW**. It is Adam, and
# shrinks each weight a little in every step, *beside* the gradient: put into the gradient, a penalty would be divided by
# the root of `v` like all the rest.

# %% [markdown] tags=["optional"]
# ## The race (optional)
#
# Five rules, one start, three grounds that every training meets: a **ravine**, steep across and flat along; a
# **saddle**, which goes down to the sides but looks level in the middle; a **plateau**, with hardly any slope until
# you are near the hole. On the plateau the gradient is tiny but not zero: who gets off it first?

# %% tags=["optional"]
figures.RaceFigure("ravine")

# %% [markdown]
# **What you see.** The paths from one start, and the loss of each over the steps (pale: still to come). The sentence
# says who has arrived (loss below 0.01) and when. The buttons choose a ground and a start that shows its trouble.
#
# **Try this.**
#
# - *ravine*: SGD drops to the bottom and then creeps along it. Momentum swings. The others cut the corner: each axis
#   has a rate of its own.
# - *ravine, turned*: the same ravine at 45 degrees. AdaGrad, first before, is last now! Rates for each *weight* help
#   only when the ravine lies along a weight.
# - *saddle*: SGD stands on it for 50 steps, its loss still near 0.09. Set the start to `y` = 0 exactly: nobody leaves
#   it, the slope sideways is 0.
# - *plateau*: AdaGrad, RMSProp and Adam divide by the gradient's own size; tiny or not, their steps are about as long as
#   the rate. Drag the start to a corner: plain steps and momentum do not get off it at all.
# - Watch RMSProp on the plateau up to step 100: its loss hovers near 0.0005. It makes small gradients large, so at a
#   fixed rate it may never rest. On the ravine it has arrived, and jumps away again.
#
# **Take-away.** With these rates AdaGrad arrives first on the ravine, the saddle and the plateau (step 15, 32 and 11),
# and last on the turned ravine. Adam comes in second on all four: never the best, never bad. That is why it is the
# usual first choice.

# %% [markdown]
# ## The five rules on the digits (optional)
#
# Is it the same in earnest? All five train the linear classifier on the digits for ten epochs, with batches of 32,
# each with four rates.

# %% tags=["optional"]
from lectureutils.optim import RULES
from lectureutils.train import accuracy, fit, linear_scores

train, test = data.load_digits().random_split(seed=0)
rates = (0.001, 0.01, 0.1, 1)
print("test accuracy " + "".join(f"{'rate ' + str(rate):>12}" for rate in rates))
for name, rule in RULES.items():
    runs = [fit(train.X, train.y, rule=rule, learning_rate=r, epochs=10) for r in rates]
    shares = [accuracy(linear_scores(test.X, run.W, run.b), test.y) for run in runs]
    ends = [np.mean(run.loss[-5:]) for run in runs]
    words = ["jumps" if end > 3 * before else f"{share:.1%}" for share, end, before in zip(shares, ends, [np.inf, *ends])]
    print(f"{name:<14}" + "".join(f"{word:>12}" for word in words))

# %% [markdown] tags=["optional"]
# **What you see.** Each rule is good at *some* rate: its best column is between 94% and 97%. SGD and AdaGrad want a large
# rate, RMSProp and Adam one that is a hundred times smaller. The number means different things: a factor of the gradient
# here, a length there. So never compare two rules at one rate. *Jumps* stands where the loss of the last five epochs is
# more than three times that of the column before: what such a run gets right in the end is luck. And mind the edge of a table: SGD is at its best in the
# last column. Is there more beyond? We looked: at a rate of 10 it gets the same 94.2%.

# %% [markdown]
# ## Summary
#
# - A mini-batch estimates the gradient. Its error shrinks with the square root of the batch size, its price with the
#   batch size itself: so many noisy steps beat a few exact ones.
# - A rate should be large at first and small in the end, by decay or by the gradients' own history, weight by weight.
# - Momentum is a ball with friction: it rolls through dips, adds up what batches agree on, and is up to 1 / (1 - mu)
#   times as fast. In a valley it needs steps in proportion to the root of the condition number.
# - AdaGrad divides by the root of the sum of squares and dies out; RMSProp forgets but jumps at the start; Adam adds
#   momentum and corrects the start.
# - No rule is the best on all grounds. Adam is never bad: start with it, and tune its rate.
#
# **Next:** [06 What goes wrong](06_what_goes_wrong.ipynb): local minima, exploding gradients, and where errors come from. The way through the
# whole series is in [00 Start here](00_start_here.ipynb).
#
# ## Where to go from here
#
# - Herbert Robbins and Sutton Monro, "A stochastic approximation method", *Annals of Mathematical Statistics* 22 (1951):
#   noisy steps arrive if they get shorter, but not too fast. Both halves are proved.
# - Boris Polyak, "Some methods of speeding up the convergence of iteration methods", *USSR Computational Mathematics and
#   Mathematical Physics* 4 (1964): the heavy ball, which we call momentum.
# - Gabriel Goh, [Why momentum really works](https://distill.pub/2017/momentum/) (Distill, 2017): the ball with sliders,
#   and why it oscillates.
# - John Duchi, Elad Hazan, Yoram Singer, [Adaptive subgradient methods for online learning and stochastic optimization](https://jmlr.org/papers/v12/duchi11a.html),
#   *JMLR* 12 (2011): AdaGrad, made for words that are rare and tell much.
# - Geoffrey Hinton with Nitish Srivastava and Kevin Swersky, [Overview of mini-batch gradient descent](https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf)
#   (slides, 2012): RMSProp. It was never published elsewhere, and the world uses it.
# - Diederik Kingma and Jimmy Ba, [Adam: a method for stochastic optimization](https://arxiv.org/abs/1412.6980) (ICLR 2015):
#   one page of algorithm; section 3 is the correction of the start.
#
# <details>
# <summary>What has changed since the lecture (optional)</summary>
#
# The lecture is from 2017. Two habits are newer, and nearly every large network has both.
#
# *AdamW.* A penalty adds $2 \lambda w$ to the gradient. Adam then divides it by the root of `v`, like all the rest. So
# a weight whose gradients are large is hardly shrunk, and one whose gradients are small is shrunk a lot: not what
# $\lambda$ was meant to say. AdamW keeps the penalty out of `m` and `v` and takes a share of every weight off beside
# the step, the same share of each:
#
# $$w \leftarrow w - \text{learning\_rate}\,\Big(\frac{\hat m}{\sqrt{\hat v} + \epsilon} + \lambda w\Big)$$
#
# *Warm-up and cosine.* Adam's first steps are as long as the rate, whatever the gradient says, and `v` knows few
# gradients yet. So the rate climbs from 0 over the first few hundred or thousand steps. From there it falls along half
# a cosine and is nearly 0 at step `T`, when the training is to end:
#
# $$\text{rate} \cdot \tfrac{1}{2}\big(1 + \cos(\pi\, t / T)\big)$$
#
# It is the decay of this notebook with another shape: large for long, small in the end. Nobody has proved that this
# shape is the best one, and it wants to know `T` beforehand. The small networks of notebook 10 need neither of the two.
# </details>
#
# <details>
# <summary>Who found this, and when (optional)</summary>
#
# *Noisy steps.* Herbert Robbins and Sutton Monro, 1951. *Momentum, and its best pair.* Boris Polyak, 1964; Yurii
# Nesterov's version, which looks one step ahead, is from 1983. *AdaGrad.* John Duchi, Elad Hazan and Yoram Singer,
# 2011. *RMSProp.* Geoffrey Hinton, on a slide of 2012. *Adam.* Diederik Kingma and Jimmy Ba, 2014. *AdamW.* Ilya
# Loshchilov and Frank Hutter, 2017; a year before, the two had let the rate fall along a cosine.
# </details>
