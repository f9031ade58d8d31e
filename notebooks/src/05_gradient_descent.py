# %% [markdown]
# # 05 Gradient descent: small batches, good rates, and Adam
#
# The gradient says where downhill is. How many examples should you ask before you take a step? How long should the
# step be, and should every weight get the same? The answers to these questions are what trains every network today.
#
# You will
#
# - see how well a few examples estimate the gradient of all, and why noisy steps win
# - let the learning rate decay, and give every weight a rate of its own
# - roll a ball with friction: momentum
# - mend AdaGrad into RMSProp, and RMSProp into Adam, number by number
# - race five rules over a ravine, a saddle and a plateau
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
# ## One step, once more
#
# Everything in this notebook varies one line. You stand at `W, b`, you know the gradient `dW, db`, and you go
# against it: the gradient points to where the loss *grows*.
#
# ### Exercise 1 (optional): a gradient step
#
# Perhaps you wrote it in notebook 04. Then it takes you ten seconds. Return new arrays, and leave the old ones alone.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 0 min, on their own 1 min.
#
# **Misconceptions**
#
# - Exercise 1: the plus sign, the rate forgotten, `dW` used for b.
#
# **Ask.** Why minus?

# %% tags=["exercise", "optional"] read="and you go against it"
def gradient_step(W, b, dW, db, learning_rate):
    """Return (W, b) after one step downhill."""
    # SOLUTION
    return W - learning_rate * dW, b - learning_rate * db
    # END SOLUTION


checks.gradient_step(gradient_step)

# %% [markdown]
# ## How many examples does a step need?
#
# The loss is a mean over all examples, and so is its gradient. A mean can be *estimated*: ask a few examples instead
# of all. With a million examples that is the difference between one step and ten thousand.
#
# | name | a step looks at |
# |---|---|
# | **batch gradient descent** | all N examples |
# | **mini-batch gradient descent** | B of them, for example 32 |
# | **stochastic gradient descent** (SGD) | a single one; in practice people say SGD for mini-batches too |
#
# Let's look at real data and as few weights as possible. Is a penguin a Chinstrap? Two measurements, one weight for
# each, and no bias. The score `w @ x` says how much it looks like a Chinstrap. All other penguins get the score 0,
# since only the difference of two scores counts, and cross-entropy judges the two.

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
penguins = data.load_penguins().standardised().pick([0, 1])  # bill length and depth
X, y = penguins.X, (penguins.y == 1).astype(int)


def loss_of(w, X, y):
    p = 1 / (1 + np.exp(-X @ w))  # softmax of the scores 0 and w @ x
    return -np.mean(np.log(np.where(y == 1, p, 1 - p))), (p - y) @ X / len(y)


for rows in (slice(None), [0, 100, 200, 300], [50, 150, 250, 340]):
    loss, dw = loss_of(np.array([-2.5, 2.5]), X[rows], y[rows])
    print(f"{len(y[rows]):>3} examples: loss {loss:.3f}, gradient {dw.round(3)}")

# %% [markdown]
# Four examples get the rough direction. Another four get another one. How fast does the estimate get better?

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
penguins = data.load_penguins().standardised().pick([0, 1])
figures.BatchFigure(penguins.X, (penguins.y == 1).astype(int), batch_size=8)

# %% [markdown]
# **What you see.** Right: 150 batches were drawn, and each dot is the gradient that one of them reports. The star is
# the true gradient, from all 342 penguins. A cross is a batch that would lead you uphill. Left: the same batches as
# the places where the next step could land, and the path that came of it. The orange diamond is the batch that is
# really drawn next; it is the same batch on both sides.
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
# - Drag the white point to another start.

