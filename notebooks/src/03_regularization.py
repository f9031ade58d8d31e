# %% [markdown]
# # 03 Regularization: prefer the simple answer
#
# A student who learns the answers to last year's exam by heart gets every old question right, and fails the new one. A
# classifier with many weights can do the same. Today you give it a reason not to.
#
# You will
#
# - watch a flexible model fit its examples perfectly and be wrong about everything else
# - write the loss as data loss plus `lam * R(W)`, know what `R` is, and why `b` is not in it
# - move one slider, $\lambda$, that makes training worse and the answers better
# - shrink weights with L2, and make them exactly zero with L1
# - say honestly what regularization does for 7500 weights per class
#
# It takes about 35 minutes. Parts marked *optional* can wait. You need no derivatives.
#
# | sign | meaning | shape |
# |---|---|---|
# | `W`, `w` | weights; one row of them | `(C, D)`, `(D,)` |
# | `b` | bias, one number for each class | `(C,)` |
# | `R(W)` | penalty: how complicated `W` is | a number |
# | `lam`, $\lambda$ | how much the penalty counts, 0 or more | a number |
# | `held_out` | examples that are put aside and not learned from | `(N,)` of True, False |

# %% tags=["setup"]
import numpy as np
from lectureutils import checks, data, figures
from lectureutils.live import predict

# %% [markdown]
# ## Fitting well is not the same as being right
#
# You measure something at 24 places. The truth is a gentle wave, and every measurement is a little off. Half of the
# points you show to the computer; the other half you hold out, to see later whether it has understood anything.
#
# The model is a polynomial, $w_1 x + w_2 x^2 + \dots + b$. It is a linear model in disguise: its inputs are the powers of
# $x$, each with a weight of its own. (A linear classifier has one such sum for each class; here there is one, and it is
# the answer.) The degree says how many powers there are. More weights, more bends. The mean of the squared errors on the
# points it learns from is its **data loss**.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 4 min, on their own 7 min.
#
# **Misconceptions**
#
# - *The best fit is the best answer.* From degree 11 on the fit is perfect, and useless.
# - *Ockham says: always the simplest.* As simple as the data allow: degree 1 is simpler than 3, and wrong.
#
# **Ask.** You may look at one number only, the error on the points you learned from. Which degree do you choose? What
# is missing?

# %% tags=["core"]
predict(
    "12 points to learn from, and the degree on a slider from 1 to 15. Which degree has the smallest data loss on these "
    "12 points?",
    {
        "The one of the truth, about 3": "A higher degree can do all that a lower one can, and more. It follows the "
        "noise as well, so its data loss is smaller still.",
        "15": "The more weights, the closer to the points. From degree 11 on there are as many numbers to choose as "
        "points, and the data loss is 0. That is no compliment.",
        "1": "A straight line has no bends to follow the points with.",
    },
    answer="15",
)

# %%
rng = np.random.default_rng(138)
x = np.sort(rng.uniform(-1, 1, 24))
y = 0.7 * np.sin(3 * x) + 0.18 * rng.normal(size=24)
held_out = np.arange(24) % 2 == 1
figures.PolynomialFigure(x, y, held_out)

