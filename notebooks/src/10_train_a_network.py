# %% [markdown]
# # 10 Train a network: everything together
#
# Scores, losses, gradients, optimizers, backpropagation: you have met all the parts. Now they work together. In this
# notebook you train real networks, watch them learn, stop them, break them on purpose, and heal them again.
#
# You will
#
# - write one whole training step by hand: forward, backward, update
# - train a network on handwritten digits to about 98% in seconds, and stop it when you like
# - measure honestly: five seeds, unseen test pictures, unseen vendors
# - tell from the symptoms why a training fails, and cure it
# - play with a small network in the plane until nothing about it is a secret
#
# It takes about 45 minutes. Parts marked *optional* can wait.
#
# | symbol | meaning | shape |
# |---|---|---|
# | `X`, `y` | a batch of examples, one per row; their labels | `(N, D)`, `(N,)` |
# | `W`, `b` | weights and biases of the hidden layer with K neurons (07 calls their number H) | `(K, D)`, `(K,)` |
# | `U`, `c` | weights and biases of the output layer | `(C, K)`, `(C,)` |
# | `H` | what the hidden neurons answer, `max(0, X @ W.T + b)` | `(N, K)` |
# | `scores` | `H @ U.T + c` | `(N, C)` |
# | *epoch* | one pass over all training examples | |

# %% tags=["setup"]
import numpy as np
from lectureutils import checks, data, figures
from lectureutils.live import predict

# %% [markdown]
# ## The loop that trains everything
#
# Our first task: read handwritten digits. A picture has 8 × 8 grey pixels, so `x` has 64 numbers, and there are ten
# classes. We put a quarter of the pictures aside for the test and build a network as in notebook 07: 64 inputs, 64
# hidden neurons with a ReLU, 10 scores. Its weights start at random.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 3 min, on their own 9 min.
#
# **Misconceptions**
#
# - *Large models are trained by something else.* By these lines, on more machines.
# - *backward() changes the weights.* `update` does.
# - Exercise 1: y - p, no 1/N, the ReLU's mask taken from the gradient, an update with already changed weights, the
#   plus sign.
#
# **Ask.** Point at the line: which notebook was this one?

# %%
from lectureutils.autodiff import fused
from lectureutils.losses import cross_entropy
from lectureutils.nn import Linear, ReLU, Sequential, update
from lectureutils.optim import adam
from lectureutils.train import accuracy, minibatches, progress_bar

train, test = data.load_digits().random_split(0.25, seed=0)
rng = np.random.default_rng(0)
network = Sequential(Linear(64, 64, rng), ReLU(), Linear(64, 10, rng))
print(f"before training: {accuracy(network(test.X).data, test.y):.1%} right on test")

# %% [markdown]
# Guessing would be right for one in ten. Why is this less than half of that? Look at what it says:

# %%
said, zeros = network(test.X).data.argmax(axis=1), test.y == 0
print(f"it says 0 to {np.sum(said == 0)} of {len(said)} pictures,"
      f" and to {np.sum(said[zeros] == 0)} of the {np.sum(zeros)} zeros")
others = []
for r in map(np.random.default_rng, range(100)):
    untrained = Sequential(Linear(64, 64, r), ReLU(), Linear(64, 10, r))
    others.append(accuracy(untrained(test.X).data, test.y))
print(f"100 starts: from {min(others):.1%} to {max(others):.1%}, mean {np.mean(others):.1%}")

# %% [markdown]
# It does not guess. It is a fixed function, and it says 0 to three pictures of four, though by bad luck to few that are
# zeros. Other starts have other luck, and their mean is that of guessing.
#
# And here is the loop. Large language models, image generators and our digits are all trained by these few lines: a
# batch, a forward pass, a loss, a backward pass, a step; and again.

# %%
state = None
for epoch in progress_bar(range(20)):
    for X, y in minibatches(train.X, train.y, 32, rng):
        scores = network(X)  # forward
        loss = fused(cross_entropy, scores, y)  # how bad?
        loss.backward()  # which way does each weight have to move?
        state = update(network.parameters(), adam, 0.003, state)  # move

for name, part in [("training", train), ("test", test)]:
    print(f"{name}: {accuracy(network(part.X).data, part.y):.1%} right")

