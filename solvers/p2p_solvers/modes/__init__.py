"""
Services and coaches together.

``prices`` says what a seat on a coach costs about, ``ways`` how the people of a cohort could go by
a service, ``promising`` which services are worth thinking about, ``master`` which of them run and
who goes by them about, with how full coaches are as ``measured``; ``fullest`` fills all there are,
``moves`` runs one more or less, and ``limits`` are what they share.

``legs`` says what coaches have to do for journeys, ``choices`` lays out all ways of all groups for
one search; ``begin`` puts on a board what is there already, ``end`` makes a whole plan of it, a
``draft``, and ``drafts`` goes from one to the next.
"""
