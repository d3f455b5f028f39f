"""The national exchange of approval data (SPGL): rows of its tables, every reason why one would be refused, where they wait."""
