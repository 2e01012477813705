"""The contracts of the tables: read from schemas/, compiled to every form that is needed, and kept."""
