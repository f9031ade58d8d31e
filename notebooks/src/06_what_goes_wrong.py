# %% [markdown]
# # 06 What goes wrong: wrong valleys, exploding gradients, and errors
#
# Training has run, the answers are bad. Now what? This notebook makes things go wrong on purpose, one at a time. Each
# trouble has a face, and who has seen it once will know it again.
#
# You will
#
# - see how the start decides in which valley a descent ends, and how many starts you need
# - watch a gradient explode, and clip it
# - descend with gradients that are wrong in three ways
# - split an error into four parts, and diagnose six sick trainings
# - follow a model past the size where it is worst, and find out whether it can be too large
#
# It takes about 45 minutes. Parts marked *optional* can wait.
#
# | sign | meaning | shape |
# |---|---|---|
# | `W`; `w` | weights; or only the one or two weights that we look at | `(C, D)`; `(D,)` |
# | `dW`, `dw` | gradient of the loss by them | like `W`, `w` |
# | `learning_rate` | how much of the gradient is a step | a number |
# | `max_norm` | the longest gradient that clipping lets through | a number |
# | `h` | the nudge of a numerical gradient | a number |
# | `f`, `f*` | what was learned; what should have been learned | functions |

# %% tags=["setup"]
import numpy as np
from lectureutils import checks, data, figures
from lectureutils.live import predict

# %% [markdown]
# ## Local minima
#
# The losses of a linear classifier are single bowls: whatever the start, downhill leads to the lowest place. That is a
# gift (such losses are called *convex*). Most models have no such luck.
#
# A wave is enough to lose it. Nine measurements `t` at places `x`, and the model `sin(w[0] * x + w[1])`: how fast is
# the wave, and how far is it shifted? Below is plain gradient descent on the mean squared error, from six starts.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 6 min.
#
# **Misconceptions**
#
# - *A gradient of zero means success.* From inside, a local minimum looks just like that.
# - *All starts lead to the lowest minimum if one waits.* The start has decided. More steps do not help.
# - Exercise 1: share times n, rounded instead of rounded up, the two probabilities exchanged.
#
# **Ask.** Drag the square to the border. What would you tell someone who reports the result of a single start?

# %%
x = np.linspace(-2.6, 2.6, 9)
t = np.sin(3 * x + 0.6) + 0.15 * np.random.default_rng(1).normal(size=9)
for start in (0.5, 1.5, 2.5, 3.5, 4.5, 5.5):
    w = np.array([start, 0.0])
    for _ in range(200):
        miss = np.sin(w[0] * x + w[1]) - t
        slope = 2 * miss * np.cos(w[0] * x + w[1])
        w = w - 0.3 * np.array([np.mean(slope * x), np.mean(slope)])
    loss = np.mean((np.sin(w[0] * x + w[1]) - t) ** 2)
    print(f"from w[0] = {start}: ends at w[0] = {w[0]:.2f}, loss {loss:.3f}")

# %% [markdown]
# Two of the starts find the wave that made the data, 3 and 0.6. The others end where the slope is zero as well, with
# 55 to 90 times the loss. Nothing failed: no error, no NaN, a gradient of zero. A **local minimum** is
# lower than all around it, though not the lowest of all. From inside it looks like success.

# %%
predict(
    "On a map of all starts, how do the regions look that lead to the same minimum?",
    {
        "Round discs, one around each minimum": "Near a minimum, yes. But every start must belong somewhere, so the "
        "regions touch, and their borders run along the ridges between the valleys.",
        "Patches that share out the map, with borders along the ridges": "Like rain on hills: each ridge decides in "
        "which river a drop ends. They are called basins of attraction.",
        "Mixed like salt and pepper": "Only when the steps are so long that they jump over ridges. Small steps give "
        "neighbours the same fate, except on a border.",
    },
    answer="Patches that share out the map, with borders along the ridges",
)

# %%
x = np.linspace(-2.6, 2.6, 9)
t = np.sin(3 * x + 0.6) + 0.15 * np.random.default_rng(1).normal(size=9)
figures.BasinsFigure(x, t)