# %% [markdown]
# **What you see.** Seconds of work, and nearly every picture is right. Each line of the loop had a notebook of its own:
# `network(X)` is 07, the loss 02, `backward` 08 and 09, `adam` and the batches 05. Nobody told the network what a
# three looks like.
#
# `fused` gives a loss to the graph together with its gradient, so that it counts as one node. `update` hands all
# weights and their gradients to the rule, and forgets the gradients afterwards. Interrupt the kernel while the bar
# runs (the ■ button above): the weights stay what they are at that moment, and you can use them.
#
# ### Exercise 1: one step, all by yourself
#
# No graph, no package: write the inside of the loop in NumPy. You know all the parts. Forward: `z`, `H`, `scores`,
# softmax. Backward: the gradient of the mean cross-entropy by the scores is `(p - Y) / N` with one-hot `Y`; from there
# go back through the output layer, the ReLU, the hidden layer. Then plain gradient descent. `update` above moves the
# network's own weights; your function gives new arrays back and leaves those that it was given as they are.

# %% tags=["exercise"] read="from there go back through the output layer"
def network_step(W, b, U, c, X, y, learning_rate):
    """Return the new (W, b, U, c) after one step on the batch X (N, D), y (N,)."""
    # SOLUTION
    z = X @ W.T + b
    H = np.maximum(z, 0)
    scores = H @ U.T + c
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    dscores = (e / e.sum(axis=1, keepdims=True) - np.eye(len(c))[y]) / len(X)
    dU, dc = dscores.T @ H, dscores.sum(axis=0)
    dz = (dscores @ U) * (z > 0)
    dW, db = dz.T @ X, dz.sum(axis=0)
    r = learning_rate
    return W - r * dW, b - r * db, U - r * dU, c - r * dc
    # END SOLUTION


checks.network_step(network_step)

# %% [markdown]
# ## Watch it learn, and stop it
#
# A number at the end says little about the way there. So the same loop again, now with its curves, and under your
# control: the browser asks for one epoch at a time. Before you start it, commit yourself.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 3 min, on their own 9 min.
#
# **Misconceptions**
#
# - *The test loss follows the training loss.* At first; then it flattens far above.
# - *98.0% is the result.* A mean over seeds with its spread is. The five runs go from 96.4% to 98.2%.
#
# **Ask.** When would you have stopped? What did you look at?

# %% tags=["core"]
predict(
    "You train for 60 epochs. The training loss falls and falls. What does the test loss do?",
    {
        "It falls along with it, to about the same value": "In the first epochs, yes. Then the network learns its own "
        "training pictures better and better, which helps new ones less and less.",
        "It falls at first, then flattens out far above": "What digits have in common is learned first, and it helps "
        "both. What is peculiar to single training pictures helps only those.",
        "It rises from the start": "Then nothing about digits would have been learned that holds for new ones. With "
        "shuffled labels it hardly falls and stays above guessing: see below.",
    },
    answer="It falls at first, then flattens out far above",
)

# %%
from lectureutils.nn import Linear, ReLU, Sequential


def make(rng):
    return Sequential(Linear(64, 64, rng), ReLU(), Linear(64, 10, rng))


train, test = data.load_digits().random_split(0.25, seed=0)
learner = figures.TrainingFigure(make, train, test, test.images)
learner

# %% [markdown]
# **What you see.** Press *Train*. The bar shows how far it is, the curves how good. On the right are test pictures that
# it gets wrong, fewer and fewer; you will hesitate at some of them yourself. Note the loss: its axis is
# logarithmic, and the test curve parts from the training curve after a few epochs.
#
# **Try this.**
#
# - *Stop* in the middle, then run the cell below: it uses the network as you left it. *Train* goes on from there.
# - Raise the learning rate to 0.03 while it trains: the curves begin to shake. Lower it again: it recovers.
# - *Rewind*. After 20 epochs at 0.003 raise it to 0.1 for 10 epochs, then lower it again: the curves calm down, but it
#   does not recover. The long steps have killed about 50 of the 64 hidden neurons: they answer 0 to every training
#   picture, so no gradient comes through them any more. It ends below 96%. Without the excursion it is 98%.
# - *Rewind*, batch size *all*: one update an epoch. How far does it get in 60 epochs?

# %% tags=["slide:skip"]
right = (learner.network(test.X).data.argmax(axis=1) == test.y).mean()
print(f"{learner.trainer.updates} updates so far: {right:.1%} of the test right")