# %% [markdown]
# **What you see.** On the left the curve goes through the round points, as well as it can; the squares it has never
# seen. On the right are both errors for every degree, on a scale where each tick is a factor of ten. The error on what
# was learned from only ever falls. The held-out error falls, has its minimum (the star) at degree 3, and then explodes.
# It is drawn at the upper edge where it is larger than 100, and the other one at the lower edge where it is smaller than
# 0.001.
#
# The lecture calls it Ockham's razor: among competing hypotheses, the simplest is the best. The thought is William of
# Ockham's, seven hundred years ago; the sentence is a modern paraphrase, which he never wrote. Simple means: as simple as
# the data allow. Degree 1 is simpler than degree 3, and wrong.
#
# **Try this.**
#
# - Go to degree 11. Drag one round point a little, and watch the whole curve whip.
# - Press on an empty spot to add a point, or use the boxes below the picture. With *Class* you decide whether it is
#   learned from. How many points does degree 11 need before it calms down?
# - Write `held_out = np.arange(24) % 6 != 0` in the cell and run it: now 4 points are learned from. Degree 3 goes through
#   them all. Which degree is best now? And why does degree 15 look harmless? Of all curves through the four points the
#   figure takes the one with the smallest weights.
# - Choose a penalty, degree 15, and *Errors over* $\lambda$. More about that in a minute.
#
# ### Exercise 1 (optional): a polynomial is a linear model
#
# Make its inputs: one row for each number in `x`, with the columns $x, x^2, \dots$ up to the degree. There is no column
# for $x^0 = 1$: that is the bias. `x` is a row of N numbers; `x[:, None]` makes a column of it.

# %% tags=["exercise", "optional"] read="with the columns $x, x^2"
def powers(x, degree):
    """Return the columns x, x^2, ..., x^degree for x (N,): an array (N, degree)."""
    # SOLUTION
    return x[:, None] ** np.arange(1, degree + 1)
    # END SOLUTION


checks.powers(powers)

# %% [markdown]
# ## Data loss plus λ R(W)
#
# Fewer weights is one way to be simple. There is a gentler one: keep all weights, and make large ones cost something.
# The lecture writes
#
# $$L(W) = \underbrace{\frac{1}{N} \sum_{i=1}^{N} \| t_i - f(x_i; W, b) \|^2}_{\text{data loss}} +
# \underbrace{\lambda R(W)}_{\text{penalty}}$$
#
# with $t_i$ for the target (one-hot for a class, a measured number above), and leaves open what $R$ is. Two choices are common, and we write both down:
#
# $$R_{L2}(W) = \sum_{c,d} W_{cd}^2 \qquad\qquad R_{L1}(W) = \sum_{c,d} |W_{cd}|$$
#
# The data loss asks: does `W` fit the data? The **penalty** asks: how far did it go for that? And $\lambda$ says how much
# the second question counts. Here are both for the two classifiers of the lecture, on `x1`, which shows a car:

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 7 min.
#
# **Misconceptions**
#
# - *The bias belongs to W.* Penalise it, and the answer depends on where a scale has its zero (celsius, kelvin).
# - *R measures the error.* It does not look at a single example.
# - Exercise 2: the bias counted, a minus before lam, the root of the sum, lam left out.
#
# **Ask.** At which λ do `W1` and `W2` tie? What does a λ above it say that you care about?

# %%
def R_L2(W):
    return np.sum(W**2)

def R_L1(W):
    return np.sum(np.abs(W))

ex, truth = data.lecture, np.array([0, 1, 0])
for name, W, b in [("W1, b1", ex.W1, ex.b1), ("W2, b2", ex.W2, ex.b2)]:
    data_loss = np.sum((truth - (W @ ex.x1 + b)) ** 2)
    print(f"{name}: data loss {data_loss:.5f}, R_L2 {R_L2(W):.3f}, R_L1 {R_L1(W):.2f}")

# %% [markdown]
# `W1` fits better, `W2` is smaller. So who wins depends on $\lambda$. With the L2 penalty both sums are equal where
# $0.90322 + 0.940\,\lambda = 1.42431 + 0.235\,\lambda$, at $\lambda \approx 0.74$. Below, `W1` is preferred; above, `W2`.
#
# ### Exercise 2: the whole loss
#
# Put the sum together, with the L2 penalty. `b` is handed to you as well. Do you need it?

# %% tags=["exercise"] read="And $\\lambda$ says how much"
def regularized_loss(data_loss, W, b, lam):
    """Return data loss + lam * R(W), one number, with R the sum of squared weights."""
    # SOLUTION
    return data_loss + lam * np.sum(W**2)
    # END SOLUTION


checks.regularized_loss(regularized_loss)

