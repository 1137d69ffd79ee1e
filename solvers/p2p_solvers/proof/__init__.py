"""
A lower bound on what any plan of coaches costs, by columns priced over all trips that could run.

``kinder`` makes roads no longer than they are; ``blocks`` says who could ride together: a base, a
day, a level of risk. ``memory`` lays them out, ``ways`` finds every pattern of stops that the rules
allow with its cheapest order, ``pricing`` the least reduced cost of them all; both are compiled.
``duals`` are prices of people, seats at sites, checks and units in whole numbers, and ``safe`` the
bound that follows from any of them, right or wrong; ``master`` finds good ones, ``generation``
goes back and forth.
"""