# %% [markdown]
# ### Too good to be true?
#
# One run, one split: that could be luck. Weights start at random and batches are shuffled, so we repeat the whole
# experiment with five seeds, each with a quarter of its own for the test.

# %%
from lectureutils.trainer import Trainer
from lectureutils.train import minibatches
shares = []
for seed in range(5):
    train, test = data.load_digits().random_split(0.25, seed)
    rng = np.random.default_rng(seed)
    trainer = Trainer(make(rng))
    for epoch in range(60):
        for X, y in minibatches(train.X, train.y, 32, rng):
            trainer.step(X, y)
    shares.append(trainer.measure(test.X, test.y)[1])
print("  ".join(f"{share:.1%}" for share in shares), f" mean {np.mean(shares):.1%}")

# %% [markdown]
# `Trainer` is the loop's inside as an object: `step` makes one update, `measure` gives loss and accuracy. The mean is
# the number to report, together with the spread. For comparison, on the same task: the closed form of notebook 04
# reaches 93% on average, the linear classifier with cross-entropy or hinge 96%. The bend between two layers spares
# about a third of the linear classifier's errors.
#
# **Take-away.** The loop is short, the result is a number with a spread, and the test pictures decide.
#
# ### Exercise 2 (optional): when to stop
#
# You stopped by hand. **Early stopping** does it by rule: after each epoch look at the loss on pictures kept aside. When
# `patience` epochs in a row have brought no new best, stop, and keep the weights of the best epoch. A loss that only
# equals the best is no new best; one that is smaller is, by however little. There is at least one loss, none is NaN, and
# `patience` is at least 1.

# %% tags=["exercise", "optional"] read="only equals the best"
def early_stop(losses, patience):
    """Return the epoch, from 0, whose weights are kept; losses is a list, one for each epoch."""
    # SOLUTION
    best, waited = 0, 0
    for epoch in range(1, len(losses)):
        better = losses[epoch] < losses[best]
        best, waited = (epoch, 0) if better else (best, waited + 1)
        if waited == patience:
            break
    return best
    # END SOLUTION


checks.early_stop(early_stop)

# %% [markdown]
# ## The same loop on colour pictures
#
# Digits are neat: in the middle, same size, 1348 of them for training. Our emoji are 244 in all, of five classes. In
# notebook 01 a linear classifier got nine in ten of a random quarter right, and far fewer when a vendor was new to it.
# Is a network the cure? We halve the pictures to 25 × 25 × 3 = 1875 numbers, so that an epoch stays short.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 2 min, on their own 6 min.
#
# **Misconceptions**
#
# - *A network is the cure.* What is missing is pictures, not bends.
# - *More weights must overfit more.* Started small and stopped early, it finds about the same as the linear one.
#
# **Ask.** You have one day: more pictures, a larger network, or a longer training?

# %%
predict(
    "A network with 32 hidden neurons instead of a linear classifier, tested on two vendors it has never seen. "
    "What happens?",
    {
        "It gets nearly all of them right, as with the digits": "It has six times as many weights, but the same few "
        "pictures. They don't tell it what other artists will draw.",
        "It is about as good as the linear classifier": "What is missing is not bends but pictures. A richer family of "
        "functions fits the training set even more easily; that was not the trouble.",
        "It is far worse, since it has more weights": "A good guess by the book. But more weights alone do not have to "
        "hurt: started small and stopped early, the network finds about the same.",
    },
    answer="It is about as good as the linear classifier",
)

# %% tags=["slide:skip"]
from lectureutils.trainer import Trainer
from lectureutils.nn import Linear, ReLU, Sequential
from lectureutils.train import minibatches


def halved(d):
    X = d.X.reshape(-1, 25, 2, 25, 2, 3).mean(axis=(2, 4)).reshape(-1, 1875)
    names = tuple(f"number {k}" for k in range(1875))
    return data.Dataset("small emoji", X, d.y, d.class_names, names)


train, test = map(halved, data.load_emoji().vendor_split())

# %%
linear = lambda rng: Sequential(Linear(1875, 5, rng))
network = lambda rng: Sequential(Linear(1875, 32, rng), ReLU(), Linear(32, 5, rng))
for name, build in [("linear", linear), ("network", network)]:
    runs = []
    for rng in map(np.random.default_rng, range(5)):
        trainer = Trainer(build(rng), learning_rate=0.001)
        for epoch in range(30):
            for X, y in minibatches(train.X, train.y, 32, rng):
                trainer.step(X, y)
        runs.append([trainer.measure(d.X, d.y)[1] for d in (train, test)])
    seen, new = np.transpose(runs)
    print(f"{name:>8}: seen {seen.mean():.0%}, new vendors", *(f"{r:.0%}" for r in new))