# %% [markdown]
# ### Why b is left out
#
# The weights say how strongly the answer reacts to the input. The bias only says around which value the answers lie. A
# curve does not get more complicated by being lifted.
#
# Take three temperatures of a morning, and the same three in kelvin. We fit a line twice: with `b` left out of the
# penalty, and with `b` in it. (The two lines that compute the fit are explained in notebook 04.)

# %%
hours, celsius = np.array([-1.0, 0.0, 1.0]), np.array([14.0, 17.0, 20.0])
X = np.column_stack([hours, np.ones(3)])
for unit, y in [("celsius", celsius), ("kelvin ", celsius + 273.15)]:
    for name, counts in [("b left out ", [1, 0]), ("b penalised", [1, 1])]:
        left = X.T @ X / 3 + 0.3 * np.diag(counts)
        w, b = np.linalg.solve(left, X.T @ y / 3)
        print(f"{unit}  {name}:  w = {w:.2f}  b = {b:6.2f}")

# %% [markdown]
# The mean of the three is 17 degrees, 290.15 kelvin. With `b` left out both fits say so. With `b` penalised the kelvin
# line predicts 223 for the middle of the morning: 50 degrees of frost. The answer depends on where someone once put the
# zero of the scale. So: penalise `W`, spare `b`.

# %% [markdown]
# ## Two halves and their sum
#
# With a single weight we can look at the whole loss. Below is a line through the origin, $y = w x$. For each $w$ there
# is a data loss, a penalty, and their sum. You pass in the two penalties yourself, as functions: change them if you
# like.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 5 min.
#
# **Misconceptions**
#
# - *The minimum of a sum is where one of the two has its own.* It lies between: look at both slopes at w = 1.5.
# - *λ has a right value in itself.* It says how much the second question counts.
#
# **Ask.** What does λ = 0 mean, what does λ = a million?

# %%
predict(
    "The data loss alone is smallest near w = 1.5, the penalty at w = 0. Where is the sum smallest, for some λ in between?",
    {
        "Either at 0 or at 1.5, whichever counts more": "The two curves are added at every w. The lowest point of the "
        "sum moves gradually from one to the other.",
        "Between the two": "At w = 1.5 a small step towards 0 costs almost no data loss and saves penalty. So the sum "
        "is smaller a bit closer to 0, and never beyond it.",
        "Beyond 1.5": "There both halves are larger than at 1.5.",
    },
    answer="Between the two",
)

# %%
def L2(W):
    return np.sum(W**2)

def L1(W):
    return np.sum(np.abs(W))

x = np.array([-0.9, -0.6, -0.2, 0.3, 0.5, 1.0])
y = np.array([-1.2, -1.1, 0.1, 0.3, 0.9, 1.5])
figures.HalvesFigure(x, y, {"L2": L2, "L1": L1})

# %% [markdown]
# **What you see.** Two curves and the thick one, their sum; the star marks its lowest point, and the thick line on the
# left uses that $w$. Raise $\lambda$: the star slides towards 0, and the line gets flatter. A small $\lambda$ lets the
# data decide, a large one lets the penalty decide.
#
# **Try this.**
#
# - Try to beat the star with your own `w`.
# - Under L2, find a $\lambda$ with the star exactly at 0. It comes close and never arrives. Under L1
#   it arrives, and stays. We come back to that.

# %% [markdown]
# ## One slider moves everything
#
# Back to the polynomial. We do not touch the degree: it stays at 9, far too high. Only $\lambda$ moves, from a millionth
# to ten, on a logarithmic slider: each step is a factor, not a difference.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 3 min, on their own 7 min.
#
# **Misconceptions**
#
# - *A worse training error is a bug.* Here it is the point: worse on purpose, and better on what is new.
# - *The held-out error of the chosen λ is the error on new data.* These points have chosen; a third part has to
#   judge.
# - Exercise 3: the smallest training error (always the smallest λ), the index instead of λ.
#
# **Ask.** Freeze the picture at a λ. Is this overfitting or underfitting? Which of the curves tells you?

