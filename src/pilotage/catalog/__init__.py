"""What can be sold: SKUs, add-ons, and who may sell which."""