# %% [markdown]
# **What you see.** Both learn their training pictures; on new vendors both are right for about six in ten, and the
# seeds differ by more than the two families do. The error has another source: *too little data*. No layer mends that.
# More pictures would, or copies shifted, mirrored and recoloured.
#
# Now watch it. This one trains on a random three quarters, so it knows every vendor. Press *Train*.

# %%
parts = [halved(d) for d in data.load_emoji().random_split(0.25, seed=0)]
names = ("cat", "car", "plane", "ship", "flower")
images = parts[1].X.reshape(-1, 25, 25, 3)
emoji_learner = figures.TrainingFigure(
    network, *parts, images, names, learning_rate=0.001, epochs=40
)
emoji_learner

# %% [markdown]
# **What you see.** The same figure, the same loop, other numbers: only `X`, `y` and the layer sizes have changed. After
# 40 epochs it is right for 96% of its training pictures and about 90% of the others. Look at its mistakes: do their
# colours or outlines belong to the class that it names? Colours at places are still what it looks at.
#
# **Take-away.** The loop does not care what the numbers mean. How well it does on new ones depends on the data.

# %% [markdown]
# ## Symptom, cause, cure
#
# A wrong program stops with an error. A wrong training goes on, looks busy, and learns nothing. So one has to read its
# symptoms, as a doctor does. Here are the six commonest:
#
# | symptom | cause | cure |
# |---|---|---|
# | the loss leaps up and down, above where it began, and may end stuck | learning rate too large: each step jumps over the valley | a rate about ten times smaller |
# | the loss stands still from the start; some or all neurons answer 0 to everything | dead ReLUs: biases far below 0, or one step that was too long; no gradient comes through | biases at 0, He's random weights, a smaller rate |
# | the loss falls a little, very slowly; all neurons are the same | all-zero start: twins get the same gradient for ever | small *random* weights |
# | a huge loss at the first step, then it stands still | unscaled inputs: gradients grow with `x` | scale each input, with the training set's mean and spread |
# | the training loss creeps down, the test loss stays above 2.30 | `X` and `y` shuffled apart: there is nothing to learn, only to memorise | one permutation for both |
# | every training picture is right, the test loss stays far above the training loss | overfitting: few pictures, many weights | more pictures, early stopping, lambda |
#
# The first five rows are buttons below. The last one you have seen above, with the digits: the two curves that part.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 3 min, on their own 11 min.
#
# **Misconceptions**
#
# - *A training that runs is a training that works.* Compare the loss with that of guessing, log 10 = 2.30.
# - *Weights may start at zero.* Then all neurons of a layer are twins for ever.
# - Exercises 3 and 4: overfitting and shuffled labels mistaken for each other (look at the training accuracy); the
#   test set scaled with its own mean and spread, a division by 0.
#
# **Ask.** Loss 2.30, flat, from the first epoch: name two causes and how you would tell them apart.

# %% tags=["core"]
predict(
    "All weights of a sigmoid network start at exactly 0. What do its 64 hidden neurons become?",
    {
        "64 different ones: the data will pull them apart": "Each sees the same inputs, has the same weights and the "
        "same way to the loss. Its gradient is the same, so it takes the same step.",
        "64 copies of one neuron, for ever": "The same weights give the same answers, the same gradients, the same "
        "steps. Only chance at the start can make them different.",
        "They stay at 0": "That would hold for ReLUs, whose slope at 0 we set to 0. A sigmoid answers 0.5 at 0, so the "
        "output layer learns first, and then the hidden one.",
    },
    answer="64 copies of one neuron, for ever",
)

# %%
figures.SymptomFigure()

