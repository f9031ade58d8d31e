# %% [markdown]
# # 02 Loss functions: which W is better, and who decides?
#
# Notebook 01 ended with two classifiers and no way to prefer one. A loss function is that way: it looks at the scores
# and at the truth, and returns one number, *how wrong*. Which number it returns is a choice. You will see that the
# choice has consequences.
#
# You will
#
# - compare two classifiers, and notice what you need to know before you can
# - type out the four losses of the lecture and compute them for its example
# - find two predictions that L1 and L2 put in opposite order, and turn the order round by hand
# - read each loss's curve: where it pushes, where it rests, what one outlier does to it
# - write a cross-entropy that survives a score of 1000
# - watch one loss out of four ruin the same model on real data, and say why
#
# It takes about 40 minutes. How a `W` with a small loss is *found* comes in later notebooks; here training is a black
# box that we ask twice.
#
# | sign | meaning | shape |
# |---|---|---|
# | `X`, `W`, `b` | examples, weights, bias, as in notebook 01 | `(N, D)`, `(C, D)`, `(C,)` |
# | `scores`, $s_{ij}$ | `X @ W.T + b`; the score of class $j$ for example $i$ | `(N, C)` |
# | `y`, $y_i$ | labels, the index of the right class | `(N,)` |
# | $t_{ij}$ | the target: 1 if $j = y_i$, else 0 (one-hot) | `(N, C)` |
# | $L$ | the loss, one number: the mean over the examples | |

# %% tags=["setup"]
import numpy as np
from lectureutils import checks, data, figures
from lectureutils.live import predict

# %% [markdown]
# ## Which one is better?
#
# The lecture's example has two classifiers, `W1, b1` and `W2, b2`, and three inputs. `W1` answers car, cat, airplane
# for `x1`, `x2`, `x3`. `W2` answers cat, cat, cat. Commit to an answer before you look on.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 5 min, on their own 12 min.
#
# **Misconceptions**
#
# - *Right or wrong is all there is to say.* It gives no hint which way to turn a weight: a small turn mostly changes
#   no answer.
# - *A hinge loss of 1.4 is worse than an L2 loss of 0.9.* Losses are different currencies; compare within one.
# - Exercise 1: the true class is counted (+1 for each example), the margin has the wrong sign or is missing, max over
#   j instead of the sum, no 1/N.
#
# **Ask.** How much does each loss charge someone who knows nothing, three equal scores?

# %% tags=["core"]
predict(
    "Which of the two classifiers is better, W1 or W2?",
    {
        "W1: its answers differ, so it looks at its input": "If all three pictures show cats, the dull one is right "
        "three times. Variety is no merit in itself.",
        "W2: its answers agree with each other": "Agreement with itself is not agreement with the truth. A clock that "
        "stands still is very consistent, too.",
        "Nobody can say yet": "Two things are missing: what the pictures really show, and what a mistake costs. The "
        "slide tells us one truth: x1 is a car.",
    },
    answer="Nobody can say yet",
)

# %%
ex = data.lecture
for name, W, b in [("W1", ex.W1, ex.b1), ("W2", ex.W2, ex.b2)]:
    for n, x in enumerate([ex.x1, ex.x2, ex.x3], start=1):
        scores = W @ x + b
        numbers = ", ".join(f"{score:.5f}" for score in scores)
        print(f"{name} on x{n}: {numbers}  says {ex.CLASSES[scores.argmax()]}")
print("The one truth we are told: x1 is a", ex.CLASSES[ex.y1])

# %% [markdown]
# On `x1` we know the truth, and `W1` is right. But *right* is a coarse word. It does not say how close the call was:
# 0.969 for car against 0.71 for airplane. And it gives no hint which way to turn a weight: for almost every small
# change of `W` the answer stays the same. A loss has to say *how wrong*, in small steps.
#
# ### Four ways to count
#
# Each loss adds up a share for each class $j$. Over many examples, take the mean: $L = \frac{1}{N} \sum_i L_i$. The slides
# write $y_i$ for two things. Here $y_i$ is the number of the right class, and $t_i$ its one-hot vector.
#
# | loss | of one example, $L_i$ | what it asks for |
# |---|---|---|
# | **hinge** | $\sum_{j \neq y_i} \max(0,\; 1 + s_{ij} - s_{i,y_i})$ | the true score leads each other one by 1 |
# | **L1** | $\sum_j \lvert s_{ij} - t_{ij} \rvert$ | the scores *are* the one-hot target |
# | **L2** | $\sum_j (s_{ij} - t_{ij})^2$ | the same, but large errors weigh more |
# | **cross-entropy** | $-\sum_j t_{ij} \log p_{ij}$, with $p_{ij} = e^{s_{ij}} / \sum_k e^{s_{ik}}$ | the truth gets a high probability |
#
# If you have the slides beside you: the one on cross-entropy has lost its sum over $j$, writes $\hat y$ where the truth
# belongs, and lets the sum in the denominator run over the examples. It runs over the classes: the probabilities of
# *one* example add up to 1. The 1 in the hinge loss is its **margin**: the lead that it asks for. Here are all four, for
# one example with scores `s` and label `y`:

# %%
def hinge(s, y):
    return np.delete(np.maximum(0, 1 + s - s[y]), y).sum()  # without j = y

def l1(s, y):
    return np.abs(s - np.eye(len(s))[y]).sum()

def l2(s, y):
    return ((s - np.eye(len(s))[y]) ** 2).sum()

def cross_entropy(s, y):
    return -np.log(np.exp(s[y]) / np.exp(s).sum())

# %%
ex = data.lecture
for name, s in [("W1", ex.W1 @ ex.x1 + ex.b1), ("W2", ex.W2 @ ex.x1 + ex.b2)]:
    losses = [f"{loss.__name__} {loss(s, ex.y1):.5f}"
              for loss in (hinge, l1, l2, cross_entropy)]
    print(f"{name} on x1 (a car): " + ", ".join(losses))

# %%
ex = data.lecture
s1, s2 = ex.W1 @ ex.x1 + ex.b1, ex.W2 @ ex.x1 + ex.b2
figures.SharesFigure(
    s1, ex.y1, ex.CLASSES,
    {"W1 on x1": {"scores": s1, "truth": 1}, "W2 on x1": {"scores": s2, "truth": 1},
     "perfect for L1, L2": {"scores": [0, 1, 0], "truth": 1},
     "all equal": {"scores": [0, 0, 0], "truth": 1}},
)  # fmt: skip

# %% [markdown]
# The four numbers of each line are the lecture's example, computed. For once everyone agrees: on `x1` all four losses
# prefer `W1`. Mind that you can't compare *across* losses: 1.403 of hinge is not worse than 0.903 of L2. They are
# different currencies.
#
# **What you see in the figure.** On the left the scores, with a star at the truth. Then the four losses, split into
# what each class contributes. Hinge never charges the true class itself, only its rivals. L1 and L2 charge everyone who
# is off target. Cross-entropy charges the truth alone; the others count through the denominator of its probability.
#
# **Try this.** Raise car's score to 2. Hinge and cross-entropy are delighted. L1 and L2 complain: the target was 1, and
# 2 is as wrong as 0. Then press *all equal*: that is a tie, and predicts nothing. Cross-entropy is $\log 3 = 1.0986$, what
# it costs to know nothing about three classes. It is good to know this number: training should start near it.
#
# ### From one example to many
#
# One example is an anecdote. The loss of a classifier is the mean over all examples we have. Here are 342 penguins with
# four measurements and three species, so `W` is 3x4, as in the lecture's example, and `b` has 3 numbers. In the cell, `fit`
# trains a `W` for us, in five **epochs**: an epoch is one pass over all the training examples.

# %%
from lectureutils.losses import LOSSES
from lectureutils.train import fit

penguins = data.load_penguins().standardised()
short = ["bill length", "bill depth", "flipper", "mass"]
W, b = np.array([[-1, 0, 0, 0], [1, 0, -1, 0], [0, 0, 1, 0]]), np.zeros(3)
trained = fit(penguins.X, penguins.y, loss=LOSSES["hinge"], epochs=5)
settings = {"by hand": {"W": W, "b": b}, "zeros": {"W": 0 * W, "b": b},
            "trained with hinge": {"W": trained.W, "b": trained.b}}
species = penguins.class_names
figures.MeanLossFigure(penguins.X, penguins.y, W, b, species, short, settings)

