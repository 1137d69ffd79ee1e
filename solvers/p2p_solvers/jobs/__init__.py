"""
Open jobs: who fills whose posts.

``matching`` decides it before anything is known of trips; ``first`` plans the travel of a matching;
``jointly`` goes on from there and decides both at once.
"""
