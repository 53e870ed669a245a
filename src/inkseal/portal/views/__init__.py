"""One module per page: read the request, call one verb, show the answer."""