# %% [markdown]
# **What you see.** Left each point is a start, and its colour tells the minimum in which it ends, numbered from the
# lowest up. Grey starts leave the map or are still on their way. The square is your start, the diamond where it is
# now. Right you see what that means for the data: the wave of a wrong minimum catches some points and gives up on the
# others.
#
# **Try this.**
#
# - Drag the square over a border. A hair's breadth decides between a loss of 0.01 and one of 0.6.
# - Learning rate 0.01: much is grey, since 100 short steps do not arrive. 1.0: too long, hardly any start comes to
#   rest.
# - Momentum 0.9: the ball rolls through small dips and over low ridges. The borders fray, but the valleys stay.
#
# **Take-away.** A start in the right basin is luck, and less than a third of this map is the right one. What helps:
# several starts and keeping the best, momentum and noisy steps to leave shallow dips, and a model with an easier
# landscape. Large networks are kinder than this wave: most of their minima are about equally good, and with many weights
# a place with slope zero is hardly ever a minimum (see *Minima in many dimensions*, at the end).
#
# ### Exercise 1 (optional): how many starts?
#
# A share of all starts, between 0 and 1, leads to the lowest minimum. You draw `n` starts and keep the best end. All of
# them miss with probability $(1 - \text{share})^n$. How large must `n` be so that at least one hits with the probability
# `wanted`?

# %% tags=["exercise", "optional"] read="All of them miss with probability"
def restarts_needed(share, wanted):
    """Return how many starts it takes to hit at least once with that probability."""
    # SOLUTION
    if share == 1:
        return 1  # every start hits, and log(0) is no number
    return int(np.ceil(np.log(1 - wanted) / np.log(1 - share)))
    # END SOLUTION


checks.restarts_needed(restarts_needed)

# %% [markdown]
# For the map above, with a share of 0.29, nine starts are enough to be 95% sure. With a share of one in a million it
# takes three million.

# %% [markdown]
# ## Exploding gradient
#
# A **network**, the subject of [notebook 07](07_neural_networks.ipynb), is a row of **layers**: each makes new numbers out
# of those before it, by weights of its own. A deep network sends its signal through many layers, and the gradient back
# through all of them. Each layer multiplies. In the smallest case there is one weight and it is used again and again,
# `w * w * w * ...`:

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 3 min, on their own 11 min.
#
# **Misconceptions**
#
# - *A rate of 0.001 is small.* Times a gradient of 47,700 it is a step of 47.7.
# - *Clipping cures.* It makes the step safe. The ratios between layers stay; the scale of the weights is the cause.
# - Exercise 2: entries cut one by one (the direction changes), short gradients lengthened, the squared length
#   compared with the limit.
#
# **Ask.** Scale 0.7, 1.0, 1.5: what do 30 layers make of it? Guess the three numbers first.

# %%
for w in (0.8, 0.95, 1.0, 1.05, 1.2):
    powers = "  ".join(f"{k} layers: {w**k:10.3g}" for k in (10, 30, 100))
    print(f"w = {w:4}   {powers}")

# %% tags=["core"]
predict(
    "The loss is (w ** 20 - 1) ** 2, and you start at w = 1.2 with a learning rate of 0.001. What does one step do?",
    {
        "It goes a little way towards w = 1": "So small a rate seems safe. But the gradient there is nearly 50000.",
        "It goes straight to w = 1": "The gradient tells the slope here. How far it is to the hole, it does not know.",
        "It throws w far off, below -40": "The slope is 47700, times 0.001 is a step of 47.7. The next gradient has 67 "
        "digits, and after that no float can hold the loss.",
    },
    answer="It throws w far off, below -40",
)

# %%
figures.ProductFigure(w=1.2, depth=20)

# %% [markdown]
# **What you see.** Left the product, layer after layer, on a log scale: a straight line, up or down. Right the loss
# that 20 layers make of one weight: a plain where nothing has a slope, a narrow hole at `w` = 1, and behind it a
# cliff.
#
# **Try this.**
#
# - Press *Step* twice and read the sentence: thrown off the map, then exploded.
# - *Rewind*, switch *Clip the gradient* on, *Play*. The direction stays, the length is at most 10: it climbs down.
# - Start at `w` = 0.5: the gradient is -0.00008. It has *vanished*, and nothing moves. Clipping can't help here: it
#   only shortens.
# - Move *Layers* from 1 to 60. With one layer the loss is $(w - 1)^2$, a friendly bowl, though it does not look like
#   one. The axis is logarithmic, and there the bottom of a bowl, loss 0, lies infinitely deep: it becomes a spike.
#
# **Take-away.** Repeated multiplication leaves nothing as it is: a little above 1 explodes, a little below vanishes.
#
# ### Many layers
#
# Real layers are matrices. Each of the 24 numbers of a layer is a sum over the 24 before it. After the sum may come an
# *activation*, a function for each number by itself: *ReLU* sets negative numbers to 0, *tanh* squeezes all of them
# between -1 and 1. (What that is good for is told in notebook 07.) The scale of the random weights now plays the part
# of `w`: at 1, a layer without activation keeps lengths, on average.

