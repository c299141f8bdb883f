"""GIFT, the text form of Moodle."""
