"""
The engine that strategies over coach trips share: a board of trips that people are put on.

``groups`` cuts cohorts into pieces that may or may not be split; ``data`` holds what does not
change; ``board`` the trips and what they use of what they share; ``offer`` prices one group on
one trip; ``insert`` takes the best offer; ``rounds`` takes trips apart and puts their people on
again. All of it is compiled.
"""