# %% tags=["core"]
predict(
    "Degree 9. You raise λ from almost nothing to 0.002. What happens to the two errors?",
    {
        "Both get smaller": "The fit without a penalty has the smallest training error there is. Anything else is worse "
        "on these points.",
        "Both get larger": "The training error has to grow. But the weights that followed the noise shrink first, and "
        "nobody on the held-out side misses them.",
        "Training gets worse, held-out gets better": "The penalty takes away what was only good for the noise of those "
        "12 points.",
    },
    answer="Training gets worse, held-out gets better",
)

# %%
rng = np.random.default_rng(138)
x = np.sort(rng.uniform(-1, 1, 24))
y = 0.7 * np.sin(3 * x) + 0.18 * rng.normal(size=24)
held_out = np.arange(24) % 2 == 1
figures.LambdaFigure(x, y, held_out, degree=9)

# %% [markdown]
# **What you see.** Five things move together. The curve calms down. The nine weights shrink (their scale is
# logarithmic beyond 0.1, so a step is a factor). Data loss and $\lambda R$ trade places, drawn end to end, so that
# together they reach as far as the sum. And at the bottom right: the training error rises all the way, the held-out
# error falls to an eighth, has its minimum, and rises again.
#
# That is the surprise, and it is the whole point. **We make the fit worse on purpose, and the answers get better.**
#
# Left of the star is **overfitting**: the noise was learned too. Right of it is **underfitting**: the wave is ironed flat.
# The best degree without a penalty was 3, and here degree 9 comes down from 0.29 to 0.035, not far from its 0.024.
# You don't have to know the right degree. You only have to find one number.
#
# **Try this.** Press *Play*. Then find the best $\lambda$ by looking at the curve on the left only.
#
# ### Exercise 3: choose λ
#
# Given the errors for several $\lambda$, in any order and no two of them equal, which $\lambda$ do you take?

# %% tags=["exercise"] read="the held-out error falls to an eighth"
def best_lam(lams, train_errors, held_out_errors):
    """Return the lambda to use; all three are arrays (K,), one entry for each lambda."""
    # SOLUTION
    return lams[np.argmin(held_out_errors)]
    # END SOLUTION


checks.best_lam(best_lam)

# %% [markdown]
# A fair warning. Once the held-out points have chosen $\lambda$, their error is no longer the error on something new: we
# picked the $\lambda$ that suits them. In earnest one needs three parts. Learn from the first, choose $\lambda$ with the
# second (the *validation set*), and look at the third (the *test set*) once, at the very end.

# %% [markdown]
# ## Exactly zero
#
# L2 makes weights small, L1 makes some of them vanish. Why the difference? Look at one weight. The data would like it
# to be $a$, and a deviation costs $(w - a)^2$. The L1 penalty adds $\lambda |w|$, a valley with a sharp bottom at 0. For
# positive $w$ the sum is $(w - a)^2 + \lambda w$, which is the same as $(w - (a - \lambda/2))^2$ plus a number without
# $w$: the old parabola, moved towards 0 by $\lambda / 2$. And if that leads past 0, the lowest point is the sharp bottom
# itself: exactly 0.
#
# Moving towards 0 by a fixed amount and stopping there is called **soft-thresholding**. Under L2 the same weight becomes
# $a / (1 + \lambda)$. It is divided, and no division makes a number 0.
#
# ### Exercise 4: soft-thresholding
#
# With `amount = 1`: 3 becomes 2, -3 becomes -2, and 0.5 and -0.5 become 0. `w` is one row of numbers, whole ones or not.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 7 min.
#
# **Misconceptions**
#
# - *L1 makes weights small, only more so.* It subtracts a fixed amount and stops at 0. L2 divides and never arrives.
# - Exercise 4: subtracted without a stop (0.5 becomes -0.5), the sign lost (-3 becomes 2), multiplied as L2 does.
#
# **Ask.** Ten thousand inputs, and you believe that twenty matter. Which penalty?

