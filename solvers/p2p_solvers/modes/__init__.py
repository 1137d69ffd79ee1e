"""
Services and coaches together.

``prices`` says what a seat on a coach costs about, ``ways`` how the people of a cohort could go by
a service, ``master`` which services run and who goes by them, ``rounding`` makes people of shares,
``legs`` says what that leaves for coaches to do, and ``draft`` is a plan of both.
"""
