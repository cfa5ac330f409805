"""A demo community in several time zones and both languages, made through the services alone."""

from mindmove.demo.seeding import PASSWORD, SignIn, seed, sign_ins

__all__ = ["PASSWORD", "SignIn", "seed", "sign_ins"]
