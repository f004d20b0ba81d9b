"""What is wrong with files: checked, and told as text, JSON, SARIF or annotations."""
