"""What the customer's admin sees, from the activation link to the finished import."""
