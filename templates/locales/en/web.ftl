# The pages.

home-title = What waits for you