# %% [markdown]
# **What you see.** Each dot is a penguin; its height is what the classifier's answer costs for this one. The dashed
# line is the mean, and the mean is all that counts. The `W` is made by hand: an Adelie has a short bill, a Gentoo long
# flippers, a Chinstrap a long bill and short flippers.
#
# **Try this.** Press *zeros*: every penguin costs the same, 2 by hinge (two rivals, each 1 within the margin), 1 by L1
# and L2, 1.0986 by cross-entropy. None is predicted right, since equal scores predict nothing. Go back and lower hinge's mean by hand: twelve weights, and no plan. Then press
# *trained with hinge*, and look at L2. It is *larger* than with zeros, although nearly every penguin is right. Good by
# one loss need not be good by another.
#
# ### Exercise 1: the hinge loss of a batch
#
# Write it for `scores` of shape `(N, C)`. The scores of the true classes are `scores[np.arange(N), y]`; make a column
# of them with `[:, None]`, and the subtraction works for all rows at once.

# %% tags=["exercise"] read="make a column of them with"
def hinge_loss(scores, y):
    """Return the mean of sum_j max(0, 1 + s_ij - s_iy), without j = y_i."""
    # SOLUTION
    rows = np.arange(len(y))
    shares = np.maximum(0, 1 + scores - scores[rows, y][:, None])
    shares[rows, y] = 0  # the true class is not its own rival
    return shares.sum(axis=1).mean()
    # END SOLUTION


checks.hinge_loss(hinge_loss)

# %% [markdown]
# ## Two predictions, four judges
#
# The truth is car, so the target is (0, 1, 0). One classifier predicts (0, 1.2, 0), another (0.07, 0.9, 0.05).

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 5 min.
#
# **Misconceptions**
#
# - *There is a true ranking, and some losses get it wrong.* There is none without a loss. The class has to stand
#   this.
# - *These two rows are the scores of W1 and W2.* The slide's table says so, and it is not the case.
#
# **Ask.** Move the square until all four agree. Who needs the fewest moves?

# %%
predict(
    "Which prediction is better: the first, (0, 1.2, 0), or the second, (0.07, 0.9, 0.05)?",
    {
        "The first, whichever loss": "L2 disagrees: one error of 0.2 squares to 0.04, three small errors to 0.0174.",
        "The second, whichever loss": "Only L2 prefers it. L1 adds up 0.07 + 0.1 + 0.05 = 0.22, more than 0.2.",
        "That depends on the loss": "L1, hinge and cross-entropy prefer the first, L2 the second. Same numbers, other "
        "judge, other verdict.",
    },
    answer="That depends on the loss",
)

# %%
from lectureutils.losses import LOSSES

first, second = data.lecture.prediction_1, data.lecture.prediction_2
for name, loss in LOSSES.items():
    one, two = (loss([scores], [data.lecture.y1])[0] for scores in (first, second))
    better = "first" if one < two else "second"
    print(f"{name:>13}: {one:.4f} against {two:.4f}, the {better} is better")

# %%
ex = data.lecture
figures.RankFigure(ex.prediction_1, ex.prediction_2, ex.y1, ex.CLASSES)

# %% [markdown]
# The lecture shows the rows L1 (.2 against .22) and L2 (.04 against .0174); with hinge and cross-entropy it is three to
# one. A caution: the slide's table calls these two predictions *W1* and *W2*. They are not the scores of the `W1` and
# `W2` above, just two rows of numbers that make the point. Why the quarrel? L1 counts every bit of error alike. L2
# hardly sees small errors and dwells on the largest one.
#
# **What you see in the figure.** Four maps, one for each loss. The round mark is the first prediction, the square the
# second: their scores of car and of cat. In the blue area the second wins. For L1 it is a diamond around the target,
# for L2 a disc, and that is why the square can be inside one and outside the other.
#
# **Try this.**
#
# - Drag the square a little to the right, towards 1. First L1 changes its mind, too.
# - Cross-entropy wants more: drag the square beyond 1.3. It likes the car's score as large as possible. By then the
#   square has left L1's and L2's areas again.
# - Can you win by hinge? The first has loss 0 there, and no loss is below 0. The most you get is a tie, the grey area.

# %% [markdown]
# ## The curve of a loss
#
# To understand a loss, move one score and leave the others alone. The curve shows the loss, its slope says how strongly
# the loss pulls at this score: the loss changes by about *slope times step*. We begin with hinge.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 2 min, on their own 8 min.
#
# **Misconceptions**
#
# - *A larger score of the true class is always better.* For L1 and L2, 2.5 is a mistake as large as -0.5.
# - *A slope of 0 means a minimum of everything.* Hinge rests as soon as all margins are met.
# - *Robust is good.* It is a choice: L1 ignores the few, whether they are errors or the signal.
#
# **Ask.** Seven measurements, one of them wrong. Do you want the mean or the median? And seven incomes, one very
# high?