# %%
predict(
    "The first layer's gradient is 1000 times the last layer's. Now all of it is clipped to length 1. And after?",
    {
        "Both are about 1": "Clipping each layer by itself would do that. Clipping the whole gradient "
        "multiplies all of it by one factor.",
        "Still 1000 times": "One factor for all keeps every ratio. The step is safe now, but the last layer hardly "
        "learns.",
        "The last layer's has become 0": "It is multiplied by the same factor as all others. Small it is, but not 0.",
    },
    answer="Still 1000 times",
)

# %%
figures.SignalFigure(depth=30, scale=1.5)

# %% [markdown]
# **What you see.** The signal runs from left to right, the gradient comes back from right to left, both multiplied at
# each layer. The gradient of a layer's `W` is made of both: the signal that enters and the gradient that arrives.
#
# **Try this.**
#
# - Scale 1.5, then 1.0, then 0.7: explodes, keeps its length, vanishes. From the
#   last to the first is little more than a factor of two!
# - *ReLU* at scale 1: half of the signals are cut to zero, and it vanishes. At 1.41, the root of 2, it holds. So
#   networks with ReLU are started with weights of that scale, *He's weights* (Kaiming He and others, 2015).
# - *tanh* at scale 2: the signal can't explode, since tanh ends at 1. The gradient still can.
# - *tanh*, scale 2.5, 40 layers: the first layer's gradient is thousands of times the last one's. Switch clipping on:
#   the triangles move down together, and keep their shape.
# - Then *Normalise each layer*, and move the scale from end to end: signal and gradient keep their length at every scale.
#
# **Take-away.** Clipping makes the step safe. The cause is cured by weights of the right scale, and today by
# **normalisation**: each layer measures how long its signal is and divides by it. So it no longer matters at which scale
# the weights started, or where training takes them. Over the examples of a batch that is *batch normalisation* (2015), over
# the numbers of one example *layer normalisation* (2016). Hardly a deep network is trained without one of them.
#
# ### Exercise 2: clip a gradient
#
# The length of `dW` is the root of the sum of all its squares. If it is above `max_norm`, return a new array in the same
# direction, of that length; if not, return `dW` as it is.

# %% tags=["exercise"] read="in the same direction, of that length"
def clip_gradient(dW, max_norm):
    """Return dW (C, D), shortened to the length max_norm if it is longer."""
    # SOLUTION
    norm = np.sqrt(np.sum(dW**2))
    return dW * max_norm / norm if norm > max_norm else dW
    # END SOLUTION


checks.clip_gradient(clip_gradient)

# %% [markdown]
# Clipping has its limit, too. Numbers end at about 1e308, so the squares of a gradient of 1e200 are infinite, and
# `max_norm` divided by infinity is 0: zeros come out. The training stands still, without a NaN to see.
#
# In earnest: the linear classifier on the digits, with the L2 loss and a learning rate of 0.2. It is a bowl, without
# any cliff. A step that is too long for its curvature explodes all the same, as you saw in notebook 04. `fit`
# notices, and says so.

# %%
from lectureutils.losses import l2
from lectureutils.optim import clipped, sgd
from lectureutils.train import accuracy, fit, linear_scores

train, test = data.load_digits().random_split(seed=0)
for name, rule in {"plain": sgd, "clipped to 1": clipped(sgd, 1.0)}.items():
    run = fit(train.X, train.y, loss=l2, learning_rate=0.2, epochs=10, rule=rule)
    share = accuracy(linear_scores(test.X, run.W, run.b), test.y)
    print(f"{name}: accuracy {share:.1%}")
    print("   ", run.stop)