# %% [markdown]
# **What you see.** Left the curves, on the right the weights of the 64 hidden neurons, each as a picture of 8 × 8 pixels;
# a cross marks a neuron that answers 0 to all training pictures. The dotted line is the loss of someone who only
# guesses: $\log 10 = 2.30$. Remember that number. A loss that stays on it has learned nothing at all.
#
# **Try this.** Press a button: the training plays, and the symptom appears. Press *cure it*, and watch the same training
# without its illness.
#
# - *rate too large*: the loss leaps far above where it began, comes back, leaps again; in the end every neuron is dead.
# - *dead ReLUs*: 2.30 from the first epoch to the last. Behind a dead ReLU no weight gets a gradient: it cannot heal.
# - *all zero*: 64 times the same picture. The network learns as if it had one hidden neuron.
# - *unscaled inputs*: move the epoch to 0, 1, 2. With pixels from 0 to 255 a single epoch has killed all neurons but one,
#   and the second kills that one too.
# - *labels shuffled*: training right 17%, test right 9%. It memorises.
#
# And *healthy*? It has one cross, too. One dead neuron of 64 hurts nobody; 64 do.
#
# ### Exercise 3: five patients
#
# Five trainings of the 64-64-10 network, with the loss on the training set after some epochs; the last four columns are
# after epoch 12. Find the cause of each. There are six, one for each row of the table, so one is left over:
# `"rate too large"`, `"dead ReLUs"`, `"all zero"`, `"unscaled inputs"`, `"labels shuffled"`, `"overfitting"`.
#
# | run | 0 | 2 | 4 | 6 | 8 | 12 | training right | test right | dead | twins |
# |---|---|---|---|---|---|---|---|---|---|---|
# | A | 2.47 | 13.19 | 0.96 | 8.88 | 1.66 | 2.31 | 10% | 9% | 63 | 0 |
# | B | 2.97 | 0.92 | 0.43 | 0.25 | 0.15 | 0.08 | 100% | 81% | 5 | 0 |
# | C | 2.30 | 2.30 | 2.30 | 2.30 | 2.30 | 2.30 | 11% | 9% | 64 | 0 |
# | D | 2.30 | 2.33 | 2.30 | 2.05 | 1.88 | 1.64 | 34% | 32% | 0 | 64 |
# | E | 2.70 | 2.31 | 2.30 | 2.26 | 2.25 | 2.22 | 17% | 8% | 0 | 0 |

# %% tags=["exercise"] read="A loss that stays on it"
# replace each None by a cause, such as "all zero"
causes = {"A": None, "B": None, "C": None, "D": None, "E": None}
# SOLUTION
causes = {"A": "rate too large", "B": "overfitting", "C": "dead ReLUs"}
causes = causes | {"D": "all zero", "E": "labels shuffled"}
# END SOLUTION
checks.diagnosis(causes)

# %% [markdown]
# ### Exercise 4: scale them alike
#
# The cure for unscaled inputs, and its classic mistake. Every column is to have mean 0 and standard deviation 1 on the
# *training* set. What about the test set? One day there will be a single new picture, and it has no spread. A column
# that never changes (a corner pixel that is always white) must not be divided by 0: divide it by 1. Beware of asking
# `std == 0` for that: three times 0.1 has a standard deviation of about 1e-17, as their mean is rounded. Compare the
# column's largest number with its smallest.

# %% tags=["exercise"] read="on the *training* set"
def scaled_alike(train, test):
    """Return (train, test), scaled column by column; both are (N, D)."""
    # SOLUTION
    mean, std = train.mean(axis=0), train.std(axis=0)
    std = np.where(train.max(axis=0) > train.min(axis=0), std, 1)
    return (train - mean) / std, (test - mean) / std
    # END SOLUTION


checks.scaled_alike(scaled_alike)

# %% [markdown]
# ### Exercise 5 (optional): count the dead
#
# `H` holds what K hidden neurons answer to N examples. Which share of the neurons is dead? They need not be ReLUs: one
# that answers -1 or 0.001 to a single example is alive.

# %% tags=["exercise", "optional"] read="what K hidden neurons answer"
def dead_share(H):
    """Return the share of the columns of H (N, K) that are 0 for every example."""
    # SOLUTION
    return (H == 0).all(axis=0).mean()
    # END SOLUTION


checks.dead_share(dead_share)

# %% [markdown]
# ## The playground
#
# Two inputs are enough to see everything at once: where the network says what, what each neuron says where, and the
# loss. One thing is new, the lambda of notebook 03. The network then has *two losses*, the data loss and the
# penalty on its weights. What does backpropagation do with two losses? It adds them; so their gradients add.