# %%
predict(
    "The true class leads every other by more than 1. You raise its score further. What does the hinge loss do?",
    {
        "It goes on falling": "That is cross-entropy. Hinge is satisfied once every rival is 1 behind: "
        "max(0, something negative) is 0.",
        "Nothing: it is 0 and stays 0": "All margins are met, all shares are 0, and the slope is 0. Nothing pulls "
        "any more.",
        "It rises: the score is above its target": "That is L1 and L2. Hinge knows no target, only the lead.",
    },
    answer="Nothing: it is 0 and stays 0",
)

# %%
def hinge(scores, y):
    s, label = scores[0], y[0]  # the figure moves one example: a batch of one
    return np.delete(np.maximum(0, 1 + s - s[label]), label).sum()


figures.LossCurveFigure({"hinge": hinge}, [0.6, 0.0, -0.4], 1, data.lecture.CLASSES)

# %% [markdown]
# **What you see.** Your function from the cell above, drawn by calling it 121 times. It is made of straight pieces.
# Each rival that comes within the margin adds 1 to the steepness: slope -2, then -1, then 0. At a **kink** the slope on
# the left and the slope on the right differ, and the figure tells you both. We will have to decide what to do there,
# later.
#
# **Try this.** Drag the point down to the flat part: slope 0, and nothing that happens to this score matters any more.
# Then choose *cat* as the moved score: flat as long as cat is far behind, slope 1 from the margin on. Change the
# function in the cell, to a margin of 2 for example, and run it again.
#
# ### L1 and L2: how far off?
#
# These two come from a different trade. They do not know about classes at all: they measure the distance to a target,
# here to 0 or 1. Their curves as one score moves:

# %%
def l1(scores, y):
    return np.abs(scores - np.eye(scores.shape[1])[y]).sum() / len(y)

def l2(scores, y):
    return ((scores - np.eye(scores.shape[1])[y]) ** 2).sum() / len(y)


figures.LossCurveFigure({"L1": l1, "L2": l2}, [0.2, 2.5, -0.1], 1, data.lecture.CLASSES)

# %% [markdown]
# **What you see.** L1's slope is -1 or +1, however far away the target is: the pull is always the same, with a kink at
# the target. L2's slope is twice the error. Far away it pulls hard, close by hardly at all. Both pull a car score of
# 2.5 *down* although the answer, car, could not be clearer: being too right is punished.
#
# ### One wild value
#
# The difference shows best without any classes. Seven people measure the same table, and you have to give one answer
# $a$. The loss is the mean of $|a - v|$ or of $(a - v)^2$ over the seven values $v$. The last one misread the scale.

# %%
predict(
    "The wild value moves from 5 to 9, the other six stay near 2. What happens to the best answer?",
    {
        "By L1 it stays, by L2 it follows": "L1's best answer is the median, the value in the middle: it only matters "
        "on which side the wild value lies. L2's best answer is the mean, and everyone moves the mean.",
        "By L1 it follows, by L2 it stays": "The other way round: squaring makes the one large error dominate.",
        "It follows by both, by L2 more": "By L1 it does not move at all: pulling six values away from a would cost "
        "more than the one wins.",
    },
    answer="By L1 it stays, by L2 it follows",
)

# %%
figures.OutlierFigure(
    [1.8, 1.9, 2.0, 2.05, 2.1, 2.3, 5.0], 0, 10, answer=3.0,
    settings={"wild value at 9": {"values": [1.8, 1.9, 2.0, 2.05, 2.1, 2.3, 9.0]},
              "no wild value": {"values": [1.8, 1.9, 2.0, 2.05, 2.1, 2.3, 2.2]}},
)  # fmt: skip

# %% [markdown]
# **What you see.** Above are the values, below the two losses for every possible answer, each with its lowest point.
# Drag the wild value: the disc (mean, L2) runs after it, the diamond (median, L1) stays. The cross is your own answer;
# find the lowest point of each curve with the slider.
#
# **Take-away.** L1 is robust: one wild value can't pull it away. That sounds like a virtue. Keep in mind that L1 goes
# with the *majority* and shrugs off the few. It will take its revenge at the end of this notebook.
#
# ### Exercise 2 (optional): the best of both
#
# Huber's loss (1964) is a parabola near the target and a straight line far away. With $e = |s - t|$ the share is $e^2$
# where $e \le 1$, and $2e - 1$ elsewhere. Each score $s$ has its target $t$: 1 for the true class, 0 for the others.
# `np.where(condition, a, b)` chooses entry by entry. When it is solved, put `{"L2": l2, "Huber": huber_loss}` into the
# curve figure above and follow the slope. Any loss that you can write you can draw.

