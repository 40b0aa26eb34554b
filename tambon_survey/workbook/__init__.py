"""The workbook of a round and of the network: which sheets there are, and the files they make."""
