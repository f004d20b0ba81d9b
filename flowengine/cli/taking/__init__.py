"""What a user hands over: values on the command line, records, and files of orders."""