# %% [markdown]
# ### Exercise 3 (optional): notice it early
#
# A training that has diverged only burns time. Write the guard: at which step was a loss, for the first time, above
# the limit, infinite (minus infinity as well) or NaN? Beware: every comparison with NaN is False.

# %% tags=["exercise", "optional"] read="for the first time, above the limit"
def first_bad_step(losses, limit):
    """Return the index of the first of losses (T,) that is bad, or -1 if all are fine."""
    # SOLUTION
    bad = ~np.isfinite(losses) | (losses > limit)
    return int(np.argmax(bad)) if bad.any() else -1
    # END SOLUTION


checks.first_bad_step(first_bad_step)

# %% [markdown]
# ## Inexact gradient
#
# The lecture brings its own example: two entries of a gradient, measured by hand, 0.5 and 0.9 instead of 0.025 and 0.374.
# Notebook 04 let you find out why. Scores were cut, losses rounded, and the first nudge was never undone.
#
# A mistake of 0.0005 in a loss, divided by a step of 0.001, is a mistake of 0.5 in the gradient. And rounding is only
# one of three ways to get a gradient wrong:
#
# | source | what happens | how large |
# |---|---|---|
# | mini-batch | a few examples speak for all | shrinks with the root of the batch size |
# | large `h` | the slope of a chord, not of the tangent | grows with `h` times the curvature |
# | rounding | the difference of two losses drowns in missing digits | rounding error divided by `h` |
#
# What do these do to a descent?

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 7 min.
#
# **Misconceptions**
#
# - *A wrong gradient crashes.* It stops early, stops beside the goal, or never rests; all three look like training.
# - *All errors of a gradient are alike.* Noise averages out; rounding and a large h do not.
#
# **Ask.** Which of the three errors do we accept every day, and why?

# %%
predict(
    "Losses are kept to four decimals, and h = 0.001. What happens near the minimum?",
    {
        "It comes to the minimum, a bit later": "Near the minimum the loss hardly changes. Changes below 0.00005 are "
        "rounded away, and then there is no slope left to follow.",
        "It stops short of it: the measured gradient becomes exactly 0": "A slope of less than 0.05 changes the loss "
        "by less than half of the last digit. Mostly both losses print the same, and their difference is 0.",
        "It explodes": "The error of the gradient is at most 0.1 here. That is enough to mislead, not to explode.",
    },
    answer="It stops short of it: the measured gradient becomes exactly 0",
)

# %%
rng = np.random.default_rng(0)
x = rng.normal(size=64)
figures.InexactFigure(x, 0.8 * x - 0.5 + 0.6 * rng.normal(size=64))

# %% [markdown]
# **What you see.** A straight line is fitted to 64 points. The dashed path follows the exact gradient, the red one
# the gradient that is measured. On the right their distance to the minimum; the sentence splits the error of the
# gradient at this very step.
#
# **Try this.**
#
# - As it stands, the descent freezes: rounding. Give it 17 decimals, all that the computer has (from there on the
#   figure itself rounds nothing), and it gets much farther, until the step `h` is what holds it back.
# - 17 decimals and `h` = 1: it comes to rest beside the minimum, about `h / 2` off in each weight. Then `h` = 1e-8:
#   the best compromise, no error is above 0.000 000 1. Then 1e-14: it freezes again. This time it is the computer that
#   rounds, at the 16th digit.
# - 17 decimals, `h` = 1e-8, batch size 8: now the path never rests. Batch size 1 is worse.
#
# **Take-away.** A wrong gradient does not fail loudly. It stops early, stops beside the goal, or never rests. Noise
# of mini-batches is the one error that we accept, since it is right on average.
#
# ### Exercise 4 (optional): make noise die out
#
# Against noise that averages out, let the steps get shorter: half the first rate after `tau` steps, a third after `2
# tau`, a quarter after `3 tau`.

# %% tags=["exercise", "optional"] read="half the first rate after"
def decayed_rate(learning_rate, t, tau):
    """Return the rate of step t = 0, 1, 2 ..."""
    # SOLUTION
    return learning_rate / (1 + t / tau)
    # END SOLUTION


checks.decayed_rate(decayed_rate)

