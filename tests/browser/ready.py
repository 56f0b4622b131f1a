"""What says that a page has drawn what it was asked for: a selector for each."""

DRAWN = '#picture[data-drawn]:not([data-revision="0"])'
MAPPED = '#picture[data-status="ready"]:has(.map-image:not([data-painting]))'
SIGNALLED = 'body:not([data-revision="0"])'
COMPARED_ALL = '#board:not([data-revision="0"])[aria-busy="false"]'

# The views of Functions.
ALL_DRAWN = '#activations[data-drawn="10"]'
COMPARED = '#losses:not([data-revision="0"])'
COUNTED = "#jacobians:not([hidden]) .size"
