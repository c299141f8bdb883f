"""What each table keeps of people, declared: what it is for, how it is exported, what deletion does."""
