"""
The whole as one integer programme, for small scenarios.

``legs`` lists every way of people by coach or by a service, as cohorts of one problem of coaches;
``patterns`` lists every trip of a coach that could run, with its times and who could ride it;
``programme`` chooses among them, and ``answer`` makes a solution of what it chose.
"""