# %% tags=["exercise", "optional"] read="Huber's loss (1964) is"
def huber_loss(scores, y):
    """Return the mean of sum_j e^2 (where e <= 1) or 2 e - 1 (elsewhere)."""
    # SOLUTION
    e = np.abs(scores - np.eye(scores.shape[1])[y])
    return np.where(e <= 1, e**2, 2 * e - 1).sum(axis=1).mean()
    # END SOLUTION


checks.huber_loss(huber_loss)

# %% [markdown]
# ## Cross-entropy: how surprised are you?
#
# Scores can be any numbers. Cross-entropy first turns them into probabilities by **softmax**: $e^s$ makes each score
# positive, and dividing by the sum makes them add up to 1. Then it asks: which probability did you give to what turned
# out to be true? If it was $p$, the loss is $-\log p$. Certain and right costs 0; one chance in two costs $\log 2 =
# 0.69$; certain and wrong costs without limit.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 2 min, on their own 9 min.
#
# **Misconceptions**
#
# - *Softmax makes the scores right.* It makes them positive and lets them add up to 1. Certain and wrong stays wrong.
# - *Adding a number to all scores changes the probabilities.* Only differences count; multiplying makes them surer.
# - Exercise 3: softmax over the wrong axis (the examples), the largest score of the whole batch subtracted instead of
#   each row's, no 1/N, a log of a rounded 0.
#
# **Ask.** The loss of a new ten-class network is 2.30 before training. Is that good news?

# %%
predict(
    "You add 5 to all three scores. What happens to the probabilities?",
    {
        "They stay the same": "Every e^s becomes e^5 times as large, and so does their sum. Only differences count.",
        "They get more certain": "That is what multiplying does: it stretches the differences. Adding leaves them.",
        "They all grow": "They add up to 1, before and after.",
    },
    answer="They stay the same",
)

# %%
from lectureutils.losses import cross_entropy

def from_the_formula(scores, y):
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(y)), y]).mean()


written = {"from the formula": from_the_formula, "lectureutils": cross_entropy}
ex = data.lecture
figures.ProbabilityFigure(written, ex.W1 @ ex.x1 + ex.b1, ex.y1, ex.CLASSES)

# %% [markdown]
# **What you see.** On the left the probabilities, on the right the curve $-\log p$ with your point. `W1` is right about
# the car, but with p = 0.402 it is far from sure. A cross-entropy can be read backwards: $e^{-0.910} = 0.402$.
#
# **Try this.**
#
# - Add 5 to all scores, then 700. Nothing happens, as it should. Go on to 1000: something breaks.
# - Set it back, and multiply by 0.1, then by 10. Small scores mean *I don't know*, large ones *I am sure*.
# - Choose airplane as the truth and multiply by 100: sure and wrong. The loss is 26, far
#   above the picture.
#
# ### Its curve
#
# Here is your function next to hinge, as the true score moves. Where hinge is flat, cross-entropy still falls a little:

# %%
from lectureutils.losses import hinge

losses = {"cross-entropy": from_the_formula, "hinge": hinge}
figures.LossCurveFigure(losses, [0.6, 0.0, -0.4], 1, data.lecture.CLASSES)

# %% [markdown]
# **What you see.** The slope is $p - 1$ for the true class, and $p$ for any other: it pulls in proportion to how wrong
# the probability is. Far right it is almost 0, but never quite. Cross-entropy is a smooth hinge that is never content.
#
# ### A score of 1000
#
# What broke? The formula is right, and the computer can't do it: $e^{710}$ is already too large for a float.

# %%
scores, y = np.array([[1000.0, 0.0, -1000.0]]), np.array([0])
with np.errstate(over="ignore", invalid="ignore"):
    e = np.exp(scores)
    print("exp(scores):", e[0], " softmax:", (e / e.sum())[0])
shifted = scores - scores.max()
e = np.exp(shifted)
print("shifted by the largest:", shifted[0], " softmax:", (e / e.sum())[0])

