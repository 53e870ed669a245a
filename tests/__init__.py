"""The tests; only this folder is a package, so that helpers beside the conftest can be imported."""