# %% tags=["exercise"] read="And if that leads past 0"
def soft_threshold(w, amount):
    """Move each weight of an array towards 0 by amount, and not past it."""
    # SOLUTION
    return np.sign(w) * np.maximum(np.abs(w) - amount, 0)
    # END SOLUTION


checks.soft_threshold(soft_threshold)

# %% [markdown]
# That is nearly the whole algorithm. Take one weight after the other. See what the others leave for it to explain, and
# soft-threshold that; the division brings it to the scale of its column. Go round until nothing moves. Here are the six
# weights of a polynomial of degree 6:

# %%
from lectureutils.regularized import powers, soft_threshold

rng = np.random.default_rng(138)
x = np.sort(rng.uniform(-1, 1, 24))
y = 0.7 * np.sin(3 * x) + 0.18 * rng.normal(size=24)
X, w, lam = powers(x, 6), np.zeros(6), 0.01
X, y = X - X.mean(axis=0), y - y.mean()  # with these, b is 0
for _ in range(1000):
    for j in range(6):
        rest = y - X @ w + X[:, j] * w[j]  # what the other weights leave
        w[j] = soft_threshold(np.mean(X[:, j] * rest), lam / 2) / np.mean(X[:, j] ** 2)
print("  ".join(f"w{j + 1} = {w[j]:.3f}" if w[j] else f"w{j + 1} is 0" for j in range(6)))

# %%
predict(
    "You raise λ step by step. How do the six weights go to 0?",
    {
        "L2: one after the other; L1: all together": "It is the other way round. L2 divides each weight by something, L1 "
        "subtracts until nothing is left.",
        "L1: one after the other; L2: all shrink, none arrives": "L1 subtracts, so a weight arrives at 0 and stays. L2 "
        "divides, and no division makes a number 0.",
        "Both: the small ones first, then the large ones": "Under L1 some do arrive early. Under L2 none arrives at all.",
    },
    answer="L1: one after the other; L2: all shrink, none arrives",
)

# %%
rng = np.random.default_rng(138)
x = np.sort(rng.uniform(-1, 1, 24))
y = 0.7 * np.sin(3 * x) + 0.18 * rng.normal(size=24)
figures.PathsFigure(x, y, degree=6)

# %% [markdown]
# **What you see.** Each line is one weight; read from left to right, it shows what happens to it as $\lambda$ grows. At
# 0.01 the L1 side has found what the loop above has found. On the left the weights approach 0 and may cross it on the
# way; a crossing is an accident, and the weight goes on. On the right they run into 0 and stay, or come back for a while
# when another weight has left. White circles sit on weights that are exactly 0; the sentence names them.
#
# The last one alive under L1 is `w1`. L1 has answered a question that you did not ask: which inputs matter at all? That
# is why it is used to *select* inputs.

# %% [markdown]
# ## The penalty as a ball (optional)
#
# With two weights, all `w` of equal data loss form an ellipse, and all `w` of equal penalty form a *ball* around 0:
# round for L2, a diamond for L1. The best answer is where an ellipse just touches the ball. A diamond has corners, on
# the axes, where one weight is 0.

# %% tags=["optional"]
figures.ContourFigure()

# %% [markdown]
# **What you see.** The dotted line holds the answers for all $\lambda$, from the lowest data loss to 0, and the star
# slides along it. Under L1 it runs into an axis and follows it: one weight has become 0 before the other. Under L2 it
# bends gently, and reaches an axis only at 0.
#
# **Try this.** Drag the blue diamond, the lowest data loss. For which places does L1 keep both weights?