# %% [markdown]
# Infinity over infinity is *not a number*, and one `nan` in a mean makes the mean `nan`. The cure you have just learned
# yourself: adding a number to all scores changes nothing. So subtract the largest, and the largest exponential is
# $e^0 = 1$. One trap is left: the true class's $p$ may be rounded to 0, and $\log 0$ is minus infinity. Never form $p$:
#
# $$\log p_{ij} = s_{ij} - \log \sum_k e^{s_{ik}}$$
#
# ### Exercise 3: a cross-entropy that lasts
#
# Shift each row by its own largest score, use the line above, and return the mean of $-\log p$ of the true classes.

# %% tags=["exercise"] read="So subtract the largest"
def cross_entropy_loss(scores, y):
    """Return the mean cross-entropy, finite for any scores (N, C)."""
    # SOLUTION
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()
    # END SOLUTION


checks.cross_entropy_loss(cross_entropy_loss)

# %% [markdown]
# ## Does it matter? Four losses, one task
#
# Now in earnest. 1797 handwritten digits of 8x8 pixels, ten classes, the same linear model, the same number of passes.
# Only the loss differs (and the size of the steps, chosen for each). A quarter of the pictures is put aside.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 4 min, on their own 7 min.
#
# **Misconceptions**
#
# - *L1 fails because training was too short.* Its loss falls on and on. It learns the median of a one-hot target,
#   and that is 0.
# - *A smaller loss means more right answers.* From epoch 8 to 40 the loss of L1 falls from 1.13 to 1.01, and its
#   accuracy from 81% to 59%.
#
# **Ask.** Which loss would you choose if one digit in a hundred were labelled wrong?

# %% tags=["core"]
predict(
    "Trained with hinge, L1, L2 and cross-entropy: how much do the four differ on unseen digits?",
    {
        "Hardly: a good fit is a good fit": "Three of them are within a few percent of each other. The fourth is far "
        "behind.",
        "L2 fails: squares exaggerate": "One-hot targets have no wild values, and L2 does well.",
        "L1 fails": "Its best answer is a median, and the median of a column of targets with one 1 among ten is 0.",
    },
    answer="L1 fails",
)

# %%
from lectureutils.losses import LOSSES
from lectureutils.train import fit

train, test = data.load_digits().random_split(0.25, seed=0)
runs = {name: [(np.zeros((10, 64)), np.zeros(10))] for name in LOSSES}
rates = {"hinge": 0.1, "L1": 0.01, "L2": 0.03, "cross-entropy": 1.0}
for name, run in runs.items():
    for epoch in range(40):  # smaller and smaller steps, so that all come to rest
        rate, (W, b) = rates[name] * 0.9**epoch, run[-1]
        done = fit(train.X, train.y, loss=LOSSES[name], W=W, b=b,
                   learning_rate=rate, epochs=1, seed=epoch)
        run.append((done.W, done.b))

# %%
from lectureutils.train import accuracy, linear_scores

right = {}
for name, run in runs.items():
    losses = [LOSSES[name](linear_scores(train.X, *run[epoch]), train.y)[0]
              for epoch in (0, 1, 40)]
    right[name] = accuracy(linear_scores(test.X, *run[-1]), test.y)
    before, first, last = (f"{loss:.3f}" for loss in losses)
    print(f"{name:>13}: {right[name]:.1%} right; loss {before}, {first} ... {last}")
assert right["L1"] < 0.75
assert min(right[name] for name in ("hinge", "L2", "cross-entropy")) > 0.9
figures.TrainedFigure(runs, test.X, test.y, test.class_names, loss="L1")

# %% [markdown]
# **What you see.** Printed are the losses before training, after epoch 1 and after epoch 40. Three curves climb and stay.
# L1 climbs to 81%, and then *loses* accuracy while training goes on, down to 59%. It is not stuck: after the first epoch
# its loss falls, in small jumps, from 1.377 to 1.010. But it began at 1.000, with zeros! The first steps threw it up, and
# in forty epochs it has not come back to where it was before it had learned anything. The bars show L1 digit by digit:
# some it has given up.
#
# These are the numbers of one split. The same training on five splits makes, on average, hinge 95.9%, cross-entropy 96.1%,
# L2 93.3%, and L1 57.7%. Is it the fault of the training? No. The exact minimum of L1 can be
# computed by linear programming, and there fewer than one digit in five is right. The better we minimise, the worse it
# gets. So it must be the loss.
#
# ### Why L1 gives up
#
# Look at one of the ten outputs, say the one for *three*. Its target is 1 for one picture in ten and 0 for the other
# nine. Ten such targets, and you may give one answer:

