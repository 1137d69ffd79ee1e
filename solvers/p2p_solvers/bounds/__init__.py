"""
A bound on whole plans: what no plan of coaches, services and changes between them costs less than.

``roads`` are ways that no coach can shorten, ``trips`` the least that a coach must cost to carry
somebody, ``fares`` what a seat on it costs if it is full, also from coach to coach; ``calls`` are
days and hours at which people can leave and arrive, ``direct`` is what people cost who go by coach
all the way, ``services`` what they cost on a service beside its own price, and ``limits`` prices
checks, intake and units. ``offers`` and ``knapsacks`` fill every service with the people who are
worth it most, and ``whole`` puts the bound together.

Where nobody may change from coach to coach, ``onecoach`` prices trips one by one instead, as
``proof`` does: ``shared`` are trips on which others sit too, who change to a service or from it,
``rents`` what people pay at the most because there are services. ``leaves_out`` names the rules
that are not kept.

Money is in hundredths of a cent, whole numbers rounded down, so that nothing rests on floating
point: whatever prices a linear programme hands over, the bound is worked out anew from them.
"""