# %% [markdown]
# ## Noisy steps win
#
# A step of one example is worse than a step of all. It also costs a thousandth. What counts is how far you get for
# the same *work*, and the work is the number of examples you look at. Here are the handwritten digits, 1348 training
# pictures of 64 pixels, ten classes, four batch sizes and one learning rate.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 3 min, on their own 7 min.
#
# **Misconceptions**
#
# - *An exact step beats a noisy one.* For each step, a little. For each example looked at, by far not.
# - Exercise 2: X and y shuffled apart, the same slice each time, the last short slice dropped, a sum with a rate
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
# batch of one is not far above. A step that looked at 16 pictures is as good as one that looked at 1348! With one picture the
# curve shakes.
#
# **Try this.** Change `learning_rate` to 0.5 in the cell and run it again. Now the curve of batch size 1 shakes so much
# that most of its lead is gone: small batches need small rates, or a mean over a few more examples.
#
# **Take-away.** Exact gradients are a luxury. In practice a batch has 16 to a few hundred examples: enough to calm the
# noise and to use the machine well, few enough to take many steps.
#
# ### Exercise 2: mini-batches
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
# penguins get one here: their bill depth is multiplied by 0.4, as if it had been measured in another unit. Then
# `w[1]` has to become larger to say the same, while its gradient is smaller.

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
penguins = data.load_penguins().standardised().pick([0, 1])
figures.RateFigure(penguins.X * [1, 0.4], (penguins.y == 1).astype(int))

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
# would roll on. So we give `w` a velocity: that is **momentum**. Each step, friction leaves a share `mu` of
# it, and the slope adds to it:
#
# $$\text{velocity} \leftarrow \mu\,\text{velocity} + dw, \qquad
# w \leftarrow w - \text{learning\_rate} \cdot \text{velocity}$$

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 8 min.
#
# **Misconceptions**
#
# - *Momentum only makes steps longer.* It averages: what batches agree on adds up, what they disagree on cancels.
# - *mu = 0.9 makes steps 1.9 times as long.* In the second step. In the end it is 1 / (1 - mu), ten times.
# - Exercise 3: the velocity overwritten by the gradient, reset in each step, `w` moved before the velocity, the rate
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
# swings to rest. Below you have both places over time; what is still to come is pale. Mind the sign: the velocity adds
# up slopes, and the step goes against it. At the start the slope and the velocity are negative, and the ball rolls to
# the right.
#
# **Try this.** `mu` 0: the ball *is* the triangle. `mu` 0.5: too little speed for the dip. `mu` 0.99: hardly any
# friction, it swings for very long. `mu` 0.9 again, and drag the ring to -1.6: a ball that starts so near has no
# run-up.
#
# Momentum also calms noise: what differs from batch to batch cancels in the velocity, what all batches agree on adds
# up.
#
# ### Exercise 3: momentum
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
# ## AdaGrad, and what RMSProp mends
#
# Now the rates for each weight, from the inside. AdaGrad adds up the squares of all gradients, `v`, and divides by
# the root. One line of memory, one line of step; RMSProp changes a single thing. Here both get a gradient of 1 for
# 12 steps, then of 0.1:

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
def walk(mend):
    v, lengths = 0.0, []
    for t in range(40):
        g = 1.0 if t < 12 else 0.1
        v = 0.9 * v + 0.1 * g**2 if mend else v + g**2
        lengths.append(g / (np.sqrt(v) + 1e-8))
    return lengths


for name, mend in [("AdaGrad", False), ("RMSProp", True)]:
    shown = [f"t={t}: {walk(mend)[t - 1]:.2f}" for t in (1, 2, 12, 13, 20, 40)]
    print(f"{name}:", "  ".join(shown))

# %% [markdown]
# A step is given in units of the learning rate. AdaGrad's `v` only grows: it never forgets the first 12 steps, and
# its steps die out although the slope goes on. **RMSProp** keeps a *running mean* instead of the sum, so old
# gradients fade, and at step 40 it is on its way back to 1. But look at its very first step: 3.16. Its mean starts
# from 0, so it is far too small at first. Remember that flaw.

# %%
t = np.arange(40)
steady = np.column_stack([np.full(40, 0.5), np.full(40, 0.05)])
falling = np.column_stack([np.where(t < 12, 1, 0.1), np.where(t < 12, 0.5, 0.05)])
rare = np.column_stack([np.full(40, 0.3), np.where(t % 8 == 3, 0.6, 0)])
noisy = np.random.default_rng(0).normal([0.2, 0.02], 0.2, size=(40, 2))
streams = {"steady": steady, "large, then small": falling, "often and rarely": rare}
figures.MendFigure(streams | {"noisy, as from mini-batches": noisy}, rule="AdaGrad")