# %% [markdown]
# ## Where do errors come from?
#
# The answers are bad. There are four handles, and it pays to know which one to turn:
#
# | source | in other words |
# |---|---|
# | the **model** is too small | no `W` makes $f$ equal to $f^*$ |
# | the **loss** is wrong | its lowest place is not what we mean |
# | too little **data** | the best `W` for the examples is not the best for new ones |
# | the **optimizer** has not arrived | a better `W` for the same loss is still ahead |
#
# If we knew $f^*$ we could take the error apart: let everything be perfect, spoil one after the other, and write down
# how much the error grows each time. So let us take an $f^*$ that we know, a curve, and fit polynomials to noisy
# examples of it. One example in ten comes from a broken sensor and is 3 too high. There are three losses to choose
# from: *robust* (squared for small misses, a straight line for large ones), *squared*, and one that counts every miss
# three times if the answer is too low.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 4 min, on their own 9 min.
#
# **Misconceptions**
#
# - *More data always helps.* Not if the model is too small or the loss is wrong.
# - *Every part is positive.* Stopping early can undo a part of what too little data did.
# - Exercise 5: the measured errors returned as parts, differences taken the wrong way round.
#
# **Ask.** A student says: I will train longer. What do you want to see first?

# %% tags=["core"]
predict(
    "One example in ten is 3 too high. Which loss learns a curve that is too high, even with a million examples?",
    {
        "The squared loss": "It learns the mean of what it sees at each x, and that is 0.3 too high. More examples "
        "only make it more certain.",
        "The robust loss, which grows like |r| for large misses": "It learns nearly the median. One example in ten "
        "hardly moves that.",
        "None: with enough data, all errors average out": "Noise that goes both ways does. This one goes one way only.",
    },
    answer="The squared loss",
)

# %%
figures.ErrorSourcesFigure()

# %% [markdown]
# **What you see.** Left the examples, $f^*$ dashed, and what was learned: a polynomial. Right the error in its four
# parts and the sum, on an axis that grows with the longest bar. The error that counts is the mean squared distance from $f^*$, whatever loss was minimised.
#
# **Try this**, and press *Reset* after each.
#
# - *Degree* 1: the model is too small, the error 0.43. Does it lack examples, or steps? Both sliders are at their end,
#   so go the other way: half of the examples, then a third of the steps. The error stays between 0.42 and 0.43. What
#   changes nothing when you take it away changes nothing when you add it. That is how you know the model.
# - *Examples* 20: another *Draw*, another curve. What changes from draw to draw is the data's part.
# - *Loss* squared, then *too low costs 3 times*: the curve goes up. It is the best curve by that loss. Go from 100
#   examples to 400, or from 50 steps to 300: it stays up there.
# - *Steps* 5: $f$ is still on its way.
# - *Degree* 9, *Examples* 16: the error is 0.40 after 300 steps, 0.08 after about 40, and 0.43 after 5. The
#   optimizer's part is *negative*: it stops before it has learned the noise by heart. Two faults can make good for
#   each other; this one is called early stopping.
#
# **Take-away.** Turn the handle of the largest part. Turning another one costs work and changes nothing.
#
# ### Exercise 5: split the error
#
# You measured four errors, each with one more thing spoiled: `model` is the error of the best possible $f$ of the
# family, `loss` that of the best by the loss used, `data` that of the best on the examples at hand, `end` that of the
# `W` where the optimizer stopped. What is the part of each?

# %% tags=["exercise"] read="each with one more thing spoiled"
def error_parts(model, loss, data, end):
    """Return the four parts of the error: model, loss, data, optimizer."""
    # SOLUTION
    return model, loss - model, data - loss, end - data
    # END SOLUTION


checks.error_parts(error_parts)

# %% [markdown]
# ## Six patients
#
# In earnest nobody knows $f^*$. What you do have: the loss on the training examples, the loss on fresh ones, both
# over the steps, and a few answers that you checked by hand. That is enough for a diagnosis:
#
# | what you see | what it is | what helps |
# |---|---|---|
# | both losses still falling | stopped early | more steps, a better rate |
# | training loss low, fresh loss far above | too little data | more data, a smaller model, regularization |
# | both flat and alike, and $f$ too simple for the examples | model too small | a larger model |
# | both flat and alike, $f$ supple, but off what you checked by hand | wrong loss | a loss that says what you mean |

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 5 min.
#
# **Misconceptions**
#
# - *The training loss tells the cause.* Only comparisons do: with fresh examples, with more steps, with what was
#   meant.
#
# **Ask.** Let the class vote for each patient before you choose.

