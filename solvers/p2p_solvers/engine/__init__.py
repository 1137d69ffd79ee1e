"""
The engine that strategies over coach trips share: a board of trips that people are put on.

``groups`` cuts cohorts into pieces that may or may not be split. ``memory`` lays out the problem,
the board and the room to work in as long arrays, since all the rest is compiled. ``board`` books
trips with what they use of what trips share; ``draft`` is one trip as it would be with some people
more, ``offer`` what that takes, ``insert`` takes the best offer, ``refit`` the cheapest pool.
``rounds`` takes trips apart and puts their people on again, ``log`` undoes what made the board
dearer. ``load`` puts ready trips on the board, ``result`` reads the board as a solution.
"""
