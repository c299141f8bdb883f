"""What instructors do to banks and questions before learners meet them."""