# %%
figures.DiagnoseFigure()

# %% [markdown]
# **Try this.** Go through the six cases. Look at the curves first, then at the crosses, then decide. The truth (the
# dashed line) and the four parts appear with your diagnosis, and the sentence counts how many you got right.
#
# **What you see.** No single number tells the cause. Training losses of 0.43 and 0.49 look
# alike, and yet one run was stopped too early and the other has a model that is too small. Only the comparison helps:
# with fresh examples, with more steps, with what you really wanted.
#
# **Take-away.** Diagnose first, then treat.

# %% [markdown]
# ## Can a model be too large?
#
# *Too little data: a smaller model*, says the table, and the polynomials of notebook 03 agree. But notebook 04 left a dip
# behind: the formula was at its worst with as many examples as unknowns. What comes after, when the model goes on growing?
#
# A model whose size we can turn: `K` random **features**. Each one is a random sum of the 64 pixels, with negative sums set
# to 0. These sums are never trained. Only the last `W` is fitted, by least squares; where many `W` are perfect, it takes
# the shortest.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 0 min, on their own 4 min.
#
# **Misconceptions**
#
# - *More weights than examples must overfit.* The worst place is where there are as many. Beyond, the shortest of many
#   perfect `W` is tame.
# - *So size never hurts.* Near the peak it does, and a ridge does the same good for less.
#
# **Ask.** With 100 digits and 2000 features there are many perfect `W`. Which one does least squares take?

# %%
train, test = data.load_digits().random_split(0.25, seed=0)
few, mean = train.take(np.random.default_rng(0).permutation(len(train))[:100]), train.X.mean(axis=0)
for K in (50, 100, 2000):
    V = np.random.default_rng(1).normal(size=(K, 64))
    H, T = np.maximum((few.X - mean) @ V.T, 0), np.maximum((test.X - mean) @ V.T, 0)
    W = np.linalg.lstsq(H, np.eye(10)[few.y], rcond=None)[0]
    seen, unseen = np.mean((H @ W).argmax(1) != few.y), np.mean((T @ W).argmax(1) != test.y)
    if K < 2000:
        print(f"{K:4} features: wrong on {seen:.0%} of the seen digits, on {unseen:.0%} of the unseen ones")

# %%
predict(
    "100 digits to learn from. You have seen what 50 and what 100 features do. And 2000, twenty for each digit?",
    {
        "It is wrong on nearly all unseen digits": "It has far too many weights for so few digits, says the rule. But it does "
        "not use them freely: of all perfect W it takes the shortest.",
        "About as bad as with 100": "All of them are right on every seen digit. But with 100 there is one such W, and with "
        "2000 there are many to choose from.",
        "It is wrong on about one in ten": "Better than every smaller model. Its W is the shortest of many perfect ones, and "
        "bends less than the only one that 100 features have.",
    },
    answer="It is wrong on about one in ten",
)

# %%
figures.DoubleDescentFigure(data.load_digits())

# %% [markdown]
# **What you see.** Above, how many answers are wrong, for models of all sizes, in five runs with other digits and other
# features. Below, how long `W` is. The dotted line is where there are as many features as digits.
#
# **Try this.**
#
# - Drag the diamond from 50 features over 100 to 2000: wrong on 25%, on 78%, and on 9% of the unseen digits. From 50 on,
#   every seen digit is right. `W` is longest at the peak, and shortest at the right end.
# - Digits 50, then 200: the peak goes where `K` is as large.
# - Ridge 0.1: there is no peak any more. It was never the size, it was the length of `W`.
#
# **Take-away.** Counting weights does not tell whether a model is too large. This is *double descent*: the worst size is the
# one that can just fit all examples.
#
# **What it does not say.** These features are random and the last step is a formula. Networks that are trained have shown
# the same peak, but nobody promises it for yours, and a good lambda, chosen on kept-back examples, avoids it.

# %% [markdown] tags=["optional"]
# ## Minima in many dimensions (optional)
#
# With one weight, a place with slope zero is a minimum or a maximum. With two there are saddles: up along one direction, down
# along another. What is left of minima with ten weights, or a million?
#
# It is a minimum only if *all* curvatures are above zero. Let us draw them: symmetric matrices of random numbers, whose
# eigenvalues are the curvatures. If each were a coin, one in `2 ** n` would be a minimum. Is it?