# %% [markdown] tags=["instructor"]
# **Time.** Lecture 2 min, on their own 10 min.
#
# **Misconceptions**
#
# - *If two neurons are enough on paper, two will learn it.* Spare neurons help to get there.
# - *Depth helps without bends.* *Activation* none with three layers is a line.
# - *A jump is a bend, so it learns.* Its slope is 0 wherever it has one.
#
# **Ask.** Which single change would ruin this network? Let them call out, and try it.

# %%
from lectureutils.autodiff import fused
from lectureutils.losses import cross_entropy, l2_penalty
from lectureutils.nn import Linear

moons, gradients = data.moons(), []
for factors in [(1, 0), (0, 0.1), (1, 0.1)]:
    layer = Linear(2, 2, rng=0)
    loss = factors[0] * fused(cross_entropy, layer(moons.X), moons.y)
    (loss + factors[1] * fused(l2_penalty, layer.W)).backward()
    gradients.append(layer.W.grad)
    print("factors", factors, "give dW[0] =", layer.W.grad[0].round(4))
print("the first two add up:", np.allclose(sum(gradients[:2]), gradients[2]))

# %%
figures.PlaygroundFigure("moons", layers=2, width=6)

# %% [markdown]
# **What you see.** In the middle the points and the network's answer, in bands, paler where it is less sure; on the dark
# line it is torn. Left each neuron on the same plane, a column for each layer: the more orange the larger its answer,
# white where it answers 0. (A ReLU never answers below 0. With *Activation* tanh or none a neuron can: there it is
# blue.) Layer 1 makes straight edges only, layer 2 folds them. Right, the loss on these points and on new ones. Drag
# points, press on the plane to add one.
#
# **Try this.** Press *Play*, then change things while it plays.
#
# - *Hidden layers* 0: a linear classifier. It gets no more than about 88% of the moons,
#   whatever the rate and the optimizer. Then 2 again.
# - *Activation* none with 3 layers: still a line. That was notebook 07. And *sigmoid* with 3 layers: after 2000
#   updates it still answers with little more than a line.
# - *xor*, 1 layer: with how few neurons does it work? Two are enough on paper (07), but from this start
#   they get stuck. Three find the way: spare neurons help to *learn*.
# - *spirals*, 3 layers of 8: watch the first layer cut, the second bend, the third wind.
# - *three arms*: three classes, so three scores, and softmax as with the digits. Without a hidden layer about two
#   thirds are right: three sectors. 3 layers of 8 get all.
# - *two blobs*, 3 layers of 8, lambda 0, 2000 updates: the dashed loss, of new points, begins below the other
#   one. It turns and rises, and the other one falls. With lambda 0.01 both stay about where they are: nothing is memorised.
# - Learning rate 10: leaps, or dead neurons. SGD with 0.1 against Adam with 0.01. Batch size 1: the curve trembles.
# - *your own*: put one A among the Bs. What does it take to get it right, and is it worth it? Make one of them a C.
#
# **Take-away.** Capacity (how complicated an answer can be) comes from bends and neurons, smoothness from lambda, speed
# from rate and optimizer. Too much of any one is a symptom that you know by now.
#
# ### A bend and points of your own
#
# The bend is one line, so write it. Here is *SiLU* from notebook 07, $z$ times its sigmoid. Backward needs its slope.
# The figure measures that as in notebook 04, or checks yours if you hand it over (`slope=my_slope`). The points can be
# yours as well: here are 342 penguins of three species, by length and depth of the bill, each with mean 0 and spread 1.
#
# Before you run it: what would a bend do that jumps from 0 to 1, and is flat on both sides?

# %%
def my_bend(z):
    return z / (1 + np.exp(-z))  # change this line


penguins = data.load_penguins()
X = penguins.X[:, :2]
X = (X - X.mean(axis=0)) / X.std(axis=0)
figures.PlaygroundFigure(activation=my_bend, data=(X, penguins.y))

# %% [markdown]
# **What you see.** The playground, with your bend and your points among its choices. The penguins are easy: without a
# hidden layer 96% are right, and 2 layers of 6 add two in a hundred.
#
# **Try this.** Change the line, and run the cell again.
#
# - As it stands, with *moons* and 2000 updates: no small plane is empty. With *ReLU* two neurons of layer 2 answer 0
#   everywhere by then. A SiLU is a little below 0 there, so a gradient still comes through.
# - `z ** 2`, with *circles*, 1 layer of 2 neurons: all are right, because two squares can add up to a circle.
#   ReLU gets 85%. But *spirals*, 3 layers of 8, in 2000 updates: ReLU gets all, the square stays below 95%.
# - `1.0 * (z > 0)`, as in the first artificial neurons, with *moons*. The hidden layers never move: the slope is 0
#   wherever you measure, so no gradient comes through. Only the output layer learns, and gets 80%.
#
# **Take-away.** Nearly any bend that has a slope will do. What it makes easy depends on its form.

