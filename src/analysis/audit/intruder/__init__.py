"""The motivated intruder: what somebody who holds the finished files and the public tables can work out."""
