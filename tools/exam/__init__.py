"""A bank of exam questions of which no answer is written down.

A question is a function: it draws a case from the lecturer's seed (`draw`), asks about it, and lets the package compute
the answer. `bank` lists the 24 questions: for each of six topics one to compute, one to explain, one where a mistake is
to be found, and one to carry over to something new. `sheet` writes them for students and for the instructor.

What lies here are the rules by which answers are made, for every case that can be drawn. Which case comes, and with it
every number, every verdict and the reason that applies, hangs on the seed.
"""
