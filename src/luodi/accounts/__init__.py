"""People, posts, organisations, and the one place that answers: may this person do this here?"""