# %% [markdown]
# ## 7500 weights per class
#
# Twelve points were a toy. In notebook 01, 37500 weights learned from fewer than 200 pictures. If anything needs
# regularization, that does. We take the lecture's formula as it stands: the L2 loss on one-hot targets, plus
# $\lambda$ times the sum of all squared weights, and compute the best `W` exactly. Three values of $\lambda$, and the two
# ways of holding pictures out:

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 1 min, on their own 7 min.
#
# **Misconceptions**
#
# - *A template that looks like a car is a better classifier.* The prettiest ones, at λ = 1000, are the worst.
# - *Regularization always helps.* On the random quarter it does not. It helps where the new differs from the old.
#
# **Ask.** 54 pictures decided between 65% and 76%. How sure are you?

# %%
from lectureutils.regularized import L2Fits
from lectureutils.train import accuracy, linear_scores

emoji = data.load_emoji()
quarter, vendors = emoji.random_split(0.25, seed=0), emoji.vendor_split()
for name, (train, test) in [("random quarter", quarter), ("two vendors", vendors)]:
    fits = L2Fits(train.X, np.eye(5)[train.y])
    for lam in (0.001, 10, 1000):
        W, b = fits.at(lam)
        seen, new = (accuracy(linear_scores(d.X, W, b), d.y) for d in (train, test))
        print(f"{name:<14}  lam {lam:<6g} seen {seen:4.0%}   held out {new:4.0%}")

# %% [markdown]
# Too little, right, too much: look at the two vendors. With almost no penalty everything seen is right, and 65% of what
# is new. With $\lambda = 10$ a few of the seen are wrong, and 76% of the new are right. With $\lambda = 1000$ there is
# little left but always saying *cat*.
#
# Now look at the random quarter. There $\lambda = 10$ is *worse* than nothing. New pictures by artists whose other
# pictures were seen ask for the same details again; learning details by heart pays. Regularization helps where the new
# differs from the old.

# %%
predict(
    "The rows of W as pictures: how do they look with λ = 1000, compared to λ = 0.001?",
    {
        "Like noise in both cases": "With 0.001 they do look noisy. A large λ removes just that: a detail that "
        "helps with one or two pictures is not worth its price.",
        "Like a blurred cat, car, flower; and the classifier is the better for it": "They do look nice. But pretty "
        "is not the same as right: the weights are so small that the bias decides nearly alone.",
        "Like a blurred cat, car, flower; but the answers are poor": "What survives a large penalty is what many pictures "
        "share: the average. It is nice to look at and too weak to decide.",
    },
    answer="Like a blurred cat, car, flower; but the answers are poor",
)

# %%
emoji = data.load_emoji()
vendors, quarter = emoji.vendor_split(), emoji.random_split(0.25, seed=0)
splits = {"two vendors": vendors, "a random quarter": quarter}
figures.TemplatesOverLambdaFigure(splits)

# %% [markdown]
# **What you see.** Yes, the templates turn from noise to shapes. At 0.001 each row of `W` is full of pixels that
# argue with each other. At 10, where the held-out vendors do best, there is a car with wheels, and still some
# noise. At 1000 there are soft averages, the prettiest of all, and the accuracy is on the floor. Each $\lambda$ is shown
# at its own contrast, otherwise the last ones would be plain grey: between 0.001 and 1000, $R(W)$ falls to a ten
# thousandth.
#
# So the honest sentence is: **regularization makes templates look like things, and up to a point it makes them better.
# The two points are not the same.** A nice picture of `W` proves nothing; held-out pictures do.
#
# And a word of doubt. Two vendors are 54 pictures, and from 65% to 76% is six of them. Does it hold for others? Let us
# hold out each vendor in turn:

# %%
from lectureutils.regularized import L2Fits
from lectureutils.train import accuracy, linear_scores

emoji = data.load_emoji()
for vendor in np.unique(emoji.vendors):
    train, test = emoji.vendor_split(str(vendor))
    fits = L2Fits(train.X, np.eye(5)[train.y])
    scores = [linear_scores(test.X, *fits.at(lam)) for lam in (0.001, 10)]
    little, right = (accuracy(s, test.y) for s in scores)
    print(f"{vendor:<9} {len(test.y)} pictures: lam 0.001 {little:.0%}, lam 10 {right:.0%}")