# %% [markdown]
# **What you see.** Above, the gradients of two weights at each step; the orange line is now. Below left, what the
# rule has at this step; every bar moves when you move the step. Below right, what becomes of it: how long the step
# is.
#
# **Try this.**
#
# - *steady*: one gradient is ten times the other. Both weights take steps of the same length: the size has cancelled.
# - *large, then small*, rule *AdaGrad*, *Play*: the root of `v` grows out of the picture, the steps go to zero.
# - The button *RMSProp*, *Rewind*, *Play*: the root of `v` follows the gradient down, and the steps recover.
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
t = np.arange(40)
steady = np.column_stack([np.full(40, 0.5), np.full(40, 0.05)])
falling = np.column_stack([np.where(t < 12, 1, 0.1), np.where(t < 12, 0.5, 0.05)])
turning = np.column_stack([np.where(t < 20, 0.5, -0.5), np.where(t % 2, -0.5, 0.5)])
noisy = np.random.default_rng(0).normal([0.2, 0.02], 0.2, size=(40, 2))
streams = {"steady": steady, "large, then small": falling, "turning, zigzag": turning}
figures.MendFigure(streams | {"noisy, as from mini-batches": noisy}, rule="Adam")

# %% [markdown]
# **What you see.** Bars *m* and *root of v* are what Adam keeps; the *corrected* ones are what it steps with. At
# step 3 the kept ones are still tiny, the corrected ones already have the size of the gradient.
#
# **Try this.**
#
# - *steady*, the button *Adam, no correction*, step 1 to 12: `m` catches up faster than `v`, so the steps become more
#   than six times too long. At step 40 they are still five times too long. Then the button *Adam*: all of them are 1.
# - Move the step to 40: the correction has nearly gone for `m`, while `v` still needs it. It fades by itself.
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
# The rules of this notebook are in `lectureutils.optim`, a few lines each. They were compared with PyTorch's
# optimizers: over 100 steps on the same gradients no weight differs by more than 0.0000000001. What you just wrote
# is the real thing. One more name that you will meet: **AdamW**. It is Adam, and shrinks each weight a little in every
# step, *beside* the gradient: put into the gradient, a penalty would be divided by the root of `v` like all the rest.

# %% [markdown]
# ## The race
#
# Five rules, one start, three grounds that every training meets: a **ravine**, steep across and flat along; a
# **saddle**, which goes down to the sides but looks level in the middle; a **plateau**, with hardly any slope until
# you are near the hole.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 4 min.
#
# **Misconceptions**
#
# - *Adam is the best.* Second on all four grounds, never the best and never bad. AdaGrad wins three and loses the turned one.
# - *Rules can be compared at one rate.* The rate means a factor here and a length there.
#
# **Ask.** The ravine is turned by 45 degrees. Who loses the most, and why?

# %%
predict(
    "On the plateau the gradient is tiny but not zero. Who gets off it first?",
    {
        "Plain gradient descent": "Its step is the gradient times the rate: a tiny gradient is a tiny step.",
        "Momentum": "It adds tiny gradients up, so it gets there in the end, ten times as fast as plain steps at best.",
        "The rules that divide by the root of v": "AdaGrad, RMSProp and Adam divide by the gradient's own size. Tiny "
        "or not, their steps are about as long as the rate.",
    },
    answer="The rules that divide by the root of v",
)

# %%
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
# - *plateau*: as predicted. Drag the start to a corner: plain steps and momentum do not get off it at all.
# - All rates times 10: who flies off the map, who only shakes?
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
#   times as fast.
# - AdaGrad divides by the root of the sum of squares and dies out; RMSProp forgets but jumps at the start; Adam adds
#   momentum and corrects the start.
# - On the ravine, the saddle and the plateau AdaGrad arrives first; turn the ravine by 45 degrees, and it is the last.
#   Adam is second everywhere. Start with Adam, and tune its rate.
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
