"""
The engine that strategies over coach trips share: a board of trips that people are put on.

``groups`` cuts cohorts into pieces that may or may not be split. ``memory`` lays out the problem,
the board and the room to work in as long arrays, since all the rest is compiled; ``chance`` draws.

Putting people on: ``board`` books trips with what they use of what trips share; ``draft`` is one
trip as it would be with some people more, ``known`` its departure, ``offer`` what that takes,
``insert`` takes the best offer, ``ways`` a service with coaches before and after where that is
cheaper, ``everybody`` puts on whoever is in line; ``pools`` and ``refit`` let another pool make a
trip.

Rounds: ``ruin`` takes people off, ``lineup`` says who is put on again and in which order, ``worth``
drops trips that do not pay, ``log`` undoes what made the board dearer, ``rounds`` plays.

Whole plans: ``start`` makes the first, ``team`` lets threads search side by side, ``divide`` deals
one plan out to them and ``join`` puts the parts together; ``load`` puts ready trips on the board,
``result`` and ``told`` read it as a solution and say where a run stands.
"""
