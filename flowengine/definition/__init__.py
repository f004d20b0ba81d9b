"""The words: reading process files and saying exactly what is wrong with them. Pure: no file is opened."""
