"""What shellper is measured on, written by hand. `.turns` files accept several commands for a request."""
