"""Facts, the files they are written in, and the words and numbers they hold."""