# %% [markdown]
# Three gain, two lose a little. The two are Google and Twitter, whose styles resemble each other: when one is held out,
# the other has been seen, and its pictures are not so new after all. It fits what the random quarter said.
#
# ### Exercise 5 (optional): for those who know derivatives
#
# Later in the series `W` is improved step by step, and each step needs the gradient of the penalty. How fast does
# $\lambda \sum W^2$ grow with each weight? Should you use PyTorch one day: in `SGD` and `Adam` its `weight_decay` times `W`
# is added to the gradient, so it is not quite our $\lambda$. (`AdamW` leaves the gradient alone and shrinks `W` itself.)
# The check asks for ours.

# %% tags=["exercise", "optional"] read="grow with each weight?"
def l2_penalty_gradient(W, lam):
    """Return the gradient of lam * sum of W squared: an array of the shape of W (C, D)."""
    # SOLUTION
    return 2 * lam * W
    # END SOLUTION


checks.l2_penalty_gradient(l2_penalty_gradient)

# %% [markdown]
# ## Summary
#
# - A flexible model can fit its examples perfectly and be useless. Only held-out examples tell.
# - $L = \text{data loss} + \lambda R(W)$ with $R = \sum W^2$ (L2) or $R = \sum |W|$ (L1). The bias is left out, because
#   lifting an answer does not complicate it.
# - Raising $\lambda$ makes training worse and, up to a point, the answers better. That point is found on held-out
#   examples, and judged on others.
# - L2 shrinks all weights and zeroes none. L1 soft-thresholds: it moves each towards 0 and stops there.
# - With 7500 weights per class, regularization gained eleven points on two new vendors and cost six on a random
#   quarter. Templates turn from noise to shapes, and the prettiest are not the best.
#
# **Next:** [04 Optimization](04_optimization.ipynb). So far the best `W` was computed for us. How is it found? The way through the whole series
# is in [00 Start here](00_start_here.ipynb).
#
# ## Where to go from here
#
# - Arthur Hoerl and Robert Kennard, "Ridge regression: biased estimation for nonorthogonal problems", *Technometrics* 12
#   (1970): the L2 penalty enters statistics, drawn as paths over $\lambda$.
# - Robert Tibshirani, "Regression shrinkage and selection via the lasso", *Journal of the Royal Statistical Society B* 58
#   (1996): why the corners of the diamond make exact zeros.
# - Trevor Hastie, Robert Tibshirani, Jerome Friedman, [The Elements of Statistical Learning](https://hastie.su.domains/ElemStatLearn/)
#   (2nd edition, 2009): chapters 3 and 7 hold this notebook with all proofs.
# - Anders Krogh and John Hertz, "A simple weight decay can improve generalization" (NIPS 1991): the same penalty in
#   networks, and what exactly it suppresses.
# - Chiyuan Zhang and others, [Understanding deep learning requires rethinking generalization](https://arxiv.org/abs/1611.03530)
#   (ICLR 2017): networks learn random labels by heart, so the number of weights alone explains nothing.
# - Mikhail Belkin and others, [Reconciling modern machine-learning practice and the classical bias-variance trade-off](https://arxiv.org/abs/1812.11118)
#   (*PNAS* 116, 2019): what comes to the right of the valley when the model grows on and on.
#
# <details>
# <summary>Who found this, and when (optional)</summary>
#
# *The razor.* William of Ockham lived in the 14th century; the sentence that carries his name is younger than he. *The
# squared penalty.* Andrey Tikhonov used it from 1943 on for problems that small errors of measurement upset; in
# statistics it is the ridge of Arthur Hoerl and Robert Kennard, 1970. *The absolute penalty.* Robert Tibshirani's
# lasso, 1996. *Weight decay* in networks was in use in the 1980s.
# </details>
