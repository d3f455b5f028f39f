"""What a project needs beside permits: 38 items, what follows from its form, the life of a request, and what power costs."""