# %% tags=["optional"]
figures.SaddlesFigure()

# %% [markdown]
# **What you see.** Left, how many of 20000 draws are minima, counted. It falls faster than coins do, for eigenvalues push each
# other apart: some are always driven below zero. On the right one draw, and a descent that begins a little beside its
# saddle, closer the smaller *Beside it* is.
#
# **Try this.**
#
# - Dimensions 1, 2, 3, 5: one in two, one in seven, one in forty, two of 20000. With 50 about half of the curvatures go down,
#   in every draw.
# - 10 dimensions, *Beside it* 0.01, 0.0001, 0.000001: the descent leaves at step 34, 78 and 123. A hundred times closer costs
#   44 steps more each time, for the distance grows by a constant factor per step. On the curve it looks like the end of
#   training: flat. Then it falls again.
#
# **Take-away.** In many dimensions it is saddles where descent slows down, and it leaves them, if slowly. Noisy steps help: they
# are never exactly on the ridge.
#
# **What it does not say.** The curvatures of a network are not random numbers. Near the bottom of its loss few directions go
# down, so minima are found there; how many, depends on the network and the data.

# %% [markdown]
# ## Summary
#
# - The start decides in which basin a descent ends, and a local minimum looks like success. Several starts help, and
#   you can compute how many.
# - Repeated products explode or vanish. Clipping shortens the gradient and keeps its direction; weights of the right
#   scale cure the cause.
# - A gradient can be wrong by few examples, by `h` and by rounding. It then stops early, stops beside the goal, or
#   never rests.
# - An error has four parts: model, loss, data, optimizer. Training and fresh loss, and a few answers checked by hand,
#   tell which one to mend.
# - A model is at its worst where it can just fit all examples. Larger ones, with the shortest `W`, are better again.
#
# **Next:** [07 Neural networks](07_neural_networks.ipynb): many linear classifiers, wired in a non-linear way. The way
# through the whole series is in [00 Start here](00_start_here.ipynb).
#
# ## Where to go from here
#
# - Léon Bottou and Olivier Bousquet, [The tradeoffs of large scale learning](https://leon.bottou.org/papers/bottou-bousquet-2008)
#   (NIPS 2007): the error as a sum of what the model, the data and the optimizer leave behind.
# - Yann Dauphin and others, [Identifying and attacking the saddle point problem in high-dimensional non-convex optimization](https://arxiv.org/abs/1406.2572)
#   (NIPS 2014): with many weights, flat saddles are the trouble, much more than wrong valleys.
# - Hao Li and others, [Visualizing the loss landscape of neural nets](https://arxiv.org/abs/1712.09913) (NeurIPS 2018):
#   pictures of real basins, and how such pictures deceive.
# - Yoshua Bengio, Patrice Simard, Paolo Frasconi, "Learning long-term dependencies with gradient descent is difficult",
#   *IEEE Transactions on Neural Networks* 5 (1994): why repeated products vanish or explode.
# - Razvan Pascanu, Tomas Mikolov, Yoshua Bengio, [On the difficulty of training recurrent neural networks](https://arxiv.org/abs/1211.5063)
#   (ICML 2013): the wall in the loss, and clipping as the way past it.
#
# <details>
# <summary>Who found this, and when (optional)</summary>
#
# *Vanishing gradients.* Sepp Hochreiter found them in his diploma thesis of 1991; Yoshua Bengio, Patrice Simard and
# Paolo Frasconi in 1994. *Clipping.* Razvan Pascanu, Tomas Mikolov and Yoshua Bengio, 2013. *Weights of the right
# scale.* Xavier Glorot and Yoshua Bengio 2010, for ReLU Kaiming He and colleagues 2015. *Normalisation.* Sergey Ioffe
# and Christian Szegedy 2015 (batches), Jimmy Ba, Jamie Kiros and Geoffrey Hinton 2016 (layers). *Random matrices.*
# Eugene Wigner, in the 1950s, for the nuclei of atoms; *saddles* in training: Yann Dauphin and colleagues, 2014.
# *Double descent.* Mikhail Belkin and colleagues, 2019.
# </details>