# %%
figures.OutlierFigure(
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 1], -0.2, 1.2, answer=0.1,
    settings={"one in ten": {"values": [0] * 9 + [1]},
              "four in ten": {"values": [0] * 6 + [1] * 4},
              "six in ten": {"values": [0] * 4 + [1] * 6}},
)  # fmt: skip

# %% [markdown]
# **What you see.** L1's best answer is exactly 0, the median: the nine win, the one is the wild value that L1 ignores.
# It stays 0 for four ones in ten, and jumps to 1 when the ones are the majority. L2's best answer is the mean, 0.1,
# 0.4, 0.6: it listens to everyone.
#
# So L1 lets an output rise above 0 only where *more than half* of the pictures that look like this are threes. With 64
# pixels and straight lines that is rarely so, and saying 0 for every digit costs 1.000: hard to beat. (The best
# possible is 0.98.) L2, with its small but telling differences, needs only the *largest* score to be the right one.
#
# **Take-away.** The robustness that saved us from a wild value threw away the signal. What is noise and what is signal,
# the loss decides. Choose a loss that says what you mean.
#
# **Try this.** Is it really the loss, and not the model? Train the weights `runs["L1"][-1]` on with cross-entropy for
# five epochs, with the line in the cell above as a pattern.

# %% [markdown]
# ## Summary
#
# - Which of two classifiers is better can't be said without the truth and a loss. On `x1`, a car, all four losses
#   prefer `W1`.
# - Hinge compares with the rivals, L1 and L2 measure the distance to a target, cross-entropy takes $-\log p$ of the truth.
#   A classifier's loss is the mean over its examples.
# - (0, 1.2, 0) or (0.07, 0.9, 0.05)? Only L2 prefers the second. Move it, and the verdicts change one by one.
# - Hinge rests beyond the margin, cross-entropy never quite. L1 goes with the median, L2 with the mean.
# - Subtract the largest score before `exp`, and never take the log of a rounded probability.
# - On the digits three losses give a good model, and L1 a poor one. The loss matters.
#
# A small loss on the training data is not all we want from `W`. **Next:**
# [03 Regularization](03_regularization.ipynb). The way through the whole series is in [00 Start here](00_start_here.ipynb).
#
# ## Where to go from here
#
# - Claude Shannon, "A mathematical theory of communication", *Bell System Technical Journal* 27 (1948): where $-\log p$
#   comes from, the amount of news in something that had the probability $p$.
# - Peter Huber, "Robust estimation of a location parameter", *Annals of Mathematical Statistics* 35 (1964): between the
#   mean and the median, and how wild a value may be.
# - Jason Weston and Chris Watkins, "Support vector machines for multi-class pattern recognition" (ESANN 1999): the hinge
#   loss as it stands here, a sum over all rivals.
# - Katarzyna Janocha and Wojciech Czarnecki, [On loss functions for deep neural networks in classification](https://arxiv.org/abs/1702.05659)
#   (2017): the losses of this notebook and more, side by side on networks.
# - Aritra Ghosh, Himanshu Kumar, P. S. Sastry, [Robust loss functions under label noise for deep neural networks](https://arxiv.org/abs/1712.09482)
#   (AAAI 2017): the other side of L1. Where labels are wrong, its stubbornness helps.
# - Chuan Guo and others, [On calibration of modern neural networks](https://arxiv.org/abs/1706.04599) (ICML 2017): is a
#   probability of 0.9 right nine times in ten? How to look, and how to mend it.
#
# <details>
# <summary>Who found this, and when (optional)</summary>
#
# *Absolute misses.* Roger Boscovich fitted the shape of the Earth by the smallest sum of absolute misses, around 1757,
# half a century before squares. *Squares.* Adrien-Marie Legendre published them in 1805, Carl Friedrich Gauss in 1809,
# and claimed to have used them for years. *Surprise.* Claude Shannon measured it by a logarithm in 1948. *Cross-entropy
# on scores* is the logistic regression of David Cox (1958); John Bridle gave softmax its name around 1990. *Hinge.*
# Corinna Cortes and Vladimir Vapnik, support vectors, 1995; the sum over wrong classes is that of Jason Weston and
# Chris Watkins, 1999.
# </details>