# %% [markdown] tags=["optional"]
# ## Your own digit (optional)
#
# Does it work outside its data set, too? Write a digit with the pointer, move the pen with its sliders (*Pen down*
# leaves ink), or upload a photo of a digit that you wrote with a thick pen. We train the network first: a second or two.

# %% tags=["optional"]
from lectureutils.trainer import Trainer
from lectureutils.nn import Linear, ReLU, Sequential
from lectureutils.train import minibatches

digits, rng = data.load_digits(), np.random.default_rng(0)
trainer = Trainer(Sequential(Linear(64, 64, rng), ReLU(), Linear(64, 10, rng)))
for epoch in range(30):
    for X, y in minibatches(digits.X, digits.y, 32, rng):
        trainer.step(X, y)
figures.OwnDigitFigure(trainer.network)

# %% [markdown] tags=["optional"]
# **What you see.** Left your ink on 32 × 32 points; in the middle what the network gets, 8 × 8 counts, made the way its
# training digits were made; right its probabilities.
#
# **Try this.** Begin with *an empty sheet* and write a 4, stroke by stroke: watch the answer change its mind. Then write
# it small in a corner and take the tick off *Fill the frame*. It is lost: it has only ever seen digits that fill their
# frame. And the empty sheet? It names a digit all the same: *none of them* is not among its classes.
#
# **Take-away.** A network knows what its data knew. Bring new inputs into the form of the training data, or it fails.

# %% [markdown]
# ## Summary
#
# - One training step is a forward pass, a loss, a backward pass and an update. You have written it.
# - A 64-64-10 network reads 96 to 98% of unseen digits after seconds; when you stop it, it keeps what it has learned.
# - Report a mean over seeds, on pictures that were not seen. On new vendors a network is no better than a line: data decide.
# - The loss of guessing, dead crosses, twins, leaps, a test curve that parts: each symptom has a cause and a cure.
# - Bends make capacity, lambda smooths, rate and optimizer set the pace; several losses on one network add their gradients.
#
# And the whole series in three sentences. The **loss** says what we want, so choose it with care. A **network** is many
# small functions wired together. **Backpropagation** tells each weight which way to move, and a rule like Adam moves it.
#
# That was the last notebook. The way through the whole series is in [00 Start here](00_start_here.ipynb).
#
# ## Where to go from here
#
# - Yann LeCun, Léon Bottou, Genevieve Orr, Klaus-Robert Müller, "Efficient BackProp", in *Neural Networks: Tricks of the
#   Trade* (1998): how to scale inputs, draw weights and choose rates, with reasons.
# - Andrej Karpathy, [A recipe for training neural networks](https://karpathy.github.io/2019/04/25/recipe/) (2019): what to
#   look at first, second and third when nothing learns.
# - Daniel Smilkov and others, [Direct-manipulation visualization of deep networks](https://arxiv.org/abs/1708.03788) (2017):
#   the idea behind the [TensorFlow playground](https://playground.tensorflow.org/), whose little sister you have met.
# - Ilya Loshchilov and Frank Hutter, [Decoupled weight decay regularization](https://arxiv.org/abs/1711.05101) (ICLR 2019):
#   why $\lambda$ and Adam do not get along, and the two lines that mend it.
# - Yann LeCun, Yoshua Bengio, Geoffrey Hinton, [Deep learning](https://www.nature.com/articles/nature14539), *Nature* 521
#   (2015): where all this has led, by three who led it.
#
# <details>
# <summary>Who found this, and when (optional)</summary>
#
# *The digits.* Ethem Alpaydin and Cevdet Kaynak collected them in Turkey and gave them away in 1998. *Stopping early*
# was a habit around 1990; Lutz Prechelt compared its rules in 1998. *The playground.* Daniel Smilkov and Shan Carter,
# 2016. *Large networks on this loop.* AlexNet, 2012, is where the lecture's story ends; Ashish Vaswani and colleagues'
# transformer of 2017, the year of the lecture, is what is trained by it today.
# </details>
