"""The author's pages: signing in by e-mail code, and one page for each step of his contract.

Views read the request, call one verb of `contracts` and show the answer; who asks comes from the session only.
"""
